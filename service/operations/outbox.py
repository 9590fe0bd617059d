"""The outbox: what happened, in the transaction in which it happened, for a worker to pass on.

Receivers know an event by an id that follows from its row's. What can happen only once is given an id that follows from
what it was: a desk that was restored from a backup, and does it again, announces it under the id that receivers had.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from service.operations.context import Work
from service.storage.base import named_id
from service.storage.models import OutboxRow, Release


def emit(work: Work, topic: str, *, once: Iterable[str] = (), **payload: Any) -> OutboxRow:
    """Add a row for the relay; `payload` holds ids and plain values, `once` the ids of what this came of."""
    row = OutboxRow(topic=topic, payload=payload, created_at=work.now, due_at=work.now)
    causes = tuple(once)
    if causes:
        row.id = named_id("out", topic, *causes)
    work.session.add(row)
    work.nudge = True
    return row


def emit_of_release(work: Work, topic: str, release: Release, *, once: Iterable[str] = (), **payload: Any) -> OutboxRow:
    """Add a row about a release, with the next number of that release's own sequence."""
    release.sequence = release.sequence + 1
    return emit(work, topic, once=once, release_id=release.id, sequence=release.sequence, **payload)
