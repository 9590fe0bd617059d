"""Acts on several units at once: written together, each refused by itself where somebody was faster, undone together.

All saves of one act bear its id. Undoing it is an act as well, and leaves alone what somebody changed since.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from service.domain.drafts import OriginKind
from service.domain.workflow import Action, UnitState, VersionState, next_state
from service.operations import audit
from service.operations.approvals import demand_reopened, void_approval
from service.operations.context import Work
from service.operations.drafting import add_unit_revision
from service.operations.findings import refresh_findings
from service.operations.review import settle_change
from service.operations.settling import touch
from service.queries.rules import office_rules
from service.storage.base import new_id
from service.storage.models import Release, SegmentRow, Unit, Version


@dataclass(frozen=True, slots=True)
class MinorEdit:
    """A question that is open: the source that a text stood for before a minor edit, and what the unit's state was."""

    source: str
    state: str


@dataclass(frozen=True, slots=True)
class Put:
    """What a unit is to say; `origin`, `engine`, `score` and `text_by` tell whose text that is.

    `asked` is the question of a minor edit of the source that is open again by it.
    """

    unit: Unit
    segment: SegmentRow
    target: str
    state: str
    text_by: str | None
    confirmed_by: str | None = None
    origin: str = OriginKind.PERSON
    engine: str | None = None
    score: int | None = None
    asked: MinorEdit | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What an act did: its id, the numbers of the segments that it changed, and of those that it left alone.

    `units` are the ids of those that it put into the text, in the order of that.
    """

    act: str
    changed: tuple[int, ...]
    left: tuple[int, ...] = ()
    units: tuple[str, ...] = ()


def new_act() -> str:
    """Return the id of a new act."""
    return new_id("act")


def carry_out(
    work: Work,
    release: Release,
    version: Version,
    puts: Sequence[Put],
    *,
    act: str | None,
    said: str,
    operation_id: str | None = None,
) -> None:
    """Write units of a locked version; its approval is voided where a text changes, and only there."""
    puts = [put for put in puts if not _stands_already(put)]
    if not puts:
        return
    demand_reopened(work, version)
    was = VersionState(version.state)
    changes_text = any(put.target != put.unit.target for put in puts)
    version.state = next_state(was, Action.EDIT)
    if changes_text:
        version.checked_with = None
    if was is VersionState.APPROVED:
        void_approval(work, version, "edited")
        for put in puts:
            work.session.refresh(put.unit)
    rules = office_rules(work.session, work.office, release.source_locale, version.locale)
    for put in puts:
        unit, new_text = put.unit, put.target != put.unit.target
        unit.target, unit.state, unit.confirmed_by = put.target, put.state, put.confirmed_by
        if new_text:
            unit.text_by, unit.origin, unit.engine, unit.score = put.text_by, put.origin, put.engine, put.score
        settle_change(unit)
        if put.asked is not None:
            unit.change_is_minor = True
            unit.changed_from, unit.state_before = put.asked.source, put.asked.state
        unit.row_version += 1
        work.session.flush()
        source = put.segment.source if put.asked is None else put.asked.source
        add_unit_revision(work, unit, source, user_id=work.actor.user_id, operation_id=operation_id, act=act)
        refresh_findings(work, unit, put.segment, rules, text_changed=new_text)
    touch(work, release, version)
    audit.record(work, said, version.id, release_id=release.id, locale=version.locale, count=len(puts), **_named(act))


def _named(act: str | None) -> dict[str, str]:
    return {"act": act} if act else {}


def _stands_already(put: Put) -> bool:
    """Tell whether nothing would change; what was approved is confirmed already."""
    unit = put.unit
    if unit.change_is_minor != (put.asked is not None):
        return False
    confirmed = {UnitState.REVIEWED, UnitState.FINAL}
    same_state = put.state == unit.state or (put.state == UnitState.REVIEWED and unit.state in confirmed)
    return put.target == unit.target and same_state


def still_at(unit: Unit, expected: Mapping[str, int]) -> bool:
    """Tell whether a unit is as it was when somebody looked at it."""
    return expected.get(unit.id) == unit.row_version
