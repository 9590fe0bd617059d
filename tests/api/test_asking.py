"""What calls are asked with: lists by their filters, receivers by a range."""

from __future__ import annotations

from tests.api.conftest import Office


def test_a_range_without_an_offset_is_utc_as_all_times_are(office: Office) -> None:
    hook = {"url": "https://example.org/hook", "events": ["release.submitted"]}
    endpoint = office.call("publisher", "POST", "/endpoints", json=hook).get_json()["id"]

    answer = office.call("publisher", "POST", f"/endpoints/{endpoint}/replay", json={"since": "2026-03-29T02:30:00"})

    assert 202 == answer.status_code  # the clock in Brussels skips that time


def test_a_moment_of_a_range_that_is_none_is_named(office: Office) -> None:
    hook = {"url": "https://example.org/hook", "events": ["release.submitted"]}
    endpoint = office.call("publisher", "POST", "/endpoints", json=hook).get_json()["id"]

    answer = office.call("publisher", "POST", f"/endpoints/{endpoint}/replay", json={"since": "gisteren"})

    assert 422 == answer.status_code
    assert ["since"] == [error["field"] for error in answer.get_json()["errors"]]
