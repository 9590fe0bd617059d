"""What a submission is made of: one text, each field once, and no more of it than the desk can take in."""

from __future__ import annotations

import io
from typing import Any

import pytest

from tests.api.conftest import RELEASE, Office

TEXT = b"Nieuwe brug\n\nDe brug opent in mei."


def _file(name: str = "brug.txt") -> tuple[io.BytesIO, str]:
    return io.BytesIO(TEXT), name


@pytest.mark.parametrize(
    "form, field",
    [
        pytest.param({"file": _file, "body": "Een andere tekst."}, "body", id="a file and a text"),
        pytest.param({"file": [_file, _file]}, "file", id="two files"),
        pytest.param({"body": ["De ene tekst.", "De andere tekst."], "title": "Brug"}, "body", id="two texts"),
        pytest.param({"file": _file, "title": ["Brug", "Tunnel"]}, "title", id="two titles"),
        pytest.param(
            {"file": _file, "embargo_at": ["2026-03-05T08:00:00Z", "2027-03-05T08:00:00Z"]},
            "embargo_at",
            id="two hours",
        ),
    ],
)
@pytest.mark.parametrize("call", ["submit", "revise"])
def test_of_two_texts_none_is_dropped_in_silence(office: Office, form: dict[str, Any], field: str, call: str) -> None:
    release_id = office.submit()
    made = {
        name: [part() if callable(part) else part for part in (given if isinstance(given, list) else [given])]
        for name, given in form.items()
    }

    if call == "submit":
        answer = office.call("author", "POST", "/releases", data=made, content_type="multipart/form-data")
    else:
        answer = office.call(
            "author",
            "PUT",
            f"/releases/{release_id}/source",
            data=made,
            content_type="multipart/form-data",
            headers={"If-Match": "*"},
        )

    assert 422 == answer.status_code
    assert field in [error["field"] for error in answer.get_json()["errors"]]
    assert [(release_id, 1)] == [
        (each["id"], each["revision"]) for each in office.call("author", "GET", "/releases").get_json()["items"]
    ]


def test_languages_may_be_named_one_by_one_or_in_one_field(office: Office) -> None:
    data = {"file": _file(), "targets": ["fr,de", "en"]}

    answer = office.call("author", "POST", "/releases", data=data, content_type="multipart/form-data")

    assert 201 == answer.status_code
    assert ["fr", "de", "en"] == [version["locale"] for version in answer.get_json()["versions"]]


def test_a_text_of_more_segments_than_the_desk_can_take_in_is_refused(office: Office) -> None:
    answer = office.call("author", "POST", "/releases", json={**RELEASE, "body": "Een zin. " * 5_001})

    assert (422, "too_many_segments") == (answer.status_code, answer.get_json()["code"])
    assert "body" == answer.get_json()["errors"][0]["field"]


def test_a_new_source_of_a_withdrawn_release_is_refused_as_the_document_says(office: Office) -> None:
    release_id = office.submit()
    office.call("publisher", "POST", f"/releases/{release_id}/withdraw", json={"reason": "Fout"})

    answer = office.call("author", "PUT", f"/releases/{release_id}/source", json=RELEASE, headers={"If-Match": "*"})

    document = office.client.get("/api/v1/openapi.json").get_json()
    assert (409, "withdrawn") == (answer.status_code, answer.get_json()["code"])
    assert "409" in document["paths"]["/api/v1/releases/{release_id}/source"]["put"]["responses"]
