from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from service.domain.errors import Invalid, NotAllowed, NotFound, Stale, WrongState
from service.operations.approvals import reopen_version, request_changes
from service.operations.publishing import request_publication, withdraw_release
from service.operations.review import claim_version, confirm_all, edit_unit, hand_over
from service.queries.review import unit_history
from service.storage.models import Unit
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.making import text_of
from tests.operations.reviewing import save
from tests.operations.steps import act, approve_present, at_once, drafted, published, states, unit_of, version_of


@pytest.fixture
def release_id(desk: Desk, people: People) -> str:
    """A release with one version, in review."""
    return drafted(desk, people, targets=("fr",))


def test_a_saved_text_is_a_persons_and_in_the_history(desk: Desk, people: People, release_id: str) -> None:
    unit = save(desk, people.reviewer, release_id, target="  Communiqué\r\nde presse ")

    with desk.read() as reading:
        history = unit_history(reading.session, unit.id)
    assert ("Communiqué de presse", "person", "translated") == (unit.target, unit.origin, unit.state)
    assert [("Communiqué de presse", "Reviewer"), (unit.draft, None)] == [(row.target, name) for row, name in history]


def test_a_saved_text_is_what_its_reader_will_see(desk: Desk, people: People, release_id: str) -> None:
    unit = save(desk, people.reviewer, release_id, target="Il coûte \u202e3,5 \u202cmillions\ufeff d'euros\u0007.")
    again = save(desk, people.reviewer, release_id, target="Il cou\u0302te 3,5 millions d'\u200beuros.")

    assert "Il coûte 3,5 millions d'euros." == unit.target
    assert (unit.target, unit.row_version) == (again.target, again.row_version)


def test_a_save_without_a_change_makes_no_revision(desk: Desk, people: People, release_id: str) -> None:
    unit = text_of(desk, release_id, "fr").units[0]

    saved = save(desk, people.reviewer, release_id, target=unit.target)

    assert unit.row_version == saved.row_version


def test_an_edit_takes_the_confirmation_away(desk: Desk, people: People, release_id: str) -> None:
    save(desk, people.reviewer, release_id, state="reviewed")

    unit = save(desk, people.reviewer, release_id, target="Autre chose")

    assert ("translated", None) == (unit.state, unit.confirmed_by)


@pytest.mark.parametrize(
    "change, code",
    [
        ({"target": "x" * 20_001}, "too_long"),
        ({"state": "final"}, "bad_state"),
        ({"target": "", "state": "reviewed"}, "empty_unit"),
    ],
)
def test_what_cannot_be_saved_is_refused(
    desk: Desk, people: People, release_id: str, change: dict[str, str], code: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        save(desk, people.reviewer, release_id, **change)

    assert code == refusal.value.code


def test_of_two_that_save_one_unit_at_once_one_wins_and_the_other_is_told(
    desk: Desk, people: People, release_id: str
) -> None:
    unit = text_of(desk, release_id, "fr").units[0]
    saves = [
        partial(act, desk, who, edit_unit, release_id, "fr", unit.id, row_version=unit.row_version, target=text)
        for who, text in ((people.reviewer, "Premier"), (people.second_reviewer, "Second"))
    ]

    results = at_once(*saves)

    stale = [result for result in results if isinstance(result, Stale)]
    won = [result for result in results if not isinstance(result, Exception)]
    assert (1, 1) == (len(stale), len(won))
    assert won[0].target == stale[0].theirs == unit_of(desk, unit.id).target
    assert {"Premier", "Second"} == {stale[0].mine, stale[0].theirs}


def test_a_published_text_cannot_be_edited_before_it_is_reopened(desk: Desk, people: People) -> None:
    release_id = published(desk, people, targets=("fr",))

    with pytest.raises(WrongState):
        save(desk, people.reviewer, release_id, target="Autre")
    act(desk, people.publisher, reopen_version, release_id, "fr", "Een fout.")
    save(desk, people.reviewer, release_id, target="Autre")

    assert {"fr": "in_review"} == states(desk, release_id)


def test_nothing_can_be_done_with_a_withdrawn_version(desk: Desk, people: People, release_id: str) -> None:
    act(desk, people.publisher, withdraw_release, release_id, "Vervallen.")

    for operation in (
        partial(save, desk, people.reviewer, release_id, target="Autre"),
        partial(act, desk, people.reviewer, confirm_all, release_id, "fr"),
        partial(approve_present, desk, people.reviewer, release_id, "fr"),
        partial(act, desk, people.publisher, request_publication, release_id),
        partial(act, desk, people.publisher, withdraw_release, release_id, "Nog eens."),
    ):
        with pytest.raises(WrongState):
            operation()


REVIEWING: dict[str, Any] = {
    "edit": lambda d, who, rid: save(d, who, rid, target="Autre"),
    "confirm": lambda d, who, rid: act(d, who, confirm_all, rid, "fr"),
    "approve": lambda d, who, rid: approve_present(d, who, rid, "fr"),
    "changes": lambda d, who, rid: act(d, who, request_changes, rid, "fr", "Waarom niet."),
    "claim": lambda d, who, rid: act(d, who, claim_version, rid, "fr"),
    "hand_over": lambda d, who, rid: act(d, who, hand_over, rid, "fr"),
}


@pytest.mark.parametrize("what", REVIEWING)
@pytest.mark.parametrize(
    "who, error",
    [("author", NotAllowed), ("admin", NotAllowed), ("auditor", NotAllowed), ("other_author", NotFound)],
)
def test_reviewing_is_for_reviewers(
    lite_desk: Desk, lite_people: People, what: str, who: str, error: type[Exception]
) -> None:
    release_id = drafted(lite_desk, lite_people, targets=("fr",))

    with pytest.raises(error):
        REVIEWING[what](lite_desk, getattr(lite_people, who), release_id)


@pytest.mark.parametrize("what", REVIEWING)
def test_a_reviewer_of_french_reviews_french_only(lite_desk: Desk, lite_people: People, what: str) -> None:
    both = drafted(lite_desk, lite_people, targets=("fr", "de"))

    REVIEWING[what](lite_desk, lite_people.french_reviewer, both)
    with pytest.raises(NotAllowed):
        act(lite_desk, lite_people.french_reviewer, confirm_all, both, "de")


def test_a_claim_lasts_four_hours_and_locks_nobody_out(
    desk: Desk, people: People, release_id: str, clock: StillClock
) -> None:
    act(desk, people.reviewer, claim_version, release_id, "fr")
    save(desk, people.second_reviewer, release_id, target="Quand même")

    version = version_of(desk, release_id, "fr")

    assert (people.reviewer.user_id, clock.moment + timedelta(hours=4)) == (version.claimed_by, version.claimed_until)


@pytest.mark.parametrize("to", ["nobody@office.example", "author@office.example"])
def test_a_version_is_handed_only_to_a_reviewer_of_its_language(
    desk: Desk, people: People, release_id: str, to: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        act(desk, people.reviewer, hand_over, release_id, "fr", to_email=to)
    act(desk, people.reviewer, hand_over, release_id, "fr", to_email="French_Reviewer@office.example")

    assert "no_such_reviewer" == refusal.value.code
    assert people.french_reviewer.user_id == version_of(desk, release_id, "fr").claimed_by


def test_a_text_is_kept_in_the_form_in_which_it_is_looked_for(lite_desk: Desk, lite_people: People) -> None:
    release_id = drafted(lite_desk, lite_people, targets=("fr",))
    unit = text_of(lite_desk, release_id, "fr").units[1]
    said = {"row_version": unit.row_version, "target": "Le pre\u0301sident"}

    saved = act(lite_desk, lite_people.reviewer, edit_unit, release_id, "fr", unit.id, **said)

    assert "Le pr\u00e9sident" == saved.target


def test_who_confirms_a_draft_of_another_form_did_not_write_it(lite_desk: Desk, lite_people: People) -> None:
    release_id = drafted(lite_desk, lite_people, targets=("fr",))
    unit = text_of(lite_desk, release_id, "fr").units[1]
    with lite_desk.begin() as work:
        work.session.get_one(Unit, unit.id).target = "Le pre\u0301sident"
    said = {"row_version": unit.row_version, "target": "Le pr\u00e9sident", "state": "reviewed"}

    saved = act(lite_desk, lite_people.reviewer, edit_unit, release_id, "fr", unit.id, **said)

    assert (None, "reviewed") == (saved.text_by, saved.state)
