"""The page that compares two states of a text."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from lxml import html

from service.operations.review import edit_unit
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.making import TEXT, draft, text_of
from tests.operations.steps import act, approve_present, revise
from tests.web.offices import browser


@pytest.fixture
def twice(lite_desk: Desk, lite_people: People, release_id: str, clock: StillClock) -> str:
    """A release whose French was approved twice, with an edit in between, and whose source was then revised."""
    approve_present(lite_desk, lite_people.reviewer, release_id, "fr")
    clock.forward(hours=1)
    unit = text_of(lite_desk, release_id, "fr").units[4]
    act(
        lite_desk,
        lite_people.second_reviewer,
        edit_unit,
        release_id,
        "fr",
        unit.id,
        row_version=unit.row_version,
        target="Plus sûr",
    )
    approve_present(lite_desk, lite_people.reviewer, release_id, "fr")
    clock.forward(hours=1)
    revise(lite_desk, lite_people.author, release_id, TEXT.replace("25 miljoen", "26 miljoen"))
    draft(lite_desk, release_id, "fr")
    return release_id


def _page(app: Flask, release_id: str, query: str) -> Any:
    return html.fromstring(browser(app, "author").get(f"/releases/{release_id}/fr/compare?{query}").text)


def _changes(page: Any) -> list[str]:
    return [" ".join(each.text_content().split()) for each in page.xpath("//ol[@class='changes']/li")]


def test_two_approvals_are_compared(app: Flask, twice: str) -> None:
    page = _page(app, twice, "old=approval-1&new=approval-2")

    said = "rewritten removed: [fr] Veiliger naar school end of removed added: Plus sûr end of added"
    assert [said] == _changes(page)
    assert ["5"] == page.xpath("//ol[@class='changes']/li/@value")
    assert "1 of 7 sentences differs" in page.xpath("string(//p[@id='sums'])")


def test_two_revisions_of_the_source_are_compared_in_its_language(app: Flask, twice: str) -> None:
    page = _page(app, twice, "old=source-1&new=source-2")

    (change,) = _changes(page)
    assert "removed: 25 end of removed added: 26 end of added miljoen euro." in change
    assert ["nl"] == page.xpath("//ol[@class='changes']/li/span[2]/@lang")


def test_without_names_the_draft_is_compared_with_the_text_as_it_stands(app: Flask, twice: str) -> None:
    page = _page(app, twice, "")

    assert 1 == len(_changes(page))
    assert f"/releases/{twice}/fr/text#sentence-5" in page.xpath("//ol[@class='changes']//a/@href")


def test_every_sentence_is_shown_to_who_asks_for_them(app: Flask, twice: str) -> None:
    assert 7 == len(_changes(_page(app, twice, "show=all")))


def test_a_text_that_is_not_there_and_one_of_another_kind_are_refused_with_a_reason(app: Flask, twice: str) -> None:
    client = browser(app, "author")

    missing = client.get(f"/releases/{twice}/fr/compare?old=approval-9")
    mixed = client.get(f"/releases/{twice}/fr/compare?old=source-1&new=now")

    assert (422, 422) == (missing.status_code, mixed.status_code)
    assert "choose one from the list" in missing.text
    assert "a source with another source" in mixed.text
