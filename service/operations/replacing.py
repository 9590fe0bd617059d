"""Find and replace within a version: one act, one transaction; who saved a segment meanwhile is not overwritten."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from service.domain import permissions
from service.domain.replacing import Sought, find_hits, replace_hits
from service.domain.text import CodedText
from service.domain.workflow import UnitState
from service.operations.acts import Done, Put, carry_out, new_act, still_at
from service.operations.context import Work
from service.operations.loading import demand, locked_version
from service.operations.review import clean_target
from service.queries.texts import codes_of
from service.storage.models import SegmentRow, Unit


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which hits are replaced: of each unit those that begin at the offsets (None for all), at a row version."""

    row_versions: Mapping[str, int]
    starts: Mapping[str, Collection[int]] | None = None


def replace_in_version(
    work: Work, release_id: str, locale: str, sought: Sought, chosen: Chosen, *, keep_confirmed: bool = False
) -> Done:
    """Replace the chosen hits; what was confirmed stays so with `keep_confirmed`, as the actor's word.

    Units that are no longer at the row version that was seen are left, and named.
    """
    release, version = locked_version(work, release_id, locale)
    demand(permissions.may_review(work.actor, locale))
    rows = work.session.execute(
        select(Unit, SegmentRow)
        .join(SegmentRow, SegmentRow.id == Unit.segment_id)
        .where(
            Unit.version_id == version.id,
            SegmentRow.revision_id == version.revision_id,
            Unit.id.in_(list(chosen.row_versions)),
        )
        .order_by(SegmentRow.n)
        .execution_options(populate_existing=True)
    ).all()
    puts, left = [], []
    for unit, segment in rows:
        starts = None if chosen.starts is None else chosen.starts.get(unit.id, ())
        if starts is not None and not starts:
            continue
        if not still_at(unit, chosen.row_versions):
            left.append(segment.n + 1)
            continue
        hits = find_hits(CodedText(unit.target, codes_of(segment.codes)), sought)
        target = clean_target(replace_hits(unit.target, hits, sought, chosen=starts))
        if target != unit.target:
            puts.append(_put(work, unit, segment, target, keep_confirmed=keep_confirmed))
    act = new_act()
    carry_out(work, release, version, puts, act=act, said="units.replaced")
    return Done(act, tuple(put.segment.n + 1 for put in puts), tuple(left))


def _put(work: Work, unit: Unit, segment: SegmentRow, target: str, *, keep_confirmed: bool) -> Put:
    confirmed = keep_confirmed and bool(target) and unit.state in {UnitState.REVIEWED, UnitState.FINAL}
    state = UnitState.REVIEWED if confirmed else UnitState.TRANSLATED
    return Put(
        unit,
        segment,
        target,
        state if target else UnitState.INITIAL,
        text_by=work.actor.user_id,
        confirmed_by=work.actor.user_id if confirmed else None,
        origin="person" if target else "none",
    )
