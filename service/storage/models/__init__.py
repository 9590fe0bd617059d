"""All models, imported together so that relationships and migrations see every table."""

from __future__ import annotations

from service.storage.models.accounts import ApiToken, SignIn, SignInFailure, User, UserGrant
from service.storage.models.audit import AuditEntry
from service.storage.models.checks import CheckSetting, Dismissal, FactWaiver
from service.storage.models.delivering import Attempt, Delivery, Endpoint, Event, OutboxRow, Receipt
from service.storage.models.engines import Alternative, DraftMeasure, EngineAnswer, EngineCount, EngineState
from service.storage.models.memory import (
    MemoryBundle,
    MemoryChange,
    MemoryPosting,
    MemoryRanking,
    MemorySource,
    MemoryUnit,
    MemoryUnlisted,
)
from service.storage.models.publishing import Publication
from service.storage.models.releases import BlockRow, Release, SegmentRow, SourceRevision, SubmissionKey
from service.storage.models.review import (
    Approval,
    DraftJob,
    FindingRow,
    Unit,
    UnitDescent,
    UnitRevision,
    Version,
)
from service.storage.models.talking import Comment, Look, Mention, Notice, SavedFilter, SegmentCut
from service.storage.models.terms import Concept, Term, TermCount
from service.storage.models.upkeep import Heartbeat
from service.storage.models.waiting import WaitingFile

__all__ = [
    "Alternative",
    "ApiToken",
    "Approval",
    "Attempt",
    "AuditEntry",
    "BlockRow",
    "CheckSetting",
    "Comment",
    "Concept",
    "Delivery",
    "Dismissal",
    "DraftJob",
    "DraftMeasure",
    "Endpoint",
    "EngineAnswer",
    "EngineCount",
    "EngineState",
    "Event",
    "FactWaiver",
    "FindingRow",
    "Heartbeat",
    "Look",
    "MemoryBundle",
    "MemoryChange",
    "MemoryPosting",
    "MemoryRanking",
    "MemorySource",
    "MemoryUnit",
    "MemoryUnlisted",
    "Mention",
    "Notice",
    "OutboxRow",
    "Publication",
    "Receipt",
    "Release",
    "SavedFilter",
    "SegmentCut",
    "SegmentRow",
    "SignIn",
    "SignInFailure",
    "SourceRevision",
    "SubmissionKey",
    "Term",
    "TermCount",
    "Unit",
    "UnitDescent",
    "UnitRevision",
    "User",
    "UserGrant",
    "Version",
    "WaitingFile",
]
