"""Advice to the author: before a text is submitted, and beside a source that can be revised."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from lxml import html
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from service.domain.concepts import ConceptDraft, TermDraft
from service.operations.terms import add_concept
from service.storage.models import Release
from service.uow import Desk
from tests.desk_fixtures import People
from tests.operations.making import submit
from tests.web.offices import browser, form_token

WRONG_DAY = "De markt is open\n\nOp maandag 25 januari 2024 opent de de markt op het plein (aan de kade.\n"
GOOD = "De markt is open\n\nOp donderdag 25 januari 2024 opent de markt op het plein.\n"


def look(app: Flask, text: str = "", **rest: object) -> TestResponse:
    client = browser(app, "author")
    sent = {"csrf_token": form_token(client, "/releases/new"), "body": text, "format": "text", "act": "look", **rest}
    return client.post("/releases/new", data=sent, content_type="multipart/form-data")


def advice(page: str) -> list[str]:
    listed = html.fromstring(page).xpath("//section[@aria-labelledby='advice']//li")
    return [" ".join(each.text_content().split()) for each in listed]


def test_a_text_is_looked_over_before_it_is_submitted_and_nothing_is_kept(app: Flask, lite_desk: Desk) -> None:
    answer = look(app, WRONG_DAY, targets="fr")

    day, twice, bracket = advice(answer.text)
    assert 200 == answer.status_code
    assert "Segment 2: “25 januari 2024” is not a maandag but a donderdag." in day
    assert "Segment 2: “de” stands here twice." in twice
    assert "Segment 2: The bracket “(” has no counterpart." in bracket
    assert WRONG_DAY.strip() in html.fromstring(answer.text).get_element_by_id("body").text
    with lite_desk.read() as reading:
        assert 0 == reading.session.scalar(select(func.count()).select_from(Release))


def test_the_place_is_marked_between_the_words_around_it(app: Flask) -> None:
    page = html.fromstring(look(app, WRONG_DAY).text)

    marked = page.xpath("//section[@aria-labelledby='advice']//mark")
    assert ["maandag 25 januari 2024", "de de", "("] == [each.text for each in marked]


def test_the_words_around_are_whole(app: Flask) -> None:
    around = "op het marktplein langs de kade bij de oude haven"
    page = html.fromstring(look(app, f"De markt is open\n\nZe is {around} en en {around} en verder.\n").text)

    (shown,) = page.xpath("//section[@aria-labelledby='advice']//li/div")
    assert "… het marktplein langs de kade bij de oude haven en en" == shown.text_content()[:54]
    assert "en en op het marktplein langs de kade bij de oude …" == shown.text_content()[-51:]


def test_of_a_good_text_that_is_said(app: Flask) -> None:
    page = look(app, GOOD).text

    assert [] == advice(page)
    assert "Nothing in it strikes the eye." in page


def test_what_a_file_holds_can_be_mended_in_the_form(app: Flask) -> None:
    page = html.fromstring(look(app, file=(io.BytesIO(WRONG_DAY.encode()), "markt.txt")).text)

    assert "Op maandag 25 januari 2024" in page.get_element_by_id("body").text


def test_markup_of_the_text_is_shown_as_it_is_written(app: Flask) -> None:
    assert "<script>" not in look(app, "Titel\n\nHet <script>  is er\n").text.partition("aria-labelledby")[2][:400]


def test_a_text_that_cannot_be_read_is_refused_as_when_it_is_submitted(app: Flask) -> None:
    assert 422 == look(app, "").status_code


def test_a_term_that_the_office_forbids_is_told_with_the_one_to_use(
    app: Flask, lite_desk: Desk, lite_people: People
) -> None:
    with lite_desk.begin(lite_people.admin) as work:
        add_concept(work, ConceptDraft((TermDraft("nl", "markt"), TermDraft("nl", "bazaar", "forbidden"))))

    (told,) = advice(look(app, "De bazaar is open\n\nOp het plein is het druk.\n").text)

    assert "The office no longer says “bazaar” but “markt”." in told


@pytest.mark.parametrize("who, seen", [("author", 3), ("reviewer", 0)])
def test_who_may_revise_a_source_sees_the_advice_beside_it(
    app: Flask, lite_desk: Desk, lite_people: People, who: str, seen: int
) -> None:
    release_id = submit(lite_desk, lite_people.author, targets=("fr",), text=WRONG_DAY)

    page = browser(app, who).get(f"/releases/{release_id}/source").text

    assert seen == len(advice(page))
