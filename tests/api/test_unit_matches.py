"""Matches beside the units through the interface: the same in the list and alone, and no more than one may know of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from service.operations.publishing import request_publication
from service.queries.releases import version_row
from service.queries.unit_matches import unit_matches, wanted_of
from tests.api.conftest import BODY, RELEASE, Office
from tests.operations.making import approve, draft
from tests.operations.steps import act

OLDER = BODY.replace("De brug kostte 25 miljoen euro.", "De brug kostte ruim 25 miljoen euro.")
COST = "De brug kostte 25 miljoen euro."


def approved(office: Office, body: str = OLDER, **rest: Any) -> str:
    """Return the id of a release whose French text is approved."""
    release_id = office.submit(body=body, **rest)
    draft(office.desk, release_id, "fr")
    approve(office.desk, office.people.reviewer, release_id, "fr")
    return release_id


def drafted(office: Office, **rest: Any) -> str:
    """Return the path of the French units of a release that is in review."""
    release_id = office.submit(**rest)
    draft(office.desk, release_id, "fr")
    return f"/releases/{release_id}/versions/fr/units"


def units(office: Office, path: str, who: str = "reviewer") -> dict[str, dict[str, Any]]:
    """Return the units by their sources."""
    return {unit["source"]: unit for unit in office.call(who, "GET", path).get_json()["items"]}


def test_a_unit_tells_its_matches_in_the_list_and_alone(any_office: Office) -> None:
    other = approved(any_office)
    path = drafted(any_office)

    listed = units(any_office, path)
    alone = any_office.call("reviewer", "GET", f"{path}/{listed[COST]['id']}").get_json()

    (match,) = listed[COST]["matches"]
    assert {
        "id": match["id"],
        "source": "De brug kostte ruim 25 miljoen euro.",
        "target": "[fr] De brug kostte ruim 25 miljoen euro.",
        "score": 86,
        "kind": "fuzzy",
        "mendings": [],
        "penalties": [],
        "warnings": [],
        "collection": "",
        "release": other,
        "approved_at": "2026-03-02T12:00:00.000Z",
    } == match
    assert listed[COST]["matches"] == alone["matches"]


def test_a_match_between_the_same_neighbours_says_so(any_office: Office) -> None:
    approved(any_office, BODY)
    path = drafted(any_office)

    found = units(any_office, path)

    assert {(101, "context")} == {(unit["matches"][0]["score"], unit["matches"][0]["kind"]) for unit in found.values()}


def test_a_save_is_answered_with_the_matches_too(office: Office) -> None:
    approved(office)
    path = drafted(office)
    unit = units(office, path)[COST]

    answer = office.call(
        "reviewer", "PATCH", f"{path}/{unit['id']}", json={"target": "Mon texte"}, headers={"If-Match": '"2"'}
    )

    assert unit["matches"] == answer.get_json()["matches"]


def test_secret_texts_are_no_matches_of_others(office: Office) -> None:
    approved(office, confidential=True)

    assert [] == units(office, drafted(office))[COST]["matches"]


def test_a_release_that_one_may_not_see_gives_no_matches(office: Office) -> None:
    approved(office)
    answer = office.call("other_author", "POST", "/releases", json=RELEASE)
    release_id = answer.get_json()["id"]
    draft(office.desk, release_id, "fr")
    path = f"/releases/{release_id}/versions/fr/units"

    assert 1 == len(units(office, path)[COST]["matches"])
    assert [] == units(office, path, "other_author")[COST]["matches"]


def test_a_published_match_names_its_release_to_those_who_see_it(any_office: Office) -> None:
    older = approved(any_office, targets=["fr"])
    act(any_office.desk, any_office.people.publisher, request_publication, older)
    release_id = any_office.call("other_author", "POST", "/releases", json=RELEASE).get_json()["id"]
    draft(any_office.desk, release_id, "fr")
    path = f"/releases/{release_id}/versions/fr/units"

    named = {who: units(any_office, path, who)[COST]["matches"] for who in ("reviewer", "other_author")}
    alone = units(any_office, path)[COST]["id"]
    (match,) = any_office.call("other_author", "GET", f"{path}/{alone}").get_json()["matches"]

    assert {"reviewer": [older], "other_author": [None]} == {
        who: [each["release"] for each in found] for who, found in named.items()
    }
    assert (named["other_author"][0]["id"], None) == (match["id"], match["release"])


@contextmanager
def counted(office: Office) -> Iterator[list[str]]:
    """Collect the statements that read the memory meanwhile."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if "memory_" in statement:
            sent.append(statement)

    event.listen(office.desk.database.engine, "before_cursor_execute", note)
    yield sent
    event.remove(office.desk.database.engine, "before_cursor_execute", note)


def test_an_empty_memory_costs_two_statements_and_two_for_each_different_sentence(office: Office) -> None:
    repeated = "\n\n".join(["Wandelaars zijn welkom."] * 20)
    path = drafted(office, body=repeated)

    with counted(office) as sent:
        found = office.call("reviewer", "GET", path).get_json()["items"]

    # Of the repeated sentence, the first, the last and all between them have different neighbours.
    assert 21 == len(found)
    assert len(sent) <= 2 + 2 * 4


def test_every_sentence_is_asked_for_with_its_own_neighbours(office: Office) -> None:
    path = drafted(office)
    release_id = path.split("/")[2]

    with office.desk.read() as reading:
        _, row = version_row(reading.session, office.people.reviewer, release_id, "fr")
        wanted = wanted_of(reading.session, row.version)
        one = wanted_of(reading.session, row.version, unit_id=list(wanted)[1])

    assert len({each.context for each in wanted.values()}) == len(wanted)
    assert list(wanted.items())[1:2] == list(one.items())


def test_a_unit_of_another_version_has_no_matches(office: Office) -> None:
    approved(office)
    path = drafted(office)
    release_id = path.split("/")[2]

    with office.desk.read() as reading:
        release, row = version_row(reading.session, office.people.reviewer, release_id, "fr")
        found = unit_matches(
            reading.session, office.people.reviewer, release, row.version, reading.now, unit_id="unt_none"
        )

    assert {} == found
