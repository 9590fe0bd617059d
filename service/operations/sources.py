"""Writing a source revision down, and carrying a version's units over to a new one.

A segment whose text did not change keeps its unit, with its history and its confirmation; a changed one gets a new
unit that remembers the source it replaces.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import delete, select

from service.domain.errors import Invalid
from service.domain.inline import plain
from service.domain.minor_edits import Placed, why_not_minor
from service.domain.revising import Fate, SegmentChange, SegmentText, segment_changes
from service.domain.text import CodedText, Document, Segment
from service.domain.workflow import UnitState
from service.operations.approvals import REVISED, void_approval
from service.operations.context import Work
from service.queries.cuts import cut_document
from service.queries.texts import codes_json, codes_of
from service.storage.models import Alternative, BlockRow, DraftJob, SegmentRow, SourceRevision, Unit, Version


def store_revision(
    work: Work,
    revision: SourceRevision,
    document: Document,
    segments: Sequence[Segment],
    hash_of: Callable[[CodedText], str],
) -> list[SegmentRow]:
    """Write the revision with its blocks and segments; return the segments' rows in order."""
    work.session.add(revision)
    work.session.flush()
    blocks = [
        BlockRow(
            revision_id=revision.id,
            n=n,
            kind=block.kind.value,
            level=block.level,
            ordered=block.ordered,
            group=block.group,
            start=block.start,
            text=block.content.text,
            codes=codes_json(block.content.codes),
        )
        for n, block in enumerate(document.blocks)
    ]
    work.session.add_all(blocks)
    work.session.flush()
    rows = [
        SegmentRow(
            revision_id=revision.id,
            block_id=blocks[segment.block].id,
            n=n,
            source=segment.source.text,
            codes=codes_json(segment.source.codes),
            gap=segment.gap,
            source_hash=hash_of(segment.source),
        )
        for n, segment in enumerate(segments)
    ]
    work.session.add_all(rows)
    work.session.flush()
    return rows


def fill_new_version(work: Work, version: Version, segments: Sequence[SegmentRow]) -> None:
    """Give a new version an empty unit for each segment."""
    work.session.add_all(Unit(version_id=version.id, segment_id=segment.id) for segment in segments)


def carry_units_over(work: Work, version: Version, revision: SourceRevision, segments: Sequence[SegmentRow]) -> None:
    """Move the version to the new revision: equal segments keep their units, the others get empty ones.

    In a minor revision a changed segment keeps its unit as well, for a person to say whether the text still serves.
    """
    old = work.session.execute(
        select(Unit, SegmentRow)
        .join(SegmentRow, SegmentRow.id == Unit.segment_id)
        .where(Unit.version_id == version.id, SegmentRow.revision_id == version.revision_id)
        .order_by(SegmentRow.n)
    ).all()
    changes = _changes([segment for _, segment in old], segments, minor=revision.minor)
    stays = {change.old for change in changes if _keeps_its_unit(change, minor=revision.minor)}
    moved_or_gone = {change.old for change in changes if change.fate is not Fate.KEPT}
    outdated = [unit.id for place, (unit, _) in enumerate(old) if place in moved_or_gone]
    work.session.execute(delete(Alternative).where(Alternative.unit_id.in_(outdated)))
    for change in changes:
        if change.new is None:
            continue
        segment = segments[change.new]
        before = old[change.old][1].source if change.old is not None else ""
        if change.old is None or change.old not in stays:
            work.session.add(Unit(version_id=version.id, segment_id=segment.id, changed_from=before))
            continue
        unit = old[change.old][0]
        shown = _shown(unit)
        _no_longer_approved(unit)
        if change.fate is Fate.CHANGED:
            _mark_as_minor(unit, before)
        elif not unit.change_is_minor:
            unit.changed_from = None
        if change.fate is not Fate.KEPT or _shown(unit) != shown:
            unit.row_version += 1  # who has the rest open may save on: nothing of it is another
        unit.segment_id = segment.id
    version.revision_id = revision.id
    version.checked_with = None
    version.row_version += 1
    version.updated_at = work.now
    void_approval(work, version, REVISED)
    draft_again(work, version)


def draft_again(work: Work, version: Version) -> None:
    """Let the version's drafting begin anew; whoever drafts it now was told of another text."""
    job = work.session.scalars(select(DraftJob).where(DraftJob.version_id == version.id)).one()
    job.due_at = work.now
    job.lease_token = None
    job.lease_until = None
    job.hinted_until = None
    job.attempts = 0
    job.rounds = 0
    job.failed_at = None
    work.nudge = True


def _changes(old: Sequence[SegmentRow], new: Sequence[SegmentRow], *, minor: bool) -> Sequence[SegmentChange]:
    """Return the fate of each segment; a minor edit leaves every one in its place."""
    if not minor:
        return segment_changes([_as_compared(each) for each in old], [_as_compared(each) for each in new])
    same = (before.source_hash == after.source_hash for before, after in zip(old, new, strict=True))
    return [SegmentChange(Fate.KEPT if kept else Fate.CHANGED, place, place) for place, kept in enumerate(same)]


def _as_compared(segment: SegmentRow) -> SegmentText:
    return SegmentText(segment.source_hash, plain(CodedText(segment.source, codes_of(segment.codes))))


def _keeps_its_unit(change: SegmentChange, *, minor: bool) -> bool:
    return change.fate is Fate.KEPT or (minor and change.fate is Fate.CHANGED)


def _shown(unit: Unit) -> tuple[object, ...]:
    """Return what a revision of the source may change of a unit that keeps its source."""
    return unit.state, unit.changed_from, unit.change_is_minor


def _no_longer_approved(unit: Unit) -> None:
    """Let what was approved be what it was before."""
    if unit.state == UnitState.FINAL:
        unit.state = UnitState.REVIEWED if unit.confirmed_by else UnitState.TRANSLATED


def _mark_as_minor(unit: Unit, before: str) -> None:
    """Leave the text, and open the question whether it still serves; who confirmed it stays on record.

    A unit about which nobody has said so since an earlier minor edit stays marked with what it was confirmed for.
    """
    if unit.changed_from is None or not unit.change_is_minor:
        unit.changed_from = before
    if not unit.target:
        return
    unit.change_is_minor = True
    unit.state_before = unit.state_before or unit.state
    unit.state = UnitState.TRANSLATED


def demand_minor(work: Work, present: SourceRevision, document: Document, locale: str) -> None:
    """Raise `Invalid` with the reason where the new text is no minor edit of the present one."""
    rows = work.session.execute(
        select(SegmentRow, BlockRow)
        .join(BlockRow, BlockRow.id == SegmentRow.block_id)
        .where(SegmentRow.revision_id == present.id)
        .order_by(SegmentRow.n)
    )
    old = [Placed(block.kind, block.n, CodedText(row.source, codes_of(row.codes))) for row, block in rows]
    new = [
        Placed(document.blocks[segment.block].kind.value, segment.block, segment.source)
        for segment in cut_document(work.session, document, locale)
    ]
    against = why_not_minor(old, new, locale)
    if against is not None:
        raise Invalid(against.code, against.template, field="minor", n=against.n)
