"""Other drafts of a unit on the pages: asked for, shown beside the text, taken, left; and the form for redrafts."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select
from werkzeug.test import TestResponse

from service.domain.drafts import DraftResult, EngineOutcome, OutcomeKind
from service.operations.claiming_alternatives import claim_alternative, save_alternative
from service.operations.review import edit_unit
from service.storage.models import Alternative, DraftJob, Unit, Version
from service.uow import Desk
from tests.desk_fixtures import People
from tests.operations.alternative_steps import OTHER, know_engines, result
from tests.operations.making import approve, draft, submit
from tests.web.conftest import UnitsOf
from tests.web.offices import browser, form_token, post

JSON = {"Accept": "application/json"}


@pytest.fixture
def unit(release_id: str, units_of: UnitsOf) -> Unit:
    return units_of(release_id, "fr")[0]


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return browser(app, "reviewer")


def _place(release_id: str, unit: Unit) -> str:
    return f"/releases/{release_id}/fr/units/{unit.id}/alternatives"


def _ask(client: FlaskClient, release_id: str, unit: Unit, engine: str = "") -> TestResponse:
    return post(client, _place(release_id, unit), at=f"/releases/{release_id}/fr", engine=engine)


def _by_script(client: FlaskClient, release_id: str, path: str, **form: str) -> TestResponse:
    headers = {**JSON, "X-CSRFToken": form_token(client, f"/releases/{release_id}/fr")}
    return client.post(path, data=form, headers=headers)


def _asked(desk: Desk) -> Alternative:
    with desk.read() as reading:
        return reading.session.scalars(select(Alternative)).one()


def _work(desk: Desk, outcome: DraftResult | None = None) -> Alternative:
    """Answer the one alternative that there is, as a worker would."""
    it = _asked(desk)
    with desk.begin() as work:
        claimed = claim_alternative(work, it.id)
    assert claimed is not None
    with desk.begin() as work:
        assert save_alternative(work, it.id, claimed.draft.token, outcome or result(it.unit_id))
    return _asked(desk)


def _take(client: FlaskClient, release_id: str, unit: Unit, **form: str) -> TestResponse:
    with client.application.extensions["perstolk"][1].read() as reading:
        it = reading.session.scalars(select(Alternative)).one()
    return post(
        client,
        f"{_place(release_id, unit)}/{it.id}/take",
        at=f"/releases/{release_id}/fr",
        **{"row_version": str(unit.row_version), **form},
    )


def test_a_plain_form_asks_and_comes_to_the_page_with_both_texts(
    client: FlaskClient, release_id: str, unit: Unit, lite_desk: Desk
) -> None:
    answer = _ask(client, release_id, unit, "deepl")
    waiting = client.get(answer.location).text
    _work(lite_desk)
    there = client.get(answer.location).text

    assert (303, _place(release_id, unit)) == (answer.status_code, answer.location)
    assert "Being drafted: deepl" in waiting
    assert "Look again" in waiting
    assert "machine: deepl" in there
    assert re.search(r'<ins><span class="hidden" lang="en">added: </span>.*</ins>', there)
    assert re.search(r'<del><span class="hidden" lang="en">removed: </span>.*</del>', there)
    assert "Look again" not in there


def test_what_was_asked_for_stands_in_the_editor_too(
    client: FlaskClient, release_id: str, unit: Unit, lite_desk: Desk
) -> None:
    _ask(client, release_id, unit, "deepl")
    waiting = client.get(f"/releases/{release_id}/fr").text
    _work(lite_desk)

    page = client.get(f"/releases/{release_id}/fr").text

    assert 'open data-waiting="1"' in waiting
    assert 'open data-waiting="0"' in page
    assert "Take it" in page


def test_taking_it_comes_back_to_the_segment(
    client: FlaskClient, release_id: str, unit: Unit, units_of: UnitsOf, lite_desk: Desk
) -> None:
    _ask(client, release_id, unit)
    _work(lite_desk)

    answer = _take(client, release_id, unit)

    page = client.get(f"/releases/{release_id}/fr").text
    assert f"/releases/{release_id}/fr?done=taken#unit-{unit.id}" == answer.location
    assert OTHER == units_of(release_id, "fr")[0].target
    assert "machine: deepl, chosen by Reviewer" in page
    assert "It is the same as the present text." in page


def test_a_text_that_was_saved_meanwhile_is_shown_beside_the_draft(
    client: FlaskClient, release_id: str, unit: Unit, units_of: UnitsOf, lite_desk: Desk, lite_people: People
) -> None:
    _ask(client, release_id, unit)
    _work(lite_desk)
    with lite_desk.begin(lite_people.second_reviewer) as work:
        edit_unit(work, release_id, "fr", unit.id, row_version=None, target="Un mot à moi")

    answer = _take(client, release_id, unit)

    assert 412 == answer.status_code
    assert f"{OTHER}</textarea>" in answer.text
    theirs = html.fromstring(answer.text).xpath("string(//section[starts-with(@aria-labelledby, 'theirs')]/p)")
    assert "Un mot à moi" == re.sub(r"(removed|added): | end of (removed|added)", "", theirs)
    assert "Un mot à moi" == units_of(release_id, "fr")[0].target


def test_leaving_it_removes_it(client: FlaskClient, release_id: str, unit: Unit, lite_desk: Desk) -> None:
    _ask(client, release_id, unit)
    it = _work(lite_desk)

    answer = post(client, f"{_place(release_id, unit)}/{it.id}/leave", at=f"/releases/{release_id}/fr")

    assert _place(release_id, unit) == answer.location
    assert "Nobody has asked for another draft of this segment yet." in client.get(answer.location).text


def test_why_none_came_is_told(client: FlaskClient, release_id: str, unit: Unit, lite_desk: Desk) -> None:
    _ask(client, release_id, unit, "deepl")
    failed = EngineOutcome("deepl", OutcomeKind.FAILED, reason="timeout")
    _work(lite_desk, DraftResult((), (unit.id,), (failed,)))

    page = client.get(_place(release_id, unit)).text

    assert "No draft came: deepl" in page
    assert "deepl: did not answer in time" in page
    assert "Take it" not in page


def test_the_script_is_told_what_there_is(client: FlaskClient, release_id: str, unit: Unit, lite_desk: Desk) -> None:
    place = _place(release_id, unit)
    asked = _by_script(client, release_id, place, engine="deepl").get_json()
    it = _work(lite_desk)
    there = client.get(place, headers=JSON).get_json()
    taken = _by_script(client, release_id, f"{place}/{it.id}/take", row_version=str(unit.row_version)).get_json()
    left = _by_script(client, release_id, f"{place}/{it.id}/leave").get_json()

    assert (1, 0, "Another draft of segment 1 is being made.") == _facts(asked)
    assert (0, 1, "Another draft of segment 1 is there: machine: deepl") == _facts(there)
    assert "Take it" in there["html"]
    assert (OTHER, OTHER, unit.row_version + 1) == (taken["target"], taken["made_from"], taken["row_version"])
    assert (0, 0, "Segment 1 has no other draft.") == _facts(left)


def _facts(told: dict[str, Any]) -> tuple[int, int, str]:
    return told["waiting"], told["there"], told["said"]


def test_the_script_is_told_both_texts_of_a_stale_take(
    client: FlaskClient, release_id: str, unit: Unit, lite_desk: Desk, lite_people: People
) -> None:
    _ask(client, release_id, unit)
    it = _work(lite_desk)
    with lite_desk.begin(lite_people.second_reviewer) as work:
        edit_unit(work, release_id, "fr", unit.id, row_version=None, target="Un mot à moi")

    path = f"{_place(release_id, unit)}/{it.id}/take"
    answer = _by_script(client, release_id, path, row_version=str(unit.row_version))

    told = answer.get_json()
    assert (412, OTHER, "Un mot à moi") == (answer.status_code, told["mine"], told["theirs"])


def test_engines_outside_are_closed_for_a_text_that_stays_in_the_office(
    app: Flask, client: FlaskClient, release_id: str, lite_desk: Desk, lite_people: People
) -> None:
    know_engines(lite_desk, "libretranslate", "deepl")
    secret = submit(lite_desk, lite_people.author, confidential=True)
    draft(lite_desk, secret)

    open_page = client.get(f"/releases/{release_id}/fr").text
    secret_page = client.get(f"/releases/{secret}/fr").text

    assert '<option value="deepl">deepl</option>' in open_page
    assert '<option value="deepl" disabled>' in secret_page
    assert '<option value="libretranslate">libretranslate</option>' in secret_page


def test_who_only_reads_sees_no_question(app: Flask, release_id: str, unit: Unit) -> None:
    reader = browser(app, "author")

    assert "Ask for a draft" not in reader.get(f"/releases/{release_id}/fr").text
    assert "Ask for a draft" not in reader.get(_place(release_id, unit)).text


def test_an_approved_version_is_asked_nothing(
    client: FlaskClient, release_id: str, unit: Unit, lite_desk: Desk, lite_people: People
) -> None:
    approve(lite_desk, lite_people.second_reviewer, release_id, "fr")

    assert "Ask for a draft" not in client.get(_place(release_id, unit)).text


@pytest.mark.parametrize("only, scope", [("untouched", "untouched"), ("empty", "empty")])
def test_the_form_for_redrafts_says_what_and_whom(
    client: FlaskClient, release_id: str, lite_desk: Desk, only: str, scope: str
) -> None:
    know_engines(lite_desk, "libretranslate", "deepl")
    path = f"/releases/{release_id}/fr"

    answer = post(client, f"{path}/redraft", at=path, only=only, engine="deepl")

    with lite_desk.read() as reading:
        job = reading.session.scalars(
            select(DraftJob).join(Version).where(Version.release_id == release_id, Version.locale == "fr")
        ).one()
    assert f"{path}?done=redrafting" == answer.location
    assert (scope, "deepl") == (job.scope, job.engine)
