"""Joining segments of one paragraph, dividing one in two, and taking that back.

What is decided holds for the block's text, in every language and in every later text that has the block. It counts as
an edit of each language: an approval that stands has to be taken back by somebody who may, and says so first.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from service.domain import permissions
from service.domain.cuts import begins_of, ends_line, is_place
from service.domain.errors import N_, Conflict, Invalid, NotAllowed, NotFound, Places, WrongState
from service.domain.segmentation import block_hash, is_whole, segment_block
from service.domain.text import CodedText, Segment
from service.domain.workflow import VersionState
from service.operations import audit
from service.operations.acts import Done, new_act
from service.operations.context import Work
from service.operations.loading import CUT_MEANWHILE, demand, demand_seen, locked_version, unit_of
from service.operations.recut_units import FIRST_ROW_VERSION
from service.operations.recutting import Present, Wish, inner_begins, present_cut, recut
from service.queries.releases import current_revision
from service.queries.texts import codes_of
from service.storage.models import Release, SegmentCut, SegmentRow, SourceRevision, Unit, UnitDescent, Version


@dataclass(frozen=True, slots=True)
class CutDone:
    """What was done: the act, by which it can be undone, and the ids of the units that stand there now."""

    act: str
    units: tuple[str, ...]


def join_segments(
    work: Work,
    release_id: str,
    locale: str,
    unit_id: str,
    *,
    seen: Mapping[str, int],
    reopen: Collection[str] = (),
) -> CutDone:
    """Join a unit's segment with the next one of its paragraph; their targets become one, as they were composed.

    `seen` are the row versions of both units by id, `reopen` the languages whose approval is to end. Raises `Stale`
    where a unit was saved since, `Conflict` where there is no next segment or a language stands in the way.
    """
    release, version = _locked(work, release_id, locale, reopen)
    spot = _where(work, release, version, unit_id)
    rows = spot.present.rows[spot.place]
    at = spot.number
    if at + 1 == len(rows):
        raise Conflict(
            "nothing_to_join", N_("This is the last segment of its paragraph; segments are joined within one.")
        )
    following = work.session.scalars(
        select(Unit)
        .where(Unit.version_id == version.id, Unit.segment_id == rows[at + 1].id)
        .execution_options(populate_existing=True)
    ).one()
    _demand_seen(spot.unit, seen)
    _demand_seen(following, seen)
    begins = list(spot.begins)
    del begins[at + 1]
    return _cut(work, release, version, spot, begins, said="segments.joined")


def split_segment(
    work: Work,
    release_id: str,
    locale: str,
    unit_id: str,
    *,
    at: int,
    target_at: int | None = None,
    seen: Mapping[str, int],
    reopen: Collection[str] = (),
) -> CutDone:
    """Divide a unit's segment in two: at offset `at` of its plain source, `target_at` of its plain target.

    0 leaves the whole target with the first segment; None, and every other language, divides where it seems best.
    Raises `Invalid` where no word begins at an offset, and else as `join_segments` does.
    """
    release, version = _locked(work, release_id, locale, reopen)
    spot = _where(work, release, version, unit_id)
    if is_whole(spot.present.document.blocks[spot.place].kind):
        raise Conflict("whole_block", N_("A title or heading is one segment; it cannot be divided."))
    _demand_seen(spot.unit, seen)
    codes = codes_of(spot.row.codes)
    source, target = CodedText(spot.row.source, codes), CodedText(spot.unit.target, codes)
    if not is_place(source, at):
        raise Invalid("bad_place", N_("Choose a place between two words of the source."), field="at")
    targets: dict[str, Sequence[int]] = {}
    if target_at is not None:
        if target_at and not is_place(target, target_at):
            raise Invalid("bad_place", N_("Choose a place between two words of the translation."), field="target_at")
        if target_at and ends_line(source, at) != ends_line(target, target_at):
            raise Invalid(
                "other_line",
                N_("A line ends at one of the two places and not at the other; choose places that go together."),
                field="target_at",
            )
        targets[spot.unit.id] = [target_at] if target_at else []
    begins = list(spot.begins)
    begins.insert(spot.number + 1, begins[spot.number] + at)
    return _cut(work, release, version, spot, begins, said="segments.split", targets=targets)


def undo_cut(work: Work, release: Release, version: Version, act: str) -> Done:
    """Take a joining or dividing back in a locked release; the units that stood before come back as they were.

    Raises `Conflict` where a segment that came of it was changed since, in any language, or is cut otherwise again.
    """
    _demand_open(work, release, ())
    rows = work.session.execute(
        select(Unit, SegmentRow, Version)
        .join(UnitDescent, UnitDescent.unit_id == Unit.id)
        .join(SegmentRow, SegmentRow.id == Unit.segment_id)
        .join(Version, Version.id == Unit.version_id)
        .where(UnitDescent.act == act, Version.release_id == release.id)
        .order_by(SegmentRow.n, Version.locale)
        .execution_options(populate_existing=True)
    ).all()
    if not rows:
        raise NotFound
    if any(row.revision_id != each.revision_id for _, row, each in rows):
        raise Conflict("cut_meanwhile", CUT_MEANWHILE)
    changed = {(row.n + 1, each.locale) for unit, row, each in rows if unit.row_version != FIRST_ROW_VERSION}
    if changed:
        raise Conflict(
            "changed_since",
            N_("This cannot be undone any more, for somebody worked on it since: %(places)s."),
            places=Places(sorted(changed)),
        )
    revision = current_revision(work.session, release)
    present = present_cut(work, revision)
    now = inner_begins(present, [row for _, row, _ in rows])
    before = _before(work, release, act)
    begins = {place: sorted((set(present.begins(place)) - now[place]) | before[place]) for place in now}
    undone = new_act()
    for place, starts in begins.items():
        _keep(work, release, present, place, starts)
    made = recut(work, release, Wish(begins, restore=act), act=undone)
    audit.record(work, "segments.cut_undone", version.id, release_id=release.id, locale=version.locale, act=undone)
    work.session.flush()
    back = {unit.segment_id: unit.id for unit in made[version.locale]}
    stands = select(SegmentRow.n, SegmentRow.id).where(SegmentRow.id.in_(back)).order_by(SegmentRow.n)
    placed = work.session.execute(stands).all()
    return Done(undone, tuple(row.n + 1 for row in placed), units=tuple(back[row.id] for row in placed))


def cut_act(work: Work, release: Release, act: str) -> bool:
    """Tell whether an act cut segments of the release otherwise."""
    found = (
        select(UnitDescent.act)
        .join(Unit, Unit.id == UnitDescent.unit_id)
        .join(Version, Version.id == Unit.version_id)
        .where(UnitDescent.act == act, Version.release_id == release.id)
    )
    return work.session.scalars(found.limit(1)).first() is not None


def _locked(work: Work, release_id: str, locale: str, reopen: Collection[str]) -> tuple[Release, Version]:
    release, version = locked_version(work, release_id, locale)
    demand(permissions.may_review(work.actor, locale))
    _demand_open(work, release, reopen)
    return release, version


def _demand_open(work: Work, release: Release, reopen: Collection[str]) -> None:
    """Raise an error unless every language may be edited, and every approval that stands may end by this."""
    states = {
        version.locale: VersionState(version.state)
        for version in work.session.scalars(
            select(Version).where(Version.release_id == release.id).execution_options(populate_existing=True)
        )
    }
    if release.withdrawn_at is not None:
        raise WrongState("withdrawn", N_("A withdrawn release cannot be changed."))
    out = sorted(tag for tag, state in states.items() if state in {VersionState.PUBLISHED, VersionState.WITHDRAWN})
    if out:
        raise WrongState(
            "already_out",
            N_("The release is out in %(languages)s; its segments stay as they are until that is reopened."),
            languages=", ".join(out),
        )
    approved = sorted(tag for tag, state in states.items() if state is VersionState.APPROVED)
    foreign = [tag for tag in approved if not permissions.may_send_back(work.actor, tag)]
    if foreign:
        raise NotAllowed(
            "approved_by_others",
            N_("Approved already: %(languages)s. Ask somebody who may to reopen it first."),
            languages=", ".join(foreign),
        )
    unsaid = [tag for tag in approved if tag not in reopen]
    if unsaid:
        raise Conflict(
            "approved_languages",
            N_("Approved already: %(languages)s. Say that the approval is to end, or leave the segments as they are."),
            languages=", ".join(unsaid),
        )


@dataclass(frozen=True, slots=True)
class _Spot:
    """A unit with its segment, in the block of the present text that it stands in, as the segment of that number."""

    unit: Unit
    row: SegmentRow
    present: Present
    place: int
    number: int

    @property
    def begins(self) -> tuple[int, ...]:
        """Where the segments of the block begin."""
        return self.present.begins(self.place)


def _where(work: Work, release: Release, version: Version, unit_id: str) -> _Spot:
    """Return a unit with its segment, and the block of the present text that it stands in."""
    unit = unit_of(work, version, unit_id)
    present = present_cut(work, current_revision(work.session, release))
    for place, rows in present.rows.items():
        for number, row in enumerate(rows):
            if row.id == unit.segment_id:
                return _Spot(unit, row, present, place, number)
    raise NotFound


def _demand_seen(unit: Unit, seen: Mapping[str, int]) -> None:
    """Raise `Stale` unless the unit is as it was seen; one that was not seen at all is another than was meant."""
    if unit.id not in seen:
        raise Conflict("cut_meanwhile", CUT_MEANWHILE)
    demand_seen(unit, seen[unit.id], mine=None)


def _cut(
    work: Work,
    release: Release,
    version: Version,
    spot: _Spot,
    begins: Sequence[int],
    *,
    said: str,
    targets: Mapping[str, Sequence[int]] | None = None,
) -> CutDone:
    """Keep how the block is to be cut, and cut it so wherever it stands in the release."""
    act = new_act()
    present, place = spot.present, spot.place
    _keep(work, release, present, place, begins)
    key = block_hash(present.document.blocks[place].content)
    alike = [
        n
        for n, block in enumerate(present.document.blocks)
        if n in present.rows and not is_whole(block.kind) and block_hash(block.content) == key
    ]
    made = recut(work, release, Wish(dict.fromkeys(alike, tuple(begins)), targets or {}), act=act)
    audit.record(work, said, version.id, release_id=release.id, locale=version.locale, act=act)
    here = [row.id for row in present_cut(work, current_revision(work.session, release)).rows[place]]
    return CutDone(act, tuple(unit.id for unit in made[version.locale] if unit.segment_id in here))


def _keep(work: Work, release: Release, present: Present, place: int, begins: Sequence[int]) -> None:
    """Keep where the block is to be cut from now on; nothing is kept of what the rules would do by themselves."""
    block = present.document.blocks[place]
    key = {"locale": release.source_locale, "text_hash": block_hash(block.content)}
    by_rule = segment_block(block.content, block.kind, release.source_locale)
    if tuple(begins) == begins_of(block.content, [Segment(place, source, gap) for source, gap in by_rule]):
        work.session.execute(delete(SegmentCut).filter_by(**key))
        return
    value = {"cuts": list(begins[1:]), "set_by": work.actor.user_id, "set_at": work.now}
    dialect = work.session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    work.session.execute(
        insert(SegmentCut)
        .values(**key, **value)
        .on_conflict_do_update(index_elements=["locale", "text_hash"], set_=value)
    )


def _before(work: Work, release: Release, act: str) -> dict[int, set[int]]:
    """Return, by block's place, where the segments began that an act took out of the text."""
    rows = work.session.scalars(
        select(SegmentRow)
        .join(Unit, Unit.segment_id == SegmentRow.id)
        .join(UnitDescent, UnitDescent.from_id == Unit.id)
        .join(Version, Version.id == Unit.version_id)
        .where(UnitDescent.act == act, Version.release_id == release.id)
    ).all()
    found: dict[int, set[int]] = {}
    for revision_id in {row.revision_id for row in rows}:
        present = present_cut(work, work.session.get_one(SourceRevision, revision_id))
        for place, begins in inner_begins(present, rows).items():
            found.setdefault(place, set()).update(begins)
    return found
