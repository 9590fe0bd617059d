"""Putting a confirmed text in place where the same sentence stands, as far as a person chose the places."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from service.domain import permissions
from service.domain.errors import N_, Conflict
from service.domain.workflow import UnitState
from service.operations.acts import Done, Put, carry_out, new_act, still_at
from service.operations.context import Work
from service.operations.loading import demand, locked_version, unit_of
from service.queries.releases import version_row
from service.storage.models import SegmentRow, Unit


def propagate(
    work: Work,
    release_id: str,
    locale: str,
    unit_id: str,
    expected: Mapping[str, int],
    *,
    into: str | None = None,
    confirm: bool = True,
) -> Done:
    """Give a confirmed unit's text to the chosen units of its version, each at the row version that was seen.

    With `into`, the id of another release, the units are of that one's version in the language; it alone is locked.
    Raises `Conflict` unless the unit is confirmed. Units with another source, or saved meanwhile, are left and named.
    """
    release, version = locked_version(work, into or release_id, locale)
    _, own = version_row(work.session, permissions.acting(work.actor), release_id, locale)
    demand(permissions.may_review(work.actor, locale))
    unit = unit_of(work, own.version, unit_id)
    if unit.state not in {UnitState.REVIEWED, UnitState.FINAL}:
        raise Conflict("not_confirmed", N_("Confirm the segment first; only confirmed texts are used elsewhere."))
    segment = work.session.get_one(SegmentRow, unit.segment_id)
    rows = work.session.execute(
        select(Unit, SegmentRow)
        .join(SegmentRow, SegmentRow.id == Unit.segment_id)
        .where(
            Unit.version_id == version.id,
            SegmentRow.revision_id == version.revision_id,
            Unit.id.in_([each for each in expected if each != unit.id]),
        )
        .order_by(SegmentRow.n)
        .execution_options(populate_existing=True)
    ).all()
    puts, left = [], []
    for other, place in rows:
        if still_at(other, expected) and place.source_hash == segment.source_hash:
            puts.append(_put(work, unit, other, place, confirm=confirm))
        else:
            left.append(place.n + 1)
    act = new_act()
    carry_out(work, release, version, puts, act=act, said="units.propagated")
    return Done(act, tuple(put.segment.n + 1 for put in puts), tuple(left))


def _put(work: Work, given: Unit, other: Unit, place: SegmentRow, *, confirm: bool) -> Put:
    """Say whose the text is: its writer's, or the actor's where a machine's takes the place of a person's."""
    in_place_of_a_persons = bool(other.target) and other.text_by is not None
    return Put(
        other,
        place,
        given.target,
        UnitState.REVIEWED if confirm else UnitState.TRANSLATED,
        text_by=given.text_by or (work.actor.user_id if in_place_of_a_persons else None),
        confirmed_by=work.actor.user_id if confirm else None,
        origin=given.origin,
        engine=given.engine,
        score=given.score,
    )
