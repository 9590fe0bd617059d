"""What a test of faults notes down, and how closely a desk is looked at afterwards."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.storage.models import UnitRevision


@dataclass
class Noted:
    """What a test was told, and what it saw, while the fault lasted.

    `accepted` are the ids of acknowledged submissions with their bodies (None where several share one), `unanswered`
    how often each body was sent without an answer; `said` what each approver asked for, as version and digest;
    `edits` acknowledged saves, as unit and text; `early` places where something could be read too soon; `hears` the
    events that each endpoint is owed; `retried` the endpoints that fail, whose deliveries wait for their next attempt.
    """

    accepted: dict[str, str | None] = field(default_factory=dict)
    unanswered: Counter[str] = field(default_factory=Counter)
    said: set[tuple[str, str]] | None = None
    edits: list[tuple[str, str]] = field(default_factory=list)
    early: list[str] = field(default_factory=list)
    hears: dict[str, frozenset[str]] = field(default_factory=dict)
    retried: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Look:
    """When and how closely is looked."""

    now: datetime
    settled: bool
    full: bool


def history(session: Session) -> list[UnitRevision]:
    return list(session.scalars(select(UnitRevision).order_by(UnitRevision.unit_id, UnitRevision.number)))
