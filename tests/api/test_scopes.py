"""Tokens of one scope: each does what its scope says, is answered what it did, and reads nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from service.domain.permissions import Scope
from tests.api.conftest import BODY, RELEASE, Office, token_for
from tests.operations.making import approve, draft

OF_OTHER_SCOPES = ("/me", "/audit", "/endpoints", "/deliveries", "/openapi.json")


def alone(office: Office, who: str, *scopes: str) -> str:
    """Issue a token of these scopes to somebody; return the name that it is called with."""
    name = f"{who} for {' and '.join(scopes)}"
    office.tokens[name] = token_for(office.desk, getattr(office.people, who), *scopes)
    return name


def approved(office: Office) -> str:
    """Return the id of a release of one language that is approved."""
    release_id = office.submit(targets=["fr"])
    draft(office.desk, release_id)
    approve(office.desk, office.people.reviewer, release_id)
    return release_id


def test_a_token_for_submitting_is_answered_the_release(any_office: Office) -> None:
    author = alone(any_office, "author", "submit")
    key = {"Idempotency-Key": "press-1"}

    made = any_office.call(author, "POST", "/releases", json=RELEASE, headers=key)
    again = any_office.call(author, "POST", "/releases", json=RELEASE, headers=key)

    assert (201, RELEASE["title"]) == (made.status_code, made.get_json()["title"])
    assert (201, "true") == (again.status_code, again.headers["Idempotency-Replayed"])
    assert made.get_json()["id"] == again.get_json()["id"]


def test_a_token_for_submitting_revises_and_reschedules(office: Office) -> None:
    release_id = office.submit(targets=["fr"])
    draft(office.desk, release_id)
    author = alone(office, "author", "submit")
    path = f"/releases/{release_id}"

    moved = office.call(author, "PATCH", path, json={"confidential": True})
    tag = {"If-Match": moved.headers["ETag"]}
    revised = office.call(
        author,
        "PUT",
        f"{path}/source",
        json={"title": RELEASE["title"], "body": BODY + "\nNog een zin.\n"},
        headers=tag,
    )
    draft(office.desk, release_id)
    drafted_anew = office.call(author, "POST", f"{path}/versions/fr/redraft", json={})

    assert [200, 200, 202] == [moved.status_code, revised.status_code, drafted_anew.status_code]
    assert (True, 2, "fr") == (
        moved.get_json()["confidential"],
        revised.get_json()["revision"],
        drafted_anew.get_json()["locale"],
    )


def test_a_token_for_reviewing_saves_and_approves(office: Office) -> None:
    release_id = office.submit(targets=["fr"])
    draft(office.desk, release_id)
    path = f"/releases/{release_id}/versions/fr"
    unit, other = office.call("reviewer", "GET", f"{path}/units").get_json()["items"][:2]
    reviewer, second = alone(office, "reviewer", "review"), alone(office, "second_reviewer", "review")

    def call(who: str, method: str, below: str, **rest: Any) -> Any:
        return office.call(who, method, f"{path}{below}", **rest)

    saved = call(
        reviewer, "PATCH", f"/units/{unit['id']}", json={"target": "Nouveau pont"}, headers={"If-Match": '"2"'}
    )
    answers = [
        call(reviewer, "POST", "/claim"),
        call(reviewer, "POST", f"/units/{unit['id']}/undo", headers={"If-Match": saved.headers["ETag"]}),
        call(reviewer, "POST", "/confirm"),
        call(reviewer, "POST", f"/units/{unit['id']}/propagate", json={"units": {other["id"]: 3}, "confirm": True}),
        call(reviewer, "POST", f"/units/{other['id']}/alternatives", json={}),
        office.call(reviewer, "POST", f"/releases/{release_id}/comments", json={"body": "Klaar."}),
        call(reviewer, "POST", "/import", data=office.call("reviewer", "GET", f"{path}/export?format=xliff").data),
    ]
    digest = office.call("reviewer", "GET", path).get_json()["digest"]
    answers.append(call(second, "POST", "/approve", json={"digest": digest}))

    assert (200, "Nouveau pont") == (saved.status_code, saved.get_json()["target"])
    assert [200, 200, 200, 200, 202, 201, 200, 200] == [answer.status_code for answer in answers]
    assert "approved" == answers[-1].get_json()["state"]


def test_a_token_for_publishing_publishes_sends_back_and_withdraws(office: Office) -> None:
    release_id = approved(office)
    publisher = alone(office, "publisher", "publish")
    path = f"/releases/{release_id}"

    out = office.call(publisher, "POST", f"{path}/publish")
    back = office.call(publisher, "POST", f"{path}/versions/fr/reopen", json={"reason": "Een fout."})
    gone = office.call(publisher, "POST", f"{path}/withdraw", json={"reason": "Vervallen."})

    assert [200, 200, 200] == [out.status_code, back.status_code, gone.status_code]
    assert ("published", "in_review", "Vervallen.") == (
        out.get_json()["state"],
        back.get_json()["state"],
        gone.get_json()["withdrawn_reason"],
    )


def test_nothing_is_read_by_a_token_that_only_writes(office: Office) -> None:
    release_id = approved(office)
    writer = alone(office, "publisher", *(scope for scope in Scope if scope is not Scope.READ))
    asked = {
        rule.rule.removeprefix("/api/v1")
        for rule in office.client.application.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/") and "GET" in (rule.methods or ())
    }
    reading = sorted(path for path in asked if not path.startswith(OF_OTHER_SCOPES))

    for path in reading:
        for known in (release_id, "rel_none"):
            filled = path.replace("<release_id>", known).replace("<locale>", "fr")
            answer = office.call(writer, "GET", filled)
            assert (403, "scope_missing") == (answer.status_code, answer.get_json()["code"]), filled
            assert "“read”" in answer.get_json()["detail"]
        assert 403 == office.call(writer, "HEAD", filled).status_code
    assert len(reading) > 15
    assert [200, 200] == [office.call(writer, "GET", path).status_code for path in ("/me", "/endpoints")]


@pytest.mark.parametrize(
    "who, scope, done, code",
    [
        ("publisher", "submit", {"revise", "reschedule"}, 403),
        ("publisher", "publish", {"publish", "reschedule"}, 403),
        ("reviewer", "review", {"save", "approve", "comment"}, 403),
        ("publisher", "endpoints", set(), 404),
        ("other_author", "submit", set(), 404),
    ],
)
def test_a_write_of_another_scope_tells_nothing_of_a_release(
    office: Office, who: str, scope: str, done: set[str], code: int
) -> None:
    release_id = office.submit(targets=["fr"])
    draft(office.desk, release_id)
    path = f"/releases/{release_id}"
    unit = office.call("reviewer", "GET", f"{path}/versions/fr/units").get_json()["items"][0]
    writes: dict[str, tuple[str, str, dict[str, Any]]] = {
        "save": ("PATCH", f"{path}/versions/fr/units/{unit['id']}", {"target": "Mon texte"}),
        "approve": ("POST", f"{path}/versions/fr/approve", {"digest": "0" * 64}),
        "comment": ("POST", f"{path}/comments", {"body": "Wat staat hier?"}),
        "publish": ("POST", f"{path}/publish", {}),
        "revise": ("PUT", f"{path}/source", {"title": "Een titel", "body": "Een zin."}),
        "reschedule": ("PATCH", path, {"confidential": True}),
    }
    writer = alone(office, who, scope)

    answers = {
        name: office.call(writer, method, at, json=body, headers={"If-Match": '"99"'})
        for name, (method, at, body) in writes.items()
        if name not in done
    }

    assert dict.fromkeys(answers, code) == {name: answer.status_code for name, answer in answers.items()}
    told = " ".join(answer.get_data(as_text=True) for answer in answers.values())
    assert not [word for word in ("brug", "Peeters", "row_version", "theirs") if word in told]


def test_a_save_by_a_token_for_reviewing_is_answered_no_text_of_another_release(office: Office) -> None:
    approved(office)
    release_id = office.submit(targets=["fr"])
    draft(office.desk, release_id)
    path = f"/releases/{release_id}/versions/fr/units"
    unit = office.call("reviewer", "GET", path).get_json()["items"][1]
    reviewer = alone(office, "reviewer", "review")

    saved = office.call(
        reviewer, "PATCH", f"{path}/{unit['id']}", json={"target": "Mon texte"}, headers={"If-Match": '"2"'}
    )

    assert unit["matches"]
    assert (200, []) == (saved.status_code, saved.get_json()["matches"])
