"""The list of releases, narrowed: each filter leaves out what it should, on both databases, at a constant cost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from service.domain.permissions import Actor
from service.queries.release_lists import ListAsk, listed_releases, questions_for
from service.storage.models import Comment
from service.uow import Desk
from tests.desk_fixtures import NOON, People
from tests.operations.making import TEXT, submit
from tests.queries.test_statement_counts import statements


def titles(desk: Desk, who: Actor, **asked: str) -> set[str]:
    with desk.read() as reading:
        rows = listed_releases(reading.session, who, ListAsk(**asked), reading.now)
    return {row.release.title.split()[0] for row in rows}


def named(name: str) -> str:
    return TEXT.replace("Nieuwe brug over de Leie", name)


@pytest.fixture
def filled(desk: Desk, people: People) -> str:
    """Three releases: of two authors, in other languages, one under embargo and one whose embargo is over."""
    submit(desk, people.author, text=named("Zwembad sluit vroeg"), targets=("fr",), embargo_at=NOON + timedelta(days=1))
    submit(desk, people.author, text=named("Markt verhuist"), targets=("de",), embargo_at=NOON - timedelta(minutes=30))
    return submit(desk, people.other_author, text=named("Feest op de markt"), targets=("fr", "de"))


@pytest.mark.parametrize(
    "asked, expected",
    [
        ({}, {"Zwembad", "Markt", "Feest"}),
        ({"q": "markt"}, {"Markt", "Feest"}),
        ({"q": "opent feest markt"}, {"Feest"}),
        ({"q": "100%"}, set()),
        ({"locale": "fr"}, {"Zwembad", "Feest"}),
        ({"only": "embargo"}, {"Zwembad"}),
        ({"only": "mine"}, set()),
        ({"state": "drafting", "locale": "de", "q": "verhuist"}, {"Markt"}),
        ({"state": "published"}, set()),
    ],
)
def test_filters_narrow_together(
    desk: Desk, people: People, filled: str, asked: dict[str, str], expected: set[str]
) -> None:
    assert expected == titles(desk, people.publisher, **asked)


def test_nobody_finds_what_they_may_not_see(desk: Desk, people: People, filled: str) -> None:
    assert {"Feest"} == titles(desk, people.other_author)
    assert set() == titles(desk, people.other_author, q="Zwembad")
    assert {"Feest"} == titles(desk, people.other_author, only="mine")


def test_a_question_waits_until_the_author_answers_or_somebody_ends_it(desk: Desk, people: People, filled: str) -> None:
    def ask(who: Actor, **rest: object) -> str:
        with desk.begin() as work:
            comment = Comment(release_id=filled, user_id=who.user_id, body="Welke markt?", at=work.now, **rest)
            work.session.add(comment)
            work.session.flush()
            return comment.id

    def waiting() -> tuple[set[str], dict[str, int]]:
        with desk.read() as reading:
            counts = questions_for(reading.session, people.other_author, [filled])
        return titles(desk, people.other_author, only="questions"), counts

    ask(people.reviewer)
    assert (set(), {}) == waiting()
    question = ask(people.reviewer, for_author=True)
    ask(people.reviewer, reply_to=question)
    other = ask(people.publisher, for_author=True)
    assert ({"Feest"}, {filled: 2}) == waiting()
    assert set() == titles(desk, people.publisher, only="questions")
    ask(people.other_author, reply_to=question)
    assert ({"Feest"}, {filled: 1}) == waiting()
    with desk.begin() as work:
        work.session.get_one(Comment, other).resolved_at = work.now
    assert (set(), {}) == waiting()


def test_a_list_of_twelve_costs_what_a_list_of_two_costs(lite_desk: Desk, lite_people: People) -> None:
    costs = []
    for count in (2, 10):
        for _ in range(count):
            submit(lite_desk, lite_people.author, targets=("fr",))
        costs.append(
            statements(
                lite_desk,
                lambda reading: listed_releases(
                    reading.session, lite_people.author, ListAsk(q="brug", locale="fr", only="mine"), reading.now
                ),
            )
        )

    assert costs[0] == costs[1]
