from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.domain.concepts import ConceptDraft, TermDraft
from service.operations.terms import add_concept
from service.storage.models import Unit
from service.uow import Desk
from tests.desk_fixtures import People
from tests.operations.making import draft, submit
from tests.operations.steps import act
from tests.web.conftest import UnitsOf
from tests.web.editing import COST, JSON, place_of
from tests.web.offices import browser, form_token


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return browser(app, "reviewer")


@pytest.fixture
def unit(release_id: str, units_of: UnitsOf) -> Unit:
    return units_of(release_id, "fr")[COST]


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

    page = client.get(place_of(release_id, unit)).text

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

    assert "stays as it is" in client.get(place_of(release_id, title)).text


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
