"""Files through the interface: every format out, XLIFF back in."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.api.conftest import Office
from tests.operations.making import draft

XLIFF = pytest.mark.parametrize("form", ["xliff", "xliff12"])
HTML = "<p>De <b>brug</b> is <i>klaar</i>.</p><p>Kom <a href='https://example.org/'>kijken</a>.</p>"


def _drafted(office: Office, **changes: Any) -> str:
    release_id = office.submit(**changes)
    draft(office.desk, release_id)
    return release_id


def _export(office: Office, release_id: str, form: str, *, who: str = "author", locale: str = "fr") -> TestResponse:
    return office.call(who, "GET", f"/releases/{release_id}/versions/{locale}/export?format={form}")


def _import(office: Office, release_id: str, data: Any, *, who: str = "reviewer", **rest: Any) -> TestResponse:
    return office.call(who, "POST", f"/releases/{release_id}/versions/fr/import", data=data, **rest)


def _units(office: Office, release_id: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = office.call(
        "reviewer", "GET", f"/releases/{release_id}/versions/fr/units"
    ).get_json()["items"]
    return found


def _edited(data: bytes) -> bytes:
    """Return the file as a translator leaves it who changed the title's target and nothing else."""
    before, mark, after = data.decode().rpartition("[fr] Nieuwe brug over de Leie opent in mei</target>")
    assert mark
    return f"{before}Un nouveau pont sur la Lys ouvre en mai</target>{after}".encode()


def _title_last(data: bytes) -> bytes:
    """Check that the only text of the title in the file that is edited is its target, not the draft beside it."""
    assert 2 == data.decode().count("[fr] Nieuwe brug over de Leie opent in mei")
    return data


def _changed(office: Office, release_id: str, form: str) -> bytes:
    data = _title_last(_export(office, release_id, form).data)
    if form == "xliff":
        return _edited(data)  # the candidate stands before the segment
    text = data.decode()  # the proposal stands behind the target
    return text.replace(
        "[fr] Nieuwe brug over de Leie opent in mei", "Un nouveau pont sur la Lys ouvre en mai", 1
    ).encode()


@pytest.mark.parametrize(
    "form, kind, ending, start",
    [
        ("xliff", "application/xliff+xml", "xlf", b"<?xml"),
        ("xliff12", "application/x-xliff+xml", "xlf", b"<?xml"),
    ],
)
def test_a_version_goes_out_as_a_file_for_tools(
    office: Office, form: str, kind: str, ending: str, start: bytes
) -> None:
    release_id = _drafted(office)

    answer = _export(office, release_id, form)

    assert (200, kind, "fr") == (answer.status_code, answer.mimetype, answer.headers["Content-Language"])
    assert (
        f'attachment; filename="nieuwe-brug-over-de-leie-opent-in-mei.fr.{ending}"'
        == (answer.headers["Content-Disposition"])
    )
    assert answer.data.startswith(start)


@XLIFF
def test_a_file_comes_back_as_the_body_and_tells_what_it_changed(any_office: Office, form: str) -> None:
    release_id = _drafted(any_office)
    title = _units(any_office, release_id)[0]

    answer = _import(
        any_office, release_id, _changed(any_office, release_id, form), content_type="application/xliff+xml"
    )

    assert 200 == answer.status_code, answer.text
    assert {"changed": [title["id"]], "unchanged": 5, "refused": []} == answer.get_json()
    after = _units(any_office, release_id)[0]
    assert ("Un nouveau pont sur la Lys ouvre en mai", "translated", "person") == (
        after["target"],
        after["state"],
        after["origin"]["kind"],
    )


@XLIFF
def test_a_file_comes_back_in_a_form(office: Office, form: str) -> None:
    release_id = _drafted(office)
    data = _changed(office, release_id, form)

    answer = _import(office, release_id, {"file": (io.BytesIO(data), "persbericht.xlf")})

    assert (200, 1) == (answer.status_code, len(answer.get_json()["changed"]))


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/xml", "application/octet-stream", None])
def test_a_file_may_be_sent_as_anything(office: Office, kind: str | None) -> None:
    release_id = _drafted(office)

    answer = _import(office, release_id, _export(office, release_id, "xliff").data, content_type=kind)

    assert (200, 6) == (answer.status_code, answer.get_json()["unchanged"])


def test_inline_codes_go_out_and_come_back(office: Office) -> None:
    release_id = _drafted(office, body=HTML, format="html")
    before = _units(office, release_id)
    for form, shown in (("xliff", b"<pc "), ("xliff12", b"<g ")):
        data = _export(office, release_id, form).data

        answer = _import(office, release_id, data)

        assert shown in data
        assert ([], len(before), []) == tuple(answer.get_json()[name] for name in ("changed", "unchanged", "refused"))
    assert before == _units(office, release_id)


def test_a_stale_segment_is_told_with_both_texts(office: Office) -> None:
    release_id = _drafted(office)
    data = _changed(office, release_id, "xliff")
    title = _units(office, release_id)[0]
    office.call(
        "second_reviewer",
        "PATCH",
        f"/releases/{release_id}/versions/fr/units/{title['id']}",
        json={"target": "Un pont"},
        headers={"If-Match": '"2"'},
    )

    answer = _import(office, release_id, data)

    assert [
        {
            "unit": title["id"],
            "n": 1,
            "code": "stale",
            "detail": "Somebody saved this segment after the file was made; both texts are shown.",
            "mine": "Un nouveau pont sur la Lys ouvre en mai",
            "theirs": "Un pont",
        }
    ] == answer.get_json()["refused"]
    assert "Un pont" == _units(office, release_id)[0]["target"]


@pytest.mark.parametrize(
    "data, code",
    [
        (b"no XML", "bad_file"),
        (b"", "bad_file"),
        (b"<!DOCTYPE x><x/>", "bad_file"),
        (b"<x/>", "not_xliff"),
        (b" " * 5_000_001, "file_too_large"),
        ({"other": (io.BytesIO(b"<x/>"), "x.xlf")}, "no_file"),
    ],
)
def test_what_is_no_file_of_ours_is_refused_with_a_code(office: Office, data: Any, code: str) -> None:
    release_id = _drafted(office)

    answer = _import(office, release_id, data)

    assert (422, code) == (answer.status_code, answer.get_json()["code"])
    assert [{"field": "file", "code": code, "detail": answer.get_json()["detail"]}] == answer.get_json()["errors"]


def test_the_file_of_another_language_or_release_is_refused(office: Office) -> None:
    release_id, other = _drafted(office), _drafted(office)

    german = _import(office, release_id, _export(office, release_id, "xliff", locale="de").data)
    strange = _import(office, release_id, _export(office, other, "xliff12").data)

    assert ["other_languages", "other_release"] == [answer.get_json()["code"] for answer in (german, strange)]
    assert "“nl” to “de”" in german.get_json()["detail"]


def test_an_approved_version_takes_no_file(office: Office) -> None:
    release_id = _drafted(office)
    data = _changed(office, release_id, "xliff")
    path = f"/releases/{release_id}/versions/fr"
    digest = office.call("reviewer", "GET", path).get_json()["digest"]
    office.call("reviewer", "POST", f"{path}/approve", json={"digest": digest})

    answer = _import(office, release_id, data)

    assert (409, "wrong_state") == (answer.status_code, answer.get_json()["code"])
    assert "approved" == office.call("reviewer", "GET", path).get_json()["state"]


def test_a_stranger_is_refused_before_the_file_is_looked_at(office: Office) -> None:
    release_id = _drafted(office)

    statuses = [
        _import(office, release_id, b"no XML", who=who).status_code for who in ("author", "auditor", "other_author")
    ]

    assert [403, 403, 404] == statuses
    assert 401 == office.call(None, "POST", f"/releases/{release_id}/versions/fr/import", data=b"x").status_code


def test_an_unpublished_version_is_news_that_is_withheld(office: Office) -> None:
    release_id = _drafted(office, embargo_at="2026-03-05T08:00:00Z")

    answer = _export(office, release_id, "ninjs")
    item = json.loads(answer.data)

    assert ("application/json", "withheld", "2026-03-05T08:00:00Z") == (
        answer.mimetype,
        item["pubStatus"],
        item["embargoedUntil"],
    )
    assert ("fr", "[fr] Nieuwe brug over de Leie opent in mei") == (item["language"], item["title"])
    assert item["digitalSourceType"]["uri"].endswith("/trainedAlgorithmicMedia")
    assert ["de", "en"] == [sibling["language"] for sibling in item["associations"]]
    assert item["uri"].startswith("tag:")
    assert 401 == _export(office, release_id, "ninjs", who=None).status_code  # type: ignore[arg-type]
    assert 404 == _export(office, release_id, "ninjs", who="other_author").status_code


def test_a_published_version_is_the_same_news_as_under_its_address(office: Office) -> None:
    release_id = _drafted(office)
    for locale in ("fr", "de", "en"):
        path = f"/releases/{release_id}/versions/{locale}"
        digest = office.call("reviewer", "GET", path).get_json()["digest"]
        office.call("reviewer", "POST", f"{path}/approve", json={"digest": digest})
    office.call("publisher", "POST", f"/releases/{release_id}/publish")

    item = json.loads(_export(office, release_id, "ninjs").data)
    public = office.client.get("/fr/nieuwe-brug-over-de-leie-opent-in-mei.json").get_json()

    shared = ("uri", "altIds", "pubStatus", "title", "bodies", "headlines", "language", "version", "digitalSourceType")
    assert {name: public[name] for name in shared} == {name: item[name] for name in shared}
    assert sorted(each["uri"] for each in public["associations"]) == sorted(
        each["uri"] for each in item["associations"]
    )


def test_a_withdrawn_version_is_canceled_news(office: Office) -> None:
    release_id = _drafted(office)
    office.call("publisher", "POST", f"/releases/{release_id}/withdraw", json={"reason": "Foute datum."})

    item = json.loads(_export(office, release_id, "ninjs").data)

    assert ("canceled", "Foute datum.", False) == (item["pubStatus"], item["edNote"], "bodies" in item)


def test_a_format_that_is_not_written_is_told_with_those_that_are(office: Office) -> None:
    answer = _export(office, _drafted(office), "tmx")

    assert (422, "bad_format") == (answer.status_code, answer.get_json()["code"])
    assert "xliff, xliff12, ninjs" in answer.get_json()["detail"]
