"""The memory through the interface: a sentence looked up, and words found in their contexts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from service.domain.permissions import Scope
from tests.api.conftest import Office, token_for
from tests.desk_fixtures import NOON
from tests.operations.making import approve, draft
from tests.operations.memory_steps import list_all, remember
from tests.operations.steps import published

SENTENCE = "De brug kostte 25 miljoen euro."
LIKE = "De brug kostte 26 miljoen euro."


def look_up(office: Office, source: str, who: str = "author", locale: str = "fr") -> list[dict[str, Any]]:
    query = {"source": source, "target_locale": locale}
    found: list[dict[str, Any]] = office.call(who, "GET", "/memory", query_string=query).get_json()["items"]
    return found


def find(office: Office, who: str = "author", **query: str) -> dict[str, Any]:
    answer = office.call(who, "GET", "/concordance", query_string=query)
    assert 200 == answer.status_code, answer.get_data(as_text=True)
    found: dict[str, Any] = answer.get_json()
    return found


def approved(office: Office, **rest: Any) -> str:
    release_id = office.submit(**rest)
    draft(office.desk, release_id)
    approve(office.desk, office.people.reviewer, release_id)
    return release_id


def test_a_sentence_that_was_approved_is_found_as_it_is(any_office: Office) -> None:
    release_id = approved(any_office)

    (exact,) = look_up(any_office, SENTENCE)

    assert (100, "exact", SENTENCE, f"[fr] {SENTENCE}", release_id, "2026-03-02T12:00:00.000Z") == tuple(
        exact[name] for name in ("score", "kind", "source", "target", "release", "approved_at")
    )
    assert exact["id"].startswith("mem_")


def test_a_sentence_that_is_like_one_is_found_with_its_score(any_office: Office) -> None:
    approved(any_office)

    (fuzzy,) = look_up(any_office, LIKE)

    assert ("fuzzy", True) == (fuzzy["kind"], 70 <= fuzzy["score"] < 100)
    assert SENTENCE == fuzzy["source"]
    assert [] == look_up(any_office, "Iets heel anders, met geen woord hetzelfde als toen.")


def test_characters_that_nobody_sees_do_not_count(any_office: Office) -> None:
    approved(any_office)

    (exact,) = look_up(any_office, "De\u200b brug\u00ad kostte 25 miljoen euro\u2060.")

    assert (100, "exact") == (exact["score"], exact["kind"])


def test_a_sentence_is_found_by_those_who_may_read_where_it_stands(any_office: Office) -> None:
    approved(any_office, embargo_at="2026-03-03T12:00:00Z")
    secret = {who: len(look_up(any_office, SENTENCE, who)) for who in ("author", "publisher", "other_author")}
    published(any_office.desk, any_office.people)

    assert {"author": 1, "publisher": 1, "other_author": 0} == secret
    assert 1 == len(look_up(any_office, SENTENCE, "other_author"))


def test_the_release_of_a_published_text_is_named_to_those_who_see_it(any_office: Office) -> None:
    release_id = published(any_office.desk, any_office.people, targets=("fr",))

    found = {who: look_up(any_office, SENTENCE, who) for who in ("author", "publisher", "other_author")}

    named = {who: [(one["score"], one["release"]) for one in items] for who, items in found.items()}
    assert {
        "author": [(100, release_id)],
        "publisher": [(100, release_id)],
        "other_author": [(100, None)],
    } == named


def test_words_are_found_with_their_places_in_every_language(any_office: Office) -> None:
    release_id = approved(any_office)
    list_all(any_office.desk)

    found = find(any_office, q="MILJOEN kostte")

    (row,) = found["items"]
    assert ("nl", SENTENCE, None) == (row["locale"], row["source"], found["next"])
    assert ["kostte", "miljoen"] == [SENTENCE[span["start"] : span["end"]] for span in row["spans"]]
    assert ["de", "en", "fr"] == [target["locale"] for target in row["targets"]]
    (french,) = (target for target in row["targets"] if target["locale"] == "fr")
    assert {
        "text": f"[fr] {SENTENCE}",
        "spans": [{"start": 13, "end": 19}, {"start": 23, "end": 30}],
        "uses": 1,
        "collection": "",
        "release": release_id,
        "title": "Nieuwe brug over de Leie opent in mei",
        "url": None,
        "revision": 1,
        "approved_by": "Reviewer",
        "approved_at": "2026-03-02T12:00:00.000Z",
    } == {name: value for name, value in french.items() if name not in {"id", "locale"}}


def test_a_public_text_has_its_address(office: Office) -> None:
    published(office.desk, office.people, targets=("fr",))

    (row,) = find(office, "other_author", q="miljoen")["items"]

    (target,) = row["targets"]
    assert target["release"] is None
    assert target["url"].startswith("http://127.0.0.1:8000/fr/")
    assert 200 == office.client.get(target["url"].removeprefix("http://127.0.0.1:8000")).status_code


def test_what_one_may_not_read_is_not_found(any_office: Office) -> None:
    approved(any_office, embargo_at=(NOON + timedelta(days=1)).isoformat())

    found = {who: len(find(any_office, who, q="miljoen")["items"]) for who in ("author", "other_author", "auditor")}

    assert {"author": 1, "other_author": 0, "auditor": 1} == found


@pytest.mark.parametrize("path", ["/concordance?q=brug", "/memory?source=De%20brug&target_locale=fr"])
def test_the_memory_is_read_by_tokens_that_read(office: Office, path: str) -> None:
    office.tokens["writer"] = token_for(office.desk, office.people.author, Scope.SUBMIT)

    assert [200, 403, 401] == [office.call(who, "GET", path).status_code for who in ("author", "writer", None)]


def test_a_list_goes_on_from_its_cursor(office: Office) -> None:
    for number in range(5):
        remember(office.desk, f"Zin {number} met een brug", fr=f"Phrase {number}")

    pages = [find(office, q="brug", limit="2")]
    while pages[-1]["next"]:
        pages.append(find(office, q="brug", limit="2", cursor=pages[-1]["next"]))

    assert [["4", "3"], ["2", "1"], ["0"]] == [[row["source"][4] for row in page["items"]] for page in pages]


def test_one_language_may_be_asked_for(office: Office) -> None:
    remember(office.desk, "De minister spreekt", fr="Le ministre parle", de="Der Minister spricht")

    found = {locale: len(find(office, q="minister", locale=locale)["items"]) for locale in ("nl", "fr", "de", "")}

    assert {"nl": 1, "fr": 0, "de": 1, "": 1} == found


@pytest.mark.parametrize(
    "query, field",
    [
        ({}, "q"),
        ({"q": ""}, "q"),
        ({"q": " "}, "q"),
        ({"q": "brug", "cursor": "x"}, "cursor"),
        ({"q": "brug", "cursor": "9" * 30}, "cursor"),
        ({"q": "brug", "limit": "0"}, "limit"),
    ],
)
def test_what_cannot_be_read_is_told(office: Office, query: dict[str, str], field: str) -> None:
    answer = office.call("author", "GET", "/concordance", query_string=query)

    assert (422, field) == (answer.status_code, answer.get_json()["errors"][0]["field"])


@pytest.mark.parametrize(
    "query, field",
    [
        ({}, "source"),
        ({"target_locale": "fr"}, "source"),
        ({"source": " ", "target_locale": "fr"}, "source"),
        ({"source": "\u200b \ufeff", "target_locale": "fr"}, "source"),
        ({"source": SENTENCE}, "target_locale"),
        ({"source": SENTENCE, "target_locale": ""}, "target_locale"),
        ({"source": SENTENCE, "target_locale": "zz"}, "target_locale"),
    ],
)
def test_what_a_lookup_lacks_is_told_by_its_name(office: Office, query: dict[str, str], field: str) -> None:
    answer = office.call("author", "GET", "/memory", query_string=query)

    assert (422, field) == (answer.status_code, answer.get_json()["errors"][0]["field"])


@pytest.mark.parametrize("query", ["%", "_", '"', '"""', "AND", "a*", "(", "\\", "…", "x" * 3000, "\x00"])
def test_signs_of_searching_mean_nothing(any_office: Office, query: str) -> None:
    remember(any_office.desk, "Een zin zonder tekens", fr="Une phrase")
    list_all(any_office.desk)

    assert {"items": [], "next": None} == find(any_office, q=query)


def test_the_farthest_cursor_is_one(any_office: Office) -> None:
    remember(any_office.desk, "Een brug", fr="Un pont")
    list_all(any_office.desk)

    assert 1 == len(find(any_office, q="brug", cursor="9" * 18)["items"])


@pytest.mark.parametrize("tag", ["fr", "FR", "fr-BE", "fr_be", " fr "])
def test_a_language_is_known_by_any_of_its_tags(office: Office, tag: str) -> None:
    approved(office)

    assert SENTENCE == look_up(office, SENTENCE, locale=tag)[0]["source"]
    assert find(office, q="brug", locale="fr")["items"] == find(office, q="brug", locale=tag)["items"] != []


@pytest.mark.parametrize("tag, code", [("zz", "unknown_locale"), ("nl", "unknown_locale"), ("f", "bad_locale")])
def test_a_language_that_the_office_does_not_write_in_is_told_rather_than_an_empty_memory(
    office: Office, tag: str, code: str
) -> None:
    query = {"source": SENTENCE, "target_locale": tag}
    answer = office.call("author", "GET", "/memory", query_string=query)

    assert (422, code) == (answer.status_code, answer.get_json()["code"])


@pytest.mark.parametrize("tag, status", [("nl", 200), ("zz", 422), ("??", 422)])
def test_the_concordance_knows_the_sources_language_too(office: Office, tag: str, status: int) -> None:
    answer = office.call("author", "GET", "/concordance", query_string={"q": "brug", "locale": tag})

    assert status == answer.status_code
