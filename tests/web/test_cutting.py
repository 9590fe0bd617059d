"""The page that joins and divides segments, and what other pages say of it; all of it without a script."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.operations.approvals import approve_version
from service.uow import Desk
from tests.desk_fixtures import People
from tests.operations.making import text_of
from tests.operations.steps import act, states
from tests.web.conftest import UnitsOf
from tests.web.offices import browser, form_token, post

FIRST, SECOND = 2, 3


def _form(client: FlaskClient, place: str, units: list[object], number: int) -> dict[str, list[str]]:
    """Return what the form of that number on the page says was seen."""
    page = client.get(f"{place}/units/{units[FIRST].id}/cut").text  # type: ignore[attr-defined]
    forms = re.findall(r'<form method="post" action="[^"]+/(?:join|split)">.*?</form>', page, re.DOTALL)
    return {"seen": re.findall(r'name="seen" value="([^"]+)"', forms[number])}


def _send(client: FlaskClient, address: str, **form: str | list[str]) -> TestResponse:
    """Send a form of the page to one of its two addresses."""
    page = address.rsplit("/", 1)[0] + "/cut"
    return client.post(address, data={"csrf_token": form_token(client, page), **form})


@pytest.fixture
def place(release_id: str) -> str:
    return f"/releases/{release_id}/fr"


def test_the_editor_leads_to_the_page_by_buttons_that_tell_their_keys(
    app: Flask, place: str, release_id: str, units_of: UnitsOf
) -> None:
    page = browser(app, "reviewer").get(place).text
    units = units_of(release_id, "fr")

    for key, where in (("Alt+S", "split"), ("Alt+M", "join")):
        assert f'aria-keyshortcuts="{key}" href="{place}/units/{units[FIRST].id}/cut#{where}"' in page
        assert f"/units/{units[0].id}/cut" not in page  # the title
        assert f"<kbd>{key[-1]}</kbd>" in browser(app, "reviewer").get("/shortcuts").text


def test_joining_and_taking_it_back(app: Flask, place: str, release_id: str, units_of: UnitsOf) -> None:
    client, before = browser(app, "reviewer"), units_of(release_id, "fr")

    answer = _send(client, f"{place}/units/{before[FIRST].id}/join", **_form(client, place, before, 0))

    joined = units_of(release_id, "fr")[FIRST]
    assert answer.headers["Location"].endswith(f"#unit-{joined.id}")
    assert f"{before[FIRST].target} {before[SECOND].target}" == joined.target
    page = client.get(answer.headers["Location"]).text
    assert "The segments are joined, in every language" in page
    assert before[SECOND].target in client.get(f"{place}/units/{joined.id}/history").text
    (undo,) = set(re.findall(r'data-act="undo-cut" action="([^"]+)"', page))

    answer = client.post(undo, data={"csrf_token": form_token(client, place)})
    undone = client.get(answer.headers["Location"]).text

    assert answer.headers["Location"].endswith(f"#unit-{before[FIRST].id}")
    assert "It is undone" in undone
    assert "undo-cut" not in undone
    assert [unit.id for unit in before] == [unit.id for unit in units_of(release_id, "fr")]


def test_splitting_where_the_page_was_told_to(app: Flask, place: str, release_id: str, units_of: UnitsOf) -> None:
    client, before = browser(app, "reviewer"), units_of(release_id, "fr")
    page = client.get(f"{place}/units/{before[FIRST].id}/cut").text
    assert '<option value="18">De gemeente opent | op 14 mei 2026' in page
    assert re.search(r'<option value="\d+" selected>', page)

    form = _form(client, place, before, 1)
    _send(client, f"{place}/units/{before[FIRST].id}/split", at="18", target_at="23", **form)

    first, second = units_of(release_id, "fr")[FIRST : FIRST + 2]
    assert "[fr] De gemeente opent" == first.target
    assert second.target.startswith("op 14 mei 2026")
    assert f"{first.target} {second.target}" == before[FIRST].target


def test_a_page_out_of_date_is_refused_and_shows_what_stands(
    app: Flask, place: str, release_id: str, units_of: UnitsOf
) -> None:
    client, before = browser(app, "reviewer"), units_of(release_id, "fr")
    old = _form(client, place, before, 0)
    post(client, f"{place}/units/{before[SECOND].id}/save", at=place, row_version="2", target="Tout neuf.")

    refused = _send(client, f"{place}/units/{before[FIRST].id}/join", **old)

    assert 412 == refused.status_code
    assert "Somebody saved this segment before you" in refused.text
    assert "Tout neuf." in refused.text
    _send(client, f"{place}/units/{before[FIRST].id}/join", **_form(client, place, before, 0))
    gone = post(client, f"{place}/units/{before[FIRST].id}/join", at=place, **old)
    assert 409 == gone.status_code
    assert "Somebody joined or divided these segments meanwhile" in gone.text


@pytest.mark.parametrize("number", ["", "x", "9" * 5_000, "٢"])
def test_a_tick_that_names_no_state_of_its_segment_is_refused(
    app: Flask, place: str, release_id: str, units_of: UnitsOf, number: str
) -> None:
    client, before = browser(app, "reviewer"), units_of(release_id, "fr")
    form = _form(client, place, before, 0) | {"seen": f"{before[FIRST].id}:{number}"}

    assert 422 == _send(client, f"{place}/units/{before[FIRST].id}/join", **form).status_code
    assert len(before) == len(units_of(release_id, "fr"))


def test_what_was_typed_for_a_segment_that_is_gone_is_shown(
    app: Flask, place: str, release_id: str, units_of: UnitsOf
) -> None:
    client, before = browser(app, "reviewer"), units_of(release_id, "fr")
    _send(client, f"{place}/units/{before[FIRST].id}/join", **_form(client, place, before, 0))

    answer = post(client, f"{place}/units/{before[SECOND].id}/save", at=place, row_version="2", target="Mon texte.")

    assert 409 == answer.status_code
    assert "Mon texte." in answer.text
    assert before[FIRST].target in answer.text
    assert f"#unit-{units_of(release_id, 'fr')[FIRST].id}" in answer.text


def test_an_approved_language_is_named_and_its_approval_ends_only_when_ticked(
    app: Flask, lite_desk: Desk, lite_people: People, place: str, release_id: str, units_of: UnitsOf
) -> None:
    digest = text_of(lite_desk, release_id, "de").digest
    act(lite_desk, lite_people.second_reviewer, approve_version, release_id, "de", digest=digest)
    before = units_of(release_id, "fr")
    address = f"{place}/units/{before[FIRST].id}"
    stranger, client = browser(app, "french_reviewer"), browser(app, "reviewer")

    assert "Approved already: Deutsch" in stranger.get(f"{address}/cut").text
    form = _form(client, place, before, 0)
    unticked = _send(client, f"{address}/join", **form)
    assert (409, "approved") == (unticked.status_code, states(lite_desk, release_id)["de"])
    assert "Deutsch is approved. End that approval" in unticked.text

    ticked = _send(client, f"{address}/join", reopen="de", **form)

    assert (303, "in_review") == (ticked.status_code, states(lite_desk, release_id)["de"])


def test_what_cannot_be_taken_back_any_more_says_where_and_leads_back(
    app: Flask, place: str, release_id: str, units_of: UnitsOf
) -> None:
    client, before = browser(app, "reviewer"), units_of(release_id, "fr")
    answer = _send(client, f"{place}/units/{before[FIRST].id}/join", **_form(client, place, before, 0))
    (undo,) = set(re.findall(r'data-act="undo-cut" action="([^"]+)"', client.get(answer.headers["Location"]).text))
    joined = units_of(release_id, "fr")[FIRST]
    sent = {"row_version": str(joined.row_version), "target": "Autre chose"}
    post(client, f"{place}/units/{joined.id}/save", at=place, **sent)

    refused = post(client, undo, at=place)

    assert 409 == refused.status_code
    assert "somebody worked on it since: segment 3 (Français)." in refused.text
    assert f'<a href="{place}">Back to the segments</a>' in refused.text


@pytest.mark.parametrize("left, said", [("6", "it meanwhile: segment 6."), ("6,7", "them meanwhile: segments 6, 7.")])
def test_what_was_left_is_told_as_one_or_as_many(app: Flask, place: str, left: str, said: str) -> None:
    page = browser(app, "reviewer").get(f"{place}?left={left}").text

    assert f"because somebody saved {said}" in page
