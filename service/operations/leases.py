"""Taking work and giving it back: claims with a fencing token, and hints for what is due.

A claim is one conditional UPDATE whose rows are counted, which holds on SQLite and PostgreSQL alike. A worker that
was away longer than its lease finds its token gone, and writes nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, TypeAlias

from sqlalchemy import or_, select, update
from sqlalchemy.engine import CursorResult

from service.operations.context import Work
from service.storage.base import new_id
from service.storage.models import Alternative, Delivery, DraftJob, OutboxRow, Release

Leasable: TypeAlias = type[DraftJob] | type[Alternative] | type[Delivery] | type[OutboxRow] | type[Release]

LEASE_SECONDS = 120
HINT_SECONDS = 10


def claim(work: Work, model: Leasable, row_id: str, *, seconds: int = LEASE_SECONDS) -> str | None:
    """Take the row if it is due and free; return the token of the lease, or None."""
    token = new_id("lea")
    result: CursorResult[Any] = work.session.execute(  # type: ignore[assignment]
        update(model)
        .where(
            model.id == row_id,
            model.due_at <= work.now,
            or_(model.lease_until.is_(None), model.lease_until <= work.now),
        )
        .values(lease_token=token, lease_until=work.now + timedelta(seconds=seconds), attempts=model.attempts + 1)
        .execution_options(synchronize_session=False)
    )
    return token if result.rowcount == 1 else None


def hold(work: Work, model: Leasable, row_id: str, token: str, *, seconds: int = LEASE_SECONDS) -> bool:
    """Prolong the lease; tell whether it was still ours. Also locks the row until the commit."""
    result: CursorResult[Any] = work.session.execute(  # type: ignore[assignment]
        update(model)
        .where(model.id == row_id, model.lease_token == token)
        .values(lease_until=work.now + timedelta(seconds=seconds))
        .execution_options(synchronize_session=False)
    )
    return result.rowcount == 1


def finish(work: Work, model: Leasable, row_id: str, token: str, *, due_at: datetime | None, **values: Any) -> bool:
    """End the lease, with the moment of the next try or None; tell whether the lease was still ours."""
    result: CursorResult[Any] = work.session.execute(  # type: ignore[assignment]
        update(model)
        .where(model.id == row_id, model.lease_token == token)
        .values(due_at=due_at, lease_token=None, lease_until=None, hinted_until=None, **values)
        .execution_options(synchronize_session=False)
    )
    return result.rowcount == 1


def due_unhinted(work: Work, model: Leasable, *, limit: int) -> list[str]:
    """Return ids of work that is due, free, and not hinted at lately; note the hint."""
    ids = list(
        work.session.scalars(
            select(model.id)
            .where(
                model.due_at <= work.now,
                or_(model.lease_until.is_(None), model.lease_until <= work.now),
                or_(model.hinted_until.is_(None), model.hinted_until <= work.now),
            )
            .order_by(model.due_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
    )
    if ids:
        work.session.execute(
            update(model)
            .where(model.id.in_(ids))
            .values(hinted_until=work.now + timedelta(seconds=HINT_SECONDS))
            .execution_options(synchronize_session=False)
        )
    return ids
