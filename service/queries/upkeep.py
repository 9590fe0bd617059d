"""How the desk itself is: signs of life and the oldest work that is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from service.storage.models import (
    Alternative,
    Delivery,
    DraftJob,
    Endpoint,
    EngineState,
    Heartbeat,
    Notice,
    OutboxRow,
    Release,
    Version,
)

STUCK_AFTER = timedelta(minutes=1)


def last_beat(session: Session, name: str) -> datetime | None:
    """Return when the part was last at work."""
    return session.scalar(select(Heartbeat.at).where(Heartbeat.name == name))


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many pieces of one kind of work are due, since when the oldest, and how many claims are stuck.

    A claim is stuck whose lease ran out a minute ago and that nobody has taken up since.
    """

    kind: str
    due: int
    oldest: datetime | None
    stuck: int


def backlogs(session: Session, now: datetime) -> list[Backlog]:
    """Return what is due and not yet done, by kind."""
    kinds = (
        ("outbox", OutboxRow),
        ("draft", DraftJob),
        ("alternative", Alternative),
        ("publication", Release),
        ("delivery", Delivery),
        ("mail", Notice),
    )
    found = []
    for kind, model in kinds:
        stuck = func.count().filter(model.lease_until <= now - STUCK_AFTER)
        asked = select(func.count(), func.min(model.due_at), stuck).where(model.due_at <= now)
        count, oldest, held = session.execute(asked).one()
        found.append(Backlog(kind, count, oldest, held))
    return found


def endpoint_counts(session: Session) -> dict[str, int]:
    """Return how many endpoints are well, failing, and off; those that were removed do not count."""
    here = Endpoint.deleted_at.is_(None)
    counts = session.execute(
        select(
            func.count().filter(Endpoint.disabled_at.is_(None), Endpoint.failing_since.is_(None)),
            func.count().filter(Endpoint.disabled_at.is_(None), Endpoint.failing_since.is_not(None)),
            func.count().filter(Endpoint.disabled_at.is_not(None)),
        ).where(here)
    ).one()
    return dict(zip(("well", "failing", "off"), counts, strict=True))


def breaker_states(session: Session) -> Sequence[tuple[str, str, str]]:
    """Return each engine's name, its breaker's state and the reason, as a worker last saw them."""
    statement = select(EngineState.name, EngineState.gate, EngineState.gate_reason).order_by(EngineState.name)
    return [(name, gate, reason) for name, gate, reason in session.execute(statement)]


def cleans_itself(session: Session) -> bool:
    """Return whether the database looks after its tables, as PostgreSQL does unless `autovacuum` is switched off."""
    if session.get_bind().dialect.name != "postgresql":
        return True
    return bool(session.scalar(text("SHOW autovacuum")) == "on")


def version_counts(session: Session) -> Sequence[tuple[str, str, int]]:
    """Return how many versions there are by locale and state."""
    statement = select(Version.locale, Version.state, func.count()).group_by(Version.locale, Version.state)
    return [(locale, state, count) for locale, state, count in session.execute(statement)]


def delivery_counts(session: Session) -> Sequence[tuple[str, int]]:
    """Return how many deliveries there are by state."""
    statement = select(Delivery.state, func.count()).group_by(Delivery.state)
    return [(state, count) for state, count in session.execute(statement)]
