"""Cutting a release's segments otherwise: a new revision of the same text, and what becomes of every language's units.

A segment that stays keeps its unit, untouched. Where segments were joined or divided, new units take the targets over
and the old ones leave the text with their history; which went where is kept (`UnitDescent`). Who may do it, and when,
is for `cutting`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from sqlalchemy import delete, select, update

from service.domain.cuts import Group, begins_of, groups, retarget, stretch
from service.domain.segmentation import segment_block, source_hash
from service.domain.text import CodedText, Document, Segment
from service.domain.workflow import Action, UnitState, VersionState, next_state
from service.operations.approvals import RECUT, void_approval
from service.operations.context import Work
from service.operations.drafting import add_unit_revision
from service.operations.findings import refresh_findings
from service.operations.recut_units import Piece, made_of
from service.operations.settling import settle
from service.operations.sources import draft_again, store_revision
from service.queries.releases import current_revision
from service.queries.rules import office_rules
from service.queries.texts import codes_of, source_document
from service.storage.models import (
    Alternative,
    Comment,
    DraftJob,
    Release,
    SegmentRow,
    SourceRevision,
    Unit,
    UnitDescent,
    Version,
)


@dataclass(frozen=True, slots=True)
class Wish:
    """How a release's blocks are to be cut: by block's place, where its segments begin, the first one as well.

    `targets` says where a unit's own text is to be cut for it; where it does not, the best place is looked for.
    `restore` is an act whose units come back where they still stand.
    """

    begins: Mapping[int, Sequence[int]]
    targets: Mapping[str, Sequence[int]] = field(default_factory=dict)
    restore: str | None = None


@dataclass(frozen=True, slots=True)
class Present:
    """A release's source as it is cut now: its blocks, and each block's segments with their rows."""

    revision: SourceRevision
    document: Document
    rows: Mapping[int, Sequence[SegmentRow]]

    def segments(self, place: int) -> list[Segment]:
        """Return a block's segments as values."""
        return [Segment(place, CodedText(row.source, codes_of(row.codes)), row.gap) for row in self.rows.get(place, ())]

    def begins(self, place: int) -> tuple[int, ...]:
        """Return where a block's segments begin."""
        return begins_of(self.document.blocks[place].content, self.segments(place))


def present_cut(work: Work, revision: SourceRevision) -> Present:
    """Return how a revision is cut; two statements."""
    document, blocks = source_document(work.session, revision.id)
    places = {block.id: n for n, block in enumerate(blocks)}
    rows = work.session.scalars(
        select(SegmentRow).where(SegmentRow.revision_id == revision.id).order_by(SegmentRow.n)
    ).all()
    by_block = {place: list(of_block) for place, of_block in groupby(rows, key=lambda row: places[row.block_id])}
    return Present(revision, document, by_block)


@dataclass(frozen=True, slots=True)
class _Change:
    """Segments of one block that others take the place of: what they all say, and both kinds, as values and rows."""

    whole: CodedText
    old: tuple[Segment, ...]
    old_rows: tuple[SegmentRow, ...]
    new: tuple[Segment, ...]
    new_rows: tuple[SegmentRow, ...]


@dataclass(frozen=True, slots=True)
class _NewCut:
    """A revision that was cut as wished: the new row of each old one that stays, by id, and what changed."""

    wish: Wish
    stays: Mapping[str, SegmentRow]
    changes: Sequence[_Change]


def recut(work: Work, release: Release, wish: Wish, *, act: str) -> dict[str, list[Unit]]:
    """Cut a locked release as it is wished; return the new units of each locale, in text order."""
    present = present_cut(work, current_revision(work.session, release))
    new_cut = _store(work, release, present, wish)
    made: dict[str, list[Unit]] = {}
    for version in work.session.scalars(select(Version).where(Version.release_id == release.id)):
        void_approval(work, version, RECUT)
        made[version.locale] = _carry_over(work, release, version, new_cut, act=act)
    settle(work, release)
    return made


def _store(work: Work, release: Release, present: Present, wish: Wish) -> _NewCut:
    """Write the new revision."""
    plan = [_plan(present, place, wish, release.source_locale) for place in range(len(present.document.blocks))]
    before = present.revision
    revision = SourceRevision(
        release_id=release.id,
        number=release.revision + 1,
        title=before.title,
        format=before.format,
        body=before.body,
        digest=before.digest,
        warnings=list(before.warnings),
        author_id=before.author_id,
        created_at=work.now,
    )
    segments = [segment for new, _ in plan for segment in new]
    rows = iter(store_revision(work, revision, present.document, segments, source_hash))
    release.revision = revision.number
    release.row_version += 1
    stays: dict[str, SegmentRow] = {}
    changes: list[_Change] = []
    for place, (new, found) in enumerate(plan):
        of_block = [next(rows) for _ in new]
        old_rows = present.rows.get(place, ())
        for group in found:
            if group.same:
                stays[old_rows[group.old[0]].id] = of_block[group.new[0]]
            else:
                changes.append(_change(present, place, group, new, of_block))
    return _NewCut(wish, stays, changes)


def _plan(present: Present, place: int, wish: Wish, locale: str) -> tuple[Sequence[Segment], tuple[Group, ...]]:
    """Return a block's segments as they are to be, and what takes the place of what."""
    block = present.document.blocks[place]
    old = present.segments(place)
    begins = present.begins(place)
    if place not in wish.begins:
        return old, groups(begins, begins)
    cut = segment_block(block.content, block.kind, locale, begins=wish.begins[place])
    new = [Segment(place, source, gap) for source, gap in cut]
    return new, groups(begins, begins_of(block.content, new))


def _change(
    present: Present, place: int, group: Group, new: Sequence[Segment], new_rows: Sequence[SegmentRow]
) -> _Change:
    old = present.segments(place)
    from_old, from_new = slice(*group.old), slice(*group.new)
    return _Change(
        stretch(present.document.blocks[place].content, old, group.old),
        tuple(old[from_old]),
        tuple(present.rows[place][from_old]),
        tuple(new[from_new]),
        tuple(new_rows[from_new]),
    )


def _carry_over(
    work: Work,
    release: Release,
    version: Version,
    cut: _NewCut,
    *,
    act: str,
) -> list[Unit]:
    """Move a version to the new revision; return the units that are new there."""
    state = VersionState(version.state)
    units = {
        unit.segment_id: unit
        for unit in work.session.scalars(
            select(Unit)
            .join(SegmentRow, SegmentRow.id == Unit.segment_id)
            .where(Unit.version_id == version.id, SegmentRow.revision_id == version.revision_id)
        )
    }
    version.state = next_state(state, Action.REVISE)
    for old_id, row in cut.stays.items():
        units[old_id].segment_id = row.id
    new: list[tuple[Unit, SegmentRow]] = []
    first_saves: list[tuple[Unit, SegmentRow]] = []
    for change in cut.changes:
        old_units = [units[row.id] for row in change.old_rows]
        back = _restored(work, old_units, change, cut.wish.restore) if cut.wish.restore else []
        made = back or _made(version, change, old_units, cut.wish)
        new += zip(made, change.new_rows, strict=True)
        if not back:
            first_saves += zip(made, change.new_rows, strict=True)
            _note_descent(work, made, old_units, act)
        _take_along(work, old_units, made[0])
    version.revision_id = cut.changes[0].new_rows[0].revision_id
    version.checked_with = None
    version.row_version += 1
    version.updated_at = work.now
    work.session.flush()
    rules = office_rules(work.session, work.office, release.source_locale, version.locale)
    for unit, row in first_saves:
        if unit.target:  # an empty part is nobody's text, and waits for a machine's
            add_unit_revision(work, unit, row.source, user_id=work.actor.user_id, act=act)
    for unit, row in new:
        refresh_findings(work, unit, row, rules, text_changed=True)
    job = work.session.scalars(select(DraftJob).where(DraftJob.version_id == version.id)).one()
    under_way = state in {VersionState.QUEUED, VersionState.DRAFTING} or job.lease_token is not None
    if under_way or any(unit.state == UnitState.INITIAL for unit, _ in new):
        draft_again(work, version)
    return [unit for unit, _ in new]


def _note_descent(work: Work, new: Sequence[Unit], old: Sequence[Unit], act: str) -> None:
    work.session.add_all(new)
    work.session.flush()
    work.session.add_all(UnitDescent(unit_id=unit.id, from_id=each.id, act=act) for unit in new for each in old)


def _take_along(work: Work, old: Sequence[Unit], to: Unit) -> None:
    """Let what was said about units that leave be said about the one that stands there; other drafts of them go."""
    ids = [each.id for each in old]
    work.session.execute(update(Comment).where(Comment.unit_id.in_(ids)).values(unit_id=to.id))
    work.session.execute(delete(Alternative).where(Alternative.unit_id.in_(ids)))


def _made(version: Version, change: _Change, old: Sequence[Unit], wish: Wish) -> list[Unit]:
    at = wish.targets.get(old[0].id) if len(old) == 1 else None
    targets = retarget(change.whole, (change.old, [unit.target for unit in old]), change.new, version.locale, at)
    drafts = targets
    if any(unit.draft != unit.target for unit in old):
        drafts = retarget(change.whole, (change.old, [unit.draft for unit in old]), change.new, version.locale)
    pieces = [
        Piece(row.id, target, drafted) for row, target, drafted in zip(change.new_rows, targets, drafts, strict=True)
    ]
    return made_of(version, pieces, old, [segment.source.text for segment in change.old])


def _restored(work: Work, old: Sequence[Unit], change: _Change, act: str) -> list[Unit]:
    """Return the units that stood where these came to stand by the act, put back; empty where others would stand."""
    ids = [each.id for each in old]
    rows = work.session.execute(
        select(Unit, SegmentRow)
        .join(SegmentRow, SegmentRow.id == Unit.segment_id)
        .where(Unit.id.in_(select(UnitDescent.from_id).where(UnitDescent.act == act, UnitDescent.unit_id.in_(ids))))
        .order_by(SegmentRow.n)
        .execution_options(populate_existing=True)
    ).all()
    if [row.source_hash for _, row in rows] != [row.source_hash for row in change.new_rows]:
        return []
    work.session.execute(delete(UnitDescent).where(UnitDescent.act == act, UnitDescent.unit_id.in_(ids)))
    back = [unit for unit, _ in rows]
    for unit, row in zip(back, change.new_rows, strict=True):
        unit.segment_id = row.id
        unit.row_version += 1
        if unit.state == UnitState.FINAL:
            unit.state = UnitState.REVIEWED if unit.confirmed_by else UnitState.TRANSLATED
    return back


def inner_begins(present: Present, unit_rows: Sequence[SegmentRow]) -> dict[int, set[int]]:
    """Return, by block's place, where the segments of some rows begin."""
    wanted = {row.id for row in unit_rows}
    found: dict[int, set[int]] = defaultdict(set)
    for place, rows in present.rows.items():
        for row, begin in zip(rows, present.begins(place), strict=True):
            if row.id in wanted:
                found[place].add(begin)
    return dict(found)
