"""What a reviewer works with: the queue, and one version's units with everything beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, or_, select
from sqlalchemy.orm import Session

from service.domain.checks import Severity
from service.domain.errors import NotFound
from service.domain.permissions import ALL_LOCALES, Actor, review_locales, sees_everything
from service.queries.releases import VersionRow, user_names, version_rows
from service.queries.visibility import visible_to
from service.storage.models import (
    BlockRow,
    FindingRow,
    Release,
    SegmentRow,
    Unit,
    UnitRevision,
    Version,
)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit with its segment, the block it stands in, and its findings."""

    n: int
    unit: Unit
    segment: SegmentRow
    block: BlockRow
    findings: tuple[FindingRow, ...]
    written_by: str | None
    names: Mapping[str, str]

    def dismissed_by(self, finding: FindingRow) -> str:
        """Return the name of who put a finding aside."""
        return self.names.get(finding.dismissed_by or "", "?")


def unit_rows(session: Session, version: Version, *, unit_id: str | None = None) -> list[UnitRow]:
    """Return the units of the version's present text in order, the title first; three statements."""
    statement = (
        select(Unit, SegmentRow, BlockRow)
        .join(SegmentRow, SegmentRow.id == Unit.segment_id)
        .join(BlockRow, BlockRow.id == SegmentRow.block_id)
        .where(Unit.version_id == version.id, SegmentRow.revision_id == version.revision_id)
        .order_by(SegmentRow.n)
    )
    if unit_id is not None:
        statement = statement.where(Unit.id == unit_id)
    rows = session.execute(statement).all()
    ids = [unit.id for unit, _, _ in rows]
    findings: dict[str, list[FindingRow]] = {}
    if ids:
        found = session.scalars(
            select(FindingRow)
            .join(Unit, Unit.id == FindingRow.unit_id)
            .where(Unit.version_id == version.id, *([Unit.id == unit_id] if unit_id else []))
        )
        for finding in found:
            findings.setdefault(finding.unit_id, []).append(finding)
    dismissed_by = {finding.dismissed_by for each in findings.values() for finding in each}
    names = user_names(session, {unit.text_by for unit, _, _ in rows} | dismissed_by)
    return [
        UnitRow(
            segment.n + 1,
            unit,
            segment,
            block,
            tuple(sorted(findings.get(unit.id, ()), key=_by_weight)),
            names.get(unit.text_by or ""),
            names,
        )
        for unit, segment, block in rows
    ]


_WEIGHTS = {severity.value: place for place, severity in enumerate(Severity)}


def _by_weight(finding: FindingRow) -> tuple[object, ...]:
    """Order findings by what they weigh, then by where they stand in the target."""
    return _WEIGHTS[finding.severity], finding.target_span or [-1, -1], finding.code, finding.id


def unit_of_finding(session: Session, finding_id: str) -> str:
    """Return the id of the unit that a finding is about; raise `NotFound` where the finding is gone."""
    unit_id = session.scalar(select(FindingRow.unit_id).where(FindingRow.id == finding_id))
    if unit_id is None:
        raise NotFound
    return unit_id


def unit_history(session: Session, unit_id: str) -> list[tuple[UnitRevision, str | None]]:
    """Return every save of a unit, newest first, with the name of who made it (None for a machine)."""
    revisions = session.scalars(
        select(UnitRevision).where(UnitRevision.unit_id == unit_id).order_by(UnitRevision.number.desc())
    ).all()
    names = user_names(session, {revision.user_id for revision in revisions})
    return [(revision, names.get(revision.user_id or "")) for revision in revisions]


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One version that waits for somebody, with its release."""

    release: Release
    row: VersionRow


QUEUE_FILTERS = ("open", "mine", "unassigned", "failed", "approved")


def queue(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    which: str = "open",
    locale: str | None = None,
    limit: int = 100,
) -> list[QueueRow]:
    """Return versions that wait, soonest embargo or deadline first; six statements, however many there are.

    A reviewer sees their own locales, others every version that they may see.
    """
    soonest = case(
        (Release.embargo_at.is_(None), Release.deadline_at),
        (Release.deadline_at.is_(None), Release.embargo_at),
        (Release.deadline_at < Release.embargo_at, Release.deadline_at),
        else_=Release.embargo_at,
    )
    statement = (
        select(Version, Release)
        .join(Release, Release.id == Version.release_id)
        .where(visible_to(actor))
        .order_by(soonest.is_(None), soonest, Release.created_at, Version.locale)
        .limit(limit)
    )
    locales = review_locales(actor)
    if locales and ALL_LOCALES not in locales and not sees_everything(actor):
        statement = statement.where(or_(Version.locale.in_(locales), Release.author_id == actor.user_id))
    if locale:
        statement = statement.where(Version.locale == locale)
    held = and_(Version.claimed_by.is_not(None), Version.claimed_until > now)
    waiting = Version.state.in_(("queued", "drafting", "in_review"))
    conditions = {
        "open": waiting,
        "mine": and_(waiting, held, Version.claimed_by == actor.user_id),
        "unassigned": and_(waiting, or_(Version.claimed_by.is_(None), Version.claimed_until <= now)),
        "failed": and_(
            Version.state == "in_review",
            select(Unit.id)
            .join(SegmentRow, SegmentRow.id == Unit.segment_id)
            .where(
                Unit.version_id == Version.id,
                SegmentRow.revision_id == Version.revision_id,
                Unit.target == "",
            )
            .exists(),
        ),
        "approved": Version.state == "approved",
    }
    rows = session.execute(statement.where(conditions.get(which, waiting))).all()
    by_id = {row.version.id: row for row in version_rows(session, [version for version, _ in rows])}
    return [QueueRow(release, by_id[version.id]) for version, release in rows]
