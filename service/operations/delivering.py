"""From the outbox to publishers: make the event, one delivery for each endpoint, and record every attempt.

The bytes of an event are made once; every attempt sends those bytes. Nothing here opens a connection.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select, update

from service.domain.events import (
    PUBLIC_EVENTS,
    EventType,
    ReleaseFacts,
    VersionFacts,
    endpoint_data,
    event_body,
    is_heard,
    release_data,
)
from service.domain.retry import Outcome, classify, next_attempt
from service.operations import audit, leases, outbox
from service.operations.context import Work
from service.operations.endpoints import hold_back
from service.queries.public import public_url
from service.queries.texts import version_text
from service.storage.models import (
    Approval,
    Attempt,
    Delivery,
    Endpoint,
    Event,
    OutboxRow,
    Publication,
    Release,
    SourceRevision,
    Version,
)
from service.storage.vault import Vault

SENDING_AT_ONCE = 2
DISABLE_AFTER = timedelta(days=5)
DELIVERY_LEASE_SECONDS = 60


def fan_out(work: Work, outbox_id: str) -> int:
    """Turn an outbox row into an event with one delivery for each endpoint that wants it; return their number.

    Safe to run twice: the event is unique to the row, a delivery to event and endpoint.
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
        body=event_body(event, row.created_at, _data(work, row, event, release)),
        created_at=work.now,
    )
    work.session.add(stored)
    work.session.flush()
    receivers = [endpoint for endpoint in _endpoints(work) if _hears(endpoint, row, event)]
    for endpoint in receivers:
        due_at = work.now if endpoint.disabled_at is None else None
        work.session.add(Delivery(event_id=stored.id, endpoint_id=endpoint.id, created_at=work.now, due_at=due_at))
    leases.finish(work, OutboxRow, outbox_id, token, due_at=None, done_at=work.now)
    work.nudge = work.nudge or bool(receivers)
    return len(receivers)


def _endpoints(work: Work) -> Sequence[Endpoint]:
    """Return the receivers, locked so that none is switched on or off between the look and the row.

    What happens while one is off waits for it without a date.
    """
    return work.session.scalars(
        select(Endpoint).where(Endpoint.deleted_at.is_(None)).order_by(Endpoint.id).with_for_update(read=True)
    ).all()


def _hears(endpoint: Endpoint, row: OutboxRow, event: EventType) -> bool:
    only = row.payload.get("endpoint_id")
    if only is not None:
        return bool(only == endpoint.id)
    return is_heard(
        event,
        chosen=endpoint.events,
        public_endpoint=endpoint.public,
        release_published=bool(row.payload.get("was_public", True)),
    )


def _data(work: Work, row: OutboxRow, event: EventType, release: Release | None) -> dict[str, Any]:
    """Say what a receiver needs: for a public event the frozen texts, otherwise the versions as they stand."""
    if release is None:
        return endpoint_data(
            row.payload.get("about") or row.payload["endpoint_id"], row.payload["url"], reason=row.payload.get("reason")
        )
    if event in PUBLIC_EVENTS:
        revision, title, versions = _published_facts(work, release, row, event)
    else:
        revision, title, versions = _working_facts(work, release, row)
    facts = ReleaseFacts(id=release.id, slug=release.slug, revision=revision, title=title)
    return release_data(facts, versions, sequence=row.payload["sequence"], reason=row.payload.get("reason"))


def _published_facts(
    work: Work, release: Release, row: OutboxRow, event: EventType
) -> tuple[int, str, list[VersionFacts]]:
    """Return revision, source title and versions as they were published; nothing newer is told."""
    rows = work.session.execute(
        select(Publication, Approval.approved_at)
        .join(Approval, Approval.id == Publication.approval_id)
        .where(Publication.release_id == release.id, Publication.superseded_at.is_(None))
        .order_by(Publication.locale)
    ).all()
    revision = max((publication.revision for publication, _ in rows), default=release.revision)
    locales = row.payload.get("locales")
    versions = [
        VersionFacts(
            locale=publication.locale,
            title=publication.title,
            url=public_url(work.office, publication.locale, publication.slug),
            digest=publication.digest,
            approved_at=approved_at,
        )
        for publication, approved_at in rows
        if event is not EventType.VERSION_PUBLISHED or publication.locale in (locales or ())
    ]
    return revision, _title_of(work, release, revision), versions


def _working_facts(work: Work, release: Release, row: OutboxRow) -> tuple[int, str, list[VersionFacts]]:
    """Return the release and the version that the event is about, as they stand now."""
    versions = []
    for version in work.session.scalars(
        select(Version).where(Version.release_id == release.id, Version.locale == row.payload.get("locale"))
    ):
        text = version_text(work.session, version)
        approved_at = work.session.scalar(
            select(func.max(Approval.approved_at)).where(
                Approval.version_id == version.id, Approval.voided_at.is_(None)
            )
        )
        versions.append(VersionFacts(version.locale, text.title, digest=text.digest, approved_at=approved_at))
    return release.revision, _title_of(work, release, release.revision), versions


def _title_of(work: Work, release: Release, revision: int) -> str:
    found = work.session.scalar(
        select(SourceRevision.title).where(SourceRevision.release_id == release.id, SourceRevision.number == revision)
    )
    return found or release.title


@dataclass(frozen=True, slots=True)
class Sending:
    """A claimed delivery: everything that the sender needs, secrets included, and nothing that it has to look up."""

    delivery_id: str
    token: str
    number: int
    url: str
    message_id: str
    body: bytes
    secrets: tuple[str, ...]


def claim_delivery(work: Work, delivery_id: str, vault: Vault) -> Sending | None:
    """Claim a due delivery; None when it is not due, taken, or its endpoint already has two under way."""
    delivery = work.session.get(Delivery, delivery_id)
    if delivery is None or delivery.state != "pending":
        return None
    endpoint = _locked_endpoint_of(work, delivery_id)
    if endpoint.deleted_at is not None or endpoint.disabled_at is not None:
        return None
    busy = work.session.scalar(
        select(func.count()).where(Delivery.endpoint_id == endpoint.id, Delivery.lease_until > work.now)
    )
    if busy is not None and busy >= SENDING_AT_ONCE:
        return None
    token = leases.claim(work, Delivery, delivery_id, seconds=DELIVERY_LEASE_SECONDS)
    if token is None:
        return None
    event = work.session.get_one(Event, delivery.event_id)
    last = work.session.scalar(select(func.max(Attempt.number)).where(Attempt.delivery_id == delivery_id)) or 0
    secrets = [vault.unlock(endpoint.secret)]
    if endpoint.old_secret and endpoint.old_secret_until and endpoint.old_secret_until > work.now:
        secrets.append(vault.unlock(endpoint.old_secret))
    return Sending(delivery_id, token, last + 1, endpoint.url, event.id, event.body, tuple(secrets))


def _locked_endpoint_of(work: Work, delivery_id: str) -> Endpoint:
    """Return a delivery's endpoint, locked: always before the delivery itself, so that nobody waits in a circle."""
    owner = select(Delivery.endpoint_id).where(Delivery.id == delivery_id).scalar_subquery()
    return work.session.scalars(
        select(Endpoint).where(Endpoint.id == owner).with_for_update().execution_options(populate_existing=True)
    ).one()


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
        sending.number,
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
    ended = None if state == "pending" else work.now
    endpoint = _locked_endpoint_of(work, sending.delivery_id)
    if state == "pending" and (endpoint.disabled_at is not None or endpoint.deleted_at is not None):
        due_at = None
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
    work.session.execute(
        update(Delivery)
        .where(Delivery.endpoint_id == endpoint.id, Delivery.state == "pending", Delivery.due_at <= work.now)
        .values(hinted_until=None)
        .execution_options(synchronize_session=False)
    )
    work.nudge = True
    if outcome is Outcome.DELIVERED:
        endpoint.failing_since = None
        return True
    endpoint.failing_since = endpoint.failing_since or work.now
    if outcome is Outcome.GONE:
        _disable(work, endpoint, "gone")
    elif work.now - endpoint.failing_since >= DISABLE_AFTER:
        _disable(work, endpoint, "failing")
    return True


def _disable(work: Work, endpoint: Endpoint, because: str) -> None:
    """Stop sending to the endpoint; what is pending waits for it to be enabled again."""
    if endpoint.disabled_at is not None:
        return
    endpoint.disabled_at = work.now
    endpoint.disabled_because = because
    hold_back(work, endpoint)
    audit.record(work, "endpoint.disabled", endpoint.id, because=because)
    outbox.emit(work, "endpoint.disabled", about=endpoint.id, url=endpoint.url, reason=because)
