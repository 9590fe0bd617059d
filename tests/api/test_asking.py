"""What calls are asked with: lists by their filters, receivers by a range.

What no row can have is refused, where an empty list would say that there is none.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.api.conftest import Office


@pytest.mark.parametrize("tag", ["FR", "fr-BE", "fr_be"])
def test_releases_are_found_by_any_tag_of_a_language(office: Office, tag: str) -> None:
    wanted = office.submit(targets=["fr"])
    office.submit(targets=["de"])

    answer = office.call("author", "GET", "/releases", query_string={"locale": tag})

    assert [wanted] == [each["id"] for each in answer.get_json()["items"]]


@pytest.mark.parametrize("locale", ["xx", "nl", "not a tag"])
def test_a_language_that_no_version_can_have_is_refused(office: Office, locale: str) -> None:
    answer = office.call("author", "GET", "/releases", query_string={"locale": locale})

    assert 422 == answer.status_code
    assert ["locale"] == [error["field"] for error in answer.get_json()["errors"]]


def test_a_language_that_the_office_gave_up_is_found_while_there_are_versions_in_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = office.submit(targets=["en"])
    monkeypatch.setattr(office.desk, "office", replace(office.desk.office, target_locales=("fr", "de")))

    answer = office.call("author", "GET", "/releases?locale=en")

    assert [wanted] == [each["id"] for each in answer.get_json()["items"]]


@pytest.mark.parametrize("path", ["/releases", "/deliveries"])
def test_a_state_that_there_is_not_is_refused_and_those_that_there_are_are_told(office: Office, path: str) -> None:
    answer = office.call("publisher", "GET", f"{path}?state=finished")

    assert (422, "unknown_state") == (answer.status_code, answer.get_json()["code"])
    assert ["state"] == [error["field"] for error in answer.get_json()["errors"]]
    assert "pending" in answer.get_json()["detail"] or "in_review" in answer.get_json()["detail"]


@pytest.mark.parametrize(
    "path, states",
    [
        ("/releases", ["queued", "drafting", "in_review", "approved", "scheduled", "published", "withdrawn"]),
        ("/deliveries", ["pending", "delivered", "failed", "cancelled"]),
    ],
)
def test_every_state_that_a_row_can_have_may_be_asked_for(office: Office, path: str, states: list[str]) -> None:
    answers = [office.call("publisher", "GET", f"{path}?state={state}").status_code for state in states]

    assert [200] * len(states) == answers


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
