from __future__ import annotations

import pytest

from service.domain.errors import Invalid, NotAllowed, NotFound
from service.domain.permissions import NOBODY, Actor
from service.operations.saved_filters import MAX_FILTERS, keep_filter, remove_filter, rename_filter
from service.queries.saved_filters import saved_filters
from service.uow import Desk
from tests.desk_fixtures import People
from tests.operations.steps import act, at_once


def kept(desk: Desk, actor: Actor) -> list[tuple[str, str]]:
    with desk.read() as reading:
        return [(each.name, each.query) for each in saved_filters(reading.session, actor)]


def test_filters_are_kept_by_name_each_person_their_own(desk: Desk, people: People) -> None:
    act(desk, people.reviewer, keep_filter, "  My \n French ", "which=mine&locale=fr")
    act(desk, people.reviewer, keep_filter, "All", "")
    act(desk, people.author, keep_filter, "All", "q=brug")

    assert [("All", ""), ("My French", "which=mine&locale=fr")] == kept(desk, people.reviewer)
    assert [("All", "q=brug")] == kept(desk, people.author)


def test_a_filter_is_renamed_and_removed(desk: Desk, people: People) -> None:
    first = act(desk, people.reviewer, keep_filter, "First", "which=mine")
    second = act(desk, people.reviewer, keep_filter, "Second", "which=ready")

    act(desk, people.reviewer, rename_filter, first.id, "Mine")
    act(desk, people.reviewer, rename_filter, first.id, "Mine")  # its own name is no other's
    act(desk, people.reviewer, remove_filter, second.id)

    assert [("Mine", "which=mine")] == kept(desk, people.reviewer)


def test_a_filter_of_somebody_else_is_not_there(desk: Desk, people: People) -> None:
    other = act(desk, people.author, keep_filter, "Theirs", "which=due")

    for change in ((rename_filter, other.id, "Mine"), (remove_filter, other.id)):
        with pytest.raises(NotFound):
            act(desk, people.reviewer, *change)
    assert [("Theirs", "which=due")] == kept(desk, people.author)


@pytest.mark.parametrize("name", ["", " \t", "x" * 81, " Used  already "])
def test_a_name_is_needed_and_used_once(desk: Desk, people: People, name: str) -> None:
    act(desk, people.reviewer, keep_filter, "Used already", "")
    other = act(desk, people.reviewer, keep_filter, "Other", "")

    for change in ((keep_filter, name, "which=mine"), (rename_filter, other.id, name)):
        with pytest.raises(Invalid):
            act(desk, people.reviewer, *change)
    assert ["Other", "Used already"] == [each for each, _ in kept(desk, people.reviewer)]


def test_twenty_are_enough_and_words_have_an_end(desk: Desk, people: People) -> None:
    with pytest.raises(Invalid, match="too long"):
        act(desk, people.reviewer, keep_filter, "Long", "q=" + "x" * 500)
    for number in range(MAX_FILTERS):
        act(desk, people.reviewer, keep_filter, f"Filter {number}", "")

    with pytest.raises(Invalid, match="20"):
        act(desk, people.reviewer, keep_filter, "One more", "")


def test_two_pages_that_keep_the_same_name_keep_it_once(desk: Desk, people: People) -> None:
    def keep() -> bool:
        try:
            act(desk, people.reviewer, keep_filter, "Twice", "")
        except Invalid:
            return False
        return True

    assert 1 == sum(at_once(*[keep] * 4))


def test_nobody_keeps_nothing(desk: Desk, people: People) -> None:
    with pytest.raises(NotAllowed):
        act(desk, NOBODY, keep_filter, "Name", "")
