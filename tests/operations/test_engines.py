from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from service.domain.drafts import DraftedUnit, DraftResult, EngineOutcome, Origin, OriginKind, OutcomeKind
from service.domain.permissions import DESK
from service.operations.drafting import finish_draft, save_draft, start_draft
from service.operations.engines import SeenEngine, count_draft, record_engines
from service.queries.engines import engine_states
from service.storage.models import EngineCount, EngineState
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.making import job_of, submit, translated
from tests.operations.steps import act, at_once, text_of, version_of

PAIR = {"source_locale": "nl", "target_locale": "fr"}


def counts(desk: Desk) -> dict[tuple[str, str], int]:
    with desk.read() as reading:
        return {(row.engine, row.kind): row.count for row in reading.session.scalars(select(EngineCount))}


def states(desk: Desk) -> list[EngineState]:
    with desk.read() as reading:
        return engine_states(reading.session)


def by(engine: str, count: int) -> tuple[DraftedUnit, ...]:
    return tuple(DraftedUnit(f"unt_{n}", "Bonjour", Origin(OriginKind.MT, engine=engine)) for n in range(count))


def failed(engine: str, reason: str, kind: OutcomeKind = OutcomeKind.FAILED) -> EngineOutcome:
    return EngineOutcome(engine, kind, reason=reason)


def seen(name: str, **rest: object) -> SeenEngine:
    facts = {"runs_in_office": True, "capabilities": {"keyless": True}, "gate": "open", **rest}
    return SeenEngine(name, **facts)  # type: ignore[arg-type]


def test_a_run_counts_its_units_and_its_failures_by_reason(desk: Desk, people: People, clock: StillClock) -> None:
    memory = DraftedUnit("unt_m", "Bonjour", Origin(OriginKind.MEMORY, score=100))
    copied = DraftedUnit("unt_c", "25", Origin(OriginKind.COPIED))
    outcomes = (
        EngineOutcome("libretranslate", OutcomeKind.PARTLY, filled=2, reason="timeout"),
        EngineOutcome("deepl", OutcomeKind.ANSWERED, filled=3),
    )

    act(
        desk,
        DESK,
        count_draft,
        DraftResult((*by("libretranslate", 2), *by("deepl", 3), memory, copied), (), outcomes),
        **PAIR,
    )

    expected = {("libretranslate", "drafted"): 2, ("libretranslate", "timeout"): 1, ("deepl", "drafted"): 3}
    assert {**expected, ("", "drafted"): 1} == counts(desk)
    with desk.read() as reading:
        row = reading.session.scalars(select(EngineCount).where(EngineCount.kind == "timeout")).one()
    assert ("nl", "fr", date(2026, 3, 2)) == (row.source_locale, row.target_locale, row.day)


def test_a_second_run_adds_to_the_days_counts_and_a_new_day_has_its_own(desk: Desk, clock: StillClock) -> None:
    result = DraftResult(by("deepl", 3), (), (failed("google", "timeout"),))
    act(desk, DESK, count_draft, result, **PAIR)
    act(desk, DESK, count_draft, result, **PAIR)
    clock.forward(days=1)
    act(desk, DESK, count_draft, result, **PAIR)

    with desk.read() as reading:
        rows = reading.session.scalars(
            select(EngineCount).where(EngineCount.engine == "deepl").order_by(EngineCount.day)
        )
        assert [6, 3] == [row.count for row in rows]


def test_that_a_text_may_not_leave_is_no_failure_of_an_engine(desk: Desk) -> None:
    outcomes = (
        failed("google", "confidential", OutcomeKind.NOT_ALLOWED),
        failed("deepl", "bad_key", OutcomeKind.UNUSABLE),
    )

    act(desk, DESK, count_draft, DraftResult((), ("unt_1",), outcomes), **PAIR)

    assert {("deepl", "bad_key"): 1} == counts(desk)


def test_runs_that_end_together_lose_no_count(desk: Desk) -> None:
    results = [
        DraftResult((*by(first, 2), *by(second, 2)), (), ())
        for first, second in (("deepl", "google"), ("google", "deepl")) * 4
    ]

    ended = at_once(*(lambda result=result: act(desk, DESK, count_draft, result, **PAIR) for result in results))

    assert [None] * 8 == ended
    assert {("deepl", "drafted"): 16, ("google", "drafted"): 16} == counts(desk)


def test_a_draft_keeps_how_long_its_request_took_and_counts(desk: Desk, people: People) -> None:
    release_id = submit(desk, people.author, targets=("fr",))
    job_id = job_of(desk, release_id, "fr")
    drafting = act(desk, DESK, start_draft, job_id)
    assert drafting is not None
    units = tuple(DraftedUnit(it.unit_id, it.target, it.origin, milliseconds=412) for it in translated(drafting))
    outcome = EngineOutcome("libretranslate", OutcomeKind.ANSWERED, filled=len(units), milliseconds=431)

    act(desk, DESK, save_draft, job_id, drafting.token, units)
    act(desk, DESK, finish_draft, job_id, drafting.token, DraftResult(units, (), (outcome,)))

    assert {412} == {unit.draft_ms for unit in text_of(desk, release_id, "fr").units}
    assert [431] == [told["milliseconds"] for told in version_of(desk, release_id, "fr").outcomes]
    assert {("libretranslate", "drafted"): len(units)} == counts(desk)


def test_who_lost_the_lease_counts_nothing(desk: Desk, people: People) -> None:
    release_id = submit(desk, people.author, targets=("fr",))
    job_id = job_of(desk, release_id, "fr")
    drafting = act(desk, DESK, start_draft, job_id)
    assert drafting is not None

    assert not act(desk, DESK, finish_draft, job_id, "another", DraftResult(translated(drafting), (), ()))

    assert {} == counts(desk)


def test_engines_are_noted_in_their_order_with_how_they_stand(desk: Desk, clock: StillClock) -> None:
    resting = seen("google", runs_in_office=False, gate="resting", gate_reason="timeout", gate_seconds=90.0)

    act(desk, DESK, record_engines, [seen("libretranslate"), resting])

    first, second = states(desk)
    assert ("libretranslate", True, "open", None) == (first.name, first.runs_in_office, first.gate, first.gate_until)
    assert ("google", False, "resting", "timeout") == (
        second.name,
        second.runs_in_office,
        second.gate,
        second.gate_reason,
    )
    assert clock.moment + timedelta(seconds=90) == second.gate_until
    assert {"keyless": True} == first.capabilities


def test_a_later_look_replaces_the_earlier_and_forgets_who_is_gone(desk: Desk, clock: StillClock) -> None:
    act(desk, DESK, record_engines, [seen("libretranslate", gate="off", gate_reason="bad_key"), seen("google")])
    clock.forward(seconds=30)

    act(desk, DESK, record_engines, [seen("deepl"), seen("libretranslate")])

    assert [("deepl", "open"), ("libretranslate", "open")] == [(state.name, state.gate) for state in states(desk)]
    assert {clock.moment} == {state.checked_at for state in states(desk)}


def test_an_answer_is_remembered_until_the_next_one(desk: Desk, clock: StillClock) -> None:
    act(desk, DESK, record_engines, [seen("deepl", answered_ms=412)])
    answered_at = clock.moment
    clock.forward(minutes=5)

    act(desk, DESK, record_engines, [seen("deepl")])

    (state,) = states(desk)
    assert (answered_at, 412) == (state.last_answer_at, state.last_answer_ms)


def test_an_office_without_engines_has_none_on_record(desk: Desk) -> None:
    act(desk, DESK, record_engines, [seen("deepl")])

    act(desk, DESK, record_engines, [])

    assert [] == states(desk)
