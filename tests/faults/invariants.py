"""What must hold in a desk's database whatever befell the desk: seven invariants, asked by one function.

`broken` looks at the rows, and at what a test noted: what the desk had acknowledged, and what anybody could see.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from service.queries.audit import first_broken_entry
from service.storage.models import (
    Alternative,
    Approval,
    AuditEntry,
    Delivery,
    DraftJob,
    Endpoint,
    Notice,
    OutboxRow,
    Publication,
    Release,
    SegmentRow,
    SourceRevision,
    Unit,
    UnitRevision,
    Version,
)
from service.storage.session import Database
from tests.faults.leaving import approved_as_shown, deliveries_end, not_before_the_hour
from tests.faults.noting import Look, Noted, history

MACHINE_MAY_WRITE = ("in_review", "drafting", "queued")


def broken(
    database: Database,
    noted: Noted | None = None,
    *,
    settled: bool = False,
    full: bool = True,
    only: str | None = None,
    now: datetime | None = None,
) -> list[str]:
    """Return a sentence for each thing that does not hold, headed by its invariant; none where all is well.

    `settled` says that the desk has come to rest: then no delivery may still be on its way but to an endpoint that is
    switched off. Without `full` the hashes of the audit are not followed, which takes longest. `only` one of
    the invariants is asked for where it is named. `now` is the moment for desks whose clock is a test's own.
    """
    told = noted or Noted()
    with database.reading() as session:
        look = Look(now or database.now(session), settled, full)
        found: list[str] = []
        for name in [only] if only else QUESTIONS:
            question = QUESTIONS[name]
            found += [f"{name} {sentence}" for sentence in question(session, told, look)]
    return found


def accepted_once(session: Session, noted: Noted, _look: Look) -> Iterator[str]:
    """I1: every accepted submission exists once."""
    there = set(session.scalars(select(Release.id)))
    for release_id in noted.accepted:
        if release_id not in there:
            yield f"submission {release_id} was accepted and is lost"
    firsts = Counter(session.scalars(select(SourceRevision.body).where(SourceRevision.number == 1)))
    sent = Counter(body for body in noted.accepted.values() if body is not None)
    for body, count in sent.items():
        most = count + noted.unanswered[body]
        if not count <= firsts[body] <= most:
            yield f"a text that was accepted {count} times exists {firsts[body]} times"
    parts = Counter(session.scalars(select(SourceRevision.release_id).where(SourceRevision.number == 1)))
    with_versions = set(session.scalars(select(Version.release_id)))
    for release_id in there:
        if parts[release_id] != 1 or release_id not in with_versions:
            yield f"release {release_id} was taken in by halves"


def work_is_due(session: Session, _noted: Noted, look: Look) -> Iterator[str]:
    """I5: each piece of work is final, due or leased."""
    yield from (
        f"outbox row {row} is neither done nor due"
        for row in session.scalars(select(OutboxRow.id).where(OutboxRow.done_at.is_(None), OutboxRow.due_at.is_(None)))
    )
    yield from (
        f"the draft of version {version} is neither done nor due" for version in session.scalars(_forgotten_drafts())
    )
    for release in session.scalars(
        select(Release).where(Release.publish_requested_at.is_not(None), Release.due_at.is_(None))
    ):
        open_ones = session.scalar(
            select(func.count()).where(
                Version.release_id == release.id, Version.state.not_in(("approved", "published"))
            )
        )
        if not open_ones:
            yield f"the publication of {release.id} was asked for and is not due"
    off = select(Endpoint.id).where(Endpoint.disabled_at.is_not(None))
    for delivery_id in session.scalars(
        select(Delivery.id).where(
            Delivery.state == "pending", Delivery.due_at.is_(None), Delivery.endpoint_id.not_in(off)
        )
    ):
        yield f"delivery {delivery_id} is neither done nor due"
    yield from (
        f"notice {row} is neither settled nor due"
        for row in session.scalars(select(Notice.id).where(Notice.settled_at.is_(None), Notice.due_at.is_(None)))
    )
    for model in (OutboxRow, DraftJob, Release, Delivery, Notice, Alternative):
        for row in session.scalars(select(model.id).where(model.lease_token.is_not(None), model.due_at.is_(None))):
            yield f"{model.__tablename__} {row} is leased and would be forgotten at the end of its lease"


def _forgotten_drafts() -> Select[tuple[str]]:
    """Return the statement for versions with segments that a machine may fill, and no work that will."""
    return (
        select(Version.id)
        .join(DraftJob, DraftJob.version_id == Version.id)
        .join(Unit, Unit.version_id == Version.id)
        .join(SegmentRow, (SegmentRow.id == Unit.segment_id) & (SegmentRow.revision_id == Version.revision_id))
        .where(
            DraftJob.due_at.is_(None),
            DraftJob.failed_at.is_(None),
            Version.state.in_(MACHINE_MAY_WRITE),
            (Unit.state == "initial") & Unit.text_by.is_(None) | (Version.state != "in_review"),
        )
        .distinct()
    )


def audit_is_whole(session: Session, _noted: Noted, look: Look) -> Iterator[str]:
    """I6: the audit covers every change of state, and its chain verifies."""
    if look.full:
        entry = first_broken_entry(session)
        if entry is not None:
            yield f"entry {entry} of the audit does not fit the one before it"
    yield from _acts_on_record(session)
    yield from _cuts_on_record(session)
    saved = set(session.execute(select(AuditEntry.actor_id, AuditEntry.at)))
    for unit_id, user_id, at in session.execute(
        select(UnitRevision.unit_id, UnitRevision.user_id, UnitRevision.at).where(UnitRevision.user_id.is_not(None))
    ):
        if (user_id, at) not in saved:
            yield f"somebody saved unit {unit_id}, and the audit does not say so"


def _acts_on_record(session: Session) -> Iterator[str]:
    acts = Counter(session.execute(select(AuditEntry.action, AuditEntry.subject)))
    expected: Counter[tuple[str, str]] = Counter()
    for approval in session.scalars(select(Approval)):
        expected["version.approved", approval.version_id] += 1
    for publication in session.scalars(select(Publication)):
        expected["version.published", publication.version_id] += 1
    expected += _revisions_on_record(session)
    for release_id in session.scalars(select(Release.id).where(Release.withdrawn_at.is_not(None))):
        expected["release.withdrawn", release_id] += 1
    for (action, subject), count in expected.items():
        if acts[action, subject] != count:
            yield f"{action} of {subject} happened {count} times, and the audit has it {acts[action, subject]} times"
    for version_id in session.scalars(select(Approval.version_id).where(Approval.voided_at.is_not(None)).distinct()):
        if not acts["approval.voided", version_id]:
            yield f"an approval of {version_id} was voided, and the audit does not say so"


def _revisions_on_record(session: Session) -> Counter[tuple[str, str]]:
    """Return how often the audit must tell that a release came in or was revised; a text cut otherwise is neither."""
    expected: Counter[tuple[str, str]] = Counter()
    digests: dict[str, str] = {}
    for revision in session.scalars(select(SourceRevision).order_by(SourceRevision.release_id, SourceRevision.number)):
        if digests.get(revision.release_id) != revision.digest:
            action = "release.submitted" if revision.number == 1 else "release.revised"
            expected[action, revision.release_id] += 1
        digests[revision.release_id] = revision.digest
    return expected


def _cuts_on_record(session: Session) -> Iterator[str]:
    """Tell where a text was cut otherwise more or less often than the audit says."""
    digests: dict[str, str] = {}
    cuts: Counter[str | None] = Counter()
    for revision in session.scalars(select(SourceRevision).order_by(SourceRevision.release_id, SourceRevision.number)):
        cuts[revision.release_id] += digests.get(revision.release_id) == revision.digest
        digests[revision.release_id] = revision.digest
    told = Counter(session.scalars(select(AuditEntry.release_id).where(AuditEntry.action.startswith("segments."))))
    for release_id, count in cuts.items():
        if told[release_id] != count:
            yield f"{release_id} was cut otherwise {count} times, and the audit has it {told[release_id]} times"


def edits_are_kept(session: Session, noted: Noted, _look: Look) -> Iterator[str]:
    """I7: no edit that was acknowledged is missing from the history, nor was one written over by a machine."""
    kept: dict[str, set[str]] = defaultdict(set)
    last: dict[str, UnitRevision] = {}
    for row in history(session):
        kept[row.unit_id].add(row.target)
        before = last.get(row.unit_id)
        if before is not None and row.user_id is None and before.user_id is not None and before.target != row.target:
            yield f"a machine wrote over what a person said of unit {row.unit_id}"
        last[row.unit_id] = row
    for unit_id, text in noted.edits:
        if text not in kept[unit_id]:
            yield f"an edit of unit {unit_id} was acknowledged and is lost"
    for unit in session.scalars(select(Unit)):
        if unit.target != (last[unit.id].target if unit.id in last else ""):
            yield f"the text of unit {unit.id} is not the last one of its history"


QUESTIONS: dict[str, Callable[[Session, Noted, Look], Iterator[str]]] = {
    "I1": accepted_once,
    "I2": approved_as_shown,
    "I3": not_before_the_hour,
    "I4": deliveries_end,
    "I5": work_is_due,
    "I6": audit_is_whole,
    "I7": edits_are_kept,
}
