"""Taking work and giving it back: claims with a fencing token, and hints for what is due.

A claim is one conditional UPDATE whose rows are counted, which holds on SQLite and PostgreSQL alike. A worker that
was away longer than its lease finds its token gone, and writes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.engine import CursorResult

from service.domain.retry import SENDING_AT_ONCE
from service.operations.context import Work
from service.storage.base import new_id
from service.storage.models import Alternative, Delivery, DraftJob, Notice, OutboxRow, Receipt, Release

Leasable: TypeAlias = (
    type[DraftJob] | type[Alternative] | type[Delivery] | type[OutboxRow] | type[Release] | type[Notice] | type[Receipt]
)

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


def due_unhinted(work: Work, model: Leasable, *, limit: int, last: ColumnElement[bool] | None = None) -> list[str]:
    """Return ids of work that is due, free, and not hinted at lately; note the hint.

    What waits longest comes first; after all others that of which `last` is true.
    """
    order = (model.due_at,) if last is None else (last, model.due_at)
    ids = list(
        work.session.scalars(
            select(model.id)
            .where(
                model.due_at <= work.now,
                or_(model.lease_until.is_(None), model.lease_until <= work.now),
                or_(model.hinted_until.is_(None), model.hinted_until <= work.now),
            )
            .order_by(*order)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
    )
    _note_hints(work, model, ids)
    return ids


def due_drafts(work: Work, *, limit: int) -> list[str]:
    """Return ids of drafts as `due_unhinted` does, but no more than `limit` that are hinted at and not begun.

    Whoever waits in the broker's queue longer than a hint lasts is hinted at again. A thousand releases at once would
    so put thousands of hints before everything else that the drafting workers do, and more with every ten seconds.
    """
    waiting = select(func.count()).where(
        DraftJob.due_at <= work.now,
        DraftJob.hinted_until > work.now,
        or_(DraftJob.lease_until.is_(None), DraftJob.lease_until <= work.now),
    )
    room = limit - (work.session.scalar(waiting) or 0)
    return due_unhinted(work, DraftJob, limit=room) if room > 0 else []


def due_deliveries(work: Work, *, limit: int) -> list[str]:
    """Return ids of deliveries as `due_unhinted` does, but of each endpoint only as many as may be under way at once.

    So an endpoint with a thousand of them takes no more room in the queue than one with two.
    """
    free = or_(Delivery.lease_until.is_(None), Delivery.lease_until <= work.now)
    order = (Delivery.due_at, Delivery.created_at, Delivery.id)
    place = func.row_number().over(partition_by=Delivery.endpoint_id, order_by=order).label("place")
    ranked = (
        select(Delivery.id, Delivery.due_at, Delivery.hinted_until, place)
        .where(Delivery.due_at <= work.now, free)
        .subquery()
    )
    first = (
        select(ranked.c.id)
        .where(
            ranked.c.place <= SENDING_AT_ONCE,
            or_(ranked.c.hinted_until.is_(None), ranked.c.hinted_until <= work.now),
        )
        .order_by(ranked.c.due_at)
        .limit(limit)
    )
    chosen = list(work.session.scalars(first))
    # Locked in a step of its own, for ranks and locks do not go together.
    ids = list(
        work.session.scalars(
            select(Delivery.id)
            .where(Delivery.id.in_(chosen))
            .order_by(Delivery.due_at)
            .with_for_update(skip_locked=True)
        )
        if chosen
        else ()
    )
    _note_hints(work, Delivery, ids)
    return ids


def _note_hints(work: Work, model: Leasable, ids: Sequence[str]) -> None:
    if not ids:
        return
    work.session.execute(
        update(model)
        .where(model.id.in_(ids))
        .values(hinted_until=work.now + timedelta(seconds=HINT_SECONDS))
        .execution_options(synchronize_session=False)
    )
