from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from service.dispatch import RecordingDispatcher
from service.domain.matching.scoring import EXACT, FILLED_FROM
from service.domain.permissions import Actor
from service.operations.approvals import reopen_version
from service.operations.memory_keeping import restore_unit, retire_unit
from service.operations.memory_listing import LISTED_AT_ONCE
from service.operations.publishing import request_publication, withdraw_release
from service.operations.scheduling import Schedule, reschedule
from service.storage.models import MemorySource, MemoryUnit, Unit
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.making import TEXT, approve, job_of, submit, text_of
from tests.operations.memory_audit import audit_memory
from tests.operations.memory_filling import fill
from tests.operations.memory_steps import listed, remember_many, waiting
from tests.operations.steps import act, drafted, revise
from tests.press_sentences import sentence
from tests.servers.libretranslate import LibreTranslateServer
from tests.workers.tasks.conftest import MakeParts
from workers.engines.libretranslate import LibreTranslate
from workers.tasks import remembering
from workers.tasks.drafting import draft
from workers.tasks.remembering import keep_memory, keep_memory_on

MEMORY = "tm"
BRIDGE = "De brug kostte 25 miljoen euro."
TUNNEL = "De tunnel kostte 25 euro per inwoner."  # digits that French reads as Dutch does, for the engine only marks it
Again = Callable[..., list[Unit]]


@pytest.fixture(autouse=True)
def _whole_memory(lite_desk: Desk) -> Iterator[None]:
    """Look, after every test, whether the memory is whole."""
    yield
    with lite_desk.read() as reading:
        audit_memory(reading.session)


@pytest.fixture
def again(lite_desk: Desk, lite_people: People, make_parts: MakeParts, engine: LibreTranslate) -> Again:
    """Hand the text in once more and let a worker draft it; return its French units."""

    def submit_and_draft(text: str = TEXT, **rest: Any) -> list[Unit]:
        make_parts(engine)
        release_id = submit(lite_desk, lite_people.other_author, targets=("fr",), text=text, **rest)
        draft(job_of(lite_desk, release_id, "fr"))
        return list(text_of(lite_desk, release_id, "fr").units)

    return submit_and_draft


def approved(desk: Desk, people: People, **rest: Any) -> str:
    release_id = drafted(desk, people, targets=("fr",), **rest)
    approve(desk, people.reviewer, release_id)
    return release_id


def origins(units: list[Unit]) -> set[str | None]:
    return {unit.origin for unit in units}


def targets(desk: Desk, release_id: str) -> list[str]:
    return [unit.target for unit in text_of(desk, release_id, "fr").units]


def test_what_is_approved_fills_the_next_draft_at_once(
    lite_desk: Desk, lite_people: People, again: Again, office_engine: LibreTranslateServer
) -> None:
    release_id = approved(lite_desk, lite_people)

    units = again()

    assert ({MEMORY}, {101}) == (origins(units), {unit.score for unit in units})
    assert targets(lite_desk, release_id) == [unit.target for unit in units]
    assert {""} == {unit.engine or "" for unit in units}
    assert [] == office_engine.translations


def test_an_approved_sentence_between_other_neighbours_is_exact(
    lite_desk: Desk, lite_people: People, again: Again
) -> None:
    approved(lite_desk, lite_people)

    units = again(f"Een heel andere titel\n\n{BRIDGE}\n")

    assert [(MEMORY, 100, f"[fr] {BRIDGE}")] == [(u.origin, u.score, u.target) for u in units if u.origin == MEMORY]


def test_a_sentence_with_another_number_is_filled_from_the_memory(
    lite_desk: Desk, lite_people: People, again: Again
) -> None:
    approved(lite_desk, lite_people, text=f"De tunnel is open\n\n{TUNNEL}\n")

    units = again(f"Een heel andere titel\n\n{TUNNEL.replace('25', '27')}\n")

    (unit,) = (unit for unit in units if unit.origin == MEMORY)
    assert f"[fr] {TUNNEL.replace('25', '27')}" == unit.target
    assert FILLED_FROM <= (unit.score or 0) < EXACT


def test_what_nobody_approved_is_drafted_by_an_engine(lite_desk: Desk, lite_people: People, again: Again) -> None:
    drafted(lite_desk, lite_people, targets=("fr",))

    assert {"mt"} == origins(again())


def test_what_is_approved_for_another_language_is_not_offered(
    lite_desk: Desk, lite_people: People, again: Again
) -> None:
    approve(lite_desk, lite_people.reviewer, drafted(lite_desk, lite_people, targets=("de",)))

    assert {"mt"} == origins(again())


@pytest.mark.parametrize("public", [False, True])
def test_what_is_reopened_is_gone_from_the_next_draft(
    lite_desk: Desk, lite_people: People, again: Again, *, public: bool
) -> None:
    release_id = approved(lite_desk, lite_people)
    if public:
        act(lite_desk, lite_people.publisher, request_publication, release_id)
    before = origins(again())

    act(lite_desk, lite_people.publisher, reopen_version, release_id, "fr", "Een fout.")

    assert ({MEMORY}, {"mt"}) == (before, origins(again()))


def test_what_is_withdrawn_is_gone_from_the_next_draft(lite_desk: Desk, lite_people: People, again: Again) -> None:
    release_id = approved(lite_desk, lite_people)
    act(lite_desk, lite_people.publisher, request_publication, release_id)
    before = origins(again())

    act(lite_desk, lite_people.publisher, withdraw_release, release_id, "Een fout.")

    assert ({MEMORY}, {"mt"}) == (before, origins(again()))


def test_what_is_under_embargo_is_offered_elsewhere_at_its_hour_and_no_second_before(
    lite_desk: Desk, lite_people: People, clock: StillClock, again: Again
) -> None:
    approved(lite_desk, lite_people, embargo_at=clock.moment + timedelta(hours=1))
    at_first = origins(again())
    clock.forward(minutes=59, seconds=59)
    just_before = origins(again())

    clock.forward(seconds=1)

    assert ({"mt"}, {"mt"}, {MEMORY}) == (at_first, just_before, origins(again()))


@pytest.mark.parametrize("secret", ["embargo", "confidential"])
def test_what_becomes_secret_after_its_approval_is_withheld_again(
    lite_desk: Desk, lite_people: People, clock: StillClock, again: Again, secret: str
) -> None:
    release_id = approved(lite_desk, lite_people)
    before = origins(again())
    hour = clock.moment + timedelta(hours=2)
    schedule = Schedule(embargo_at=hour) if secret == "embargo" else Schedule(confidential=True)

    act(lite_desk, lite_people.author, reschedule, release_id, schedule)
    clock.forward(hours=1)
    withheld = origins(again())
    clock.forward(hours=1)

    assert ({MEMORY}, {"mt"}) == (before, withheld)
    assert ({MEMORY} if secret == "embargo" else {"mt"}) == origins(again())


def test_an_embargo_that_is_lifted_lets_its_text_be_offered(
    lite_desk: Desk, lite_people: People, clock: StillClock, again: Again
) -> None:
    release_id = approved(lite_desk, lite_people, embargo_at=clock.moment + timedelta(hours=1))
    before = origins(again())

    act(lite_desk, lite_people.author, reschedule, release_id, Schedule(clear_embargo=True))

    assert ({"mt"}, {MEMORY}) == (before, origins(again()))


def test_what_is_confidential_is_offered_elsewhere_once_it_is_public(
    lite_desk: Desk, lite_people: People, clock: StillClock, again: Again
) -> None:
    release_id = approved(lite_desk, lite_people, confidential=True)
    clock.forward(days=30)
    before = origins(again())

    act(lite_desk, lite_people.publisher, request_publication, release_id)

    assert ({"mt"}, {MEMORY}) == (before, origins(again()))


def test_a_secret_text_that_descends_from_a_public_one_is_filled_by_it(
    lite_desk: Desk, lite_people: People, again: Again
) -> None:
    approved(lite_desk, lite_people)

    assert {MEMORY} == origins(again(confidential=True))


def test_what_is_retired_is_offered_again_only_when_it_is_put_back(
    lite_desk: Desk, lite_people: People, again: Again
) -> None:
    approved(lite_desk, lite_people)
    reviewer: Actor = lite_people.reviewer
    with lite_desk.read() as reading:
        unit_id = reading.session.scalars(
            select(MemoryUnit.id).join(MemorySource).where(MemorySource.source == BRIDGE)
        ).one()

    act(lite_desk, reviewer, retire_unit, unit_id, "Verouderd.", None)
    retired = {unit.target: unit.origin for unit in again()}
    act(lite_desk, reviewer, restore_unit, unit_id, "", None)
    restored = {unit.target: unit.origin for unit in again()}

    assert f"[fr] {BRIDGE}" not in retired
    assert ["mt"] == [origin for origin in retired.values() if origin != MEMORY]
    assert MEMORY == restored[f"[fr] {BRIDGE}"]


def test_a_correction_offers_what_it_says_now(lite_desk: Desk, lite_people: People, again: Again) -> None:
    release_id = approved(lite_desk, lite_people)
    act(lite_desk, lite_people.publisher, request_publication, release_id)
    new = TEXT.replace("25 miljoen", "26 miljoen")
    revise(lite_desk, lite_people.author, release_id, new)
    meanwhile = {unit.target: unit.score for unit in again()}
    draft(job_of(lite_desk, release_id, "fr"))
    approve(lite_desk, lite_people.reviewer, release_id)

    after = again(new)

    assert 101 == meanwhile[f"[fr] {BRIDGE}"]
    assert targets(lite_desk, release_id) == [unit.target for unit in after]
    assert {101} == {unit.score for unit in after}


def test_the_task_files_and_lists_what_is_there(lite_desk: Desk, make_parts: MakeParts) -> None:
    make_parts()
    fill(lite_desk, range(560))

    keep_memory()

    with lite_desk.read() as reading:
        filed = set(reading.session.scalars(select(MemorySource.ranking)))
        sources = set(reading.session.scalars(select(MemorySource.id)))
    assert ({1}, [], sources) == (filed, waiting(lite_desk), listed(lite_desk).keys())


def test_the_task_may_run_again_and_changes_nothing(lite_desk: Desk, make_parts: MakeParts) -> None:
    make_parts()
    fill(lite_desk, range(20))
    keep_memory()
    before = listed(lite_desk)

    keep_memory()

    assert before == listed(lite_desk)
    assert 20 >= len(before) > 0
    assert any(sentence(0).casefold() in body for body in before.values())


@pytest.mark.parametrize("task", [keep_memory, keep_memory_on])
def test_the_task_asks_for_its_next_run_until_nothing_is_left(
    lite_desk: Desk,
    make_parts: MakeParts,
    dispatcher: RecordingDispatcher,
    monkeypatch: pytest.MonkeyPatch,
    task: Callable[[], None],
) -> None:
    make_parts()
    monkeypatch.setattr(remembering, "WORK_SECONDS", 0.0)
    remember_many(lite_desk, {f"Zin {number}": f"Phrase {number}" for number in range(LISTED_AT_ONCE + 1)})
    dispatcher.sent.clear()

    task()
    some = list(dispatcher.sent), len(waiting(lite_desk))
    monkeypatch.setattr(remembering, "WORK_SECONDS", 60.0)
    task()

    assert ([("workers.keep_memory_on",)], 1) == some
    assert (some[0], []) == (dispatcher.sent, waiting(lite_desk))
