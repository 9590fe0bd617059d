"""What the pages answer to who edits on when a colleague has approved the version: nothing is taken back unsaid."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.operations.approvals import reopen_version
from service.operations.publishing import request_publication
from service.operations.review import edit_unit
from service.storage.models import Unit
from service.uow import Desk
from tests.desk_fixtures import People
from tests.operations.making import approve
from tests.operations.steps import act, states, unit_of
from tests.web.conftest import UnitsOf
from tests.web.offices import browser, form_token

MINE = "Un pont de plus"


@pytest.fixture
def rita(app: Flask) -> FlaskClient:
    """A reviewer's browser."""
    return browser(app, "reviewer")


@pytest.fixture
def unit(release_id: str, units_of: UnitsOf) -> Unit:
    """The segment that the reviewer has open, as it was before the approval."""
    return units_of(release_id, "fr")[2]


@pytest.fixture
def approved(lite_desk: Desk, lite_people: People, unit: Unit, release_id: str) -> str:
    """The release, of which a colleague has approved the French meanwhile."""
    approve(lite_desk, lite_people.second_reviewer, release_id, "fr")
    return release_id


def _send(
    client: FlaskClient, release_id: str, unit: Unit, what: str, *, script: bool = True, **form: str
) -> TestResponse:
    place = f"/releases/{release_id}"
    headers = {"Accept": "application/json"} if script else {}
    sent = {"csrf_token": form_token(client, place), "row_version": str(unit.row_version), **form}
    return client.post(f"{place}/fr/units/{unit.id}/{what}", data=sent, headers=headers)


def _stands(desk: Desk, release_id: str, unit: Unit) -> tuple[str, bool]:
    return states(desk, release_id)["fr"], unit_of(desk, unit.id).target == unit.target


def test_a_save_upon_an_approval_is_refused_and_says_whose_it_is(
    rita: FlaskClient, approved: str, unit: Unit, lite_desk: Desk
) -> None:
    answer = _send(rita, approved, unit, "save", target=MINE)

    told = answer.get_json()
    assert 409 == answer.status_code
    assert (
        "Second Reviewer approved this version at 13:00; your change came after that and is not saved." == told["error"]
    )
    assert f'href="/releases/{approved}/fr/reopen"' in told["box"]
    assert (unit.target, "final") == (told["target"], told["state"])
    assert ("approved", True) == _stands(lite_desk, approved, unit)


def test_a_plain_form_keeps_what_was_typed_on_its_page(
    rita: FlaskClient, approved: str, unit: Unit, lite_desk: Desk
) -> None:
    answer = _send(rita, approved, unit, "save", script=False, target=MINE)

    assert 409 == answer.status_code
    assert re.search(rf"Yours, not saved.*{MINE}.*Reopen …", answer.text, re.DOTALL)
    assert ("approved", True) == _stands(lite_desk, approved, unit)


def test_the_row_version_of_the_approval_opens_no_way_around_it(
    rita: FlaskClient, approved: str, unit: Unit, lite_desk: Desk
) -> None:
    now = unit_of(lite_desk, unit.id)

    assert 409 == _send(rita, approved, now, "save", target=MINE).status_code
    assert ("approved", True) == _stands(lite_desk, approved, unit)


def test_what_is_already_out_is_not_changed_either(
    rita: FlaskClient, approved: str, unit: Unit, lite_desk: Desk, lite_people: People
) -> None:
    for locale in ("de", "en"):
        approve(lite_desk, lite_people.second_reviewer, approved, locale)
    act(lite_desk, lite_people.publisher, request_publication, approved)

    answer = _send(rita, approved, unit, "save", target=MINE)

    assert (409, ("published", True)) == (answer.status_code, _stands(lite_desk, approved, unit))
    assert "Second Reviewer approved this version" in answer.get_json()["error"]


def test_undo_takes_no_approval_back(
    rita: FlaskClient, unit: Unit, release_id: str, lite_desk: Desk, lite_people: People
) -> None:
    mine = act(lite_desk, lite_people.reviewer, edit_unit, release_id, "fr", unit.id, row_version=None, target=MINE)
    approve(lite_desk, lite_people.second_reviewer, release_id, "fr")

    answer = _send(rita, release_id, mine, "undo")

    assert 409 == answer.status_code
    assert "Second Reviewer approved this version" in answer.get_json()["error"]
    assert ("approved", True) == _stands(lite_desk, release_id, mine)


def test_confirming_what_was_approved_as_it_stands_is_no_quarrel(rita: FlaskClient, approved: str, unit: Unit) -> None:
    told = _send(rita, approved, unit, "save", target=unit.target, act="confirm").get_json()

    assert (True, "final") == (told["yours"], told["state"])


def test_replacing_upon_an_approval_leads_back_to_the_segments(
    rita: FlaskClient, approved: str, lite_desk: Desk, units_of: UnitsOf
) -> None:
    place = f"/releases/{approved}/fr"
    unit = next(unit for unit in units_of(approved, "fr") if "brug" in unit.target)
    said = {"find": "brug", "replacement": "pont", "hit": f"{unit.id}:{unit.target.index('brug')}"}
    sent = {"csrf_token": form_token(rita, place), "row": f"{unit.id}:{unit.row_version}", **said}

    answer = rita.post(f"{place}/replace", data=sent)

    assert 409 == answer.status_code
    assert "This version was approved meanwhile." in answer.text
    assert f'<a href="{place}">Back to the segments</a>' in answer.text
    assert ("approved", True) == _stands(lite_desk, approved, unit)


def test_who_reopened_it_saves_as_before(
    rita: FlaskClient, approved: str, unit: Unit, lite_desk: Desk, lite_people: People
) -> None:
    act(lite_desk, lite_people.reviewer, reopen_version, approved, "fr", "Een woord.")

    now = unit_of(lite_desk, unit.id)
    assert 200 == _send(rita, approved, now, "save", target=MINE).status_code
    assert MINE == unit_of(lite_desk, unit.id).target
