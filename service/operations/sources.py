"""Writing a source revision down, and carrying a version's units over to a new one.

A segment whose text did not change keeps its unit, with its history and its confirmation; a changed one gets a new
unit that remembers the source it replaces.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Sequence

from sqlalchemy import delete, select

from service.domain.text import CodedText, Document, Segment
from service.domain.workflow import UnitState
from service.operations.approvals import REVISED, void_approval
from service.operations.context import Work
from service.queries.texts import codes_json
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
    """Move the version to the new revision: equal segments keep their units, the others get empty ones."""
    old = work.session.execute(
        select(Unit, SegmentRow)
        .join(SegmentRow, SegmentRow.id == Unit.segment_id)
        .where(Unit.version_id == version.id, SegmentRow.revision_id == version.revision_id)
        .order_by(SegmentRow.n)
    ).all()
    waiting: dict[str, deque[Unit]] = defaultdict(deque)
    for unit, segment in old:
        waiting[segment.source_hash].append(unit)
    placed: list[tuple[SegmentRow, Unit | None]] = []
    for segment in segments:
        queue = waiting[segment.source_hash]
        placed.append((segment, queue.popleft() if queue else None))
    moved = {kept_unit.id for _, kept_unit in placed if kept_unit is not None}
    left_behind = [(unit, segment) for unit, segment in old if unit.id not in moved]
    work.session.execute(delete(Alternative).where(Alternative.unit_id.in_([unit.id for unit, _ in left_behind])))
    dropped = deque(segment.source for _, segment in left_behind)
    for segment, kept_unit in placed:
        if kept_unit is None:
            before = dropped.popleft() if dropped else ""
            work.session.add(Unit(version_id=version.id, segment_id=segment.id, changed_from=before))
            continue
        kept_unit.segment_id = segment.id
        kept_unit.changed_from = None
        kept_unit.row_version += 1
        if kept_unit.state == UnitState.FINAL:
            kept_unit.state = UnitState.REVIEWED if kept_unit.confirmed_by else UnitState.TRANSLATED
    version.revision_id = revision.id
    version.checked_with = None
    version.row_version += 1
    version.updated_at = work.now
    void_approval(work, version, REVISED)
    job = work.session.scalars(select(DraftJob).where(DraftJob.version_id == version.id)).one()
    job.due_at = work.now
    job.lease_token = None
    job.lease_until = None
    job.hinted_until = None
    job.attempts = 0
    job.rounds = 0
    job.failed_at = None
    work.nudge = True
