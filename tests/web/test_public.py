"""What everybody reads: lists, pages, feeds, JSON, sitemap; corrections and withdrawals."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from service.uow import Desk
from tests.desk_fixtures import People
from tests.web.offices import browser, published
from tests.web.public_steps import BASE, LOCALES, NAMES, SLUG, correct, feed_of, withdraw

PUBLIC_PATHS = ("/fr/", f"/fr/{SLUG}", f"/fr/{SLUG}.json", "/fr/feed.atom", "/sitemap.xml", "/robots.txt")


@pytest.fixture
def nobody(app: Flask) -> FlaskClient:
    return browser(app)


def test_a_language_with_nothing_says_what_will_stand_there(nobody: FlaskClient) -> None:
    page = nobody.get("/fr/")

    assert page.status_code == 200
    assert html.fromstring(page.text).xpath("count(//main//li)") == 0


def test_a_published_release_is_in_the_list_of_its_language(
    lite_desk: Desk, lite_people: People, nobody: FlaskClient
) -> None:
    published(lite_desk, lite_people)

    page = html.fromstring(nobody.get("/de/").text)

    assert page.xpath("//main//h2/a/@href") == [f"/de/{SLUG}"]
    assert page.xpath("//main//h2/a/text()") == ["[de] Nieuwe brug over de Leie opent in mei"]
    assert page.get("lang") == "de"


def test_the_list_goes_on_page_by_page(
    lite_desk: Desk, lite_people: People, nobody: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.web.public.RELEASES_PER_PAGE", 2)
    for _ in range(3):
        published(lite_desk, lite_people)

    first = html.fromstring(nobody.get("/fr/").text)
    second = html.fromstring(nobody.get(first.xpath("//main//a[@rel='next']/@href")[0]).text)

    links = [page.xpath("//main//h2/a/@href") for page in (first, second)]
    assert [len(found) for found in links] == [2, 1]
    assert {*links[0], *links[1]} == {f"/fr/{SLUG}", f"/fr/{SLUG}-2", f"/fr/{SLUG}-3"}
    assert second.xpath("//main//a[@rel='next']") == []


@pytest.mark.parametrize("before", ["x", "2026-01-01~pub_1", "~", "2026-01-01T00:00:00+00:00~"])
def test_a_made_up_place_in_the_list_begins_at_the_top(
    before: str, lite_desk: Desk, lite_people: People, nobody: FlaskClient
) -> None:
    published(lite_desk, lite_people)

    page = nobody.get("/fr/", query_string={"before": before})

    assert html.fromstring(page.text).xpath("//main//h2/a/@href") == [f"/fr/{SLUG}"]


def test_a_page_names_its_siblings_and_itself(lite_desk: Desk, lite_people: People, nobody: FlaskClient) -> None:
    published(lite_desk, lite_people)
    pages = {locale: html.fromstring(nobody.get(f"/{locale}/{SLUG}").text) for locale in LOCALES}

    found = {
        locale: {
            link.get("hreflang"): link.get("href") for link in page.xpath("//head/link[@rel='alternate'][@hreflang]")
        }
        for locale, page in pages.items()
    }
    canonical = {locale: page.xpath("//link[@rel='canonical']/@href") for locale, page in pages.items()}

    expected = {**{locale: f"{BASE}/{locale}/{SLUG}" for locale in LOCALES}, "x-default": f"{BASE}/en/{SLUG}"}
    assert found == dict.fromkeys(LOCALES, expected)
    assert canonical == {locale: [f"{BASE}/{locale}/{SLUG}"] for locale in LOCALES}


def test_a_page_shows_the_frozen_text_in_its_language_with_one_heading(
    lite_desk: Desk, lite_people: People, nobody: FlaskClient
) -> None:
    published(lite_desk, lite_people)

    page = html.fromstring(nobody.get(f"/fr/{SLUG}").text)

    assert page.get("lang") == "fr"
    assert page.xpath("//h1/text()") == ["[fr] Nieuwe brug over de Leie opent in mei"]
    assert "25 miljoen euro" in page.xpath("string(//article)")


def test_a_page_says_how_it_came_about_to_people_and_to_machines(
    lite_desk: Desk, lite_people: People, nobody: FlaskClient
) -> None:
    published(lite_desk, lite_people)

    page = html.fromstring(nobody.get(f"/en/{SLUG}").text)

    label = "This translation was drafted by machine, and reviewed and approved by a person."
    facts = json.loads(page.xpath("string(//script[@type='application/ld+json'])"))
    assert page.xpath("//p[@class='label']/text()") == [label]
    assert page.xpath("//meta[@name='translation-origin']/@content") == [label]
    assert (facts["inLanguage"], facts["creditText"]) == ("en", label)


def test_text_cannot_leave_the_block_of_facts(lite_desk: Desk, lite_people: People, nobody: FlaskClient) -> None:
    release_id = published(lite_desk, lite_people)
    correct(lite_desk, lite_people, release_id, "en", "</script><b>Bridge</b>")

    page = html.fromstring(nobody.get(f"/en/{SLUG}").text)

    assert json.loads(page.xpath("string(//script)"))["headline"] == "</script><b>Bridge</b>"
    assert page.xpath("//h1/b") == []


def test_json_is_ninjs_with_its_siblings(lite_desk: Desk, lite_people: People, nobody: FlaskClient) -> None:
    published(lite_desk, lite_people)

    item = nobody.get(f"/fr/{SLUG}.json").json

    assert (item["uri"], item["language"], item["pubStatus"]) == (f"{BASE}/fr/{SLUG}", "fr", "usable")
    assert [(other["language"], other["uri"]) for other in item["associations"]] == [
        ("de", f"{BASE}/de/{SLUG}"),
        ("en", f"{BASE}/en/{SLUG}"),
    ]
    works = {nobody.get(f"/{locale}/{SLUG}.json").json["altIds"][0]["value"] for locale in LOCALES}
    assert len(works) == 1


def test_a_withdrawn_page_is_gone_with_its_reason_and_without_its_text(
    lite_desk: Desk, lite_people: People, nobody: FlaskClient
) -> None:
    withdraw(lite_desk, lite_people, published(lite_desk, lite_people))

    page, item = nobody.get(f"/fr/{SLUG}"), nobody.get(f"/fr/{SLUG}.json")

    assert (page.status_code, item.status_code) == (410, 410)
    assert "De datum klopt niet." in page.text
    assert "25 miljoen" not in page.text + item.text
    assert (item.json["pubStatus"], item.json["edNote"]) == ("canceled", "De datum klopt niet.")


@pytest.mark.parametrize(
    "reason, locale, expected",
    [("De datum klopt niet.", None, "nl"), ("La date est fausse.", "fr", "fr"), ("The date is wrong.", "en", "en")],
)
def test_the_reason_of_a_withdrawal_bears_the_language_that_it_is_written_in(
    reason: str, locale: str | None, expected: str, lite_desk: Desk, lite_people: People, nobody: FlaskClient
) -> None:
    withdraw(lite_desk, lite_people, published(lite_desk, lite_people), reason, locale)

    page = html.fromstring(nobody.get(f"/fr/{SLUG}").text)

    assert [expected] == page.xpath("//main//p[.=$reason]/@lang", reason=reason)
    assert [expected] == feed_of(nobody).xpath("//t:comment/@xml:lang", namespaces=NAMES)


def test_caches_ask_again_each_time_and_are_told_when_nothing_changed(
    lite_desk: Desk, lite_people: People, nobody: FlaskClient
) -> None:
    published(lite_desk, lite_people)
    first = {path: nobody.get(path) for path in PUBLIC_PATHS}

    again = {path: nobody.get(path, headers={"If-None-Match": first[path].headers["ETag"]}) for path in PUBLIC_PATHS}

    kept = {answer.headers["Cache-Control"] for answer in first.values()}
    assert kept == {"public, max-age=0, must-revalidate"}
    assert {(answer.status_code, answer.data) for answer in again.values()} == {(304, b"")}


def test_the_head_of_a_page_is_that_of_the_page(lite_desk: Desk, lite_people: People, nobody: FlaskClient) -> None:
    published(lite_desk, lite_people)

    heads = {path: nobody.head(path) for path in PUBLIC_PATHS}

    assert {(head.status_code, head.data) for head in heads.values()} == {(200, b"")}
    assert {path: head.headers["ETag"] for path, head in heads.items()} == {
        path: nobody.get(path).headers["ETag"] for path in PUBLIC_PATHS
    }


def test_who_is_signed_in_reads_the_same_bytes_as_everybody(lite_desk: Desk, lite_people: People, app: Flask) -> None:
    published(lite_desk, lite_people)
    nobody, publisher = browser(app), browser(app, "publisher")

    inside = {path: publisher.get(path, headers={"Accept-Language": "nl"}) for path in PUBLIC_PATHS}

    assert {path: answer.data for path, answer in inside.items()} == {
        path: nobody.get(path).data for path in PUBLIC_PATHS
    }
    assert not any("Set-Cookie" in answer.headers for answer in inside.values())
    assert not any("Cookie" in answer.headers.get("Vary", "") for answer in inside.values())


@pytest.mark.parametrize(
    "locale, title, label",
    [
        ("fr", "Communiqués de presse", "machine"),
        ("de", "Pressemitteilungen", "maschinell"),
        ("en", "Press releases", "drafted by machine"),
    ],
)
def test_a_page_speaks_its_own_language_to_every_reader(
    locale: str, title: str, label: str, lite_desk: Desk, lite_people: People, nobody: FlaskClient
) -> None:
    published(lite_desk, lite_people)

    page = html.fromstring(nobody.get(f"/{locale}/{SLUG}", headers={"Accept-Language": "nl"}).text)

    assert page.xpath("//header//a[1]/text()")[0] == title
    assert label in page.xpath("string(//p[@class='label'])")
    assert feed_of(nobody, locale).xpath("string(a:title)", namespaces=NAMES) == title
