"""Submitting, reading, listing, revising through the interface."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.api.conftest import BODY, RELEASE, Office
from tests.operations.making import draft


def test_a_submission_is_answered_with_the_release(office: Office) -> None:
    answer = office.call("author", "POST", "/releases", json=RELEASE)

    release = answer.get_json()
    assert 201 == answer.status_code
    assert answer.headers["Location"].endswith(f"/api/v1/releases/{release['id']}")
    assert '"1"' == answer.headers["ETag"]
    assert ["fr", "de", "en"] == [version["locale"] for version in release["versions"]]
    assert {"queued"} == {version["state"] for version in release["versions"]}
    assert RELEASE["title"] == release["title"]
    assert "nieuwe-brug-over-de-leie-opent-in-mei" == release["slug"]


def test_a_file_is_taken_with_the_fields_of_a_form(office: Office) -> None:
    form = {
        "file": (io.BytesIO(b"# Nieuwe brug\n\nDe brug **opent** in mei.\n\nTot dan."), "brug.md"),
        "targets": "fr,de",
        "embargo_at": "2026-03-05T08:00:00+01:00",
    }

    answer = office.call("author", "POST", "/releases", data=form)

    assert 201 == answer.status_code
    assert "Nieuwe brug" == answer.get_json()["title"]
    assert ["fr", "de"] == [version["locale"] for version in answer.get_json()["versions"]]
    assert "2026-03-05T07:00:00.000Z" == answer.get_json()["embargo_at"]


@pytest.mark.parametrize(
    "changes, field",
    [
        ({"body": ""}, "body"),
        ({"format": "pdf"}, "format"),
        ({"targets": ["xx"]}, "targets"),
        ({"targets": []}, "targets"),
        ({"targets": ["not a tag"]}, None),
        ({"publish": "sometimes"}, "publish"),
        ({"embargo_at": "tomorrow"}, "embargo_at"),
        ({"colour": "red"}, "colour"),
        ({"body": "woord " * 400_000}, "body"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_the_field(office: Office, changes: object, field: str | None) -> None:
    answer = office.call("author", "POST", "/releases", json={**RELEASE, **changes})  # type: ignore[dict-item]

    assert 422 == answer.status_code
    assert "application/problem+json" == answer.mimetype
    assert answer.get_json()["detail"]
    if field is not None:
        assert field in [error["field"] for error in answer.get_json()["errors"]]


@pytest.mark.parametrize(
    "rest, code",
    [
        ({"data": "{not json", "content_type": "application/json"}, 400),
        ({"data": "a text", "content_type": "text/plain"}, 415),
        ({"json": ["a", "list"]}, 422),
        ({"data": b"x" * (13 * 1024 * 1024), "content_type": "application/json"}, 413),
    ],
)
def test_a_body_that_is_not_one_is_told_so(office: Office, rest: dict[str, object], code: int) -> None:
    answer = office.call("author", "POST", "/releases", **rest)

    assert code == answer.status_code
    assert "application/problem+json" == answer.mimetype


def test_a_repeated_key_gives_the_first_release_again(office: Office) -> None:
    headers = {"Idempotency-Key": "one"}
    first = office.call("author", "POST", "/releases", json=RELEASE, headers=headers)

    again = office.call("author", "POST", "/releases", json=RELEASE, headers=headers)

    assert (201, 201) == (first.status_code, again.status_code)
    assert first.get_json()["id"] == again.get_json()["id"]
    assert 1 == len(office.call("author", "GET", "/releases").get_json()["items"])


def test_a_key_with_another_body_is_refused(office: Office) -> None:
    headers = {"Idempotency-Key": "one"}
    office.call("author", "POST", "/releases", json=RELEASE, headers=headers)

    answer = office.call("author", "POST", "/releases", json={**RELEASE, "title": "Iets anders"}, headers=headers)

    assert (422, "key_reused") == (answer.status_code, answer.get_json()["code"])


@pytest.mark.parametrize(
    "name, data",
    [
        ("bericht.txt", b".md Titel\n\nEen zin."),
        ("bericht.md", b".md Titel\n\nEen zinnetje."),
        ("bericht.md.md", b" Titel\n\nEen zin."),
    ],
)
def test_the_same_key_with_another_file_is_refused(office: Office, name: str, data: bytes) -> None:
    def hand_in(name: str, data: bytes) -> TestResponse:
        return office.call(
            "author",
            "POST",
            "/releases",
            data={"file": (io.BytesIO(data), name)},
            content_type="multipart/form-data",
            headers={"Idempotency-Key": "one"},
        )

    first, again = (hand_in("bericht.md", b".md Titel\n\nEen zin.") for _ in range(2))
    other = hand_in(name, data)

    assert (201, "true") == (again.status_code, again.headers["Idempotency-Replayed"])
    assert first.get_json()["id"] == again.get_json()["id"]
    assert (422, "key_reused") == (other.status_code, other.get_json()["code"])


def test_the_same_key_ten_times_at_once_is_one_release(any_office: Office) -> None:
    def submit(_: int) -> str:
        client = any_office.client.application.test_client()
        answer = client.post(
            "/api/v1/releases",
            json=RELEASE,
            headers={"Authorization": f"Bearer {any_office.tokens['author']}", "Idempotency-Key": "at once"},
        )
        assert 201 == answer.status_code, answer.get_data(as_text=True)
        return str(answer.get_json()["id"])

    with ThreadPoolExecutor(10) as pool:
        ids = set(pool.map(submit, range(10)))

    assert 1 == len(ids)
    assert 1 == len(any_office.call("author", "GET", "/releases").get_json()["items"])


def test_a_list_goes_on_by_its_cursor(office: Office) -> None:
    made = [office.submit(title=f"Bericht {number}") for number in range(5)]

    first = office.call("author", "GET", "/releases?limit=3").get_json()
    rest = office.call("author", "GET", f"/releases?limit=3&cursor={first['next']}").get_json()

    assert sorted(made) == sorted(release["id"] for release in first["items"] + rest["items"])
    assert rest["next"] is None


@pytest.mark.parametrize(
    "query, count", [("q=brug", 1), ("state=drafting", 2), ("state=published", 0), ("locale=de", 2)]
)
def test_a_list_is_filtered(office: Office, query: str, count: int) -> None:
    office.submit()
    office.submit(title="Iets anders")

    assert count == len(office.call("author", "GET", f"/releases?{query}").get_json()["items"])


@pytest.mark.parametrize("query", ["limit=0", "limit=many", "cursor=!!", "limit=999"])
def test_a_bad_page_is_refused(office: Office, query: str) -> None:
    assert 422 == office.call("author", "GET", f"/releases?{query}").status_code


def test_what_one_may_not_see_reads_like_what_does_not_exist(office: Office) -> None:
    hidden = office.submit()

    answers = [office.call("other_author", "GET", f"/releases/{release}") for release in (hidden, "rel_nothing")]

    assert [404, 404] == [answer.status_code for answer in answers]
    assert answers[0].data == answers[1].data


def test_a_new_source_keeps_the_units_of_unchanged_segments(office: Office) -> None:
    release_id = office.submit()
    draft(office.desk, release_id)
    before = office.call("reviewer", "GET", f"/releases/{release_id}/versions/fr/units").get_json()["items"]

    answer = office.call(
        "author",
        "PUT",
        f"/releases/{release_id}/source",
        json={**RELEASE, "body": BODY.replace("25 miljoen", "26 miljoen")},
        headers={"If-Match": '"1"'},
    )

    after = office.call("reviewer", "GET", f"/releases/{release_id}/versions/fr/units").get_json()["items"]
    changed = [unit for unit in after if unit["changed_from"]]
    assert (200, 2) == (answer.status_code, answer.get_json()["revision"])
    assert len(before) - 1 == len({unit["id"] for unit in before} & {unit["id"] for unit in after})
    assert ["De brug kostte 25 miljoen euro."] == [unit["changed_from"] for unit in changed]
    assert ["initial"] == [unit["state"] for unit in changed]


@pytest.mark.parametrize("headers, code", [({}, 428), ({"If-Match": '"7"'}, 412), ({"If-Match": '"odd"'}, 412)])
def test_a_new_source_needs_the_state_that_was_read(office: Office, headers: dict[str, str], code: int) -> None:
    release_id = office.submit()

    answer = office.call("author", "PUT", f"/releases/{release_id}/source", json=RELEASE, headers=headers)

    assert code == answer.status_code


@pytest.mark.parametrize("form", [False, True])
@pytest.mark.parametrize(
    "field, value, told",
    [
        ("embargo_at", "2026-03-05T08:00:00Z", "PATCH /api/v1/releases/{id}"),
        ("deadline_at", "2026-03-05T08:00:00Z", "PATCH /api/v1/releases/{id}"),
        ("confidential", "true", "PATCH /api/v1/releases/{id}"),
        ("publish", "as_approved", "PATCH /api/v1/releases/{id}"),
        ("targets", "fr", "settled when the release was submitted"),
        ("slug", "nieuwe-brug", "settled when the release was submitted"),
        ("wish", "x", "Unknown field"),
    ],
)
def test_a_new_source_says_nothing_else(office: Office, field: str, value: str, told: str, *, form: bool) -> None:
    release_id = office.submit()
    sent = {**RELEASE, "body": "Een andere tekst.", field: value}
    body: dict[str, Any] = {"data": sent, "content_type": "multipart/form-data"} if form else {"json": sent}

    answer = office.call("author", "PUT", f"/releases/{release_id}/source", headers={"If-Match": '"1"'}, **body)

    assert (422, [field]) == (answer.status_code, [error["field"] for error in answer.get_json()["errors"]])
    assert told in answer.get_json()["detail"]
    assert 1 == office.call("author", "GET", f"/releases/{release_id}").get_json()["revision"]


def test_lifting_the_embargo_with_a_new_source_is_refused(office: Office) -> None:
    release_id = office.submit(embargo_at="2026-03-05T08:00:00Z")

    answer = office.call(
        "author",
        "PUT",
        f"/releases/{release_id}/source",
        json={**RELEASE, "embargo_at": None},
        headers={"If-Match": '"1"'},
    )

    assert (422, ["embargo_at"]) == (answer.status_code, [error["field"] for error in answer.get_json()["errors"]])


def test_a_new_source_comes_as_a_file_too(office: Office) -> None:
    release_id = office.submit()

    answer = office.call(
        "author",
        "PUT",
        f"/releases/{release_id}/source",
        data={"file": (io.BytesIO(b"# Brug gaat later open\n\nEen zin."), "bericht.md")},
        content_type="multipart/form-data",
        headers={"If-Match": '"1"'},
    )

    assert (200, 2, "Brug gaat later open") == (
        answer.status_code,
        answer.get_json()["revision"],
        answer.get_json()["title"],
    )


def test_the_embargo_can_be_moved_and_lifted(office: Office) -> None:
    release_id = office.submit(embargo_at="2026-03-05T08:00:00Z")

    moved = office.call("author", "PATCH", f"/releases/{release_id}", json={"embargo_at": "2026-03-06T08:00:00Z"})
    lifted = office.call("author", "PATCH", f"/releases/{release_id}", json={"embargo_at": None})

    assert "2026-03-06T08:00:00.000Z" == moved.get_json()["embargo_at"]
    assert lifted.get_json()["embargo_at"] is None


def test_a_comment_is_kept_with_its_writer(office: Office) -> None:
    release_id = office.submit()

    office.call("reviewer", "POST", f"/releases/{release_id}/comments", json={"body": "Welke brug?", "locale": "fr"})

    items = office.call("author", "GET", f"/releases/{release_id}/comments").get_json()["items"]
    assert [("Welke brug?", "Reviewer", "fr")] == [(item["body"], item["by"], item["locale"]) for item in items]
