from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from service.queries.queue import queue, queue_counts
from service.queries.releases import release_row, release_rows
from service.queries.review import unit_rows
from service.queries.texts import version_text
from service.uow import Desk, Reading
from tests.desk_fixtures import People
from tests.operations.making import TEXT
from tests.operations.steps import drafted, version_of


@contextmanager
def counted(desk: Desk) -> Iterator[list[str]]:
    """Collect the statements that are sent meanwhile, the beginnings of transactions left out."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith(("SELECT", "WITH")):
            sent.append(statement)

    event.listen(desk.database.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(desk.database.engine, "before_cursor_execute", note)


def statements(desk: Desk, query: Callable[[Reading], object]) -> int:
    with desk.read() as reading, counted(desk) as sent:
        query(reading)
    return len(sent)


LISTS: dict[str, Callable[[Reading, People], object]] = {
    "queue": lambda reading, people: queue(reading.session, people.reviewer, reading.now),
    "queue_counts": lambda reading, people: queue_counts(reading.session, people.reviewer, reading.now),
    "release_rows": lambda reading, people: release_rows(reading.session, people.publisher),
}
MOST = {"queue": 4, "queue_counts": 1, "release_rows": 7}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_thirty_costs_what_a_list_of_two_costs(lite_desk: Desk, lite_people: People, name: str) -> None:
    for _ in range(2):
        drafted(lite_desk, lite_people)
    few = statements(lite_desk, lambda reading: LISTS[name](reading, lite_people))
    for _ in range(28):
        drafted(lite_desk, lite_people, targets=("fr",))

    many = statements(lite_desk, lambda reading: LISTS[name](reading, lite_people))

    assert few == many
    assert many <= MOST[name]


LONG = TEXT + "\n" + "\n\n".join(f"Dit is zin nummer {number} van de tekst." for number in range(55)) + "\n"


@pytest.mark.parametrize("query, most", [(unit_rows, 3), (version_text, 4)])
def test_a_text_of_sixty_segments_costs_what_one_of_five_costs(
    lite_desk: Desk, lite_people: People, query: Callable[..., Any], most: int
) -> None:
    versions = [
        version_of(lite_desk, drafted(lite_desk, lite_people, targets=("fr",), text=text), "fr")
        for text in (TEXT, LONG)
    ]

    costs = [statements(lite_desk, lambda reading, v=version: query(reading.session, v)) for version in versions]  # type: ignore[misc]

    assert costs[0] == costs[1]
    assert costs[1] <= most


def test_one_release_costs_the_same_for_every_number_of_languages(lite_desk: Desk, lite_people: People) -> None:
    ids = [drafted(lite_desk, lite_people, targets=targets) for targets in (("fr",), ("fr", "de", "en"))]

    costs = {
        statements(lite_desk, lambda reading, one=one: release_row(reading.session, lite_people.publisher, one))  # type: ignore[misc]
        for one in ids
    }

    assert 1 == len(costs)
