"""The term base on pages: searched by everybody, changed by those who answer for its languages."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from lxml import html

from service.domain.concepts import ConceptDraft, TermDraft
from service.operations.terms import add_concept, change_concept
from service.queries.terms import concept_row, newest_concepts
from service.uow import Desk
from tests.desk_fixtures import People
from tests.web.offices import browser, post

STATE = ConceptDraft(
    (
        TermDraft("nl", "lidstaat", forms=("lid-staat",)),
        TermDraft("fr", "État membre", gender="masculine"),
        TermDraft("fr", "pays membre", "forbidden"),
        TermDraft("de", "Mitgliedstaat"),
        TermDraft("pl", "państwo"),
    )
)


@pytest.fixture
def concept_id(lite_desk: Desk, lite_people: People) -> str:
    with lite_desk.begin(lite_people.admin) as work:
        return add_concept(work, STATE).id


def terms(desk: Desk, concept_id: str) -> dict[tuple[str, str], TermDraft]:
    with desk.read() as reading:
        return {term.key: term for term in concept_row(reading.session, concept_id).draft.terms}


def sent(page: str) -> dict[str, str]:
    """Return what the concept's form would send as it stands."""
    form = html.fromstring(page).forms[-1]
    return {name: value.removeprefix("\n") for name, value in form.form_values() if name != "csrf_token"}


def test_a_concept_is_added_by_a_form(lite_desk: Desk, app: Flask) -> None:
    reviewer = browser(app, "reviewer")
    fields = {"preferred-nl": "lidstaat", "preferred-fr": "État membre", "admitted-fr": "État\n\n pays  membre "}

    added = post(reviewer, "/terms/new", **fields, **{"forms-nl": "lid-staat"}, do_not_translate="yes", domain="EU")

    with lite_desk.read() as reading:
        (row,) = newest_concepts(reading.session)
    assert added.location == f"/terms/{row.concept.id}?done=concept-added"
    assert {("fr", "État membre"), ("fr", "pays membre"), ("fr", "État"), ("nl", "lidstaat")} == set(
        terms(lite_desk, row.concept.id)
    )
    assert (["lid-staat"], "EU", True) == (row.of("nl")[0].forms, row.draft.domain, row.draft.do_not_translate)


def test_a_form_that_is_sent_as_it_stands_changes_nothing(lite_desk: Desk, app: Flask, concept_id: str) -> None:
    reviewer = browser(app, "reviewer")
    before = terms(lite_desk, concept_id)

    answer = post(reviewer, f"/terms/{concept_id}", **sent(reviewer.get(f"/terms/{concept_id}").text))

    with lite_desk.read() as reading:
        assert 1 == concept_row(reading.session, concept_id).concept.row_version
    assert (303, before) == (answer.status_code, terms(lite_desk, concept_id))


def test_a_form_changes_what_it_shows_and_keeps_the_rest(lite_desk: Desk, app: Flask, concept_id: str) -> None:
    reviewer = browser(app, "reviewer")
    fields = sent(reviewer.get(f"/terms/{concept_id}").text)

    post(reviewer, f"/terms/{concept_id}", **{**fields, "preferred-fr": "pays membre", "forbidden-fr": "État membre"})

    after = terms(lite_desk, concept_id)
    assert ("preferred", "forbidden", "masculine") == (
        after["fr", "pays membre"].status,
        after["fr", "État membre"].status,
        after["fr", "État membre"].gender,
    )
    assert (("lid-staat",), True) == (after["nl", "lidstaat"].forms, ("pl", "państwo") in after)


def test_a_known_term_is_known_however_its_accents_are_composed(lite_desk: Desk, app: Flask, concept_id: str) -> None:
    reviewer = browser(app, "reviewer")
    fields = sent(reviewer.get(f"/terms/{concept_id}").text)
    written = {"preferred-fr": "pays membre", "forbidden-fr": "E\u0301tat membre"}

    post(reviewer, f"/terms/{concept_id}", **{**fields, **written})

    assert "masculine" == terms(lite_desk, concept_id)["fr", "\u00c9tat membre"].gender


def test_a_reviewer_of_one_language_cannot_write_in_the_others(lite_desk: Desk, app: Flask, concept_id: str) -> None:
    french = browser(app, "french_reviewer")
    page = html.fromstring(french.get(f"/terms/{concept_id}").text)
    fields = sent(french.get(f"/terms/{concept_id}").text)

    own = post(french, f"/terms/{concept_id}", **{**fields, "admitted-fr": "état"})
    others = post(french, f"/terms/{concept_id}", **{**fields, "row_version": "2", "preferred-de": "Land"})

    assert {"de", "en"} == set(page.xpath("//*[@readonly]/@lang"))
    assert (303, 403) == (own.status_code, others.status_code)
    assert ["Land"] == html.fromstring(others.text).xpath("//input[@id='preferred-de']/@value")
    assert ("de", "Land") not in terms(lite_desk, concept_id)


def test_who_read_an_older_concept_may_put_theirs_in_its_place(
    lite_desk: Desk, lite_people: People, app: Flask, concept_id: str
) -> None:
    reviewer = browser(app, "reviewer")
    fields = {**sent(reviewer.get(f"/terms/{concept_id}").text), "preferred-fr": "pays"}
    with lite_desk.begin(lite_people.admin) as work:
        change_concept(work, concept_id, lambda _: ConceptDraft((*STATE.terms[:2], *STATE.terms[3:])))

    late = post(reviewer, f"/terms/{concept_id}", **fields)
    again = post(reviewer, f"/terms/{concept_id}", **sent(late.text))

    assert (412, 303) == (late.status_code, again.status_code)
    assert ["pays"] == html.fromstring(late.text).xpath("//input[@id='preferred-fr']/@value")
    assert ("fr", "pays") in terms(lite_desk, concept_id)


@pytest.mark.parametrize(
    "field, text",
    [
        ("preferred-nl", "…"),
        ("preferred-fr", "a" * 501),
        ("admitted-fr", "pays\n!"),
        ("admitted-fr", "pays\nÉtat membre"),
        ("forbidden-de", "Mitgliedstaat"),
        ("gender-fr", "animal"),
        ("forms-de", "\n".join(f"Staat {number}" for number in range(51))),
        ("definition", "a" * 5_001),
        ("domain", "a" * 121),
        ("authority", "a" * 201),
        ("authority_date", "2 maart 2026"),
    ],
)
def test_what_cannot_be_stored_stays_in_the_form_with_its_fault_beside_it(
    lite_desk: Desk, app: Flask, concept_id: str, field: str, text: str
) -> None:
    reviewer = browser(app, "reviewer")
    before = terms(lite_desk, concept_id)
    fields = sent(reviewer.get(f"/terms/{concept_id}").text)

    answer = post(reviewer, f"/terms/{concept_id}", **{**fields, field: text})

    page = html.fromstring(answer.text)
    assert (422, before) == (answer.status_code, terms(lite_desk, concept_id))
    assert [f"#{field}"] == page.xpath("//div[@role='alert']//a/@href")
    if field != "gender-fr":  # a list to choose from has no other
        (told,) = page.xpath("//*[@aria-invalid]/@aria-describedby")
        assert field == page.xpath("//*[@aria-invalid]/@id")[0]
        assert page.xpath("//p[@class='fault']/@id")[0] in told.split()
        assert text == sent(answer.text)[field]
    assert int(field in {"gender-fr", "forms-de"}) == len(page.xpath("//main//details[@open]"))


def test_the_first_term_of_each_language_has_its_details(lite_desk: Desk, app: Flask, concept_id: str) -> None:
    reviewer = browser(app, "reviewer")
    fields = sent(reviewer.get(f"/terms/{concept_id}").text)
    details = {"gender-de": "masculine", "forms-de": "EU-Staat\n\n EU-Land ", "case_sensitive-de": "yes"}

    post(
        reviewer,
        f"/terms/{concept_id}",
        **{**fields, **details, "preferred-fr": "État", "authority": "IATE", "authority_date": "2026-03-02"},
    )

    with lite_desk.read() as reading:
        draft = concept_row(reading.session, concept_id).draft
    after = {term.key: term for term in draft.terms}
    german = TermDraft(
        "de", "Mitgliedstaat", "preferred", "masculine", case_sensitive=True, forms=("EU-Staat", "EU-Land")
    )
    assert german == after["de", "Mitgliedstaat"]
    assert TermDraft("fr", "État", "preferred", "masculine") == after["fr", "État"]
    assert ("IATE", date(2026, 3, 2)) == (draft.authority, draft.authority_date)
    assert (fields | details | {"forms-de": "EU-Staat\nEU-Land"}).items() >= {
        name: value
        for name, value in sent(reviewer.get(f"/terms/{concept_id}").text).items()
        if name.endswith(("-de", "-nl"))
    }.items()


def test_another_known_term_that_comes_first_brings_its_own_details(
    lite_desk: Desk, lite_people: People, app: Flask
) -> None:
    both = (TermDraft("fr", "loi", gender="feminine", forms=("lois-cadres",)), TermDraft("fr", "texte", "admitted"))
    with lite_desk.begin(lite_people.admin) as work:
        concept_id = add_concept(work, ConceptDraft((TermDraft("nl", "wet"), *both))).id
    reviewer = browser(app, "reviewer")
    fields = sent(reviewer.get(f"/terms/{concept_id}").text)
    swapped = {**fields, "preferred-fr": "texte", "admitted-fr": "loi"}

    post(reviewer, f"/terms/{concept_id}", **swapped)
    alone = terms(lite_desk, concept_id)
    post(reviewer, f"/terms/{concept_id}", **{**swapped, "row_version": "2", "gender-fr": "masculine", "forms-fr": ""})
    told = terms(lite_desk, concept_id)

    assert (None, (), "feminine", ("lois-cadres",)) == (
        alone["fr", "texte"].gender,
        alone["fr", "texte"].forms,
        alone["fr", "loi"].gender,
        alone["fr", "loi"].forms,
    )
    assert ("masculine", "feminine") == (told["fr", "texte"].gender, told["fr", "loi"].gender)


def test_spellings_of_no_term_are_refused_and_those_of_a_removed_one_go_with_it(
    lite_desk: Desk, lite_people: People, app: Flask
) -> None:
    only = (TermDraft("nl", "wet"), TermDraft("fr", "loi", gender="feminine", forms=("lois-cadres",)))
    with lite_desk.begin(lite_people.admin) as work:
        concept_id = add_concept(work, ConceptDraft(only)).id
    reviewer = browser(app, "reviewer")
    fields = sent(reviewer.get(f"/terms/{concept_id}").text)

    refused = post(reviewer, f"/terms/{concept_id}", **{**fields, "forms-de": "Gesetze"})
    removed = post(reviewer, f"/terms/{concept_id}", **{**fields, "preferred-fr": ""})

    assert ["preferred-de"] == html.fromstring(refused.text).xpath("//*[@aria-invalid]/@id")
    assert (303, {("nl", "wet")}) == (removed.status_code, set(terms(lite_desk, concept_id)))


def test_those_who_only_read_get_no_form(app: Flask, concept_id: str) -> None:
    author = browser(app, "author")

    page = html.fromstring(author.get(f"/terms/{concept_id}").text)
    listed = html.fromstring(author.get("/terms").text)

    assert ["never to be used"] == page.xpath("//tr[contains(td, 'pays membre')]/td[2]/text()")
    assert ["masculine"] == page.xpath("//tr[contains(td, 'État membre')]//span[@class='soft']/text()")
    assert [] == page.xpath("//main//form")
    assert (["lidstaat"], []) == (
        listed.xpath("//tbody/tr/th/a/text()"),
        listed.xpath("//a[@href='/terms/new']"),
    )


def test_the_list_is_searched_and_cut_into_pages(lite_desk: Desk, lite_people: People, app: Flask) -> None:
    with lite_desk.begin(lite_people.admin) as work:
        for number in range(53):
            add_concept(work, ConceptDraft((TermDraft("nl", f"woord {number:02}"), TermDraft("fr", f"mot {number}"))))
    author = browser(app, "author")

    def names(path: str) -> list[str]:
        return html.fromstring(author.get(path).text).xpath("//tbody/tr/th/a/text()")

    assert (50, ["woord 50", "woord 51", "woord 52"]) == (len(names("/terms")), names("/terms?page=2"))
    assert (["woord 07"], []) == (names("/terms?q=MOT 7"), names("/terms?q=nothing"))
    assert [] == names("/terms?page=99999999999999999999")
    assert 200 == author.get("/terms?page=no").status_code


def test_a_concept_is_removed_after_a_question(lite_desk: Desk, app: Flask, concept_id: str) -> None:
    reviewer = browser(app, "reviewer")
    path = f"/terms/{concept_id}/remove"

    asked = reviewer.get(path).text
    removed = post(reviewer, path)

    assert "Mitgliedstaat" in asked
    assert "/terms?done=concept-removed" == removed.location
    assert 404 == reviewer.get(f"/terms/{concept_id}").status_code
