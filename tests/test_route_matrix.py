"""Every route as every role: the code that each gets, the form token, and silence about what may not be seen.

A route without a row fails. The rows of the pages stand in `route_rows_web`, those of the API in `route_rows_api`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from tests import route_rows_api, route_rows_web
from tests.route_office import SAFE, RouteOffice, open_office
from tests.route_rows import ROLES, Row
from tests.web.offices import CANARY

ROWS: tuple[Row, ...] = (*route_rows_web.ROWS, *route_rows_api.ROWS)
_HIDDEN = [row for row in ROWS if 404 in row.codes.values() and len(set(row.codes.values())) > 1]


def _named(rows: list[Row] | tuple[Row, ...]) -> list[object]:
    return [pytest.param(row, id=f"{row.name} {'-'.join(row.params.values())}") for row in rows]


@pytest.fixture(scope="module")
def office(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RouteOffice]:
    made = open_office(sqlite_template, tmp_path_factory.mktemp("matrix"))
    yield made
    made.desk.database.dispose()


def _routes(office: RouteOffice) -> set[tuple[str, str]]:
    return {
        (method, rule.rule)
        for rule in office.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def test_every_route_has_a_row_and_every_row_a_route(office: RouteOffice) -> None:
    rows = {(row.method, row.rule) for row in ROWS}

    assert sorted(rows) == sorted(_routes(office))


def test_every_row_says_what_each_role_gets() -> None:
    assert {row.name: set(row.codes) for row in ROWS} == {row.name: set(ROLES) for row in ROWS}


@pytest.mark.parametrize("row", _named(ROWS))
def test_each_role_gets_its_code(row: Row, office: RouteOffice) -> None:
    found = {role: office.ask(row, role).status_code for role in ROLES}

    assert dict(row.codes) == found


@pytest.mark.parametrize("row", _named(_HIDDEN))
def test_what_may_not_be_seen_answers_as_what_does_not_exist(row: Row, office: RouteOffice) -> None:
    role = next(role for role, code in row.codes.items() if code == 404)
    made_up = {name: _made_up(value) for name, value in office.facts.items()}

    hidden = office.ask(row, role)
    missing = office.ask(row, role, facts={**made_up, "digest": office.facts["digest"]})

    assert _answer(hidden) == _answer(missing)


def _made_up(name: str) -> str:
    """Return an id of the same kind and length that nothing has; a number beyond all others for a number."""
    if name.isdecimal():
        return "9" * 15
    kind, mark, rest = name.partition("_")
    return f"{kind}{mark}{'0' * len(rest)}"


def _answer(response: TestResponse) -> tuple[int, bytes, list[tuple[str, str]]]:
    """Return the whole answer, but for what tells one request from another whatever was asked."""
    passing = {"Date", "Set-Cookie", "X-Request-Id"}
    headers = [(name, value) for name, value in response.headers if name not in passing]
    return response.status_code, response.data, headers


@pytest.mark.parametrize("role", ["nobody", "author", "admin"])
def test_no_page_takes_a_form_without_its_token(role: str, office: RouteOffice) -> None:
    unsafe = [row for row in ROWS if row.method not in SAFE and not row.rule.startswith("/api/")]

    taken = {
        row.name: office.ask(replace(row, form={**row.form, "csrf_token": ""}), role).status_code for row in unsafe
    }

    assert taken == dict.fromkeys(taken, 400)
    assert len(taken) > 30


def test_no_open_page_tells_that_a_secret_release_exists(office: RouteOffice) -> None:
    open_pages = [row for row in ROWS if row.method == "GET" and row.codes["nobody"] == 200]
    secret = {office.facts["release"], office.facts["approved"], CANARY}

    told = {(row.rule, word) for row in open_pages for word in secret if word in office.ask(row, "nobody").text}

    assert told == set()
    assert len(open_pages) > 8
