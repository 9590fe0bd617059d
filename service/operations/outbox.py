"""The outbox: what happened, in the transaction in which it happened, for a worker to pass on."""

from __future__ import annotations

from typing import Any

from service.operations.context import Work
from service.storage.models import OutboxRow, Release


def emit(work: Work, topic: str, **payload: Any) -> OutboxRow:
    """Add a row for the relay; `payload` holds ids and plain values."""
    row = OutboxRow(topic=topic, payload=payload, created_at=work.now, due_at=work.now)
    work.session.add(row)
    work.nudge = True
    return row


def emit_of_release(work: Work, topic: str, release: Release, **payload: Any) -> OutboxRow:
    """Add a row about a release, with the next number of that release's own sequence."""
    release.sequence = release.sequence + 1
    return emit(work, topic, release_id=release.id, sequence=release.sequence, **payload)
