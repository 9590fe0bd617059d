"""Undoing: of the last save of one unit, or of a whole act on many, always as a new save.

What comes back is what stood before, with whose text it was. Nothing that somebody did since is undone by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from sqlalchemy import select

from service.domain import permissions
from service.domain.errors import N_, Conflict, NotFound
from service.domain.segmentation import normalise_source
from service.domain.workflow import UnitState
from service.operations.acts import Done, MinorEdit, Put, carry_out, new_act
from service.operations.approvals import demand_reopened
from service.operations.context import Work
from service.operations.cutting import cut_act, undo_cut
from service.operations.loading import Seen, demand, demand_seen, locked_version, unit_of
from service.operations.recut_units import writer_of
from service.storage.models import Release, SegmentRow, Unit, UnitDescent, UnitRevision, Version

CONFIRMED = frozenset({UnitState.REVIEWED, UnitState.FINAL})


def undo_unit(work: Work, release_id: str, locale: str, unit_id: str, *, row_version: Seen) -> Unit:
    """Put back what a unit said before its last save; raise `Conflict` where nothing stood before.

    Raises `Stale` when the unit is no longer at `row_version` (None asks for no check). Undone once more, the last
    save is made again.
    """
    release, version = locked_version(work, release_id, locale)
    demand(permissions.may_review(work.actor, locale))
    unit = unit_of(work, version, unit_id)
    demand_reopened(work, version)
    demand_seen(unit, row_version, mine=None)
    segment = work.session.get_one(SegmentRow, unit.segment_id)
    put = _before(work, unit, segment, _revisions(work, unit.id))
    if put is None:
        raise Conflict("nothing_to_undo", N_("There is nothing to undo in this segment."))
    _carry_out(work, release, version, [put], act=None, said="unit.undone")
    return unit


def undo_act(work: Work, release_id: str, locale: str, act: str) -> Done:
    """Undo what an act did to a version; units that somebody changed since are left, and named.

    Raises `NotFound` where no act of that id touched the version. Segments that it joined or divided are put back in
    every language, or in none: see `undo_cut`.
    """
    release, version = locked_version(work, release_id, locale)
    demand(permissions.may_review(work.actor, locale))
    if cut_act(work, release, act):
        return undo_cut(work, release, version, act)
    touched = _touched(work, version, act)
    if not touched:
        raise NotFound
    undone = new_act()
    puts, left = [], []
    for unit, segment in touched:
        revisions = _revisions(work, unit.id)
        put = _before(work, unit, segment, revisions) if revisions[0].act == act else None
        if put is None or segment.revision_id != version.revision_id:
            left.append(segment.n + 1)
        else:
            puts.append(put)
    _carry_out(work, release, version, puts, act=undone, said="units.undone")
    return Done(undone, tuple(put.segment.n + 1 for put in puts), tuple(left))


def _carry_out(
    work: Work, release: Release, version: Version, puts: Sequence[Put], *, act: str | None, said: str
) -> None:
    """Carry undoing out; where a minor edit is accepted again by it, nothing tells of that edit any more."""
    accepted = [
        put.unit for put in puts if put.unit.change_is_minor and not put.asked and put.target == put.unit.target
    ]
    carry_out(work, release, version, puts, act=act, said=said)
    for unit in accepted:
        unit.changed_from = None


def _touched(work: Work, version: Version, act: str) -> Sequence[tuple[Unit, SegmentRow]]:
    rows = work.session.execute(
        select(Unit, SegmentRow)
        .join(SegmentRow, SegmentRow.id == Unit.segment_id)
        .where(
            Unit.version_id == version.id,
            Unit.id.in_(select(UnitRevision.unit_id).where(UnitRevision.act == act)),
        )
        .order_by(SegmentRow.n)
        .execution_options(populate_existing=True)
    )
    return [(unit, segment) for unit, segment in rows]


def _revisions(work: Work, unit_id: str) -> Sequence[UnitRevision]:
    """Return the saves of a unit, the last first."""
    return work.session.scalars(
        select(UnitRevision).where(UnitRevision.unit_id == unit_id).order_by(UnitRevision.number.desc())
    ).all()


def _before(work: Work, unit: Unit, segment: SegmentRow, revisions: Sequence[UnitRevision]) -> Put | None:
    """Return what stood before the last save; None where that was the first, or what stands is no save at all.

    A text that was confirmed for another source is not confirmed for this one: whether it serves is asked again.
    """
    if len(revisions) < 2 or revisions[0].target != unit.target:  # noqa: PLR2004 - a save and the one before
        return None
    then = revisions[1]
    if unit.state == UnitState.FINAL and then.target == unit.target:
        return None  # what was approved since is confirmed, whoever did it
    asked, confirmer = _asked(segment, revisions[1:])
    confirmed = asked is None and confirmer is not None
    state = UnitState.REVIEWED if confirmed else UnitState.TRANSLATED
    return Put(
        unit,
        segment,
        then.target,
        state if then.target else UnitState.INITIAL,
        text_by=_writer(work, unit, revisions[1:]),
        confirmed_by=confirmer,
        origin=then.origin,
        engine=then.engine,
        score=then.score,
        asked=asked,
    )


def _asked(segment: SegmentRow, revisions: Sequence[UnitRevision]) -> tuple[MinorEdit | None, str | None]:
    """Return the minor edit that the first of these saves was made before, if any, and who had confirmed its text.

    Only a minor edit leaves a unit in place whose words of the source changed. A save that brought the question back
    says nothing of the confirmation; that is found with the saves of the same text and source before it.
    """
    then = revisions[0]
    if normalise_source(then.source) == normalise_source(segment.source):
        return None, then.user_id if then.state in CONFIRMED else None
    stood = takewhile(lambda each: each.target == then.target, revisions)
    confirmers = [each.user_id for each in stood if each.source == then.source and each.state in CONFIRMED]
    if not then.target:
        return None, None
    state = UnitState.REVIEWED if confirmers else UnitState.TRANSLATED
    return MinorEdit(then.source, state), next(iter(confirmers), None)


def _writer(work: Work, unit: Unit, revisions: Sequence[UnitRevision]) -> str | None:
    """Return who wrote the text that the first of these saves holds: who saved it first, without a change since.

    A text that came of joining or dividing segments is still that of whoever wrote it there.
    """
    target = revisions[0].target
    writer = revisions[0].user_id
    for each in revisions:
        if each.target != target:
            return writer
        writer = each.user_id
    cut_from = work.session.scalars(
        select(Unit)
        .join(UnitDescent, UnitDescent.from_id == Unit.id)
        .join(SegmentRow, SegmentRow.id == Unit.segment_id)
        .where(UnitDescent.unit_id == unit.id)
        .order_by(SegmentRow.n)
    ).all()
    return writer_of(cut_from) if cut_from else writer
