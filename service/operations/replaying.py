"""Sending a receiver what happened in a range again: by time, or by the numbers of one release's events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from service.domain.errors import N_, Conflict, Invalid
from service.domain.events import EventType
from service.operations import audit
from service.operations.context import Work
from service.operations.endpoints import managed_endpoint, send_anew
from service.operations.hearing import hears
from service.storage.models import Delivery, Endpoint, Event, OutboxRow, Release

REPLAYED_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Range:
    """What to send again; every part that is given narrows it, both ends belong to it.

    `since` and `until` are when it happened. `release` is a release's id or its short name; `first` and `last` are
    numbers of its sequence, and mean nothing without it.
    """

    since: datetime | None = None
    until: datetime | None = None
    release: str | None = None
    first: int | None = None
    last: int | None = None


def replay(work: Work, endpoint_id: str, asked: Range) -> int:
    """Send the endpoint again what it hears of in a range; return how many deliveries that makes.

    What it was sent before comes under the same message id, so that it can drop a repeat. What happened before the
    endpoint was there, or before it chose such events, comes too; what it may not hear as it is set now does not.
    Pings are left out. Raises `Invalid` for a range that is none, too large, or of no release.
    """
    endpoint = managed_endpoint(work, endpoint_id)
    if endpoint.disabled_at is not None:
        raise Conflict("endpoint_disabled", N_("The endpoint is switched off; switch it on first."))
    event_ids = _heard_in(work, endpoint, asked)
    if len(event_ids) > REPLAYED_AT_ONCE:
        raise Invalid(
            "range_too_large",
            N_("That is more than %(most)s events. Ask for a shorter range."),
            field="since",
            most=REPLAYED_AT_ONCE,
        )
    own = Delivery.endpoint_id == endpoint.id
    there = set(work.session.scalars(select(Delivery.event_id).where(own, Delivery.event_id.in_(event_ids))))
    send_anew(work, own, Delivery.event_id.in_(there), manual=True)
    work.session.add_all(
        Delivery(event_id=event_id, endpoint_id=endpoint.id, created_at=work.now, due_at=work.now, manual=True)
        for event_id in event_ids
        if event_id not in there
    )
    audit.record(work, "endpoint.replayed", endpoint.id, deliveries=len(event_ids))
    return len(event_ids)


def _heard_in(work: Work, endpoint: Endpoint, asked: Range) -> Sequence[str]:
    """Return the ids of the events in a range that the endpoint, as it is set now, hears of; the oldest first."""
    _check(asked)
    found = (
        select(Event.id, Event.type, OutboxRow)
        .join(OutboxRow, OutboxRow.id == Event.outbox_id)
        .where(Event.type != EventType.PING.value, Event.type.in_(endpoint.events))
        .order_by(OutboxRow.created_at, Event.sequence, Event.id)
        .limit(REPLAYED_AT_ONCE + 1)
    )
    if asked.since is not None:
        found = found.where(OutboxRow.created_at >= asked.since)
    if asked.until is not None:
        found = found.where(OutboxRow.created_at <= asked.until)
    if asked.release is not None:
        found = found.where(Event.release_id == _release_id(work, asked.release))
    if asked.first is not None:
        found = found.where(Event.sequence >= asked.first)
    if asked.last is not None:
        found = found.where(Event.sequence <= asked.last)
    rows = work.session.execute(found).all()
    return [event_id for event_id, kind, row in rows if hears(endpoint, row, EventType(kind))]


def _check(asked: Range) -> None:
    """Refuse a range that says too little, or that ends before it begins."""
    if asked.since is None and asked.release is None:
        raise Invalid("no_range", N_("Say from when on, or of which release."), field="since")
    if asked.release is None and (asked.first is not None or asked.last is not None):
        raise Invalid("no_range", N_("Numbers are of one release: say of which."), field="release")
    if asked.since is not None and asked.until is not None and asked.until < asked.since:
        raise Invalid("no_range", N_("The end of the range lies before its beginning."), field="until")
    if asked.first is not None and asked.last is not None and asked.last < asked.first:
        raise Invalid("no_range", N_("The end of the range lies before its beginning."), field="last")


def _release_id(work: Work, named: str) -> str:
    """Return the id of a release named by its id or its short name; the newest, where two bear that."""
    named_so = or_(Release.id == named, Release.slug == named)
    found = work.session.scalar(select(Release.id).where(named_so).order_by(Release.created_at.desc()).limit(1))
    if found is None:
        raise Invalid("no_release", N_("There is no release of that name."), field="release")
    return found
