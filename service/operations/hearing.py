"""What an endpoint hears, as it is set now: asked when an event is fanned out, and again of every delivery since.

One that became public, or dropped an event, is sent nothing more of what it heard before.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, true, update

from service.domain.events import EventType, is_heard
from service.operations.context import Work
from service.storage.models import Delivery, Endpoint, Event, OutboxRow


def hears(endpoint: Endpoint, row: OutboxRow, event: EventType) -> bool:
    """Tell whether an endpoint, as it is set now, hears of what an outbox row says."""
    only = row.payload.get("endpoint_id")
    if only is not None:
        return bool(only == endpoint.id)
    return is_heard(
        event,
        chosen=endpoint.events,
        public_endpoint=endpoint.public,
        release_published=bool(row.payload.get("was_public", True)),
    )


def heard_event(work: Work, endpoint: Endpoint, delivery_id: str) -> Event | None:
    """Return what a delivery to an endpoint tells; None where the endpoint, as it is set now, hears of it no more."""
    event, row = work.session.execute(
        select(Event, OutboxRow)
        .join(OutboxRow, OutboxRow.id == Event.outbox_id)
        .join(Delivery, Delivery.event_id == Event.id)
        .where(Delivery.id == delivery_id)
    ).one()
    return event if hears(endpoint, row, EventType(event.type)) else None


def is_still_heard(endpoint: Endpoint) -> ColumnElement[bool]:
    """Return the condition on an endpoint's `Delivery` for what it hears of as it is set now: `hears` for many."""
    before, since = (
        [
            event.value
            for event in EventType
            if is_heard(
                event, chosen=endpoint.events, public_endpoint=endpoint.public, release_published=release_published
            )
        ]
        for release_published in (False, True)
    )
    was_public = func.coalesce(OutboxRow.payload["was_public"].as_boolean(), true())
    return exists().where(
        Event.id == Delivery.event_id,
        OutboxRow.id == Event.outbox_id,
        or_(Event.type.in_(before), and_(Event.type.in_(since), was_public)),
    )


def cancel_unheard(work: Work, endpoint: Endpoint) -> None:
    """Cancel what is pending for an endpoint, which is locked, and what it hears of no more.

    An attempt that is under way stays whose it is: its end cancels what would follow.
    """
    work.session.execute(
        update(Delivery)
        .where(
            Delivery.endpoint_id == endpoint.id,
            Delivery.state == "pending",
            or_(Delivery.lease_until.is_(None), Delivery.lease_until <= work.now),
            ~is_still_heard(endpoint),
        )
        .values(state="cancelled", due_at=None, ended_at=work.now)
        .execution_options(synchronize_session=False)
    )
