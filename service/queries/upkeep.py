"""How the desk itself is: signs of life and the oldest work that is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.storage.models import Alternative, Delivery, DraftJob, Heartbeat, OutboxRow, Release, Version


def last_beat(session: Session, name: str) -> datetime | None:
    """Return when the part was last at work."""
    return session.scalar(select(Heartbeat.at).where(Heartbeat.name == name))


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many pieces of one kind of work are due, and since when the oldest."""

    kind: str
    due: int
    oldest: datetime | None


def backlogs(session: Session, now: datetime) -> list[Backlog]:
    """Return what is due and not yet done, by kind."""
    kinds = (
        ("outbox", OutboxRow),
        ("draft", DraftJob),
        ("alternative", Alternative),
        ("publication", Release),
        ("delivery", Delivery),
    )
    found = []
    for kind, model in kinds:
        count, oldest = session.execute(select(func.count(), func.min(model.due_at)).where(model.due_at <= now)).one()
        found.append(Backlog(kind, count, oldest))
    return found


def version_counts(session: Session) -> Sequence[tuple[str, str, int]]:
    """Return how many versions there are by locale and state."""
    statement = select(Version.locale, Version.state, func.count()).group_by(Version.locale, Version.state)
    return [(locale, state, count) for locale, state, count in session.execute(statement)]


def delivery_counts(session: Session) -> Sequence[tuple[str, int]]:
    """Return how many deliveries there are by state."""
    statement = select(Delivery.state, func.count()).group_by(Delivery.state)
    return [(state, count) for state, count in session.execute(statement)]
