"""All models, imported together so that relationships and migrations see every table."""

from __future__ import annotations

from service.storage.models.accounts import ApiToken, SignIn, SignInFailure, User, UserGrant
from service.storage.models.audit import AuditEntry
from service.storage.models.delivering import Attempt, Delivery, Endpoint, Event, OutboxRow
from service.storage.models.publishing import Publication
from service.storage.models.releases import BlockRow, Release, SegmentRow, SourceRevision, SubmissionKey
from service.storage.models.review import (
    Approval,
    Comment,
    DraftJob,
    FindingRow,
    MemoryUnit,
    Unit,
    UnitRevision,
    Version,
)
from service.storage.models.upkeep import Heartbeat

__all__ = [
    "ApiToken",
    "Approval",
    "Attempt",
    "AuditEntry",
    "BlockRow",
    "Comment",
    "Delivery",
    "DraftJob",
    "Endpoint",
    "Event",
    "FindingRow",
    "Heartbeat",
    "MemoryUnit",
    "OutboxRow",
    "Publication",
    "Release",
    "SegmentRow",
    "SignIn",
    "SignInFailure",
    "SourceRevision",
    "SubmissionKey",
    "Unit",
    "UnitRevision",
    "User",
    "UserGrant",
    "Version",
]
