"""The page of the facts: one row each, words for what differs, a way to each sentence, waivers with their reasons."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from lxml import html

from service.domain.fact_matrix import Version
from service.domain.fact_table import fact_table
from service.domain.text import CodedText, CodeKind, InlineCode
from service.operations.check_settings import set_severity
from service.uow import Desk
from service.web.facts import kind_word
from tests.desk_fixtures import People
from tests.operations.checking_steps import WRONG, in_french, put
from tests.operations.making import text_of
from tests.operations.steps import act
from tests.web.offices import browser, post


@pytest.fixture
def release_id(lite_desk: Desk, lite_people: People) -> str:
    """A release in review in French with one fact that differs, in an office that minds."""
    made = in_french(lite_desk, lite_people)
    act(lite_desk, lite_people.admin, set_severity, "facts", "default")
    act(lite_desk, lite_people.admin, set_severity, "numbers", "off")
    put(lite_desk, lite_people, made, WRONG)
    return made


def test_a_fact_that_differs_is_told_in_words_and_leads_to_its_sentence(
    app: Flask, release_id: str, lite_desk: Desk
) -> None:
    page = html.fromstring(browser(app, "author").get(f"/releases/{release_id}/facts").text)

    cells = page.xpath("//td[contains(@class, 'fact') and contains(@class, 'error')]")
    unit = text_of(lite_desk, release_id, "fr").units[1]
    assert 1 == len(cells)
    words = " ".join(cells[0].text_content().split())
    assert words.startswith("differs 52 millions d’euros segment 2")
    assert [f"/releases/{release_id}/fr#unit-{unit.id}"] == cells[0].xpath(".//a/@href")
    assert "25 miljoen euro" in cells[0].getparent().xpath("./th")[0].text_content()
    assert "One fact does not agree." in page.text_content()


def test_pages_of_release_and_version_lead_there(app: Flask, release_id: str) -> None:
    client = browser(app, "reviewer")

    for path in (f"/releases/{release_id}", f"/releases/{release_id}/fr", f"/releases/{release_id}/fr/approve"):
        assert f'href="/releases/{release_id}/facts"' in client.get(path).text


def test_a_fact_is_waived_with_a_reason_and_the_waiver_taken_back(app: Flask, release_id: str) -> None:
    client, path = browser(app, "reviewer"), f"/releases/{release_id}/facts"
    place = re.search(r'action="([^"]+/waive)"', client.get(path).text)
    assert place is not None

    answer = post(client, place[1], at=path, reason="De Franse begroting telt anders.")
    waived = client.get(path).text
    post(client, place[1].replace("/waive", "/take-back"), at=path)

    assert (303, True) == (answer.status_code, answer.location.startswith(f"{path}?done=waived#fact-fr-"))
    assert "Waived by Reviewer: De Franse begroting telt anders." in waived
    assert "Every fact agrees, or is waived." in waived
    assert "One fact does not agree." in client.get(path).text


def test_who_does_not_review_the_language_waives_nothing(app: Flask, release_id: str) -> None:
    assert "<details" not in browser(app, "author").get(f"/releases/{release_id}/facts").text


def test_only_what_does_not_agree_is_shown_where_that_is_asked_for(
    app: Flask, release_id: str, lite_desk: Desk, lite_people: People
) -> None:
    put(lite_desk, lite_people, release_id, "Un nouveau pont", n=0)
    client, path = browser(app, "author"), f"/releases/{release_id}/facts"

    rows = [client.get(each).text.count("<tr>") for each in (path, f"{path}?show=differing")]
    put(lite_desk, lite_people, release_id, WRONG.replace("52", "25"))

    assert rows[1] == 2
    assert client.get(f"{path}?show=differing").text.count("<tr>") == 1
    assert client.get(path).text.count("<tr>") == rows[0]


def test_the_page_before_the_approval_tells_that_facts_differ(app: Flask, release_id: str, lite_desk: Desk) -> None:
    client, path = browser(app, "reviewer"), f"/releases/{release_id}/fr/approve"

    page = client.get(path).text
    answer = post(client, path, digest=text_of(lite_desk, release_id, "fr").digest)

    told = "Facts that this language does not tell as the source does: 1."
    assert (409, True, True) == (answer.status_code, told in page, told in answer.text)


def test_telephones_and_mailboxes_are_no_links_to_a_reader(app: Flask) -> None:
    codes = (InlineCode(1, CodeKind.LINK, "mailto:pers@gent.be"), InlineCode(2, CodeKind.LINK, "https://gent.be/@pers"))
    source = CodedText("Bel 09 266 51 10 of +49 30 123456, {1}mail{/1} pers@gent.be, zie {2}hier{/2}, gent.be.", codes)

    with app.test_request_context(headers={"Accept-Language": "en"}):
        words = [kind_word(row) for row in fact_table([source], "nl", [Version("fr", ["Appelez le 09 266 51 11."])])]

    assert ["Telephone", "Telephone", "E-mail", "E-mail", "Link", "Link"] == words
