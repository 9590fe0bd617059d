"""Taking what the memory offers for a unit: an edit like any other, of the person who chose it."""

from __future__ import annotations

from service.domain import permissions
from service.domain.drafts import DraftedUnit, Origin, OriginKind, mended_warnings
from service.domain.errors import N_, Conflict
from service.operations import audit
from service.operations.context import Work
from service.operations.loading import demand, locked_version, unit_of
from service.operations.review import save_unit
from service.queries.unit_matches import unit_matches
from service.storage.models import Unit


def take_match(
    work: Work, release_id: str, locale: str, unit_id: str, memory_unit: int, *, row_version: int | None
) -> Unit:
    """Put a match in place of the unit's text, mended as it is offered; by its origin it stays the memory's.

    Raises `Stale` as `edit_unit` does, and `Conflict` where the memory does not offer it for this unit any more.
    """
    release, version = locked_version(work, release_id, locale)
    demand(permissions.may_review(work.actor, locale))
    unit_of(work, version, unit_id)
    offered = unit_matches(work.session, work.actor, release, version, work.now, unit_id=unit_id)[unit_id]
    match = next((each for each in offered if each.unit_id == memory_unit), None)
    if match is None:
        raise Conflict(
            "no_such_match", N_("The memory no longer offers that for this segment; look at its matches again.")
        )
    chosen = DraftedUnit(
        unit_id,
        match.target,
        Origin(OriginKind.MEMORY, score=match.score),
        warnings=mended_warnings(match.mendings),
    )
    unit = save_unit(
        work, release_id, locale, unit_id, row_version=row_version, target=match.target, chosen=chosen
    ).unit
    audit.record(
        work, "match.taken", unit.id, release_id=release.id, locale=locale, memory=memory_unit, score=match.score
    )
    return unit
