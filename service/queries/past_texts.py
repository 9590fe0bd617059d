"""What a version said at another moment, to be compared with what it says now.

Units keep their history, but move on with each revision of the source; here they are put back where they stood.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.domain.comparing import Sentence
from service.domain.inline import plain
from service.domain.text import CodedText
from service.queries.releases import user_names
from service.queries.texts import codes_of
from service.storage.models import Approval, Look, SegmentRow, SourceRevision, Unit, UnitRevision, Version


def present_sentences(session: Session, version: Version, *, drafts: bool = False) -> tuple[Sentence, ...]:
    """Return what the version says now, or with `drafts` what it was made from; one statement."""
    rows = session.execute(
        select(SegmentRow.source, SegmentRow.codes, Unit.target, Unit.draft)
        .join(Unit, Unit.segment_id == SegmentRow.id)
        .where(Unit.version_id == version.id, SegmentRow.revision_id == version.revision_id)
        .order_by(SegmentRow.n)
    )
    return tuple(_sentence(row.source, row.codes, row.draft if drafts else row.target) for row in rows)


def source_sentences(session: Session, release_id: str, number: int) -> tuple[Sentence, ...]:
    """Return a revision of the source, each sentence standing for itself; one statement."""
    rows = session.execute(
        select(SegmentRow.source, SegmentRow.codes)
        .join(SourceRevision, SourceRevision.id == SegmentRow.revision_id)
        .where(SourceRevision.release_id == release_id, SourceRevision.number == number)
        .order_by(SegmentRow.n)
    )
    return tuple(_sentence(row.source, row.codes, row.source) for row in rows)


def sentences_at(session: Session, version: Version, moment: datetime) -> tuple[Sentence, ...]:
    """Return what the version said at a moment; three statements, whatever its length and its past.

    A sentence that the source has no more is found as well. One that was not drafted yet says nothing.
    """
    number = (
        session.scalar(
            select(func.max(SourceRevision.number)).where(
                SourceRevision.release_id == version.release_id, SourceRevision.created_at <= moment
            )
        )
        or 1
    )
    segments = session.execute(
        select(SegmentRow.id, SegmentRow.source, SegmentRow.codes)
        .join(SourceRevision, SourceRevision.id == SegmentRow.revision_id)
        .where(SourceRevision.release_id == version.release_id, SourceRevision.number == number)
        .order_by(SegmentRow.n)
    ).all()
    here: dict[str, str] = {}
    moved: dict[str, deque[str]] = defaultdict(deque)
    known = {segment.id for segment in segments}
    for segment_id, source, target in _targets_at(session, version, number, moment):
        if segment_id in known:
            here[segment_id] = target
        else:
            moved[source].append(target)
    said = []
    for segment in segments:
        waiting = moved[segment.source]
        was_moved = segment.id not in here and waiting
        target = waiting.popleft() if was_moved else here.get(segment.id, "")
        said.append(_sentence(segment.source, segment.codes, target))
    return tuple(said)


def _targets_at(session: Session, version: Version, number: int, moment: datetime) -> list[tuple[str, str, str]]:
    """Return segment, source and target of each unit as it stood, those left out that were gone by then."""
    latest = (
        select(UnitRevision.unit_id, func.max(UnitRevision.number).label("number"))
        .join(Unit, Unit.id == UnitRevision.unit_id)
        .where(Unit.version_id == version.id, UnitRevision.at <= moment)
        .group_by(UnitRevision.unit_id)
        .subquery()
    )
    rows = session.execute(
        select(Unit.segment_id, UnitRevision.source, UnitRevision.target)
        .join(latest, (latest.c.unit_id == UnitRevision.unit_id) & (latest.c.number == UnitRevision.number))
        .join(Unit, Unit.id == UnitRevision.unit_id)
        .join(SegmentRow, SegmentRow.id == Unit.segment_id)
        .join(SourceRevision, SourceRevision.id == SegmentRow.revision_id)
        .where(SourceRevision.number >= number)
        .order_by(SourceRevision.number, SegmentRow.n)
    )
    return [(row.segment_id, row.source, row.target) for row in rows]


def _sentence(source: str, codes: list[dict[str, object]], target: str) -> Sentence:
    table = codes_of(codes)
    return Sentence(plain(CodedText(source, table)), plain(CodedText(target, table)))


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """One approval of a version, numbered from its first, with the name of who gave it."""

    approval: Approval
    number: int
    name: str


def approvals_of(session: Session, version_ids: list[str]) -> dict[str, list[ApprovalRow]]:
    """Return every approval that versions ever had, oldest first, by version; two statements."""
    rows = session.scalars(
        select(Approval).where(Approval.version_id.in_(version_ids)).order_by(Approval.approved_at, Approval.id)
    ).all()
    names = user_names(session, {row.approved_by for row in rows})
    found: dict[str, list[ApprovalRow]] = {}
    for row in rows:
        of_version = found.setdefault(row.version_id, [])
        of_version.append(ApprovalRow(row, len(of_version) + 1, names.get(row.approved_by, "?")))
    return found


def source_numbers(session: Session, release_id: str) -> list[tuple[int, datetime]]:
    """Return the numbers of a release's source revisions with when they came, oldest first; one statement."""
    rows = session.execute(
        select(SourceRevision.number, SourceRevision.created_at)
        .where(SourceRevision.release_id == release_id)
        .order_by(SourceRevision.number)
    )
    return [(row.number, row.created_at) for row in rows]


def look_before(session: Session, version: Version, user_id: str | None) -> datetime | None:
    """Return when a person read the version's text before the sitting that they are in; None where they never did."""
    return session.scalar(select(Look.before).where(Look.version_id == version.id, Look.user_id == user_id))
