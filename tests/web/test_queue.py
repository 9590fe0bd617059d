"""The queue and the list of releases: who sees what, filters in the address, a fixed number of statements."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask

from service.operations.review import claim_version
from service.uow import Desk
from tests.desk_fixtures import NOON, People
from tests.operations.making import TEXT, draft, submit
from tests.web.conftest import CountStatements
from tests.web.offices import browser


def _languages(page: str) -> list[str]:
    return re.findall(r"/releases/rel_\w+/(\w\w)\"", page)


@pytest.mark.parametrize(
    "name, expected",
    [
        ("reviewer", ["de", "en", "fr"]),
        ("french_reviewer", ["fr"]),
        ("author", ["de", "en", "fr"]),
        ("other_author", []),
        ("publisher", ["de", "en", "fr"]),
    ],
)
def test_each_person_sees_the_versions_that_are_theirs_to_see(
    app: Flask, release_id: str, name: str, expected: list[str]
) -> None:
    page = browser(app, name).get("/").text

    assert _languages(page) == expected


def test_the_most_urgent_stands_first_with_its_hour_in_local_time(
    app: Flask, lite_desk: Desk, lite_people: People
) -> None:
    submit(lite_desk, lite_people.author, text=TEXT.replace("Nieuwe", "Late"), embargo_at=NOON + timedelta(days=2))
    submit(
        lite_desk, lite_people.author, text=TEXT.replace("Nieuwe", "Vroege"), embargo_at=NOON + timedelta(minutes=130)
    )

    page = browser(app, "reviewer").get("/").text

    assert page.index("Vroege brug") < page.index("Late brug")
    assert "15:10" in page
    assert "in 2 h 10" in page


def test_the_address_holds_the_filter(app: Flask, release_id: str, lite_desk: Desk, lite_people: People) -> None:
    with lite_desk.begin(lite_people.reviewer) as work:
        claim_version(work, release_id, "de")
    client = browser(app, "reviewer")

    mine, free, french = (client.get(f"/?{query}").text for query in ("which=mine", "which=unassigned", "locale=fr"))

    assert (_languages(mine), _languages(free), _languages(french)) == (["de"], ["en", "fr"], ["fr"])


def test_an_empty_queue_says_what_happens_next(app: Flask) -> None:
    page = browser(app, "reviewer").get("/").text

    assert "Nothing waits." in page


@pytest.mark.parametrize("path", ["/", "/releases"])
def test_a_list_takes_as_many_statements_for_many_releases_as_for_one(
    app: Flask, lite_desk: Desk, lite_people: People, count_statements: CountStatements, path: str
) -> None:
    client = browser(app, "reviewer")
    submit(lite_desk, lite_people.author)
    with count_statements() as for_one:
        client.get(path)
    for _ in range(5):
        draft(lite_desk, submit(lite_desk, lite_people.author))

    with count_statements() as for_many:
        client.get(path)

    assert len(for_many) <= len(for_one) + 1  # the names of who wrote, once there is one
    assert len(for_many) < 20


def test_releases_are_found_by_the_words_of_their_title(app: Flask, lite_desk: Desk, lite_people: People) -> None:
    submit(lite_desk, lite_people.author)
    submit(lite_desk, lite_people.author, text=TEXT.replace("Nieuwe brug", "Oude tunnel"))

    page = browser(app, "author").get("/releases?q=tunnel").text

    assert "Oude tunnel" in page
    assert "Nieuwe brug" not in page
