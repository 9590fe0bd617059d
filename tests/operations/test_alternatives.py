"""Another draft of one unit: asked for, made once, taken as an edit, left, forgotten."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from service.domain.errors import Conflict, Invalid, NotAllowed, NotFound, Refused, Stale, WrongState
from service.domain.permissions import DESK
from service.operations.alternatives import MOST_OPEN, ask_alternative, leave_alternative, take_alternative
from service.operations.claiming_alternatives import (
    save_alternative,
)
from service.operations.review import edit_unit
from service.operations.upkeep import KEEP_ALTERNATIVES, find_due, forget_old
from service.queries.alternatives import alternatives_of, state_of
from service.queries.review import unit_history
from service.storage.models import AuditEntry, FindingRow, Unit
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.alternative_steps import OTHER, answered, ask, claimed, know_engines, result, stored, take
from tests.operations.making import TEXT, approve, text_of
from tests.operations.steps import act, approve_present, drafted, revise, states, unit_of, version_of


@pytest.fixture
def release_id(desk: Desk, people: People) -> str:
    """A release with one version, in review."""
    return drafted(desk, people, targets=("fr",))


@pytest.fixture
def unit(desk: Desk, release_id: str) -> Unit:
    """The version's title."""
    return text_of(desk, release_id, "fr").units[0]


def test_what_is_asked_for_is_due_at_once(desk: Desk, people: People, release_id: str, unit: Unit) -> None:
    with desk.begin(people.reviewer) as work:
        alternative = ask_alternative(work, release_id, "fr", unit.id, engine="deepl")
        nudged = work.nudge

    assert nudged
    assert (alternative.id,) == act(desk, DESK, find_due).alternatives
    assert () == act(desk, DESK, find_due).alternatives
    assert "waiting" == state_of(alternative)


def test_the_same_question_twice_is_one(desk: Desk, people: People, release_id: str, unit: Unit) -> None:
    first = ask(desk, people, release_id, unit.id, "deepl")

    assert first == ask(desk, people, release_id, unit.id, "deepl")
    assert first != ask(desk, people, release_id, unit.id)


def test_only_who_reviews_the_language_asks_takes_and_leaves(
    desk: Desk, people: People, release_id: str, unit: Unit
) -> None:
    alternative_id = answered(desk, people, release_id, unit.id)

    for actor in (people.author, people.publisher):
        with pytest.raises(NotAllowed):
            act(desk, actor, ask_alternative, release_id, "fr", unit.id)
        with pytest.raises(NotAllowed):
            act(desk, actor, take_alternative, release_id, "fr", unit.id, alternative_id, row_version=None)
        with pytest.raises(NotAllowed):
            act(desk, actor, leave_alternative, release_id, "fr", unit.id, alternative_id)
    with pytest.raises(NotFound):
        act(desk, people.other_author, ask_alternative, release_id, "fr", unit.id)


def test_a_unit_of_another_version_is_not_found(desk: Desk, people: People, release_id: str, unit: Unit) -> None:
    other = drafted(desk, people, targets=("fr",))
    alternative_id = answered(desk, people, release_id, unit.id)

    with pytest.raises(NotFound):
        act(desk, people.reviewer, ask_alternative, other, "fr", unit.id)
    with pytest.raises(NotFound):
        act(desk, people.reviewer, take_alternative, other, "fr", unit.id, alternative_id, row_version=None)
    theirs = text_of(desk, other, "fr").units[0]
    with pytest.raises(NotFound):
        act(desk, people.reviewer, take_alternative, other, "fr", theirs.id, alternative_id, row_version=None)


def test_a_version_that_is_not_in_review_gets_no_other_drafts(
    desk: Desk, people: People, release_id: str, unit: Unit
) -> None:
    approve(desk, people.reviewer, release_id)

    with pytest.raises(WrongState):
        ask(desk, people, release_id, unit.id)


def test_an_engine_that_the_workers_do_not_have_is_refused(
    desk: Desk, people: People, release_id: str, unit: Unit
) -> None:
    with pytest.raises(Invalid):
        ask(desk, people, release_id, unit.id, "No such name")
    assert ask(desk, people, release_id, unit.id, "not-yet-known")

    know_engines(desk, "libretranslate", "deepl")

    assert ask(desk, people, release_id, unit.id, "deepl")
    with pytest.raises(Invalid):
        ask(desk, people, release_id, unit.id, "not-known")


def test_not_more_are_open_at_once_than_a_version_bears(desk: Desk, people: People, release_id: str) -> None:
    units = text_of(desk, release_id, "fr").units
    engines = [f"engine-{n}" for n in range(MOST_OPEN)]
    asked = [ask(desk, people, release_id, units[n % len(units)].id, name) for n, name in enumerate(engines)]

    with pytest.raises(Conflict):
        ask(desk, people, release_id, units[0].id)

    token = claimed(desk, asked[0]).draft.token
    act(desk, DESK, save_alternative, asked[0], token, result(units[0].id))
    assert ask(desk, people, release_id, units[0].id)


def test_the_record_bears_no_text(desk: Desk, people: People, release_id: str, unit: Unit) -> None:
    alternative_id = answered(desk, people, release_id, unit.id)
    take(desk, people, release_id, unit, alternative_id)

    with desk.read() as reading:
        entries = reading.session.scalars(
            select(AuditEntry).where(AuditEntry.subject == alternative_id).order_by(AuditEntry.number)
        ).all()
    assert ["alternative.asked", "alternative.taken"] == [entry.action for entry in entries]
    assert {"locale": "fr", "unit": unit.id, "engine": "deepl"} == entries[0].facts
    assert {"locale": "fr", "unit": unit.id} == entries[1].facts


def test_taking_one_is_an_edit_that_stays_a_machines_draft(
    desk: Desk, people: People, release_id: str, unit: Unit
) -> None:
    alternative_id = answered(desk, people, release_id, unit.id)

    taken = take(desk, people, release_id, unit, alternative_id)

    assert (OTHER, "mt", "deepl", "3") == (taken.target, taken.origin, taken.engine, taken.engine_version)
    assert (people.reviewer.user_id, "translated", unit.row_version + 1) == (
        taken.text_by,
        taken.state,
        taken.row_version,
    )
    assert (OTHER, f"raw {OTHER}", 412, ["libretranslate: echo"]) == (
        taken.draft,
        taken.draft_raw,
        taken.draft_ms,
        taken.warnings,
    )
    with desk.read() as reading:
        newest, name = unit_history(reading.session, unit.id)[0]
    assert (OTHER, "mt", "deepl", "Reviewer") == (newest.target, newest.origin, newest.engine, name)


def test_the_checks_look_at_what_was_taken(desk: Desk, people: People, release_id: str) -> None:
    unit = text_of(desk, release_id, "fr").units[-2]
    alternative_id = ask(desk, people, release_id, unit.id)
    token = claimed(desk, alternative_id).draft.token
    act(desk, DESK, save_alternative, alternative_id, token, result(unit.id, "Le pont a coûté 52 millions d’euros."))

    take(desk, people, release_id, unit, alternative_id)

    with desk.read() as reading:
        codes = set(reading.session.scalars(select(FindingRow.code).where(FindingRow.unit_id == unit.id)))
    assert codes, "25 became 52"


def test_who_took_the_last_text_does_not_approve_it(desk: Desk, people: People, release_id: str, unit: Unit) -> None:
    take(desk, people, release_id, unit, answered(desk, people, release_id, unit.id))

    with pytest.raises(Refused) as refused:
        approve_present(desk, people.reviewer, release_id, "fr")
    approve_present(desk, people.second_reviewer, release_id, "fr")

    assert "four_eyes" in {reason.code for reason in refused.value.reasons}
    assert {"fr": "approved"} == states(desk, release_id)


def test_taking_one_voids_an_approval(desk: Desk, people: People, release_id: str, unit: Unit) -> None:
    alternative_id = answered(desk, people, release_id, unit.id)
    approve(desk, people.second_reviewer, release_id)

    take(desk, people, release_id, unit, alternative_id, row_version=None)

    assert {"fr": "in_review"} == states(desk, release_id)


def test_taking_one_over_a_text_that_was_saved_meanwhile_tells_both(
    desk: Desk, people: People, release_id: str, unit: Unit
) -> None:
    alternative_id = answered(desk, people, release_id, unit.id)
    act(desk, people.second_reviewer, edit_unit, release_id, "fr", unit.id, row_version=None, target="Un mot à moi")

    with pytest.raises(Stale) as stale:
        take(desk, people, release_id, unit, alternative_id)

    assert (OTHER, "Un mot à moi") == (stale.value.mine, stale.value.theirs)
    assert "Un mot à moi" == unit_of(desk, unit.id).target


def test_an_answer_never_writes_over_a_text(desk: Desk, people: People, release_id: str, unit: Unit) -> None:
    act(desk, people.reviewer, edit_unit, release_id, "fr", unit.id, row_version=None, target="Un mot à moi")

    answered(desk, people, release_id, unit.id)

    assert ("Un mot à moi", unit.row_version + 1) == (
        unit_of(desk, unit.id).target,
        unit_of(desk, unit.id).row_version,
    )


def test_one_that_has_not_come_cannot_be_taken(desk: Desk, people: People, release_id: str, unit: Unit) -> None:
    alternative_id = ask(desk, people, release_id, unit.id)

    with pytest.raises(Conflict) as conflict:
        take(desk, people, release_id, unit, alternative_id)

    assert "no_draft_yet" == conflict.value.code


def test_a_new_source_removes_what_was_drafted_of_the_old_one(desk: Desk, people: People, release_id: str) -> None:
    units = text_of(desk, release_id, "fr").units
    stays, changes = units[0], units[-2]
    kept, gone = (answered(desk, people, release_id, unit.id) for unit in (stays, changes))

    revise(desk, people.author, release_id, TEXT.replace("25 miljoen", "27 miljoen"))

    assert stored(desk, kept) is not None
    assert stored(desk, gone) is None
    with pytest.raises(Conflict) as conflict:
        take(desk, people, release_id, changes, gone)
    assert "source_changed" == conflict.value.code


def test_old_ones_are_forgotten(desk: Desk, people: People, release_id: str, unit: Unit, clock: StillClock) -> None:
    old = answered(desk, people, release_id, unit.id)
    clock.forward(days=KEEP_ALTERNATIVES.days - 1)
    young = answered(desk, people, release_id, unit.id, "google")
    clock.forward(days=1, seconds=1)

    act(desk, DESK, forget_old)

    assert (None, young) == (stored(desk, old), getattr(stored(desk, young), "id", None))


def test_they_are_listed_newest_first_for_the_present_text(
    desk: Desk, people: People, release_id: str, unit: Unit, clock: StillClock
) -> None:
    first = ask(desk, people, release_id, unit.id, "deepl")
    clock.forward(seconds=1)
    second = ask(desk, people, release_id, unit.id, "google")

    with desk.read() as reading:
        found = alternatives_of(reading.session, version_of(desk, release_id, "fr"))

    assert {unit.id: [second, first]} == {unit_id: [it.id for it in items] for unit_id, items in found.items()}
