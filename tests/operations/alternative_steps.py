"""Steps to another draft of one unit, for tests of those who ask and of those who draft."""

from __future__ import annotations

from typing import Any

from service.domain.drafts import DraftedUnit, DraftResult, EngineOutcome, Origin, OriginKind, OutcomeKind
from service.domain.permissions import DESK
from service.operations.alternatives import ask_alternative, take_alternative
from service.operations.claiming_alternatives import (
    AlternativeWork,
    claim_alternative,
    save_alternative,
)
from service.storage.models import Alternative, EngineState, Unit
from service.uow import Desk
from tests.desk_fixtures import People
from tests.operations.steps import act

OTHER = "Un autre pont"


def ask(desk: Desk, people: People, release_id: str, unit_id: str, engine: str | None = None) -> str:
    """Ask for another draft as a reviewer and return its id."""
    return act(desk, people.reviewer, ask_alternative, release_id, "fr", unit_id, engine=engine).id


def result(unit_id: str, target: str = OTHER, engine: str = "deepl") -> DraftResult:
    """Return what an engine that answers gives for one unit."""
    drafted_unit = DraftedUnit(
        unit_id,
        target,
        Origin(OriginKind.MT, engine=engine, engine_version="3"),
        raw=f"raw {target}",
        warnings=("libretranslate: echo",),
        milliseconds=412,
    )
    return DraftResult((drafted_unit,), (), (EngineOutcome(engine, OutcomeKind.ANSWERED, 1),))


def claimed(desk: Desk, alternative_id: str) -> AlternativeWork:
    """Claim one as a worker."""
    found = act(desk, DESK, claim_alternative, alternative_id)
    assert found is not None
    return found


def answered(desk: Desk, people: People, release_id: str, unit_id: str, engine: str = "deepl") -> str:
    """Return an alternative that a worker has drafted."""
    alternative_id = ask(desk, people, release_id, unit_id, engine)
    token = claimed(desk, alternative_id).draft.token
    assert act(desk, DESK, save_alternative, alternative_id, token, result(unit_id, engine=engine))
    return alternative_id


def take(desk: Desk, people: People, release_id: str, unit: Unit, alternative_id: str, **rest: Any) -> Unit:
    """Take one as a reviewer who saw the unit as it is given here."""
    rest.setdefault("row_version", unit.row_version)
    return act(desk, people.reviewer, take_alternative, release_id, "fr", unit.id, alternative_id, **rest)


def stored(desk: Desk, alternative_id: str) -> Alternative | None:
    """Return one as it is stored, if it still is."""
    with desk.read() as reading:
        return reading.session.get(Alternative, alternative_id)


def know_engines(desk: Desk, *names: str) -> None:
    """Let a worker have told which engines it has."""
    with desk.begin() as work:
        for place, name in enumerate(names):
            work.session.add(
                EngineState(name=name, place=place, runs_in_office=place == 0, gate="open", checked_at=work.now)
            )
