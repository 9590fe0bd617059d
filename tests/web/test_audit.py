"""The audit from the pages: its entries, its filter, and the check of its chain."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import text

from service.uow import Desk
from tests.desk_fixtures import People
from tests.web.offices import browser, published


def _numbers(client: FlaskClient, path: str) -> list[int]:
    return [int(number) for number in html.fromstring(client.get(path).text).xpath("//tbody//th/text()")]


def test_the_entries_are_newest_first_and_paged(
    lite_desk: Desk, lite_people: People, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.web.audit.ENTRIES_PER_PAGE", 5)
    published(lite_desk, lite_people)
    auditor = browser(app, "auditor")

    first = _numbers(auditor, "/audit")
    following = html.fromstring(auditor.get("/audit").text).xpath("//a[@rel='next']/@href")[0]

    assert len(first) == 5
    assert first == sorted(first, reverse=True)
    assert _numbers(auditor, following) == [number - 5 for number in first]


def test_the_filter_keeps_one_kind_of_act(lite_desk: Desk, lite_people: People, app: Flask) -> None:
    published(lite_desk, lite_people)
    auditor = browser(app, "auditor")

    page = html.fromstring(auditor.get("/audit?action=version.approved").text)

    acts = page.xpath("//tbody/tr/td[4]/text()")
    assert acts == ["version.approved"] * 3
    assert page.xpath("//select/option[@selected]/@value") == ["version.approved"]


@pytest.mark.parametrize("query", ["before=0", "before=x", "before=99999999999999999999", "action=%00", "before=-1"])
def test_a_made_up_place_or_filter_breaks_nothing(query: str, app: Flask) -> None:
    assert browser(app, "auditor").get(f"/audit?{query}").status_code == 200


def test_the_entries_name_no_text_of_a_release(lite_desk: Desk, lite_people: People, app: Flask) -> None:
    published(lite_desk, lite_people)

    page = browser(app, "auditor").get("/audit").text

    assert "release.published" in page
    assert "25 miljoen" not in page


def test_a_whole_record_is_called_whole(lite_desk: Desk, lite_people: People, app: Flask) -> None:
    published(lite_desk, lite_people)

    page = html.fromstring(browser(app, "auditor").get("/audit/chain").text)

    assert "whole" in page.xpath("string(//main)")
    assert page.xpath("//*[@role='alert']") == []


def test_a_changed_record_is_called_broken_where_it_breaks(lite_desk: Desk, lite_people: People, app: Flask) -> None:
    published(lite_desk, lite_people)
    with lite_desk.database.writing() as session:
        for (trigger,) in session.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
            session.execute(text(f"DROP TRIGGER {trigger}"))
        session.execute(text("UPDATE audit_entry SET action = 'nothing.happened' WHERE number = 4"))

    page = html.fromstring(browser(app, "auditor").get("/audit/chain").text)

    assert "Entry 4 does not fit" in page.xpath("string(//p[@role='alert'])")
