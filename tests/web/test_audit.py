"""The audit from the pages: its entries, its filter, and the check of its chain."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import text

from service.domain.receipts import ReceiptState
from service.domain.refusals import RefusedAct
from service.operations.audit import record
from service.uow import Desk
from service.web.audit_words import AUDITED
from tests.desk_fixtures import People
from tests.web.conftest import UnitsOf
from tests.web.offices import browser, post, published

OPERATIONS = Path(__file__).parents[2] / "service" / "operations"
CODE = re.compile(r'"([a-z_]+\.[a-z_]+)"')
ONLY_TOLD = {"release.corrected"}  # to receivers; on record it is a publication


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

    codes = page.xpath("//tbody/tr/td[4]/div/text()")
    acts = {act.strip() for act in page.xpath("//tbody/tr/td[4]/text()")} - {""}
    assert codes == ["version.approved"] * 3
    assert acts == {"Version approved"}
    assert page.xpath("//select/option[@selected]/text()") == ["Version approved"]
    assert page.xpath("//select/option[@selected]/@value") == ["version.approved"]


def test_every_act_that_is_put_on_record_has_its_words() -> None:
    codes = {code for file in sorted(OPERATIONS.glob("*.py")) for code in CODE.findall(file.read_text())}
    made = {
        *(refused.value for refused in RefusedAct),
        *(f"receipt.{state.value}" for state in ReceiptState),
        *(f"memory.{kind}" for kind in ("edited", "retired", "restored")),
        *(f"version.{because}" for because in ("changes_requested", "reopened")),
    }

    assert (codes | made) - ONLY_TOLD - set(AUDITED) == set()
    assert len(codes) > 60


def test_a_sign_in_is_the_persons_own_act_and_a_refused_one_nobodys(app: Flask) -> None:
    browser(app, "reviewer")
    client = browser(app)
    post(client, "/sign-in", email="reviewer@office.example", password="wrong")

    page = html.fromstring(browser(app, "auditor").get("/audit").text)

    acts = {
        (row.xpath("string(td[4]/div)"), row.xpath("string(td[2])"), row.xpath("string(td[3])"))
        for row in page.xpath("//tbody/tr")
    }
    assert {
        ("sign_in.opened", "Reviewer", "pages"),
        ("sign_in.refused", "nobody who was signed in", "pages"),
        ("sign_in.opened", "Auditor", "pages"),
    } == {act for act in acts if act[0].startswith("sign_in.")}


def test_a_refused_act_says_who_tried_what_and_why(app: Flask, release_id: str, units_of: UnitsOf) -> None:
    unit, reviewer = units_of(release_id, "fr")[0], browser(app, "reviewer")
    place = f"/releases/{release_id}/fr"
    post(reviewer, f"{place}/units/{unit.id}/save", at=place, target="Communiqué", row_version=str(unit.row_version))
    digest = html.fromstring(reviewer.get(f"{place}/text").text).xpath("string(//input[@name='digest']/@value)")

    refused = post(reviewer, f"{place}/approve", at=place, digest=digest)
    also_refused = post(reviewer, f"/releases/{release_id}/schedule", at=place, publish="as_approved")
    rows = html.fromstring(browser(app, "auditor").get("/audit").text).xpath("//tbody/tr")

    acts = {" ".join(row.xpath("string(td[4])").split()): row.xpath("string(td[2])").strip() for row in rows}
    assert (409, 403) == (refused.status_code, also_refused.status_code)
    own = "Approval refused (Français): they wrote or last edited part of that text themselves"
    assert {"Reviewer"} == {who for act, who in acts.items() if act.startswith(own)}
    assert any(act.startswith("Change of the schedule refused: their role does not allow it") for act in acts)


def test_a_sign_in_of_before_shows_whose_it_was(lite_desk: Desk, lite_people: People, app: Flask) -> None:
    with lite_desk.begin() as work:
        record(work, "sign_in.opened", lite_people.publisher.user_id or "")

    page = html.fromstring(browser(app, "auditor").get("/audit?action=sign_in.opened").text)

    assert "Publisher" in [cell.text_content() for cell in page.xpath("//tbody/tr/td[2]")]


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
