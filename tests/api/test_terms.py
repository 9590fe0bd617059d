"""The term base through the interface, and its terms beside the units."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event
from werkzeug.test import TestResponse

from tests.api.conftest import Office
from tests.operations.making import draft

STATE: dict[str, Any] = {
    "terms": [
        {"locale": "nl", "text": "brug", "forms": ["bruggetje"]},
        {"locale": "fr", "text": "pont"},
        {"locale": "fr", "text": "passerelle", "status": "admitted", "gender": "feminine"},
    ],
    "definition": "Wat over het water gaat",
    "domain": "verkeer",
    "authority_date": "2024-01-02",
}


def add(office: Office, who: str = "reviewer", **body: Any) -> TestResponse:
    return office.call(who, "POST", "/terms", json=body or STATE)


def test_a_concept_is_added_read_changed_and_removed(any_office: Office) -> None:
    added = add(any_office)
    path = f"/terms/{added.get_json()['id']}"
    read = any_office.call("author", "GET", path)
    tag = {"If-Match": read.headers["ETag"]}
    change = {"do_not_translate": True, "authority_date": None}
    changed = any_office.call("reviewer", "PATCH", path, json=change, headers=tag)
    late = any_office.call("reviewer", "PATCH", path, json={"domain": "x"}, headers=tag)
    kept = any_office.call("reviewer", "DELETE", path, headers=tag)
    removed = any_office.call("reviewer", "DELETE", path)

    assert (201, f"/api/v1{path}", '"1"') == (added.status_code, added.headers["Location"], added.headers["ETag"])
    assert added.get_json() == read.get_json()
    assert {
        "locale": "fr",
        "text": "passerelle",
        "status": "admitted",
        "gender": "feminine",
        "case_sensitive": False,
        "forms": [],
    } == read.get_json()["terms"][1]
    assert (200, '"2"', True, None) == (
        changed.status_code,
        changed.headers["ETag"],
        changed.get_json()["do_not_translate"],
        changed.get_json()["authority_date"],
    )
    assert read.get_json()["terms"] == changed.get_json()["terms"]
    assert (412, 2, 412) == (late.status_code, late.get_json()["row_version"], kept.status_code)
    assert (204, 404) == (removed.status_code, any_office.call("reviewer", "GET", path).status_code)


def test_the_preferred_terms_alone_may_be_given_in_short(office: Office) -> None:
    made = add(office, terms={"nl": "raad", "fr": "conseil"}).get_json()

    assert [("fr", "conseil", "preferred"), ("nl", "raad", "preferred")] == [
        (term["locale"], term["text"], term["status"]) for term in made["terms"]
    ]


def test_a_country_s_tag_stands_for_the_office_s_language(office: Office) -> None:
    made = add(office, who="admin", terms={"nl-BE": "schepen", "FR_be": "échevin"}).get_json()
    path, tag = f"/terms/{made['id']}", {"If-Match": '"1"'}
    changed = office.call("admin", "PATCH", path, json={"terms": {"nl-BE": "schepen", "de-AT": "Rat"}}, headers=tag)

    assert ["fr", "nl"] == [term["locale"] for term in made["terms"]]
    assert ["de", "nl"] == [term["locale"] for term in changed.get_json()["terms"]]


@pytest.mark.parametrize(
    "body, field",
    [
        ({}, "terms"),
        ({"terms": "raad"}, "terms"),
        ({"terms": []}, "terms"),
        ({"terms": [{"text": "raad"}]}, "terms.0.locale"),
        ({"terms": [{"locale": "nl", "text": "raad", "status": "good"}]}, "terms.0.status"),
        ({"terms": {"nl": 7}}, "terms.0.text"),
        ({"terms": {"dutch!": "raad"}}, None),
        ({"terms": {"nl": "raad"}, "authority_date": "yesterday"}, "authority_date"),
        ({"terms": {"nl": "raad"}, "colour": "red"}, "colour"),
    ],
)
def test_what_cannot_be_a_concept_is_refused(office: Office, body: dict[str, Any], field: str | None) -> None:
    answer = office.call("admin", "POST", "/terms", json=body)

    assert (422, "application/problem+json") == (answer.status_code, answer.mimetype)
    if field:
        assert field in [error["field"] for error in answer.get_json()["errors"]]


def test_a_change_asks_for_the_tag(office: Office) -> None:
    concept_id = add(office).get_json()["id"]

    assert 428 == office.call("reviewer", "PATCH", f"/terms/{concept_id}", json={"domain": "x"}).status_code


def test_the_list_is_searched_and_paged(office: Office) -> None:
    for word in ("raad", "wet", "brug"):
        add(office, terms={"nl": word, "fr": f"Été {word}"})
    add(office, terms={"nl": "los", "de": "Los"})

    def listed(query: str) -> list[str]:
        found = office.call("author", "GET", f"/terms?{query}").get_json()["items"]
        return sorted(term["text"] for one in found for term in one["terms"] if term["locale"] == "nl")

    first = office.call("author", "GET", "/terms?limit=3").get_json()
    rest = office.call("author", "GET", f"/terms?limit=3&cursor={first['next']}").get_json()

    assert (["brug", "raad", "wet"], ["raad"], ["los"]) == (listed("q=été"), listed("q=RAAD"), listed("locale=de"))
    assert (3, 1, None) == (len(first["items"]), len(rest["items"]), rest["next"])
    assert 422 == office.call("author", "GET", "/terms?limit=0").status_code


@pytest.mark.parametrize("tag, count", [("fr", 1), ("FR", 1), ("fr_be", 1), ("de", 0), ("es", 1), ("es-MX", 1)])
def test_a_language_is_asked_for_by_any_tag_of_it(office: Office, tag: str, count: int) -> None:
    add(office, terms={"nl": "raad", "fr": "conseil"})
    add(office, who="admin", terms={"nl": "wet", "es": "ley"})

    assert count == len(office.call("author", "GET", f"/terms?locale={tag}").get_json()["items"])


@pytest.mark.parametrize(
    "tag, code, told",
    [("pl", "unknown_locale", "“pl”; ask for one of nl, fr, de, en, es."), ("%3F%3F", "bad_locale", "“??”")],
)
def test_a_language_without_terms_is_refused_with_those_there_are(
    any_office: Office, tag: str, code: str, told: str
) -> None:
    add(any_office, who="admin", terms={"nl": "wet", "es": "ley"})

    answer = any_office.call("author", "GET", f"/terms?locale={tag}")

    assert (422, code) == (answer.status_code, answer.get_json()["code"])
    assert told in answer.get_json()["detail"]


def test_each_unit_tells_the_terms_in_its_source(office: Office) -> None:
    add(office)
    add(office, terms={"nl": "Leie"}, do_not_translate=True)
    release_id = office.submit()
    draft(office.desk, release_id, "fr")

    units = office.call("french_reviewer", "GET", f"/releases/{release_id}/versions/fr/units").get_json()["items"]
    title = next(unit for unit in units if unit["kind"] == "title")
    alone = office.call("french_reviewer", "GET", f"/releases/{release_id}/versions/fr/units/{title['id']}")

    bridge, river = title["terms"]
    assert ("brug", "pont", ["passerelle"], False, False) == tuple(
        bridge[name] for name in ("source", "preferred", "admitted", "do_not_translate", "hint")
    )
    assert "brug" == title["source"][bridge["start"] : bridge["end"]]
    assert ("Leie", "Leie", True) == tuple(river[name] for name in ("source", "preferred", "do_not_translate"))
    assert title["terms"] == alone.get_json()["terms"]


def test_terms_cost_a_list_of_units_one_statement_however_many_there_are(office: Office) -> None:
    release_id = office.submit()
    draft(office.desk, release_id, "fr")
    path = f"/releases/{release_id}/versions/fr/units"
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if ("FROM concept" in statement or "FROM term" in statement) and "FROM memory_unit" not in statement:
            sent.append(statement)

    for number in range(30):
        add(office, terms={"nl": f"brug {number}", "fr": f"pont {number}"})
    office.call("french_reviewer", "GET", path)
    event.listen(office.desk.database.engine, "before_cursor_execute", note)
    office.call("french_reviewer", "GET", path)
    event.remove(office.desk.database.engine, "before_cursor_execute", note)

    assert 1 == len(sent)
