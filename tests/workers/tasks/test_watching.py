from __future__ import annotations

from datetime import timedelta

from service.domain.drafts import EngineOutcome, OutcomeKind
from service.queries.engines import engine_states
from service.storage.models import EngineState
from service.uow import Desk
from tests.desk_fixtures import StillClock
from tests.workers.tasks.conftest import MakeParts
from workers.engines.base import Capabilities
from workers.engines.breaker import Gate
from workers.engines.google import Google
from workers.engines.libretranslate import LibreTranslate
from workers.tasks.watching import capability_facts, look_at_engines, watch_engines


def states(desk: Desk) -> list[EngineState]:
    with desk.read() as reading:
        return engine_states(reading.session)


def test_engines_are_noted_with_where_they_run_and_what_they_can_do(
    lite_desk: Desk, make_parts: MakeParts, engine: LibreTranslate, outsider: Google, clock: StillClock
) -> None:
    make_parts(engine, outsider)

    watch_engines()

    first, second = states(lite_desk)
    assert ("libretranslate", True, "open", clock.moment) == (
        first.name,
        first.runs_in_office,
        first.gate,
        first.checked_at,
    )
    assert "google" == second.name
    assert {"batch": "list", "max_items": 26}.items() <= first.capabilities.items()


def test_a_look_takes_nobodys_trial(lite_desk: Desk, make_parts: MakeParts, engine: LibreTranslate) -> None:
    here = make_parts(engine)
    key = engine.capabilities.key
    here.breakers.rest(key, 0.0, "timeout")

    watch_engines()

    assert ["trial"] == [state.gate for state in states(lite_desk)]
    assert Gate.TRIAL is here.breakers.admit(key).gate


def test_who_rests_is_noted_with_why_and_until_when(
    lite_desk: Desk, make_parts: MakeParts, engine: LibreTranslate, clock: StillClock
) -> None:
    here = make_parts(engine)
    here.breakers.rest(engine.capabilities.key, 600.0, "rate_limited")

    watch_engines()

    (state,) = states(lite_desk)
    assert ("resting", "rate_limited") == (state.gate, state.gate_reason)
    assert state.gate_until is not None
    assert timedelta(0) < state.gate_until - clock.moment <= timedelta(seconds=600)


def test_what_an_engine_took_for_its_last_answer_is_noted(
    lite_desk: Desk, make_parts: MakeParts, engine: LibreTranslate, outsider: Google, clock: StillClock
) -> None:
    here = make_parts(engine, outsider)
    outcomes = (
        EngineOutcome("libretranslate", OutcomeKind.ANSWERED, filled=3, milliseconds=412),
        EngineOutcome("google", OutcomeKind.FAILED, reason="timeout"),
    )

    look_at_engines(here, outcomes)
    clock.forward(minutes=1)
    watch_engines()

    assert [(clock.moment - timedelta(minutes=1), 412), (None, None)] == [
        (state.last_answer_at, state.last_answer_ms) for state in states(lite_desk)
    ]


def test_no_address_and_no_key_is_noted() -> None:
    facts = capability_facts(Capabilities("deepl", runs_in_office=False, configuration="a digest of a key"))

    assert "a digest of a key" not in str(facts)
