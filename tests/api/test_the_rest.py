"""Tokens, endpoints, deliveries, the audit, oneself, and the document that describes it all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from service.operations.delivering import fan_out
from service.operations.upkeep import find_due
from tests.api.conftest import Office, token_for

HOOK = {"url": "http://127.0.0.1:9/hook", "events": ["release.submitted"], "public": False}


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer nothing"}, {"Authorization": "Basic YTpi"}])
def test_without_a_token_that_counts_nothing_is_told(office: Office, headers: dict[str, str]) -> None:
    answer = office.call(None, "GET", "/me", headers=headers)

    assert 401 == answer.status_code
    assert "WWW-Authenticate" in answer.headers


def test_a_token_does_no_more_than_its_scopes(office: Office) -> None:
    office.tokens["reader"] = token_for(office.desk, office.people.author, "read")

    assert 200 == office.call("reader", "GET", "/releases").status_code
    assert 403 == office.call("reader", "POST", "/releases", json={"title": "T", "body": "Een tekst."}).status_code


def test_one_is_told_who_one_is(office: Office) -> None:
    me = office.call("french_reviewer", "GET", "/me").get_json()

    assert "french_reviewer@office.example" == me["email"]
    assert [{"role": "reviewer", "locale": "fr"}] == me["roles"]


def test_a_secret_is_shown_once(office: Office) -> None:
    made = office.call("publisher", "POST", "/endpoints", json=HOOK)

    read = office.call("publisher", "GET", f"/endpoints/{made.get_json()['id']}")

    assert (201, True) == (made.status_code, made.get_json()["secret"].startswith("whsec_"))
    assert "secret" not in read.get_json()
    assert "whsec_" not in office.call("publisher", "GET", "/endpoints").get_data(as_text=True)


@pytest.mark.parametrize(
    "changes",
    [
        {"url": "ftp://example.org/"},
        {"url": "http://10.0.0.1/hook"},
        {"url": "https://user:pw@example.org/"},
        {"events": ["release.imagined"]},
        {"events": []},
        {"secret": "mine"},
    ],
)
def test_an_endpoint_that_cannot_be_is_refused(office: Office, changes: dict[str, object]) -> None:
    assert 422 == office.call("publisher", "POST", "/endpoints", json={**HOOK, **changes}).status_code


def test_no_event_at_all_is_not_the_usual_ones(office: Office) -> None:
    usual = office.call("publisher", "POST", "/endpoints", json={"url": HOOK["url"]}).get_json()
    path = f"/endpoints/{usual['id']}"

    answer = office.call("publisher", "PATCH", path, json={"events": []})
    kept = office.call("publisher", "PATCH", path, json={"description": "The newsroom"}).get_json()

    assert (422, "no_event") == (answer.status_code, answer.get_json()["code"])
    assert "Choose at least one event." == answer.get_json()["detail"]
    assert usual["events"] == kept["events"]
    assert ["release.published", "version.published", "release.corrected", "release.withdrawn"] == kept["events"]


def test_a_delivery_is_listed_and_sent_again(office: Office) -> None:
    office.call("publisher", "POST", "/endpoints", json=HOOK)
    office.submit()
    with office.desk.begin() as work:
        due = find_due(work)
    for row in due.outbox:
        with office.desk.begin() as work:
            fan_out(work, row)

    item = office.call("publisher", "GET", "/deliveries").get_json()["items"][0]
    again = office.call("publisher", "POST", f"/deliveries/{item['id']}/redeliver")

    assert ("release.submitted", "pending", []) == (item["type"], item["state"], item["attempts"])
    assert 202 == again.status_code


@pytest.mark.parametrize(
    "asked, code, count",
    [
        ({"since": "2026-03-02T12:00:00Z"}, 202, 1),
        ({"since": "2026-03-02T12:00:01Z"}, 202, 0),
        ({"release": "{id}", "first": 1, "last": 1}, 202, 1),
        ({"release": "{id}", "first": 2}, 202, 0),
        ({}, 422, None),
        ({"since": "yesterday"}, 422, None),
        ({"release": "{id}", "first": -1}, 422, None),
    ],
)
def test_a_range_is_sent_again(office: Office, asked: dict[str, object], code: int, count: int | None) -> None:
    release = office.submit()
    with office.desk.begin() as work:
        due = find_due(work)
    for row in due.outbox:
        with office.desk.begin() as work:
            fan_out(work, row)
    endpoint = office.call("publisher", "POST", "/endpoints", json=HOOK).get_json()["id"]
    named = {name: release if value == "{id}" else value for name, value in asked.items()}

    answer = office.call("publisher", "POST", f"/endpoints/{endpoint}/replay", json=named)

    assert (code, count) == (answer.status_code, answer.get_json().get("deliveries"))
    assert (count or 0) == len(office.call("publisher", "GET", "/deliveries").get_json()["items"])


@pytest.mark.parametrize("who, code", [("auditor", 200), ("admin", 200), ("publisher", 403), ("author", 403)])
def test_the_audit_is_for_auditors(office: Office, who: str, code: int) -> None:
    assert code == office.call(who, "GET", "/audit").status_code


def test_the_audit_pages_backwards(office: Office) -> None:
    office.submit()

    first = office.call("auditor", "GET", "/audit?limit=2").get_json()
    second = office.call("auditor", "GET", f"/audit?limit=2&cursor={first['next']}").get_json()

    numbers = [item["number"] for item in first["items"] + second["items"]]
    assert numbers == sorted(numbers, reverse=True)
    assert 4 == len(set(numbers))


def test_the_committed_document_is_the_one_that_is_served(office: Office) -> None:
    served = office.client.get("/api/v1/openapi.json").get_json()
    committed = json.loads((Path(__file__).parents[2] / "docs" / "openapi.json").read_text())

    assert committed == served, "run `make openapi` and commit docs/openapi.json"


def test_every_call_is_described(office: Office) -> None:
    document = office.client.get("/api/v1/openapi.json").get_json()

    for path, calls in document["paths"].items():
        for method, call in calls.items():
            if method != "parameters":
                assert call.get("summary"), f"{method} {path}"
