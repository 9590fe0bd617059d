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
from tests.web.offices import browser, post


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


def test_filters_tell_how_many_stand_under_them(app: Flask, release_id: str) -> None:
    page = browser(app, "reviewer").get("/?locale=fr").text

    assert re.search(
        r'<a href="/\?which=unassigned&amp;locale=fr"><span>Unassigned</span> <span class="tally">1<', page
    )
    assert re.search(r'<a href="/\?locale=fr" aria-current="page"><span>Open</span> <span class="tally">1<', page)
    assert re.search(r'<a href="/"><span>All</span> <span class="tally">3<', page)


def test_a_line_says_what_is_still_to_be_done(app: Flask, release_id: str) -> None:
    client = browser(app, "reviewer")
    before = client.get("/?locale=fr").text
    post(client, f"/releases/{release_id}/fr/confirm", at=f"/releases/{release_id}/fr")
    after = client.get("/?which=ready").text

    assert "7 unconfirmed" in before
    assert "0 of 7" in before
    assert "ready to approve" in after
    assert _languages(after) == ["fr"]


@pytest.mark.parametrize(
    "query, words",
    [
        ("which=mine", "You have taken nothing on."),
        ("which=due", "Nothing is due today."),
        ("which=nonsense", "Nothing waits. A release appears"),
        ("which=mine&q=brug", "Nothing waits under this filter."),
        ("page=3", "Nothing waits. A release appears"),
    ],
)
def test_an_empty_filter_says_what_happens_next(app: Flask, query: str, words: str) -> None:
    assert words in browser(app, "reviewer").get(f"/?{query}").text


def test_a_page_that_is_not_there_shows_the_way_back(app: Flask, release_id: str) -> None:
    page = browser(app, "reviewer").get("/?page=7&locale=fr").text

    assert "The list has no such page." in page
    assert re.search(r'<a href="/\?locale=fr">Go to its beginning', page)


def test_a_version_is_taken_on_over_and_given_back_from_the_queue(app: Flask, release_id: str) -> None:
    first, second = browser(app, "reviewer"), browser(app, "french_reviewer")
    held = {"from": "queue", "which": "open", "locale": "fr", "q": "brug"}
    place = f"/releases/{release_id}/fr"

    taken = post(first, f"{place}/claim", at="/", **held)
    seen = second.get("/").text
    told = second.get(place).text
    post(second, f"{place}/claim", at="/", **held)
    refused = post(first, f"{place}/give-back", at="/", **held)
    given = post(second, f"{place}/give-back", at="/", **held)

    assert "/?locale=fr&q=brug&done=claimed" == taken.location
    assert re.search(r"<strong>Reviewer</strong> <span class=\"span\">until 17:00<", seen)
    assert "Take it over" in seen
    assert "Reviewer has this version until" in told
    assert "Take it over" in told
    assert refused.status_code == 409
    assert given.location.endswith("done=given-back")
    assert "nobody" in second.get("/").text


def test_an_author_is_offered_nothing_to_take_on(app: Flask, release_id: str) -> None:
    assert "Take it on" not in browser(app, "author").get("/").text


def test_a_filter_is_kept_under_a_name_renamed_and_removed(app: Flask, release_id: str) -> None:
    client = browser(app, "reviewer")
    held = {"which": "unassigned", "locale": "fr", "q": "brug & Leie"}

    kept = post(client, "/queue/filters", at="/", name="My bridge", **held)
    page = client.get(kept.location).text
    found = re.search(r'action="/queue/filters/(flt_\w+)/rename"', page)
    assert found is not None
    again = post(client, "/queue/filters", at="/", name="My bridge", which="mine")
    renamed = post(client, f"/queue/filters/{found[1]}/rename", at="/", name="Bridges", **held)
    after = client.get(renamed.location).text
    post(client, f"/queue/filters/{found[1]}/remove", at="/", **held)

    assert '<a href="/?which=unassigned&amp;locale=fr&amp;q=brug+%26+Leie" aria-current="page">My bridge</a>' in page
    assert again.status_code == 422
    assert 'href="#keep-name"' in again.text
    assert ">Bridges</a>" in after
    assert "Bridges" not in client.get("/").text


def test_a_filter_of_somebody_else_cannot_be_touched(app: Flask) -> None:
    page = browser(app, "reviewer")
    kept = page.get(post(page, "/queue/filters", at="/", name="Mine", which="mine").location).text
    found = re.search(r"/queue/filters/(flt_\w+)/rename", kept)
    assert found is not None

    answer = post(browser(app, "author"), f"/queue/filters/{found[1]}/remove", at="/")

    assert answer.status_code == 404


def test_the_list_is_turned_page_by_page(app: Flask, release_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.web.queue.PAGE_SIZE", 2)
    client = browser(app, "reviewer")

    first, last = client.get("/").text, client.get("/?page=2").text

    assert 'rel="next" href="/?page=2"' in first
    assert "page 1 of 2" in first
    assert 'rel="prev" href="/?page=1"' in last
    assert [*_languages(first), *_languages(last)] == ["de", "en", "fr"]
