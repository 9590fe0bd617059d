"""Characters that no database can keep, in every place of every call: refused in words, on each database alike."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from service.storage.models import SourceRevision
from tests.api.conftest import RELEASE, Office

ODD = ("a\x00b", "\ud800")
# Texts that lose what cannot be kept, where they are read: zeros in all, in a release half a surrogate pair as well.
LOSING = {"target": "\x00", "title": "\x00\ud800", "slug": "\x00\ud800"}
LOOKED_FOR = {("/memory", "source"), ("/concordance", "q")}


def _calls(office: Office) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in _document(office.client)["paths"].items():
        for method, call in methods.items():
            if method != "parameters":
                given = [*methods.get("parameters", ()), *call.get("parameters", ())]
                yield method.upper(), path.removeprefix("/api/v1"), {**call, "parameters": given}


@cache
def _document(client: FlaskClient) -> dict[str, Any]:
    document: dict[str, Any] = client.get("/api/v1/openapi.json").get_json()
    return document


def _names(call: dict[str, Any], place: str) -> list[str]:
    return [each["name"] for each in call["parameters"] if each["in"] == place]


def _said(answer: TestResponse) -> tuple[int, str, str | None]:
    return answer.status_code, answer.mimetype, answer.get_json(force=True).get("code")


PROBLEM = "application/problem+json"


def test_no_address_has_a_zero_character(any_office: Office) -> None:
    found = {}
    for method, path, call in _calls(any_office):
        for name in _names(call, "path"):
            for value in ("%00", "x%00y"):
                at = path.replace(f"{{{name}}}", value).replace("{locale}", "fr")
                found[method, at] = _said(any_office.call("admin", method, at))[:2]

    assert dict.fromkeys(found, (404, PROBLEM)) == found
    assert len(found) > 80


def test_no_call_is_asked_with_a_zero_character(any_office: Office) -> None:
    found = {}
    for method, path, call in _calls(any_office):
        for name in _names(call, "query"):
            at = path.replace("{locale}", "fr")
            found[path, name] = _said(any_office.call("admin", method, f"{at}?{name}=a%00b"))[0]

    expected = {place: 422 for place in found if place not in LOOKED_FOR}
    assert expected == {place: status for place, status in found.items() if place not in LOOKED_FOR}
    assert max(found[place] for place in LOOKED_FOR) < 500
    assert len(found) > 20


def _fields(office: Office, call: dict[str, Any]) -> dict[str, Any]:
    content = call.get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    name = schema.get("$ref", "").rpartition("/")[2]
    fields: dict[str, Any] = _document(office.client)["components"]["schemas"].get(name, {}).get("properties", {})
    return fields


def _odd_values(field: dict[str, Any], text: str) -> Any:
    kind = field.get("type")
    if kind == "array" or "oneOf" in field:
        return [text]
    return {text: 1} if kind == "object" else text


def test_no_body_holds_what_cannot_be_kept(any_office: Office) -> None:
    found = {}
    for method, path, call in _calls(any_office):
        for name, field in _fields(any_office, call).items():
            for text in ODD:
                if name == "body" or LOSING.get(name, "").find(text.strip("ab")) >= 0:
                    continue
                sent = {name: _odd_values(field, text)}
                answer = any_office.call("admin", method, path, json=sent, headers={"If-Match": '"1"'})
                found[method, path, name, text] = _said(answer)

    assert dict.fromkeys(found, (422, PROBLEM, "bad_character")) == found
    assert len(found) > 80


@pytest.mark.parametrize(
    "field, value, kept", [("title", "Een \x00brug", "Een brug"), ("title", "Een \ud800 brug", "Een \ufffd brug")]
)
def test_a_release_loses_what_cannot_be_kept(any_office: Office, field: str, value: str, kept: str) -> None:
    release_id = any_office.submit(**{field: value, "body": RELEASE["body"] + "\x00\ud800", "slug": "a\x00b\ud800"})

    release = any_office.call("author", "GET", f"/releases/{release_id}").get_json()

    with any_office.desk.read() as reading:
        body = reading.session.scalars(select(SourceRevision.body)).one()
    assert (kept, "a-b") == (release[field], release["slug"])
    assert RELEASE["body"] + "\ufffd" == body


def test_a_comment_loses_its_zeros_and_refuses_half_a_pair(any_office: Office) -> None:
    at = f"/releases/{any_office.submit()}/comments"

    kept = any_office.call("author", "POST", at, json={"body": "Klopt\x00 dit?"})
    refused = any_office.call("author", "POST", at, json={"body": "Klopt\ud800 dit?"})

    assert (201, "Klopt dit?") == (kept.status_code, kept.get_json()["body"])
    assert (422, PROBLEM, "bad_character") == _said(refused)


@pytest.mark.parametrize(
    "who, path, sent",
    [
        ("author", "/releases", {**RELEASE, "targets": ["\ud800"]}),
        ("author", "/releases", {**RELEASE, "embargo_at": "\ud800"}),
        ("author", "/releases", {**RELEASE, "\ud800": 1}),
        ("author", "/releases", {**RELEASE, "\x00": 1}),
        ("admin", "/endpoints", {"url": "https://example.org/hook", "events": ["\ud800"]}),
        ("admin", "/endpoints", {"url": "https://example.org/\ud800"}),
        ("reviewer", "/terms", {"terms": {"\ud800": "brug"}}),
    ],
)
def test_a_refusal_that_repeats_what_was_sent_can_be_read(
    any_office: Office, who: str, path: str, sent: dict[str, Any]
) -> None:
    answer = any_office.call(who, "POST", path, json=sent)

    assert (422, PROBLEM) == _said(answer)[:2]
    assert answer.get_json(force=True)["detail"].encode()


def test_what_slips_through_to_the_database_is_refused_and_not_a_fault(
    any_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.api.reading.demand_storable", lambda *_: None)

    answer = any_office.call("author", "GET", "/releases?q=a%00b")

    told = {"sqlite": (200, "application/json"), "postgresql": (422, PROBLEM)}
    assert told[any_office.desk.database.engine.dialect.name] == _said(answer)[:2]


def test_a_form_for_programs_is_refused_as_json_is(any_office: Office) -> None:
    answer = any_office.call(
        "author", "POST", "/releases", data={**RELEASE, "targets": "fr\x00"}, content_type="multipart/form-data"
    )

    assert (422, PROBLEM, "bad_character") == _said(answer)
