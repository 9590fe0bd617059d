"""What helps beside a segment, as pages: marked terms, another language, the concordance for the script, signs."""

from __future__ import annotations

import pytest
from flask import Flask

from service.domain.concepts import ConceptDraft, TermDraft
from service.domain.terms import SourceTerm, TermHit
from service.domain.text import CodedText, CodeKind, InlineCode
from service.operations.terms import add_concept
from service.uow import Desk
from service.web.beside import marked_terms
from service.web.formatting import difference
from service.web.replacements import marked, signs
from tests.desk_fixtures import People
from tests.operations.memory_steps import list_all
from tests.operations.steps import act
from tests.web.conftest import CountStatements, UnitsOf
from tests.web.offices import approved, browser

JSON = {"Accept": "application/json"}
TERM = SourceTerm("con_1", "brug")


@pytest.mark.parametrize(
    "hits, expected",
    [
        ([], "De <bdi>{1}</bdi>oude brug<bdi>{/1}</bdi> &amp; meer"),
        ([(11, 15)], "De <bdi>{1}</bdi>oude <mark>brug</mark><bdi>{/1}</bdi> &amp; meer"),
        ([(3, 15)], "De <mark><bdi>{1}</bdi>oude brug</mark><bdi>{/1}</bdi> &amp; meer"),
        ([(11, 15), (6, 15)], "De <bdi>{1}</bdi><mark>oude brug</mark><bdi>{/1}</bdi> &amp; meer"),
        ([(11, 15), (22, 26)], "De <bdi>{1}</bdi>oude <mark>brug</mark><bdi>{/1}</bdi> &amp; <mark>meer</mark>"),
    ],
)
def test_terms_are_marked_where_they_stand(hits: list[tuple[int, int]], expected: str) -> None:
    source = CodedText("De {1}oude brug{/1} & meer", (InlineCode(1, CodeKind.BOLD),))
    found = [TermHit(start, end, source.text[start:end], TERM) for start, end in hits]

    marked = str(marked_terms(source, found)).replace(' class="marker"', "").replace(' class="term"', "")

    assert expected == marked


def test_terms_come_with_the_matches_and_only_what_may_be_used_can_be_inserted(
    app: Flask, release_id: str, units_of: UnitsOf, lite_desk: Desk, lite_people: People
) -> None:
    terms = (
        TermDraft("nl", "brug"),
        TermDraft("fr", "pont"),
        TermDraft("fr", "passerelle", "admitted"),
        TermDraft("fr", "viaduc", "deprecated"),
        TermDraft("fr", "ponton", "forbidden"),
    )
    act(lite_desk, lite_people.admin, add_concept, ConceptDraft(terms))
    place = f"/releases/{release_id}/fr/units/{units_of(release_id, 'fr')[5].id}/matches"

    told = browser(app, "reviewer").get(place, headers=JSON).get_json()
    read_only = browser(app, "author").get(place).text

    assert 'De <mark class="term">brug</mark> kostte' in told["source"]
    assert ["pont", "passerelle"] == [part.partition('"')[0] for part in told["html"].split('data-insert="')[1:]]
    assert "data-insert" not in read_only
    assert '<mark class="term">brug</mark>' in read_only


def test_another_language_stands_beneath_the_sources_until_the_browser_is_closed(app: Flask, release_id: str) -> None:
    client, place = browser(app, "reviewer"), f"/releases/{release_id}/fr"
    before = client.get(place).text

    asked = client.get(f"{place}?with=de")
    kept = client.get(place).text

    assert '<div class="third">' not in before
    assert 7 == asked.text.count('<div class="third">') == kept.count('<div class="third">')
    assert '<div class="source" lang="de">[de] De brug kostte 25 miljoen euro.</div>' in kept
    assert "Deutsch · a draft" in kept
    assert "Max-Age" not in asked.headers["Set-Cookie"]
    assert '<div class="third">' not in client.get(f"{place}?with=none").text
    assert '<div class="third">' not in client.get(place).text


def test_another_language_costs_no_statement_more(
    app: Flask, release_id: str, count_statements: CountStatements
) -> None:
    client, place = browser(app, "reviewer"), f"/releases/{release_id}/fr"
    client.get(place)

    counts = []
    for address in (place, f"{place}?with=de"):
        with count_statements() as seen:
            client.get(address)
        counts.append(len(seen))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("asked", ["xx", "fr", '"><script>', "d" * 300])
def test_a_language_that_is_not_there_is_not_kept(app: Flask, release_id: str, asked: str) -> None:
    answer = browser(app, "reviewer").get(f"/releases/{release_id}/fr", query_string={"with": asked})

    assert 200 == answer.status_code
    assert "third-language" not in answer.headers.get("Set-Cookie", "")


def test_the_script_gets_the_finds_of_what_is_selected(app: Flask, lite_desk: Desk, lite_people: People) -> None:
    approved(lite_desk, lite_people)
    list_all(lite_desk)
    client = browser(app, "reviewer")

    told = client.get("/memory", query_string={"q": '"25 miljoen"'}, headers=JSON).get_json()
    nothing = client.get("/memory?q=zeppelin", headers=JSON).get_json()

    assert 4 == told["html"].count("<mark>25 miljoen</mark>")
    assert ("<html" in told["html"], "1 text has this.") == (False, told["said"])
    assert ("", "No approved text that you may read has this.") == (nothing["html"].strip(), nothing["said"])


def test_the_script_tells_nobody_of_a_text_that_they_may_not_read(
    app: Flask, lite_desk: Desk, lite_people: People
) -> None:
    approved(lite_desk, lite_people)
    list_all(lite_desk)

    told = browser(app, "other_author").get("/memory?q=miljoen", headers=JSON).get_json()

    assert "" == told["html"].strip()


def test_a_difference_shows_what_nobody_sees(app: Flask) -> None:
    with app.test_request_context():
        narrow = str(difference("Vraag ?", "Vraag\u202f?"))
        hyphen = str(difference("lang", "la\u00adng"))

    assert ('<span class="space narrow"' in narrow, ">⍽</span>" in narrow, ">␣</span>" in narrow) == (True, True, True)
    assert ">¬</span>" in hyphen


@pytest.mark.parametrize("character", ["\u200b", "\u200e", "\u200f", "\u202e", "\u2069", "\u2060", "\ufeff"])
def test_what_turns_or_hides_has_a_sign_in_place_of_its_effect(app: Flask, character: str) -> None:
    with app.test_request_context():
        shown = str(difference("35", f"3{character}5"))
        known = signs()

    assert character not in shown
    assert character in known


def test_a_difference_shows_what_is_written_and_never_is_part_of_the_page(app: Flask) -> None:
    with app.test_request_context():
        shown = str(difference("Vraag", "<b>\u00a0&\u00ad</b>"))
        bare = str(marked("ins", "<i>", "</i>", "<b>"))  # type: ignore[arg-type]

    assert ("<b>" in shown, "&lt;b&gt;<span" in shown, "</span>&amp;<span" in shown) == (False, True, True)
    assert "<i>" not in bare
    assert "&lt;b&gt;" in bare


def test_without_a_script_a_link_looks_the_sentence_up(app: Flask, release_id: str) -> None:
    page = browser(app, "reviewer").get(f"/releases/{release_id}/fr").text

    assert 7 == page.count('<noscript><a class="lookup" href="/memory?q=')
