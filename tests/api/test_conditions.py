"""The conventions that calls share: JSON that nests without end, cursors, moments."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from tests.api.conftest import Office

PROBLEM = "application/problem+json"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"[" * 100_000, id="lists"),
        pytest.param(b'{"target":' * 50_000, id="objects"),
        pytest.param(b'{"target":' + b"[" * 100 + b"]" * 100 + b"}", id="whole, and deeper than anything asks for"),
        pytest.param(b'{"target":' + b"1" * 5_000 + b"}", id="a number of too many digits"),
        pytest.param(b'{"target":', id="cut off"),
        pytest.param(b'{"target": "\xff"}', id="no UTF-8"),
    ],
)
@pytest.mark.parametrize(
    "method, path",
    [
        ("POST", "/releases"),
        ("PUT", "/releases/x/source"),
        ("POST", "/releases/x/versions/fr/approve"),
        ("PATCH", "/releases/x/versions/fr/units/y"),
        ("POST", "/deliveries/x/receipt"),
    ],
)
def test_json_that_cannot_be_read_is_a_bad_request(office: Office, method: str, path: str, body: bytes) -> None:
    answer = office.call("admin", method, path, data=body, content_type="application/json", headers={"If-Match": '"1"'})

    assert (400, PROBLEM) == (answer.status_code, answer.mimetype)


def _cursor(value: Any) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        ["2026-01-01T00:00:00", "x"],
        ["2026-01-01", "x"],
        ["9999-12-31T23:59:59-12:00", "x"],
        ["0001-01-01T00:00:00+14:00", "x"],
        ["2026-01-01T00:00:00+00:00", "\ud800"],
        ["2026-01-01T00:00:00+00:00", "\x00"],
        ["2026-01-01T00:00:00+00:00", 1],
        ["2026-01-01T00:00:00+00:00", None],
        [1, "x"],
        {"a": 1, "b": 2},
        None,
        b"[" * 5_000,
        b"[" + b"1" * 5_000 + b', "x"]',
    ],
)
@pytest.mark.parametrize("path", ["/releases", "/deliveries", "/terms"])
def test_a_forged_cursor_is_refused(any_office: Office, path: str, cursor: Any) -> None:
    answer = any_office.call("admin", "GET", path, query_string={"cursor": _cursor(cursor)})

    assert (422, "bad_cursor") == (answer.status_code, answer.get_json(force=True)["code"])


@pytest.mark.parametrize("path", ["/releases", "/deliveries", "/terms"])
def test_a_cursor_of_the_desks_own_is_taken(any_office: Office, path: str) -> None:
    cursor = _cursor(["2026-01-01T00:00:00+00:00", "x"])

    assert 200 == any_office.call("admin", "GET", path, query_string={"cursor": cursor}).status_code


@pytest.mark.parametrize("name", ["embargo_at", "deadline_at"])
@pytest.mark.parametrize(
    "written, kept",
    [
        ("2027-01-01T00:00:00.123456789Z", "2027-01-01T00:00:00.123Z"),
        ("2026-12-31T23:59:60Z", "2027-01-01T00:00:00.000Z"),
    ],
)
def test_a_moment_may_have_nanoseconds_or_a_leap_second(office: Office, name: str, written: str, kept: str) -> None:
    release_id = office.submit(**{name: written})

    assert kept == office.call("author", "GET", f"/releases/{release_id}").get_json()[name]
