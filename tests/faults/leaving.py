"""The invariants of what leaves the desk: approved as shown, not before the hour, told to an end (I2, I3, I4)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.digest import version_digest
from service.domain.events import PUBLIC_EVENTS
from service.formats.html import write_html
from service.queries.texts import blocks_of
from service.storage.models import (
    Approval,
    Attempt,
    AuditEntry,
    Delivery,
    Endpoint,
    Event,
    OutboxRow,
    Publication,
    Release,
    SegmentRow,
    SourceRevision,
    Unit,
)
from tests.faults.noting import Look, Noted, history


def approved_as_shown(session: Session, noted: Noted, _look: Look) -> Iterator[str]:
    """I2: nothing is public without an approval, by a second person, whose digest is that of what is shown."""
    sources = {
        (row.release_id, row.number): row.digest
        for row in session.execute(select(SourceRevision.release_id, SourceRevision.number, SourceRevision.digest))
    }
    for publication, approval in session.execute(
        select(Publication, Approval).outerjoin(Approval, Approval.id == Publication.approval_id)
    ):
        blocks = blocks_of(publication.blocks)
        source = sources.get((publication.release_id, publication.revision), "")
        shown = version_digest(locale=publication.locale, source_digest=source, blocks=blocks)
        if approval is None or approval.version_id != publication.version_id:
            yield f"publication {publication.id} has no approval"
        elif not shown == publication.digest == approval.digest or approval.revision != publication.revision:
            yield f"publication {publication.id} shows another text than its approval names"
        elif approval.voided_at is not None and approval.voided_at < publication.published_at:
            yield f"publication {publication.id} stands on an approval that was void"
        if publication.html != write_html(blocks, publication.locale):
            yield f"publication {publication.id} shows another page than its text"
    for approval in session.scalars(select(Approval)):
        if noted.said is not None and (approval.version_id, approval.digest) not in noted.said:
            yield f"approval {approval.id} is for a text that nobody asked to approve"
    yield from _own_approvals(session)


def _own_approvals(session: Session) -> Iterator[str]:
    """Find approvals by whoever wrote the text last, where no exception is on record.

    A unit that stays in the text goes along to the segments of the next revision; one that had left the text by the
    time of an approval is none of that approval's.
    """
    writers: dict[str, list[tuple[datetime, str | None]]] = defaultdict(list)
    texts: dict[str, str] = {}
    for row in history(session):
        if texts.get(row.unit_id) != row.target and row.origin == "person":
            writers[row.unit_id].append((row.at, row.user_id))
        elif texts.get(row.unit_id) != row.target:
            writers[row.unit_id].append((row.at, None))
        texts[row.unit_id] = row.target
    units = session.execute(
        select(Unit.id, Unit.version_id, SourceRevision.number)
        .join(SegmentRow, SegmentRow.id == Unit.segment_id)
        .join(SourceRevision, SourceRevision.id == SegmentRow.revision_id)
    ).all()
    for approval in session.scalars(select(Approval).where(Approval.exception_reason.is_(None))):
        for unit_id, version_id, stayed_until in units:
            if version_id != approval.version_id or stayed_until < approval.revision:
                continue
            before = [who for at, who in writers[unit_id] if at <= approval.approved_at]
            if before and before[-1] == approval.approved_by:
                yield f"approval {approval.id} is by the one who wrote unit {unit_id}"


def not_before_the_hour(session: Session, noted: Noted, _look: Look) -> Iterator[str]:
    """I3: nothing is public before its hour."""
    yield from (f"could be read too soon: {place}" for place in noted.early)
    for publication, hour in session.execute(
        select(Publication, Release.embargo_at).join(Release, Release.id == Publication.release_id)
    ):
        if hour is not None and publication.first_published_at < hour:
            yield f"publication {publication.id} left before its hour"
    told = select(Event, Release.embargo_at).join(Release, Release.id == Event.release_id)
    names = [event.value for event in PUBLIC_EVENTS if event.value != "release.withdrawn"]
    for event, hour in session.execute(told.where(Event.type.in_(names))):
        if hour is not None and event.created_at < hour:
            yield f"event {event.id} told of a release before its hour"


ANNOUNCED = {
    "release.submitted": "release.submitted",
    "release.revised": "release.revised",
    "version.approved": "version.approved",
    "approval.voided": "version.reopened",
    "release.withdrawn": "release.withdrawn",
}


def deliveries_end(session: Session, noted: Noted, look: Look) -> Iterator[str]:
    """I4: what happened is announced, and each event ends for each endpoint, with its attempts on record."""
    rows = session.scalars(select(OutboxRow)).all()
    topics = Counter((row.topic, row.payload.get("release_id")) for row in rows)
    acts = Counter(session.execute(select(AuditEntry.action, AuditEntry.release_id)))
    for (action, release_id), count in acts.items():
        if action in ANNOUNCED and topics[ANNOUNCED[action], release_id] != count:
            told = topics[ANNOUNCED[action], release_id]
            yield f"{action} of {release_id} happened {count} times and was announced {told} times"
    out = {
        (row.payload.get("release_id"), locale)
        for row in rows
        if row.topic in ("release.published", "version.published", "release.corrected")
        for locale in row.payload.get("locales") or ()
    }
    modes = dict(session.execute(select(Release.id, Release.publish)).all())
    for publication in session.scalars(select(Publication)):
        if (publication.release_id, publication.locale) not in out:
            yield f"publication {publication.id} was never announced"
    once = Counter(
        (row.payload.get("release_id"), row.topic)
        for row in rows
        if row.topic in ("release.published", "release.withdrawn")
    )
    for (release_id, topic), count in once.items():
        if count > 1 and modes.get(str(release_id)) == "together":
            yield f"{topic} of {release_id} was announced {count} times"
    events = Counter(session.scalars(select(Event.outbox_id)))
    for row in rows:
        if row.done_at is not None and events[row.id] != 1:
            yield f"outbox row {row.id} is done and made {events[row.id]} events"
    yield from _ends_of_deliveries(session, noted, look)


def _ends_of_deliveries(session: Session, noted: Noted, look: Look) -> Iterator[str]:
    tries: dict[str, list[Attempt]] = defaultdict(list)
    for attempt in session.scalars(select(Attempt).order_by(Attempt.number)):
        tries[attempt.delivery_id].append(attempt)
    off = set(session.scalars(select(Endpoint.id).where(Endpoint.disabled_at.is_not(None))))
    pairs = set()
    for delivery in session.scalars(select(Delivery)):
        pairs.add((delivery.event_id, delivery.endpoint_id))
        made = tries[delivery.id]
        if [attempt.number for attempt in made] != list(range(1, len(made) + 1)):
            yield f"an attempt of delivery {delivery.id} is not on record"
        heard = any(attempt.status is not None and attempt.status // 100 == 2 for attempt in made)
        if delivery.state == "delivered" and not heard:
            yield f"delivery {delivery.id} is delivered without an attempt that was"
        if delivery.state == "failed" and not made:
            yield f"delivery {delivery.id} failed without an attempt"
        if look.settled and delivery.state == "pending" and delivery.endpoint_id not in off | noted.retried:
            yield f"delivery {delivery.id} has come to no end"
    endpoints = {endpoint.id: endpoint for endpoint in session.scalars(select(Endpoint))}
    for endpoint_id, wanted in noted.hears.items():
        since = endpoints[endpoint_id].created_at
        for event in session.scalars(select(Event).where(Event.type.in_(wanted), Event.created_at >= since)):
            if (event.id, endpoint_id) not in pairs:
                yield f"event {event.id} has no delivery for endpoint {endpoint_id}"
