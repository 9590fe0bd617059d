"""The conventions that calls share: JSON that nests without end, cursors, and what `If-Match` may say."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from tests.api.conftest import RELEASE, Office
from tests.operations.making import draft

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


LISTS = ["/releases", "/terms", "/deliveries", "/audit", "/concordance"]


@pytest.mark.parametrize(
    "limit",
    [
        "0",
        "000",
        "201",
        "00019999",
        "0" * 7 + "201",
        "000199999999999999999999999999",
        "9" * 5_000,
        "",
        "-1",
        "1e2",
        "٥",
    ],
)
@pytest.mark.parametrize("path", LISTS)
def test_no_limit_goes_past_the_most_that_a_list_shows(office: Office, path: str, limit: str) -> None:
    answer = office.call("admin", "GET", path, query_string={"q": "brug", "limit": limit})

    assert (422, "bad_limit") == (answer.status_code, answer.get_json(force=True)["code"])


@pytest.mark.parametrize("limit", ["1", "200", "0000200"])
@pytest.mark.parametrize("path", LISTS)
def test_a_limit_within_it_is_taken(office: Office, path: str, limit: str) -> None:
    assert 200 == office.call("admin", "GET", path, query_string={"q": "brug", "limit": limit}).status_code


@pytest.mark.parametrize("cursor", ["9" * 19, "9" * 5_000, "-1", "1e2", "٥"])
def test_a_forged_cursor_of_the_audit_is_refused(office: Office, cursor: str) -> None:
    answer = office.call("admin", "GET", "/audit", query_string={"cursor": cursor})

    assert (422, "bad_cursor") == (answer.status_code, answer.get_json(force=True)["code"])


def test_zeros_before_a_cursor_of_the_audit_say_nothing(office: Office) -> None:
    office.submit()
    first, second = (
        office.call("admin", "GET", f"/audit?cursor={cursor}").get_json()["items"] for cursor in ("2", "0" * 30 + "2")
    )

    assert [1] == [row["number"] for row in first] == [row["number"] for row in second]


def _unit(office: Office) -> tuple[str, dict[str, Any]]:
    release_id = office.submit()
    draft(office.desk, release_id)
    at = f"/releases/{release_id}/versions/fr/units"
    unit = office.call("reviewer", "GET", at).get_json()["items"][0]
    return f"{at}/{unit['id']}", unit


@pytest.mark.parametrize(
    "tags",
    ['"{n}"', '"77", "{n}"', '"{n}","77"', ' "77" , W/"{n}" ', '"abc", "{n}"', "{n}", "*", '"*"', 'W/"{n}"'],
)
def test_any_of_the_tags_may_be_the_present_one(office: Office, tags: str) -> None:
    at, unit = _unit(office)

    answer = office.call(
        "reviewer",
        "PATCH",
        at,
        json={"target": "Un pont"},
        headers={"If-Match": tags.replace("{n}", str(unit["row_version"]))},
    )

    assert 200 == answer.status_code


@pytest.mark.parametrize(
    "tags", ['"77"', '"77", "78"', '"abc"', '""', "", '"1234567890"', '"-1"', '"٢"', "{n}7", '"*", "77"']
)
def test_tags_of_other_states_are_told_both_texts(office: Office, tags: str) -> None:
    at, unit = _unit(office)

    answer = office.call(
        "reviewer",
        "PATCH",
        at,
        json={"target": "Un pont"},
        headers={"If-Match": tags.replace("{n}", str(unit["row_version"])).encode().decode("latin-1")},
    )

    told = answer.get_json(force=True)
    assert 412 == answer.status_code
    assert ("Un pont", unit["target"], unit["row_version"]) == (told["mine"], told["theirs"], told["row_version"])


@pytest.mark.parametrize("tags, status", [('"77", "1"', 200), ('"77", "78"', 412), ('"abc"', 412), ("*", 200)])
def test_a_release_heeds_a_list_of_tags(office: Office, tags: str, status: int) -> None:
    at = f"/releases/{office.submit()}"

    changed = office.call("author", "PATCH", at, json={"publish": "together"}, headers={"If-Match": tags})
    revised = office.call("author", "PUT", f"{at}/source", json=RELEASE, headers={"If-Match": tags.replace("1", "2")})

    assert status == changed.status_code
    if status == 412:
        assert (412, 1, 1) == (revised.status_code, revised.get_json()["theirs"], revised.get_json()["row_version"])


@pytest.mark.parametrize("tags, status", [('"77", "1"', 200), ('"77"', 412), ('""', 412), ("*", 200)])
def test_a_concept_heeds_a_list_of_tags(office: Office, tags: str, status: int) -> None:
    made = office.call("reviewer", "POST", "/terms", json={"terms": {"nl": "brug", "fr": "pont"}}).get_json()

    answer = office.call(
        "reviewer", "PATCH", f"/terms/{made['id']}", json={"domain": "bestuur"}, headers={"If-Match": tags}
    )

    assert status == answer.status_code


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
