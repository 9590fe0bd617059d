"""Taking a fix: an edit of the person who took it, never over what somebody else saved meanwhile."""

from __future__ import annotations

import pytest

from service.domain.errors import Invalid, NotAllowed, Stale
from service.operations.fixes import fix_finding
from service.storage.models import Unit
from service.uow import Desk
from tests.desk_fixtures import People
from tests.operations.checking_steps import WRONG, findings, in_french, open_codes, put
from tests.operations.making import text_of
from tests.operations.steps import act, drafted, unit_of

SOURCE = "Een brug\n\nDe brug kreeg 12.500 bezoekers en kostte 1.250 euro.\n"
MARKS_WRONG = "Le pont a reçu 12,500 visiteurs et a coûté 1,250 euros."
ONE_FIXED = "Le pont a reçu 12\u00a0500 visiteurs et a coûté 1,250 euros."
FIXED = "Le pont a reçu 12\u00a0500 visiteurs et a coûté 1\u00a0250 euros."


@pytest.fixture
def release_id(desk: Desk, people: People) -> str:
    """A release in review in French with two numbers in it that are written as English writes them."""
    made = drafted(desk, people, targets=("fr",), text=SOURCE)
    put(desk, people, made, MARKS_WRONG)
    return made


def fix(desk: Desk, people: People, release_id: str, finding_id: str, who: str = "reviewer", at: int = 0) -> Unit:
    row_version = at or text_of(desk, release_id, "fr").units[1].row_version
    return act(desk, getattr(people, who), fix_finding, release_id, "fr", finding_id, row_version=row_version)


def test_a_fix_is_put_in_its_place_and_is_the_text_of_who_took_it(desk: Desk, people: People, release_id: str) -> None:
    first, second = findings(desk, release_id)

    unit = fix(desk, people, release_id, first.id)

    assert (ONE_FIXED, "person", people.reviewer.user_id, "translated") == (
        unit.target,
        unit.origin,
        unit.text_by,
        unit.state,
    )
    left = findings(desk, release_id)
    assert ["1,250"] == [one.facts["target"] for one in left]
    assert FIXED == fix(desk, people, release_id, left[0].id).target
    assert [] == open_codes(desk, release_id)
    assert second.fix == left[0].fix


def test_a_fix_of_a_text_that_somebody_else_saved_is_stale(desk: Desk, people: People, release_id: str) -> None:
    found = findings(desk, release_id)[0]
    before = text_of(desk, release_id, "fr").units[1]
    put(desk, people, release_id, f"{MARKS_WRONG} Vraiment.")
    found = findings(desk, release_id)[0]

    with pytest.raises(Stale):
        fix(desk, people, release_id, found.id, at=before.row_version)

    assert f"{MARKS_WRONG} Vraiment." == unit_of(desk, before.id).target


def test_a_fix_that_was_taken_is_gone(desk: Desk, people: People, release_id: str) -> None:
    found = findings(desk, release_id)[0]
    fix(desk, people, release_id, found.id)

    with pytest.raises(Invalid) as refusal:
        fix(desk, people, release_id, found.id)

    assert "unknown_finding" == refusal.value.code


def test_a_finding_without_a_fix_is_corrected_by_hand(desk: Desk, people: People) -> None:
    release_id = in_french(desk, people)
    put(desk, people, release_id, WRONG)

    with pytest.raises(Invalid) as refusal:
        fix(desk, people, release_id, findings(desk, release_id)[0].id)

    assert "no_fix" == refusal.value.code


@pytest.mark.parametrize("who", ["author", "publisher", "admin"])
def test_only_reviewers_take_fixes(desk: Desk, people: People, release_id: str, who: str) -> None:
    with pytest.raises(NotAllowed):
        fix(desk, people, release_id, findings(desk, release_id)[0].id, who=who)
