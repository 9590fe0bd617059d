"""Before the hour nobody can learn that a release exists; at the hour everything is there."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.operations.publishing import publish_due
from service.operations.upkeep import find_due
from service.uow import Desk
from tests.desk_fixtures import NOON, People, StillClock
from tests.operations.making import draft, submit
from tests.web.offices import CANARY, SECRET_TEXT, approved, browser, published, request_as

HOUR = NOON + timedelta(hours=2)
SLUG = "zilverreiger-krijgt-een-geheim-nest"
LOCALES = ("fr", "de", "en")
SUFFIXES = ("", ".json", ".atom", ".xml", ".html", "/", "/feed.atom", "?format=json")


@pytest.fixture
def scheduled(lite_desk: Desk, lite_people: People) -> str:
    release_id = approved(lite_desk, lite_people, text=SECRET_TEXT, embargo_at=HOUR)
    request_as(lite_desk, lite_people.publisher, release_id)
    return release_id


def _beat(desk: Desk) -> None:
    """Publish what is due, as the workers do every few seconds."""
    with desk.begin() as work:
        due = find_due(work)
    for release_id in due.publications:
        with desk.begin() as work:
            publish_due(work, release_id)


def _answer(response: TestResponse) -> tuple[int, bytes, dict[str, str]]:
    return response.status_code, response.data, {k: v for k, v in response.headers.items() if k != "Date"}


def test_one_millisecond_before_the_hour_there_is_nothing(
    lite_desk: Desk, app: Flask, scheduled: str, clock: StillClock
) -> None:
    nobody = browser(app)
    clock.moment = HOUR - timedelta(milliseconds=1)

    _beat(lite_desk)

    assert [nobody.get(f"/{locale}/{SLUG}").status_code for locale in LOCALES] == [404, 404, 404]
    assert all(CANARY not in nobody.get(f"/{locale}/{page}").text for locale in LOCALES for page in ("", "feed.atom"))


def test_at_the_hour_every_language_is_there(lite_desk: Desk, app: Flask, scheduled: str, clock: StillClock) -> None:
    nobody = browser(app)
    clock.moment = HOUR

    _beat(lite_desk)

    assert [nobody.get(f"/{locale}/{SLUG}").status_code for locale in LOCALES] == [200, 200, 200]
    assert all(SLUG in nobody.get(f"/{locale}/{page}").text for locale in LOCALES for page in ("", "feed.atom"))
    assert nobody.get("/sitemap.xml").text.count(f"/{SLUG}</loc>") == 3


@pytest.mark.parametrize("reader", [None, "publisher", "other_author"])
def test_what_is_embargoed_answers_as_what_never_was(reader: str | None, app: Flask, scheduled: str) -> None:
    client = browser(app, reader)

    secret = {suffix: _answer(client.get(f"/fr/{SLUG}{suffix}")) for suffix in SUFFIXES}

    assert secret == {suffix: _answer(client.get(f"/fr/{'x' * len(SLUG)}{suffix}")) for suffix in SUFFIXES}
    assert {status for status, _, _ in secret.values()} == {404}


def test_every_address_that_never_was_answers_alike(app: Flask) -> None:
    nobody = browser(app)
    paths = ["/fr/nope", "/fr/nope.json", "/fr/a/b", "/nl/nope", "/nl/", "/xx/nope", "/nope", "/fr/%00", "/.env"]

    found = {path: _answer(nobody.get(path, headers={"Accept-Language": "de"})) for path in paths}

    assert found == dict.fromkeys(paths, _answer(nobody.get("/fr/nothing-at-all")))


def _everywhere(release_id: str) -> list[str]:
    """Return every address that anybody could think of, those with the secret word in the question too."""
    paths = ["/", "/sign-in", "/releases", f"/releases/{release_id}", "/sitemap.xml", "/robots.txt", "/healthz"]
    paths += [f"/releases/{release_id}{rest}" for rest in ("/fr", "/fr/text", "/source", "/publish", "/schedule")]
    paths += [f"/{locale}/{page}" for locale in LOCALES for page in ("", "feed.atom", f"{SLUG}.json")]
    paths += ["/?filter=mine", "/endpoints", "/deliveries", "/people", "/audit", "/metrics", "/readyz"]
    paths += [f"/releases?q={CANARY}", f"/fr/?q={CANARY}", f"/sign-in?next=/{CANARY}", f"/fr/{SLUG.upper()}"]
    api = ["", f"/{release_id}", f"/{release_id}/versions/fr", f"/{release_id}/versions/fr/units", f"?q={CANARY}"]
    return paths + [f"/api/v1/releases{rest}" for rest in api] + ["/api/v1/openapi.json", "/api/v1/me", "/api/v1/audit"]


def _said(client: FlaskClient, path: str) -> str:
    """Return all that an answer says but for the form's token, in small letters."""
    response = client.get(path)
    said = "\n".join([response.text, *(f"{name}: {value}" for name, value in response.headers if name != "Date")])
    return re.sub(r'name="csrf_token" value="[^"]*"|Set-Cookie: .*|ETag: .*', "", said).lower()


def _tells(client: FlaskClient, path: str) -> bool:
    """Tell whether an answer bears the secret word; what only repeats the question is read against another word's."""
    word, other = CANARY.lower(), "x" * len(CANARY)
    if word not in path.lower():
        return word in _said(client, path)
    asked_otherwise = re.sub(word, other, path, flags=re.IGNORECASE)
    return _said(client, path).replace(word, other) != _said(client, asked_otherwise)


@pytest.mark.parametrize("reader", [None, "other_author"])
def test_the_secret_word_is_nowhere(reader: str | None, lite_desk: Desk, app: Flask, scheduled: str) -> None:
    client = browser(app, reader)

    leaks = [path for path in _everywhere(scheduled) if _tells(client, path)]

    assert leaks == []


def test_the_crawl_would_find_the_word_once_it_is_public(
    lite_desk: Desk, app: Flask, scheduled: str, clock: StillClock
) -> None:
    client = browser(app)
    clock.moment = HOUR
    _beat(lite_desk)

    leaks = [path for path in _everywhere(scheduled) if _tells(client, path)]

    assert {"/sitemap.xml", "/fr/", "/de/feed.atom", f"/en/{SLUG}.json"} <= set(leaks)


def test_a_release_in_review_shows_in_no_total_and_no_etag(lite_desk: Desk, lite_people: People, app: Flask) -> None:
    published(lite_desk, lite_people)
    nobody = browser(app)
    paths = ["/fr/", "/fr/feed.atom", "/sitemap.xml"]
    before = [nobody.get(path).headers["ETag"] for path in paths]

    release_id = submit(lite_desk, lite_people.author, text=SECRET_TEXT, embargo_at=HOUR)
    draft(lite_desk, release_id)

    assert [nobody.get(path).headers["ETag"] for path in paths] == before


def test_somebody_elses_release_answers_as_one_that_does_not_exist(lite_desk: Desk, app: Flask, scheduled: str) -> None:
    client = browser(app, "other_author")

    secret = client.get(f"/releases/{scheduled}")
    never = client.get("/releases/rel_" + "0" * 22)

    assert secret.status_code == 404
    assert _answer(secret) == _answer(never)


def test_a_slug_that_a_secret_release_wants_is_not_told_to_others(
    lite_desk: Desk, lite_people: People, app: Flask, scheduled: str
) -> None:
    release_id = published(lite_desk, lite_people, text=SECRET_TEXT)

    page = browser(app).get(f"/fr/{SLUG}")

    assert release_id != scheduled
    assert page.status_code == 200
