"""Accepting minor edits of the source: the text that stood still serves, and is as confirmed as it was before."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from service.domain import permissions
from service.domain.errors import N_, Conflict
from service.domain.workflow import UnitState
from service.operations.acts import Done, Put, carry_out, new_act, still_at
from service.operations.approvals import demand_reopened
from service.operations.context import Work
from service.operations.loading import Seen, demand, demand_seen, locked_version, unit_of
from service.storage.models import SegmentRow, Unit


def accept_minor(work: Work, release_id: str, locale: str, unit_id: str, *, row_version: Seen) -> Unit:
    """Say that a unit's text serves the mended source too; raise `Conflict` where no minor edit waits for that.

    Raises `Stale` when the unit is no longer at `row_version` (None asks for no check).
    """
    release, version = locked_version(work, release_id, locale)
    demand(permissions.may_review(work.actor, locale))
    unit = unit_of(work, version, unit_id)
    demand_reopened(work, version)
    demand_seen(unit, row_version, mine=None)
    if not unit.change_is_minor:
        raise Conflict("no_minor_edit", N_("No minor edit of the source waits to be accepted in this segment."))
    segment = work.session.get_one(SegmentRow, unit.segment_id)
    carry_out(work, release, version, [_accepted(work, unit, segment)], act=None, said="unit.minor_accepted")
    unit.changed_from = None
    return unit


def accept_all_minor(work: Work, release_id: str, locale: str, expected: Mapping[str, int]) -> Done:
    """Accept the minor edits of the units in `expected`, each at the row version that was seen, as one act."""
    release, version = locked_version(work, release_id, locale)
    demand(permissions.may_review(work.actor, locale))
    rows = work.session.execute(
        select(Unit, SegmentRow)
        .join(SegmentRow, SegmentRow.id == Unit.segment_id)
        .where(
            Unit.version_id == version.id,
            SegmentRow.revision_id == version.revision_id,
            Unit.id.in_(list(expected)),
        )
        .order_by(SegmentRow.n)
        .execution_options(populate_existing=True)
    ).all()
    act = new_act()
    ready = [(unit, segment) for unit, segment in rows if unit.change_is_minor and still_at(unit, expected)]
    numbers = {segment.n + 1 for _, segment in ready}
    puts = [_accepted(work, unit, segment) for unit, segment in ready]
    carry_out(work, release, version, puts, act=act, said="units.minor_accepted")
    for unit, _ in ready:
        unit.changed_from = None
    left = tuple(segment.n + 1 for _, segment in rows if segment.n + 1 not in numbers)
    return Done(act, tuple(sorted(numbers)), left)


def _accepted(work: Work, unit: Unit, segment: SegmentRow) -> Put:
    confirmed = unit.state_before in {UnitState.REVIEWED, UnitState.FINAL}
    return Put(
        unit,
        segment,
        unit.target,
        UnitState.REVIEWED if confirmed else UnitState.TRANSLATED,
        text_by=unit.text_by,
        confirmed_by=work.actor.user_id if confirmed else None,
    )
