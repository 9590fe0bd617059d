"""Keeping the memory by hand: a target edited, a unit taken out, a unit put back.

Only the memory changes, never the release that a unit came from. Who approved it, and when, stays as it is; what stood
before each change is kept beside the unit, with who made it and why. When the unit's version is approved anew, new
units take the place of the old ones, whatever was done to these: the later word is the office's, and the history goes.

The audit notes which unit and which language, never a text.
"""

from __future__ import annotations

from sqlalchemy import select

from service.domain import permissions
from service.domain.errors import N_, Invalid, NotAllowed, NotFound, Stale, WrongState
from service.domain.memory_targets import fit_target
from service.domain.text import CodedText
from service.operations import audit
from service.operations.context import Work
from service.operations.memory_filing import lock_memory, unlist
from service.operations.reasons import MAX_REASON_CHARACTERS, given_reason
from service.queries.memory import readable_by
from service.queries.memory_units import LARGEST_ID
from service.queries.texts import codes_of
from service.storage.models import MemoryChange, MemorySource, MemoryUnit


def edit_unit_target(work: Work, unit_id: int, target: str, reason: str, row_version: int | None) -> MemoryUnit:
    """Give a unit another target, confirmed by whoever wrote it; the same one only confirms what a machine wrote.

    Where nothing changes, nothing is written. Raises `Stale` with both texts when the unit is no longer at
    `row_version` (None asks for no check).
    """
    unit = _locked(work, unit_id, row_version, mine=target)
    source = work.session.get_one(MemorySource, unit.source_id)
    text = fit_target(target, CodedText(source.source, codes_of(source.codes)))
    if text == unit.target and unit.confirmed:
        return unit
    said = _said(reason)
    before, unit.target, unit.confirmed = unit.target, text, True
    _note(work, unit, "edited", before, said)
    return unit


def retire_unit(work: Work, unit_id: int, reason: str, row_version: int | None) -> MemoryUnit:
    """Take a unit out, for a reason: it is offered and found no more until somebody puts it back."""
    unit = _locked(work, unit_id, row_version)
    said = given_reason(reason)
    if unit.retired_at is not None:
        raise WrongState("retired", N_("This entry is taken out already."))
    unit.retired_at = work.now
    _note(work, unit, "retired", unit.target, said)
    return unit


def restore_unit(work: Work, unit_id: int, reason: str, row_version: int | None) -> MemoryUnit:
    """Put back what was taken out."""
    unit = _locked(work, unit_id, row_version)
    said = _said(reason)
    if unit.retired_at is None:
        raise WrongState("not_retired", N_("This entry is in use already."))
    unit.retired_at = None
    _note(work, unit, "restored", unit.target, said)
    return unit


def _locked(work: Work, unit_id: int, row_version: int | None, *, mine: str | None = None) -> MemoryUnit:
    """Return a unit, locked with the whole memory, that the actor may read and answers for."""
    lock_memory(work.session)
    unit = None
    if 0 < unit_id <= LARGEST_ID:
        unit = work.session.scalar(
            select(MemoryUnit)
            .where(MemoryUnit.id == unit_id, readable_by(work.actor))
            .with_for_update(of=MemoryUnit)
            .execution_options(populate_existing=True)
        )
    if unit is None:
        raise NotFound
    if not permissions.may_keep_memory(work.actor, {unit.target_locale}):
        raise NotAllowed(
            "not_your_memory",
            N_("Texts of the memory are for the reviewers of their languages, and for administrators."),
        )
    if row_version is not None and row_version != unit.row_version:
        raise Stale(
            "stale_memory_unit",
            N_("Somebody changed this entry since you read it."),
            mine=mine,
            theirs=unit.target,
            row_version=unit.row_version,
        )
    return unit


def _said(reason: str) -> str:
    """Return a reason that may be left out."""
    text = reason.strip()
    if len(text) > MAX_REASON_CHARACTERS:
        raise Invalid("reason_too_long", N_("A reason has at most 2,000 characters."), field="reason")
    return text


def _note(work: Work, unit: MemoryUnit, kind: str, before: str, reason: str) -> None:
    """Keep what stood before, let the search read the source anew, and tell the audit."""
    unit.row_version += 1
    work.session.add(
        MemoryChange(unit_id=unit.id, kind=kind, target=before, reason=reason, user_id=work.actor.user_id, at=work.now)
    )
    work.session.flush()
    unlist(work.session, {unit.source_id})
    audit.record(work, f"memory.{kind}", str(unit.id), locale=unit.target_locale)
