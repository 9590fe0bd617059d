"""Matches and terms beside a unit: what is shown to whom, what taking one leaves, and what an edit leads to ask."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from service.domain.concepts import ConceptDraft, TermDraft
from service.operations.approvals import reopen_version
from service.operations.review import edit_unit
from service.operations.terms import add_concept
from service.storage.models import AuditEntry, Unit
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.making import TEXT, approve, draft, submit
from tests.operations.steps import act, unit_of
from tests.web.conftest import CountStatements, UnitsOf
from tests.web.offices import approved, browser, form_token, post, published

JSON = {"Accept": "application/json"}
COST = 5  # the sixth unit: “De brug kostte 25 miljoen euro.”
OLDER = TEXT.replace("De brug kostte 25 miljoen euro.", "De brug kostte ruim 25 miljoen euro.")
NOT = TEXT.replace("De brug kostte 25 miljoen euro.", "De brug kostte geen 25 miljoen euro.")


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return browser(app, "reviewer")


@pytest.fixture
def unit(release_id: str, units_of: UnitsOf) -> Unit:
    return units_of(release_id, "fr")[COST]


def _place(release_id: str, unit: Unit) -> str:
    return f"/releases/{release_id}/fr/units/{unit.id}/matches"


def _take(client: FlaskClient, release_id: str, unit: Unit, match: str, **form: str) -> TestResponse:
    row_version = form.pop("row_version", str(unit.row_version))
    place = f"{_place(release_id, unit)}/take"
    return post(client, place, at=f"/releases/{release_id}/fr", match=match, row_version=row_version)


def _offered(page: str) -> list[str]:
    """Return the numbers of the matches that the page offers to take."""
    return [part.partition('"')[0] for part in page.split('name="match" value="')[1:]]


def test_what_differs_from_the_match_is_marked_with_where_it_came_from(
    client: FlaskClient, release_id: str, unit: Unit, lite_desk: Desk, lite_people: People
) -> None:
    approved(lite_desk, lite_people, text=OLDER)

    page = client.get(_place(release_id, unit)).text

    before, after = ('<span class="hidden" lang="en">' + words for words in ("removed: ", " end of removed"))
    assert f"<del>{before}</span> ruim{after}</span></del>" in page
    assert "[fr] De brug kostte ruim 25 miljoen euro." in page
    assert "Nieuwe brug over de Leie opent in mei</a>" in page
    assert "approved on 2 Mar 2026" in page
    assert "Nobody has confirmed this very sentence: 10 less." not in page


def test_the_same_sentence_in_its_context_stands_first_and_has_nothing_marked(
    client: FlaskClient, release_id: str, unit: Unit, lite_desk: Desk, lite_people: People
) -> None:
    published(lite_desk, lite_people)
    with lite_desk.begin(lite_people.reviewer) as work:
        edit_unit(work, release_id, "fr", unit.id, row_version=None, target="Autre chose")

    page = client.get(_place(release_id, unit)).text

    assert "<strong>101 %</strong> the same sentence between the same neighbours" in page
    assert "<del>" not in page


def test_a_sentence_that_says_the_opposite_is_warned_of(
    client: FlaskClient, release_id: str, unit: Unit, lite_desk: Desk, lite_people: People
) -> None:
    approved(lite_desk, lite_people, text=NOT)

    assert "One of the two sentences says “not”, the other does not." in client.get(_place(release_id, unit)).text


def test_a_text_under_embargo_is_offered_at_its_hour(
    client: FlaskClient, release_id: str, unit: Unit, lite_desk: Desk, lite_people: People, clock: StillClock
) -> None:
    approved(lite_desk, lite_people, text=OLDER, embargo_at=clock.moment + timedelta(minutes=9))

    before = _offered(client.get(_place(release_id, unit)).text)
    clock.forward(minutes=9)

    assert (0, 1) == (len(before), len(_offered(client.get(_place(release_id, unit)).text)))


def test_who_may_not_see_a_release_is_not_shown_its_sentences_until_they_are_public(
    app: Flask, lite_desk: Desk, lite_people: People, units_of: UnitsOf
) -> None:
    approved(lite_desk, lite_people, text=OLDER)
    own = submit(lite_desk, lite_people.other_author)
    draft(lite_desk, own)
    place = _place(own, units_of(own, "fr")[COST])
    other_author = browser(app, "other_author")

    hidden = other_author.get(place).text
    published(lite_desk, lite_people, text=OLDER)
    shown = other_author.get(place).text

    assert "ruim" not in hidden
    assert "[fr] De brug kostte ruim 25 miljoen euro." in shown
    assert "a published release" in shown


def test_the_script_gets_the_list_alone_and_what_to_say(
    client: FlaskClient, release_id: str, unit: Unit, lite_desk: Desk, lite_people: People
) -> None:
    nothing = client.get(_place(release_id, unit), headers=JSON).get_json()
    approved(lite_desk, lite_people, text=OLDER)

    told = client.get(_place(release_id, unit), headers=JSON).get_json()

    assert (unit.id, "") == (nothing["unit"], nothing["said"])
    assert "The memory has nothing like this sentence." in nothing["html"]
    assert "1 match; the best: 86 %, much alike" == told["said"]
    assert "<html" not in told["html"]


def test_taking_a_match_is_an_edit_by_its_taker_that_stays_the_memorys(
    client: FlaskClient, release_id: str, unit: Unit, lite_desk: Desk, lite_people: People
) -> None:
    approved(lite_desk, lite_people, text=OLDER)
    (match,) = _offered(client.get(_place(release_id, unit)).text)

    answer = _take(client, release_id, unit, match)

    taken = unit_of(lite_desk, unit.id)
    assert f"/releases/{release_id}/fr?done=match-taken#unit-{unit.id}" == answer.location
    assert ("[fr] De brug kostte ruim 25 miljoen euro.", "translated") == (taken.target, taken.state)
    assert ("tm", 86, None) == (taken.origin, taken.score, taken.engine)
    assert lite_people.reviewer.user_id == taken.text_by
    assert "translation memory, 86 %, chosen by Reviewer" in client.get(f"/releases/{release_id}/fr").text
    with lite_desk.read() as reading:
        entry = reading.session.scalars(select(AuditEntry).where(AuditEntry.action == "match.taken")).one()
    assert 86 == entry.facts["score"]


def test_who_took_a_match_does_not_approve_it_alone(
    client: FlaskClient, release_id: str, unit: Unit, lite_desk: Desk, lite_people: People
) -> None:
    approved(lite_desk, lite_people, text=OLDER)
    (match,) = _offered(client.get(_place(release_id, unit)).text)
    before = client.get(f"/releases/{release_id}/fr/approve").text

    _take(client, release_id, unit, match)

    sentence = "You wrote or last edited part of this text; another reviewer has to approve it."
    assert (sentence in before, sentence in client.get(f"/releases/{release_id}/fr/approve").text) == (False, True)


def test_a_match_that_is_there_no_more_is_refused_and_the_text_stays(
    client: FlaskClient, release_id: str, unit: Unit, lite_desk: Desk, lite_people: People
) -> None:
    other = approved(lite_desk, lite_people, text=OLDER)
    (match,) = _offered(client.get(_place(release_id, unit)).text)
    act(lite_desk, lite_people.publisher, reopen_version, other, "fr", "Een fout.")

    answer = _take(client, release_id, unit, match)

    assert (409, unit.target) == (answer.status_code, unit_of(lite_desk, unit.id).target)
    assert "The memory no longer offers that for this segment" in answer.text


def test_a_text_that_was_saved_meanwhile_stands_beside_the_match(
    client: FlaskClient, release_id: str, unit: Unit, lite_desk: Desk, lite_people: People
) -> None:
    approved(lite_desk, lite_people, text=OLDER)
    (match,) = _offered(client.get(_place(release_id, unit)).text)
    with lite_desk.begin(lite_people.second_reviewer) as work:
        edit_unit(work, release_id, "fr", unit.id, row_version=None, target="Le mien")

    answer = _take(client, release_id, unit, match)

    assert 412 == answer.status_code
    assert "[fr] De brug kostte ruim 25 miljoen euro.</textarea>" in answer.text
    assert "Le mien" == unit_of(lite_desk, unit.id).target


@pytest.mark.parametrize("match", ["", "mem_1", "-1", "9" * 30, "²"])
def test_a_form_that_names_no_match_is_refused(client: FlaskClient, release_id: str, unit: Unit, match: str) -> None:
    assert 422 == _take(client, release_id, unit, match).status_code


def test_what_is_the_present_text_already_is_not_offered(
    client: FlaskClient, release_id: str, unit: Unit, lite_desk: Desk, lite_people: People
) -> None:
    published(lite_desk, lite_people)

    page = client.get(_place(release_id, unit)).text

    assert "It is the same as the present text." in page
    assert [] == _offered(page)


def _concept(desk: Desk, people: People, *terms: TermDraft, **rest: object) -> str:
    return act(desk, people.admin, add_concept, ConceptDraft(terms, **rest)).id  # type: ignore[arg-type]


def test_terms_are_shown_with_how_they_stand_and_whose_word_they_are(
    client: FlaskClient, release_id: str, unit: Unit, lite_desk: Desk, lite_people: People
) -> None:
    concept = _concept(
        lite_desk,
        lite_people,
        TermDraft("nl", "brug"),
        TermDraft("fr", "pont"),
        TermDraft("fr", "passerelle", "admitted"),
        TermDraft("fr", "viaduc", "deprecated"),
        TermDraft("fr", "ponton", "forbidden"),
        authority="Waterwegen",
    )

    page = client.get(_place(release_id, unit)).text

    assert f'<a href="/terms/{concept}" lang="nl">brug</a>:' in page
    assert '<strong lang="fr">pont</strong>' in page
    assert 'also fit: <span lang="fr">passerelle</span>' in page
    assert 'out of use:</span> <s lang="fr">viaduc</s>' in page
    assert 'never:</span> <s lang="fr">ponton</s>' in page
    assert "by Waterwegen" in page


def test_names_that_stay_and_parts_of_words_are_said_to_be_such(
    client: FlaskClient, release_id: str, units_of: UnitsOf, lite_desk: Desk, lite_people: People
) -> None:
    _concept(lite_desk, lite_people, TermDraft("nl", "Leie"), do_not_translate=True)
    title = units_of(release_id, "fr")[0]

    assert "stays as it is" in client.get(_place(release_id, title)).text


def test_who_only_reads_is_offered_nothing_to_take(
    app: Flask, release_id: str, unit: Unit, lite_desk: Desk, lite_people: People
) -> None:
    published(lite_desk, lite_people, text=OLDER)

    page = browser(app, "author").get(_place(release_id, unit)).text

    assert "ruim" in page
    assert [] == _offered(page)


def test_the_editor_asks_the_memory_nothing_and_has_a_link_for_each_segment(
    client: FlaskClient, release_id: str, count_statements: CountStatements
) -> None:
    with count_statements() as seen:
        page = client.get(f"/releases/{release_id}/fr").text

    assert [] == [statement for statement in seen if "memory_" in statement]
    assert 7 == page.count('/matches">Matches and terms')


def _confirm(client: FlaskClient, release_id: str, unit: Unit, target: str, act: str = "confirm") -> dict[str, str]:
    headers = {**JSON, "X-CSRFToken": form_token(client, f"/releases/{release_id}/fr")}
    body = {"row_version": str(unit.row_version), "target": target, "act": act}
    answer = client.post(f"/releases/{release_id}/fr/units/{unit.id}/save", data=body, headers=headers)
    told: dict[str, str] = answer.get_json()
    return told


def _edited(release_id: str, client: FlaskClient, units_of: UnitsOf, desk: Desk, people: People) -> dict[str, str]:
    """Draft a sentence with the office's term, and let a reviewer put another in its place."""
    title = units_of(release_id, "fr")[0]
    with desk.begin(people.reviewer) as work:
        work.session.get_one(Unit, title.id).draft = "Nouveau pont sur la Lys en mai"
    return _confirm(client, release_id, title, "Nouvelle passerelle sur la Lys en mai")


def test_an_edit_that_replaces_a_term_leads_to_its_concept(
    app: Flask, client: FlaskClient, release_id: str, units_of: UnitsOf, lite_desk: Desk, lite_people: People
) -> None:
    concept = _concept(lite_desk, lite_people, TermDraft("nl", "brug"), TermDraft("fr", "nouveau pont"))
    told = _edited(release_id, client, units_of, lite_desk, lite_people)

    address = f"/terms/{concept}?preferred-fr=nouvelle+passerelle"
    form = client.get(address).text

    assert "Always “nouvelle passerelle” for “brug”?" == told["asked"]
    assert f'<a href="{address}">Change the term' in told["parts"]["questions"]
    assert 'name="preferred-fr" value="nouvelle passerelle"' in form
    assert 'name="deprecated-fr" rows="2" lang="fr">\nnouveau pont</textarea>' in form
    assert "Nothing is saved until you save it." in form
    assert told["asked"] in client.get(f"/releases/{release_id}/fr").text


def test_a_draft_that_is_only_saved_leads_to_no_question(
    client: FlaskClient, release_id: str, units_of: UnitsOf, lite_desk: Desk, lite_people: People
) -> None:
    _concept(lite_desk, lite_people, TermDraft("nl", "brug"), TermDraft("fr", "nouveau pont"))
    title = units_of(release_id, "fr")[0]
    with lite_desk.begin(lite_people.reviewer) as work:
        work.session.get_one(Unit, title.id).draft = "Nouveau pont sur la Lys en mai"
    headers = {**JSON, "X-CSRFToken": form_token(client, f"/releases/{release_id}/fr")}
    body = {"row_version": str(title.row_version), "target": "Nouvelle passerelle sur la Lys en mai", "act": "save"}

    told = client.post(f"/releases/{release_id}/fr/units/{title.id}/save", data=body, headers=headers).get_json()

    assert ("", "") == (told["asked"], told["parts"]["questions"].strip())


def test_who_keeps_no_terms_of_the_language_is_asked_nothing(
    app: Flask, client: FlaskClient, release_id: str, units_of: UnitsOf, lite_desk: Desk, lite_people: People
) -> None:
    _concept(lite_desk, lite_people, TermDraft("nl", "brug"), TermDraft("fr", "nouveau pont"))
    _edited(release_id, client, units_of, lite_desk, lite_people)

    assert "Always “" in client.get(f"/releases/{release_id}/fr").text
    assert "Always “" not in browser(app, "publisher").get(f"/releases/{release_id}/fr").text


DESKS = """Meer plaats in de stad

De werkplekken zijn gratis. Er komen zestig werkplekken bij.
"""
DESKS_IN_FRENCH = (
    ("Les espaces de bureau sont gratuits.", "Les bureaux partagés sont gratuits."),
    ("Il y aura soixante espaces de bureau.", "Il y aura soixante bureaux partagés."),
)


@pytest.mark.parametrize("first, question", [("confirm", "Always “bureaux partagés” for “werkplekken”?"), ("save", "")])
def test_the_same_words_in_two_confirmed_sentences_lead_to_a_new_concept(
    client: FlaskClient, units_of: UnitsOf, lite_desk: Desk, lite_people: People, first: str, question: str
) -> None:
    release_id = submit(lite_desk, lite_people.author, text=DESKS, targets=("fr",))
    draft(lite_desk, release_id)
    units = units_of(release_id, "fr")[-2:]
    with lite_desk.begin(lite_people.reviewer) as work:
        for unit, (drafted, _) in zip(units, DESKS_IN_FRENCH, strict=True):
            work.session.get_one(Unit, unit.id).draft = drafted

    asked = [
        _confirm(client, release_id, unit, text, act)["asked"]
        for unit, (_, text), act in zip(units, DESKS_IN_FRENCH, (first, "confirm"), strict=True)
    ]

    page = client.get(f"/releases/{release_id}/fr").text
    address = "/terms/new?preferred-fr=bureaux+partag%C3%A9s&amp;preferred-nl=werkplekken"
    assert ["", question] == asked
    assert (1 if question else 0) == page.count(address) == page.count("Always “")


def test_a_new_concept_is_asked_for_with_both_terms_filled_in(client: FlaskClient) -> None:
    page = client.get("/terms/new?preferred-nl=werkplekken&preferred-fr=postes").text

    assert 'name="preferred-nl" value="werkplekken"' in page
    assert 'name="preferred-fr" value="postes"' in page


def test_an_address_brings_no_more_than_a_term(client: FlaskClient) -> None:
    page = client.get(f"/terms/new?preferred-fr={'x' * 501}&forbidden-fr=y").text

    assert f'value="{"x" * 500}"' in page
    assert ">\ny</textarea>" not in page


def test_an_approved_version_has_its_matches_without_a_button(
    client: FlaskClient, release_id: str, unit: Unit, lite_desk: Desk, lite_people: People
) -> None:
    approved(lite_desk, lite_people, text=OLDER)
    approve(lite_desk, lite_people.second_reviewer, release_id, "fr")

    page = client.get(_place(release_id, unit)).text

    assert "ruim" in page
    assert [] == _offered(page)
