"""Changing when and how a release leaves, through the interface."""

from __future__ import annotations

from tests.api.conftest import Office


def test_a_deadline_is_lifted_as_an_embargo_is(office: Office) -> None:
    release_id = office.submit(deadline_at="2027-03-05T08:00:00Z")

    answer = office.call("author", "PATCH", f"/releases/{release_id}", json={"deadline_at": None})

    assert (200, None) == (answer.status_code, answer.get_json()["deadline_at"])


def test_a_change_of_nothing_changes_nothing(office: Office) -> None:
    release_id = office.submit(confidential=True, embargo_at="2027-03-05T08:00:00Z")
    before = office.call("author", "GET", f"/releases/{release_id}")
    same = {"confidential": True, "embargo_at": "2027-03-05T08:00:00Z"}

    answers = [office.call("author", "PATCH", f"/releases/{release_id}", json=each) for each in ({}, same)]

    assert [200, 200] == [each.status_code for each in answers]
    assert [before.headers["ETag"]] * 2 == [each.headers["ETag"] for each in answers]
    entries = office.call("admin", "GET", "/audit?action=release.rescheduled").get_json()["items"]
    assert [] == entries
