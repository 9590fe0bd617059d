"""Pieces of HTML that are kept between pages: each page has its own form token, and what a fact says now."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import Markup

from service.operations.review import confirm_all, edit_unit
from service.uow import Desk
from service.web import fragments, segment_list
from service.web.fragments import TOKEN, fragment, with_token
from tests.desk_fixtures import NOON, People, StillClock
from tests.operations.making import draft, submit
from tests.operations.steps import act
from tests.web.conftest import UnitsOf
from tests.web.offices import browser

TOKENS = re.compile(r'name="csrf_token" value="([^"]+)"')


def _tokens(client: FlaskClient, path: str) -> set[str]:
    page = client.get(path).text
    assert TOKEN not in page
    return set(TOKENS.findall(page))


def test_a_fragment_is_made_once_for_a_key() -> None:
    made = []

    def make() -> Markup:
        made.append(1)
        return Markup("<li>")

    assert [fragment(("test", 1), make), fragment(("test", 1), make), fragment(("test", 2), make)] == [
        Markup("<li>")
    ] * 3
    assert len(made) == 2


def test_the_token_of_a_page_stands_where_a_fragment_needs_one(app: Flask) -> None:
    with app.test_request_context():
        filled = with_token(Markup("<p>{}</p>").format(TOKEN))

        assert fragments.token_field() in filled
        assert TOKEN not in filled


@pytest.mark.parametrize("path", ["/", "/releases/{}/fr"])
def test_two_people_who_see_the_same_have_tokens_of_their_own(
    app: Flask, release_id: str, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segment_list, "WINDOW", 1)
    first, second = browser(app, "reviewer"), browser(app, "second_reviewer")

    ours, theirs = _tokens(first, path.format(release_id)), _tokens(second, path.format(release_id))

    assert len(ours) == len(theirs) == 1
    assert ours != theirs


def test_the_queue_says_what_is_so_now(
    app: Flask, lite_desk: Desk, lite_people: People, release_id: str, units_of: UnitsOf
) -> None:
    reader = browser(app, "reviewer")
    before = reader.get("/").text
    act(lite_desk, lite_people.reviewer, confirm_all, release_id, "fr")

    after = reader.get("/").text

    count = len(units_of(release_id, "fr"))
    assert f">{count} of {count}<" not in before
    assert f">{count} of {count}<" in after


@pytest.mark.parametrize("window", [1, segment_list.WINDOW])
def test_a_segment_says_what_was_saved_last_light_or_whole(
    app: Flask,
    lite_desk: Desk,
    lite_people: People,
    release_id: str,
    units_of: UnitsOf,
    window: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(segment_list, "WINDOW", window)
    reader = browser(app, "reviewer")
    path = f"/releases/{release_id}/fr"
    unit = units_of(release_id, "fr")[-1]

    for text in (f"Bon, {unit.target}", f"Bien, {unit.target}"):  # in which the checks find nothing
        assert text not in reader.get(path).text
        act(lite_desk, lite_people.reviewer, edit_unit, release_id, "fr", unit.id, row_version=None, target=text)
        assert text in reader.get(path).text


def test_a_segment_offers_what_is_so_now_though_nothing_of_its_own_changed(
    app: Flask, lite_desk: Desk, lite_people: People, units_of: UnitsOf
) -> None:
    release_id = submit(lite_desk, lite_people.author, text="Een titel\n\nDezelfde zin.\n\nDezelfde zin.\n")
    draft(lite_desk, release_id)
    reader = browser(app, "reviewer")
    offers = []

    for unit in units_of(release_id, "fr")[1:]:
        confirmed = {"row_version": None, "state": "reviewed"}
        act(lite_desk, lite_people.reviewer, edit_unit, release_id, "fr", unit.id, **confirmed)
        offers.append(reader.get(f"/releases/{release_id}/fr").text.count("The same sentence stands in"))

    assert [1, 0] == offers


def test_time_goes_by_in_the_queue(app: Flask, lite_desk: Desk, lite_people: People, clock: StillClock) -> None:
    draft(lite_desk, submit(lite_desk, lite_people.author, embargo_at=NOON + timedelta(hours=2)))
    reader = browser(app, "reviewer")
    before = reader.get("/").text

    clock.forward(minutes=5)

    assert "in 2 h 00" in before
    assert "in 1 h 55" in reader.get("/").text
