"""What browsers send: no zero character in an address leads anywhere, and none in a form is kept or breaks a page."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask, request
from sqlalchemy import select

from service.storage.models import Version
from service.uow import Desk
from tests.desk_fixtures import People
from tests.operations.making import draft, submit
from tests.web.offices import approved, browser, post, shared_app

_PLACE = re.compile(r"<(?:[^:>]+:)?(\w+)>")
_FILTERS = (
    *("q", "state", "locale", "only", "after", "before", "page", "endpoint_id", "release_id", "with", "since"),
    *("source", "from", "act", "show", "next", "done", "unit", "action", "language", "format", "find", "replacement"),
)


@pytest.fixture
def any_app(desk: Desk, people: People, tmp_path: Path) -> Flask:
    """The application on each kind of database."""
    return shared_app(desk, tmp_path)


def _addresses(app: Flask, zero: str) -> list[tuple[str, str]]:
    """Return the pages that have places in their addresses, with a zero in each place in turn."""
    found = []
    for rule in app.url_map.iter_rules():
        names = _PLACE.findall(rule.rule)
        for odd in names:
            if odd == "locale" and "public_locale" in rule.rule:
                continue  # no tag that is not the office's own gets there
            plain = {"locale": "fr"}
            values = {name: zero if name == odd else plain.get(name, "x") for name in names}
            path = _PLACE.sub(lambda place, values=values: values[place[1]], rule.rule)
            found += [(method, path) for method in sorted((rule.methods or set()) - {"OPTIONS", "HEAD"})]
    return [each for each in found if not each[1].startswith("/api/")]


@pytest.mark.parametrize("who", [None, "admin"])
def test_no_page_has_an_address_with_a_zero_character(any_app: Flask, who: str | None) -> None:
    client = browser(any_app, who)
    asked = [each for zero in ("%00", "x%00y") for each in _addresses(any_app, zero)]

    found = {(method, path): client.open(path, method=method).status_code for method, path in asked}

    assert dict.fromkeys(found, 404) == found
    assert len(found) > 80


@pytest.mark.parametrize("path", ["/fr/%00", "/fr/x%00y", "/fr/%00.json", "/releases/%00"])
def test_such_an_address_answers_as_what_is_not_public(any_app: Flask, path: str) -> None:
    client = browser(any_app)

    assert client.get("/fr/nothing-here").data == client.get(path).data


def test_no_page_breaks_over_a_zero_character_that_it_is_asked_with(any_app: Flask, desk: Desk, people: People) -> None:
    release_id = submit(desk, people.author)
    draft(desk, release_id)
    client = browser(any_app, "admin")
    query = "&".join(f"{name}=a%00b" for name in _FILTERS)
    values = {"release_id": release_id, "locale": "fr"}
    rules = [
        rule.rule
        for rule in any_app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.rule.startswith("/api/") and rule.arguments <= set(values)
    ]
    paths = [_PLACE.sub(lambda place: values[place[1]], rule) for rule in rules]

    found = {path: client.get(f"{path}?{query}").status_code for path in paths}

    assert {path: status for path, status in found.items() if status >= 500 and path != "/readyz"} == {}
    assert len(found) > 30


@pytest.mark.parametrize("email", ["a\x00b@x.example", "\x00"])
def test_a_zero_character_in_an_address_signs_nobody_in(any_app: Flask, email: str) -> None:
    answer = post(browser(any_app), "/sign-in", email=email, password="x\x00")

    assert 401 == answer.status_code
    assert 'name="password"' in answer.text  # the form again, which says what was wrong


def test_a_reason_is_kept_without_its_zero_characters(any_app: Flask, desk: Desk, people: People) -> None:
    release_id = approved(desk, people)
    path = f"/releases/{release_id}/fr/reopen"

    answer = post(browser(any_app, "publisher"), path, reason="De \x00toon.")

    assert 303 == answer.status_code
    with desk.read() as reading:
        assert "De toon." == reading.session.scalar(
            select(Version.changes_reason).where(Version.release_id == release_id, Version.locale == "fr")
        )


def test_a_cookie_with_a_zero_character_breaks_no_page(any_app: Flask, desk: Desk, people: People) -> None:
    release_id = submit(desk, people.author)
    draft(desk, release_id)
    client = browser(any_app, "reviewer")
    cookie = f"perstolk={client.get_cookie('perstolk').value}"  # type: ignore[union-attr]

    answer = client.get(
        f"/releases/{release_id}/fr",
        headers={"Cookie": f'{cookie}; third-language="\\000"; language="\\000"; source-place="\\000"'},
    )

    assert 200 == answer.status_code


def test_names_of_fields_and_files_lose_their_zero_characters(app: Flask) -> None:
    sent = {"na\x00me": "val\x00ue", "file": (BytesIO(b"a\x00b"), "na\x00me.txt")}

    with app.test_request_context("/?q\x00=%00a", method="POST", data=sent):
        assert {"q": "a"} == request.args.to_dict()
        assert {"name": "value"} == request.form.to_dict()
        assert ("name.txt", b"a\x00b") == (request.files["file"].filename, request.files["file"].read())


@pytest.mark.parametrize(
    "place", ["9999-12-31T23:59:59-12:00~x", "0001-01-01T00:00:00+14:00~x", "2026-01-01T00:00:00~x", "x~y", "~"]
)
@pytest.mark.parametrize("path", ["/fr/?before=", "/deliveries?after="])
def test_a_forged_place_in_a_list_begins_at_the_top(any_app: Flask, path: str, place: str) -> None:
    assert 200 == browser(any_app, "admin").get(path + place.replace("+", "%2B")).status_code
