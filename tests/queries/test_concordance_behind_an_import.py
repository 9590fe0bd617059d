"""What the search finds while very many sources wait to be listed, as behind a large import."""

from __future__ import annotations

import pytest

from service.domain.concordance import Place
from service.domain.permissions import DESK, Actor
from service.operations.memory_listing import list_some
from service.queries import concordance as queries
from service.queries.concordance import Concordance, concordance
from service.uow import Desk
from tests.desk_fixtures import People
from tests.operations.making import approve
from tests.operations.memory_steps import list_all, remember, remember_many
from tests.operations.steps import act, drafted
from tests.queries.test_statement_counts import counted

READ = 2  # of what waits, in one of the two looks for a page
FILE = {f"Weg {number}": f"Route {number}" for number in range(20)}


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "LOOKS", (READ, READ))
    monkeypatch.setattr(queries, "READ_UNLISTED", READ)


def find(desk: Desk, query: str = "brug", who: Actor = DESK, after: Place | None = None, limit: int = 5) -> Concordance:
    with desk.read() as reading:
        return concordance(reading.session, who, query, reading.now, after=after, limit=limit)


def sources(found: Concordance) -> list[str]:
    return [row.marked.text for row in found.rows]


def pages(desk: Desk, *, lists: bool, limit: int = 5) -> list[list[str]]:
    """Return all pages, between which a worker lists some."""
    found = find(desk, limit=limit)
    told = [sources(found)]
    while found.next is not None:
        if lists:
            act(desk, DESK, list_some, limit=3)
        found = find(desk, after=found.next, limit=limit)
        told.append(sources(found))
    return told


def test_what_is_listed_is_found_on_the_first_page_whatever_waits(desk: Desk) -> None:
    remember(desk, "Een brug", fr="Un pont")
    list_all(desk)
    remember_many(desk, FILE)
    remember(desk, "Nog een brug", fr="Encore un pont")

    found = find(desk)

    assert (["Nog een brug", "Een brug"], True) == (sources(found), found.next is not None)


@pytest.mark.parametrize("lists", [False, True])
@pytest.mark.parametrize("limit", [2, 5])
def test_each_find_comes_once_though_a_worker_lists_meanwhile(desk: Desk, *, lists: bool, limit: int) -> None:
    expected = []
    for number in range(9):
        remember_many(desk, {f"{source} {number}": target for source, target in list(FILE.items())[:4]})
        remember(desk, f"Brug {number}", fr="Un pont")
        expected.append(f"Brug {number}")
        if number in {2, 5}:
            list_all(desk)

    told = pages(desk, lists=lists, limit=limit)

    assert expected == sorted(source for page in told for source in page)
    assert max(map(len, told)) <= limit


def test_no_more_come_ahead_than_an_address_holds(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "MOST_AHEAD", 3)
    remember_many(desk, {f"Brug {number}": "Un pont" for number in range(6)})
    list_all(desk)
    remember_many(desk, FILE)

    told = pages(desk, lists=False, limit=2)

    assert [["Brug 5", "Brug 4"], ["Brug 3"], []] == told[:3]
    assert ["Brug 2", "Brug 1", "Brug 0"] == [source for page in told[2:] for source in page]


def test_where_nothing_waits_all_come_in_their_order(desk: Desk) -> None:
    remember_many(desk, {f"Brug {number}": "Un pont" for number in range(6)})
    list_all(desk)

    assert [["Brug 5", "Brug 4"], ["Brug 3", "Brug 2"], ["Brug 1", "Brug 0"]] == pages(desk, lists=False, limit=2)


def test_a_secret_text_does_not_come_ahead_either(desk: Desk, people: People) -> None:
    remember(desk, "De oude burgemeester", fr="L’ancien bourgmestre")
    release_id = drafted(desk, people, targets=("fr",), confidential=True)
    approve(desk, people.reviewer, release_id)
    list_all(desk)
    remember_many(desk, FILE)

    hidden, seen = (find(desk, "burgemeester", who) for who in (people.other_author, people.author))

    assert ["De oude burgemeester"] == sources(hidden)
    assert len(seen.rows) > 1


def test_a_page_costs_the_same_however_many_wait(desk: Desk) -> None:
    costs = []
    for part in range(2):
        remember_many(desk, {f"{source} {part} {n}": target for n in range(5) for source, target in FILE.items()})
        with desk.read() as reading, counted(desk) as sent:
            concordance(reading.session, DESK, "brug", reading.now)
        costs.append(len(sent))

    assert costs[0] == costs[1]
