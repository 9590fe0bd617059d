"""Other drafts of a unit through the interface: asked for, read, taken, removed."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from service.operations.claiming_alternatives import claim_alternative, save_alternative
from service.storage.models import DraftJob, EngineState
from tests.api.conftest import Office
from tests.operations.alternative_steps import OTHER, result
from tests.operations.making import draft


@pytest.fixture
def release_id(any_office: Office) -> str:
    made = any_office.submit(targets=["fr"])
    draft(any_office.desk, made)
    return made


@pytest.fixture
def unit(any_office: Office, release_id: str) -> dict[str, Any]:
    answer = any_office.call("reviewer", "GET", f"/releases/{release_id}/versions/fr/units")
    found: dict[str, Any] = answer.get_json()["items"][0]
    return found


def _path(release_id: str, unit: dict[str, Any]) -> str:
    return f"/releases/{release_id}/versions/fr/units/{unit['id']}/alternatives"


def _ask(office: Office, release_id: str, unit: dict[str, Any], **body: Any) -> Any:
    return office.call("reviewer", "POST", _path(release_id, unit), json=body)


def _answer(office: Office, alternative_id: str, unit: dict[str, Any]) -> None:
    with office.desk.begin() as work:
        claimed = claim_alternative(work, alternative_id)
    assert claimed is not None
    with office.desk.begin() as work:
        assert save_alternative(work, alternative_id, claimed.draft.token, result(unit["id"]))


def _take(office: Office, release_id: str, unit: dict[str, Any], alternative_id: str, **headers: str) -> Any:
    return office.call("reviewer", "POST", f"{_path(release_id, unit)}/{alternative_id}/take", headers=headers)


def _job(office: Office) -> DraftJob:
    with office.desk.read() as reading:
        return reading.session.scalars(select(DraftJob)).one()


def test_what_is_asked_for_is_accepted_and_has_a_place(
    any_office: Office, release_id: str, unit: dict[str, Any]
) -> None:
    answer = _ask(any_office, release_id, unit, engine="deepl")

    told = answer.get_json()
    assert 202 == answer.status_code
    assert ("deepl", "waiting", None, "") == (told["engine"], told["state"], told["answered_by"], told["target"])
    assert f"/api/v1{_path(release_id, unit)}/{told['id']}" == answer.headers["Location"]


def test_a_question_without_a_body_names_no_engine(any_office: Office, release_id: str, unit: dict[str, Any]) -> None:
    answer = any_office.call("reviewer", "POST", _path(release_id, unit))

    assert (202, None) == (answer.status_code, answer.get_json()["engine"])


def test_what_came_is_told_with_what_differs(any_office: Office, release_id: str, unit: dict[str, Any]) -> None:
    asked = _ask(any_office, release_id, unit, engine="deepl").get_json()["id"]
    _answer(any_office, asked, unit)

    items = any_office.call("author", "GET", _path(release_id, unit)).get_json()["items"]

    told = items[0]
    assert [asked] == [item["id"] for item in items]
    assert ("there", OTHER, "deepl", 412) == (
        told["state"],
        told["target"],
        told["answered_by"],
        told["milliseconds"],
    )
    assert {"kind": "mt", "engine": "deepl", "score": None} == told["origin"]
    assert ["libretranslate: echo"] == told["warnings"]
    assert ["answered"] == [outcome["kind"] for outcome in told["outcomes"]]
    pieces = told["differences"]
    assert unit["target"] == "".join(piece["text"] for piece in pieces if piece["move"] != "added")
    assert OTHER == "".join(piece["text"] for piece in pieces if piece["move"] != "removed")


def test_taking_one_answers_the_unit_with_its_new_tag(
    any_office: Office, release_id: str, unit: dict[str, Any]
) -> None:
    asked = _ask(any_office, release_id, unit).get_json()["id"]
    _answer(any_office, asked, unit)

    answer = _take(any_office, release_id, unit, asked, **{"If-Match": f'"{unit["row_version"]}"'})

    assert 200 == answer.status_code
    assert (OTHER, "mt", "deepl") == (
        answer.get_json()["target"],
        answer.get_json()["origin"]["kind"],
        answer.get_json()["origin"]["engine"],
    )
    assert f'"{unit["row_version"] + 1}"' == answer.headers["ETag"]


def test_a_text_that_was_saved_meanwhile_is_told_beside_the_draft(
    any_office: Office, release_id: str, unit: dict[str, Any]
) -> None:
    asked = _ask(any_office, release_id, unit).get_json()["id"]
    _answer(any_office, asked, unit)
    tag = {"If-Match": f'"{unit["row_version"]}"'}
    saved = any_office.call(
        "second_reviewer",
        "PATCH",
        f"/releases/{release_id}/versions/fr/units/{unit['id']}",
        json={"target": "Un mot à moi"},
        headers=tag,
    )

    answer = _take(any_office, release_id, unit, asked, **tag)

    told = answer.get_json()
    assert (200, 412) == (saved.status_code, answer.status_code)
    assert (OTHER, "Un mot à moi", unit["row_version"] + 1) == (told["mine"], told["theirs"], told["row_version"])


def test_taking_one_needs_the_tag(any_office: Office, release_id: str, unit: dict[str, Any]) -> None:
    asked = _ask(any_office, release_id, unit).get_json()["id"]

    assert 428 == _take(any_office, release_id, unit, asked).status_code


def test_one_that_has_not_come_is_a_conflict(any_office: Office, release_id: str, unit: dict[str, Any]) -> None:
    asked = _ask(any_office, release_id, unit).get_json()["id"]

    answer = _take(any_office, release_id, unit, asked, **{"If-Match": f'"{unit["row_version"]}"'})

    assert (409, "no_draft_yet") == (answer.status_code, answer.get_json()["code"])


def test_one_that_is_removed_is_gone(any_office: Office, release_id: str, unit: dict[str, Any]) -> None:
    asked = _ask(any_office, release_id, unit).get_json()["id"]
    path = f"{_path(release_id, unit)}/{asked}"

    removed = any_office.call("reviewer", "DELETE", path)

    assert (204, 404) == (removed.status_code, any_office.call("reviewer", "GET", path).status_code)


def test_an_engine_that_there_is_not_is_refused(any_office: Office, release_id: str, unit: dict[str, Any]) -> None:
    with any_office.desk.begin() as work:
        work.session.add(EngineState(name="deepl", place=0, runs_in_office=False, gate="open", checked_at=work.now))

    asked = _ask(any_office, release_id, unit, engine="babel")
    redraft = any_office.call(
        "reviewer", "POST", f"/releases/{release_id}/versions/fr/redraft", json={"engine": "babel"}
    )

    assert [(422, "unknown_engine")] * 2 == [(it.status_code, it.get_json()["code"]) for it in (asked, redraft)]


@pytest.mark.parametrize(
    "body, expected",
    [
        (None, ("untouched", None)),
        ({}, ("untouched", None)),
        ({"only": "untouched", "engine": "deepl"}, ("untouched", "deepl")),
        ({"only": "empty", "engine": "deepl"}, ("empty", "deepl")),
    ],
)
def test_a_redraft_takes_an_engine_and_a_reach(
    any_office: Office, release_id: str, body: Any, expected: tuple[str, str | None]
) -> None:
    answer = any_office.call("reviewer", "POST", f"/releases/{release_id}/versions/fr/redraft", json=body)

    job = _job(any_office)
    assert 202 == answer.status_code
    assert expected == (job.scope, job.engine)


def test_a_redraft_of_something_else_is_refused(any_office: Office, release_id: str) -> None:
    answer = any_office.call("reviewer", "POST", f"/releases/{release_id}/versions/fr/redraft", json={"only": "all"})

    assert 422 == answer.status_code
