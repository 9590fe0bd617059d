from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import etree

from service.operations.approvals import reopen_version
from service.operations.review import edit_unit
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.making import text_of
from tests.web.conftest import CountStatements
from tests.web.offices import browser, published
from tests.web.public_steps import BASE, LOCALES, NAMES, SLUG, correct, feed_of, withdraw


@pytest.fixture
def nobody(app: Flask) -> FlaskClient:
    return browser(app)


def test_feed_and_sitemap_ask_as_much_of_three_releases_as_of_one(
    lite_desk: Desk, lite_people: People, nobody: FlaskClient, count_statements: CountStatements
) -> None:
    published(lite_desk, lite_people)
    paths = ("/fr/", "/fr/feed.atom", "/sitemap.xml")
    with count_statements() as few:
        [nobody.get(path) for path in paths]
    for _ in range(2):
        published(lite_desk, lite_people)

    with count_statements() as many:
        [nobody.get(path) for path in paths]

    assert len(many) == len(few)


def test_a_feed_names_itself_its_page_and_its_entries(
    lite_desk: Desk, lite_people: People, nobody: FlaskClient
) -> None:
    published(lite_desk, lite_people)

    feed = feed_of(nobody)

    assert feed.xpath("a:link[@rel='self']/@href", namespaces=NAMES) == [f"{BASE}/fr/feed.atom"]
    assert feed.xpath("a:link[@rel='alternate']/@href", namespaces=NAMES) == [f"{BASE}/fr/"]
    assert feed.xpath("a:entry/a:link[@hreflang='fr']/@href", namespaces=NAMES) == [f"{BASE}/fr/{SLUG}"]
    assert feed.xpath("a:entry/a:link/@hreflang", namespaces=NAMES) == ["fr", "de", "en"]
    assert feed.xpath("string(a:entry/a:id)", namespaces=NAMES).startswith("tag:127.0.0.1,2026-03-02:version/")


def test_a_correction_moves_updated_and_nothing_else_of_its_entry(
    lite_desk: Desk, lite_people: People, nobody: FlaskClient, clock: StillClock
) -> None:
    release_id = published(lite_desk, lite_people)
    before = feed_of(nobody)
    clock.forward(days=1)

    correct(lite_desk, lite_people, release_id, "fr", "Le nouveau pont ouvre en mai")

    after = feed_of(nobody)
    told = {
        name: [feed.xpath(f"string(a:entry/a:{name})", namespaces=NAMES) for feed in (before, after)]
        for name in ("id", "published", "updated")
    }
    assert told["id"][0] == told["id"][1]
    assert told["published"] == ["2026-03-02T12:00:00Z", "2026-03-02T12:00:00Z"]
    assert told["updated"] == ["2026-03-02T12:00:00Z", "2026-03-03T12:00:00Z"]
    assert after.xpath("string(a:updated)", namespaces=NAMES) == "2026-03-03T12:00:00Z"
    assert after.xpath("count(a:entry)", namespaces=NAMES) == 1


def test_a_text_in_correction_stays_public_as_it_was(lite_desk: Desk, lite_people: People, nobody: FlaskClient) -> None:
    release_id = published(lite_desk, lite_people)
    before = nobody.get(f"/fr/{SLUG}").data
    with lite_desk.begin(lite_people.reviewer) as work:
        reopen_version(work, release_id, "fr", "A better word.")
    unit = text_of(lite_desk, release_id, "fr").units[0]

    with lite_desk.begin(lite_people.reviewer) as work:
        edit_unit(work, release_id, "fr", unit.id, row_version=unit.row_version, target="Encore secret")

    assert nobody.get(f"/fr/{SLUG}").data == before


def test_a_withdrawn_release_leaves_a_tombstone_under_the_same_id(
    lite_desk: Desk, lite_people: People, nobody: FlaskClient, clock: StillClock
) -> None:
    release_id = published(lite_desk, lite_people)
    entry_id = feed_of(nobody).xpath("string(a:entry/a:id)", namespaces=NAMES)
    clock.forward(hours=1)

    withdraw(lite_desk, lite_people, release_id)

    feed = feed_of(nobody)
    assert feed.xpath("count(a:entry)", namespaces=NAMES) == 0
    assert feed.xpath("t:deleted-entry/@ref", namespaces=NAMES) == [entry_id]
    assert feed.xpath("t:deleted-entry/@when", namespaces=NAMES) == ["2026-03-02T13:00:00Z"]
    assert feed.xpath("string(t:deleted-entry/t:comment)", namespaces=NAMES) == "De datum klopt niet."
    assert SLUG not in nobody.get("/fr/").text + nobody.get("/sitemap.xml").text


def test_the_sitemap_lists_each_page_with_all_its_languages(
    lite_desk: Desk, lite_people: People, nobody: FlaskClient
) -> None:
    published(lite_desk, lite_people)

    sitemap = etree.fromstring(nobody.get("/sitemap.xml").data)

    pages = sitemap.xpath("s:url/s:loc/text()", namespaces=NAMES)
    assert sorted(pages) == sorted(f"{BASE}/{locale}/{SLUG}" for locale in LOCALES)
    for url in sitemap.xpath("s:url", namespaces=NAMES):
        assert url.xpath("x:link/@hreflang", namespaces=NAMES) == ["fr", "de", "en", "x-default"]


def test_robots_read_what_is_public_and_nothing_of_the_office(nobody: FlaskClient) -> None:
    lines = nobody.get("/robots.txt").text.splitlines()

    assert "Disallow: /" in lines
    assert [line for line in lines if line.startswith("Allow")] == [
        "Allow: /fr/",
        "Allow: /de/",
        "Allow: /en/",
        "Allow: /static/",
    ]
    assert f"Sitemap: {BASE}/sitemap.xml" in lines
