"""Taking in what a translator's own tool brings back: every text goes the way of a person's own save.

Whoever sends the file is who wrote its texts, and a state that the tool set confirms none of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.domain import permissions
from service.domain.errors import N_, Invalid, Reason, WrongState
from service.domain.exchange import Refusal, ReturnedUnit, SentUnit, judged
from service.domain.workflow import VersionState
from service.operations import audit
from service.operations.context import Work
from service.operations.loading import demand, locked_version
from service.operations.review import edit_unit
from service.queries.cuts import left_by_a_cut
from service.queries.exchange import sent_version

OPEN_STATES = frozenset({VersionState.QUEUED, VersionState.DRAFTING, VersionState.IN_REVIEW})

CUT_SINCE = N_("This segment was joined or divided since the file was made; export it anew and carry this over.")


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came of a file: the ids of the units that changed, how many did not, and what was refused, in its order."""

    changed: tuple[str, ...]
    unchanged: int
    refused: tuple[Refusal, ...]


def take_in(work: Work, release_id: str, locale: str, returned: Sequence[ReturnedUnit]) -> TakenIn:
    """Save the texts that a file brings; a unit that cannot be saved stays as it is and is told, the others count.

    Raises `WrongState` where the version is approved, published or withdrawn.
    """
    release, version = locked_version(work, release_id, locale)
    demand(permissions.may_review(work.actor, locale))
    if version.state not in OPEN_STATES:
        raise WrongState(
            "wrong_state",
            N_("No file can be taken in while the version is “%(state)s”; it has to be in review."),
            state=version.state,
        )
    open_units = {unit.id: unit for unit in sent_version(work.session, release, version).units}
    seen: set[str] = set()
    changed: list[str] = []
    refused: list[Refusal] = []
    for one in returned:
        verdict = _verdict(one, open_units.get(one.id), seen)
        if one.id not in open_units and left_by_a_cut(work.session, version, one.id) is not None:
            verdict = Refusal(one.id, Reason("cut_meanwhile", CUT_SINCE))
        seen.add(one.id)
        if isinstance(verdict, str):
            verdict = _save(work, release_id, locale, unit=open_units[one.id], text=verdict)
            if verdict is None:
                changed.append(one.id)
        if isinstance(verdict, Refusal):
            refused.append(verdict)
    taken = TakenIn(tuple(changed), len(returned) - len(changed) - len(refused), tuple(refused))
    if changed:
        audit.record(
            work,
            "version.imported",
            version.id,
            release_id=release.id,
            locale=locale,
            changed=len(changed),
            refused=len(refused),
        )
    return taken


def _verdict(returned: ReturnedUnit, unit: SentUnit | None, seen: set[str]) -> str | Refusal | None:
    if unit is None:
        return Refusal(
            returned.id[:64], Reason("unknown_unit", N_("This version has no such segment; its source has changed."))
        )
    if returned.id in seen:
        reason = Reason("doubled_unit", N_("The file has this segment twice; the first one counts."))
        return Refusal(unit.id, reason, n=unit.n)
    return judged(returned, unit)


def _save(work: Work, release_id: str, locale: str, *, unit: SentUnit, text: str) -> Refusal | None:
    """Save one text; return why the operation would not have it."""
    try:
        edit_unit(work, release_id, locale, unit.id, row_version=unit.row_version, target=text)
    except Invalid as error:
        return Refusal(unit.id, Reason(error.code, error.template, **error.facts), n=unit.n)
    return None
