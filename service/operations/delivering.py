"""From the outbox to publishers: make the event, one delivery for each endpoint, and record every attempt.

The bytes of an event are made once; every attempt sends those bytes. Nothing here opens a connection.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update

from service.domain.events import EventType, event_body
from service.domain.retry import (
    SENDING_AT_ONCE,
    SLOW_AT_ONCE,
    SLOW_MILLISECONDS,
    Outcome,
    classify,
    is_worn_out,
    next_attempt,
)
from service.operations import audit, leases, outbox
from service.operations.context import Work
from service.operations.endpoints import hold_back, locked_endpoint_of
from service.operations.event_data import data_of
from service.operations.hearing import heard_event, hears
from service.operations.notices import tell_failed
from service.operations.receipts import note_delivered
from service.storage.models import Attempt, Delivery, Endpoint, Event, OutboxRow, Release
from service.storage.vault import Vault

DELIVERY_LEASE_SECONDS = 60


def fan_out(work: Work, outbox_id: str, endpoints: Sequence[Endpoint] | None = None) -> int:
    """Turn an outbox row into an event with one delivery for each endpoint that wants it; return their number.

    Safe to run twice: the event is unique to the row, a delivery to event and endpoint. The `endpoints` are looked up
    unless this transaction has them.
    """
    token = leases.claim(work, OutboxRow, outbox_id)
    if token is None:
        return 0
    row = work.session.get_one(OutboxRow, outbox_id, populate_existing=True)
    event = EventType(row.topic)
    release = work.session.get(Release, row.payload.get("release_id")) if row.payload.get("release_id") else None
    stored = Event(
        # The same row gives the same id, also after a backup is restored: a receiver drops what it had.
        id="msg_" + row.id.removeprefix("out_"),
        outbox_id=row.id,
        type=event.value,
        release_id=release.id if release else None,
        sequence=row.payload.get("sequence"),
        body=event_body(event, row.created_at, data_of(work, row, event, release)),
        created_at=work.now,
    )
    work.session.add(stored)
    work.session.flush()
    receivers = [each for each in (all_endpoints(work) if endpoints is None else endpoints) if hears(each, row, event)]
    for endpoint in receivers:
        due_at = work.now if endpoint.disabled_at is None else None
        work.session.add(Delivery(event_id=stored.id, endpoint_id=endpoint.id, created_at=work.now, due_at=due_at))
    leases.finish(work, OutboxRow, outbox_id, token, due_at=None, done_at=work.now)
    work.nudge = work.nudge or bool(receivers)
    return len(receivers)


def all_endpoints(work: Work) -> Sequence[Endpoint]:
    """Return the receivers, locked so that none is switched on or off between the look and the row.

    What happens while one is off waits for it without a date.
    """
    return work.session.scalars(
        select(Endpoint).where(Endpoint.deleted_at.is_(None)).order_by(Endpoint.id).with_for_update(read=True)
    ).all()


@dataclass(frozen=True, slots=True)
class Sending:
    """A claimed delivery: everything that the sender needs, secrets included, and nothing that it has to look up.

    `number` counts every attempt on record, `place` those of the present run of the schedule; both begin at 1.
    """

    delivery_id: str
    token: str
    number: int
    place: int
    url: str
    message_id: str
    body: bytes
    secrets: tuple[str, ...]


def claim_delivery(work: Work, delivery_id: str, vault: Vault) -> Sending | None:
    """Claim a due delivery; None when it is not due, taken, or has to make room.

    It makes room where its endpoint has two under way, and where slow endpoints together have all that is theirs. One
    that its endpoint hears of no more ends as cancelled.
    """
    delivery = work.session.get(Delivery, delivery_id)
    if delivery is None or delivery.state != "pending":
        return None
    endpoint = locked_endpoint_of(work, delivery_id)
    if endpoint.deleted_at is not None or endpoint.disabled_at is not None:
        return None
    if not _has_room(work, endpoint):
        return None
    token = leases.claim(work, Delivery, delivery_id, seconds=DELIVERY_LEASE_SECONDS)
    if token is None:
        return None
    event = heard_event(work, endpoint, delivery_id)
    if event is None:
        leases.finish(work, Delivery, delivery_id, token, due_at=None, state="cancelled", ended_at=work.now)
        _hint_at_the_next(work, endpoint)
        return None
    last = work.session.scalar(select(func.max(Attempt.number)).where(Attempt.delivery_id == delivery_id)) or 0
    return Sending(
        delivery_id,
        token,
        last + 1,
        last + 1 - delivery.tried_before,
        endpoint.url,
        event.id,
        event.body,
        secrets_of(endpoint, vault, work.now),
    )


def secrets_of(endpoint: Endpoint, vault: Vault, now: datetime) -> tuple[str, ...]:
    """Return the secrets that count now: the present one, and for a day after a rotation the one before."""
    secrets = [vault.unlock(endpoint.secret)]
    if endpoint.old_secret and endpoint.old_secret_until and endpoint.old_secret_until > now:
        secrets.append(vault.unlock(endpoint.old_secret))
    return tuple(secrets)


def _has_room(work: Work, endpoint: Endpoint) -> bool:
    """Tell whether one more may be under way to the endpoint; the slow ones share what leaves room for the others."""
    under_way = select(func.count()).where(Delivery.state == "pending", Delivery.lease_until > work.now)
    own = work.session.scalar(under_way.where(Delivery.endpoint_id == endpoint.id)) or 0
    if own >= SENDING_AT_ONCE or not endpoint.slow:
        return own < SENDING_AT_ONCE
    slow = work.session.scalar(under_way.where(Delivery.endpoint_id.in_(select(Endpoint.id).where(Endpoint.slow))))
    return (slow or 0) < SLOW_AT_ONCE


@dataclass(frozen=True, slots=True)
class AttemptResult:
    """What came of one attempt: a status, or the reason why there was none."""

    milliseconds: int
    status: int | None = None
    error: str | None = None
    detail: str = ""
    answer: str = ""
    retry_after: timedelta | None = None
    refused: bool = False


def record_attempt(work: Work, sending: Sending, result: AttemptResult, *, jitter: float) -> bool:
    """Write the attempt down and settle what follows; False (and nothing written) when the lease is lost."""
    outcome = classify(result.status)
    following = next_attempt(
        sending.place,
        now=work.now,
        jitter=jitter,
        retry_after=result.retry_after,
        rate_limited=result.status == 429 or result.error == "timeout",  # noqa: PLR2004 - Too Many Requests
    )
    state, due_at = "pending", following
    if outcome is Outcome.DELIVERED:
        state, due_at = "delivered", None
    elif outcome is Outcome.GONE or following is None:
        state, due_at = "failed", None
    endpoint = locked_endpoint_of(work, sending.delivery_id)
    if state == "pending":
        if heard_event(work, endpoint, sending.delivery_id) is None:
            state, due_at = "cancelled", None
        elif endpoint.disabled_at is not None or endpoint.deleted_at is not None:
            due_at = None
    ended = None if state == "pending" else work.now
    if not leases.finish(
        work, Delivery, sending.delivery_id, sending.token, due_at=due_at, state=state, ended_at=ended
    ):
        return False
    work.session.add(
        Attempt(
            delivery_id=sending.delivery_id,
            number=sending.number,
            at=work.now,
            milliseconds=result.milliseconds,
            status=result.status,
            error=result.error,
            detail=result.detail[:2000],
            answer=result.answer[:2048],
        )
    )
    _hint_at_the_next(work, endpoint)
    endpoint.slow = result.milliseconds >= SLOW_MILLISECONDS
    if outcome is Outcome.DELIVERED:
        endpoint.failing_since = None
        note_delivered(work, endpoint, sending.delivery_id, result.answer)
        return True
    endpoint.failing_since = endpoint.failing_since or work.now
    if outcome is Outcome.GONE:
        _disable(work, endpoint, "gone")
    elif is_worn_out(failing_since=endpoint.failing_since, now=work.now):
        _disable(work, endpoint, "failing")
    return True


def _hint_at_the_next(work: Work, endpoint: Endpoint) -> None:
    """Have the workers look at what waited for room at the endpoint, if anything did."""
    waiting = (Delivery.endpoint_id == endpoint.id, Delivery.state == "pending", Delivery.due_at <= work.now)
    if work.session.scalar(select(Delivery.id).where(*waiting).limit(1)) is None:
        return
    work.session.execute(
        update(Delivery)
        .where(*waiting, Delivery.hinted_until.is_not(None))
        .values(hinted_until=None)
        .execution_options(synchronize_session=False)
    )
    work.nudge = True


def _disable(work: Work, endpoint: Endpoint, because: str) -> None:
    """Stop sending to the endpoint; what is pending waits for it to be enabled again."""
    if endpoint.disabled_at is not None:
        return
    endpoint.disabled_at = work.now
    endpoint.disabled_because = because
    hold_back(work, endpoint)
    audit.record(work, "endpoint.disabled", endpoint.id, because=because)
    outbox.emit(work, "endpoint.disabled", about=endpoint.id, url=endpoint.url, reason=because)
    tell_failed(work, "endpoint", endpoint.id, also=endpoint.owner_id, endpoint=endpoint.id, because=because)
