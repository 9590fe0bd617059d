"""Matches and terms beside a unit: what is shown to whom, what taking one leaves, and what an edit leads to ask."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from service.operations.approvals import reopen_version
from service.operations.review import edit_unit
from service.storage.models import AuditEntry, Unit
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.making import TEXT, approve, draft, submit
from tests.operations.steps import act, unit_of
from tests.web.conftest import CountStatements, UnitsOf
from tests.web.editing import COST, JSON, place_of
from tests.web.offices import approved, browser, post, published

OLDER = TEXT.replace("De brug kostte 25 miljoen euro.", "De brug kostte ruim 25 miljoen euro.")
NOT = TEXT.replace("De brug kostte 25 miljoen euro.", "De brug kostte geen 25 miljoen euro.")


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return browser(app, "reviewer")


@pytest.fixture
def unit(release_id: str, units_of: UnitsOf) -> Unit:
    return units_of(release_id, "fr")[COST]


def _take(client: FlaskClient, release_id: str, unit: Unit, match: str, **form: str) -> TestResponse:
    row_version = form.pop("row_version", str(unit.row_version))
    place = f"{place_of(release_id, unit)}/take"
    return post(client, place, at=f"/releases/{release_id}/fr", match=match, row_version=row_version)


def _offered(page: str) -> list[str]:
    """Return the numbers of the matches that the page offers to take."""
    return [part.partition('"')[0] for part in page.split('name="match" value="')[1:]]


def test_what_differs_from_the_match_is_marked_with_where_it_came_from(
    client: FlaskClient, release_id: str, unit: Unit, lite_desk: Desk, lite_people: People
) -> None:
    approved(lite_desk, lite_people, text=OLDER)

    page = client.get(place_of(release_id, unit)).text

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

    page = client.get(place_of(release_id, unit)).text

    assert "<strong>101 %</strong> the same sentence between the same neighbours" in page
    assert "<del>" not in page


def test_a_sentence_that_says_the_opposite_is_warned_of(
    client: FlaskClient, release_id: str, unit: Unit, lite_desk: Desk, lite_people: People
) -> None:
    approved(lite_desk, lite_people, text=NOT)

    assert "One of the two sentences says “not”, the other does not." in client.get(place_of(release_id, unit)).text


def test_a_text_under_embargo_is_offered_at_its_hour(
    client: FlaskClient, release_id: str, unit: Unit, lite_desk: Desk, lite_people: People, clock: StillClock
) -> None:
    approved(lite_desk, lite_people, text=OLDER, embargo_at=clock.moment + timedelta(minutes=9))

    before = _offered(client.get(place_of(release_id, unit)).text)
    clock.forward(minutes=9)

    assert (0, 1) == (len(before), len(_offered(client.get(place_of(release_id, unit)).text)))


def test_who_may_not_see_a_release_is_not_shown_its_sentences_until_they_are_public(
    app: Flask, lite_desk: Desk, lite_people: People, units_of: UnitsOf
) -> None:
    approved(lite_desk, lite_people, text=OLDER)
    own = submit(lite_desk, lite_people.other_author)
    draft(lite_desk, own)
    place = place_of(own, units_of(own, "fr")[COST])
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
    nothing = client.get(place_of(release_id, unit), headers=JSON).get_json()
    approved(lite_desk, lite_people, text=OLDER)

    told = client.get(place_of(release_id, unit), headers=JSON).get_json()

    assert (unit.id, "") == (nothing["unit"], nothing["said"])
    assert "The memory has nothing like this sentence." in nothing["html"]
    assert "1 match; the best: 86 %, much alike" == told["said"]
    assert "<html" not in told["html"]


def test_taking_a_match_is_an_edit_by_its_taker_that_stays_the_memorys(
    client: FlaskClient, release_id: str, unit: Unit, lite_desk: Desk, lite_people: People
) -> None:
    approved(lite_desk, lite_people, text=OLDER)
    (match,) = _offered(client.get(place_of(release_id, unit)).text)

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
    (match,) = _offered(client.get(place_of(release_id, unit)).text)
    before = client.get(f"/releases/{release_id}/fr/approve").text

    _take(client, release_id, unit, match)

    sentence = "You wrote or last edited part of this text; another reviewer has to approve it."
    assert (sentence in before, sentence in client.get(f"/releases/{release_id}/fr/approve").text) == (False, True)


def test_a_match_that_is_there_no_more_is_refused_and_the_text_stays(
    client: FlaskClient, release_id: str, unit: Unit, lite_desk: Desk, lite_people: People
) -> None:
    other = approved(lite_desk, lite_people, text=OLDER)
    (match,) = _offered(client.get(place_of(release_id, unit)).text)
    act(lite_desk, lite_people.publisher, reopen_version, other, "fr", "Een fout.")

    answer = _take(client, release_id, unit, match)

    assert (409, unit.target) == (answer.status_code, unit_of(lite_desk, unit.id).target)
    assert "The memory no longer offers that for this segment" in answer.text


def test_a_text_that_was_saved_meanwhile_stands_beside_the_match(
    client: FlaskClient, release_id: str, unit: Unit, lite_desk: Desk, lite_people: People
) -> None:
    approved(lite_desk, lite_people, text=OLDER)
    (match,) = _offered(client.get(place_of(release_id, unit)).text)
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

    page = client.get(place_of(release_id, unit)).text

    assert "It is the same as the present text." in page
    assert [] == _offered(page)


def test_who_only_reads_is_offered_nothing_to_take(
    app: Flask, release_id: str, unit: Unit, lite_desk: Desk, lite_people: People
) -> None:
    published(lite_desk, lite_people, text=OLDER)

    page = browser(app, "author").get(place_of(release_id, unit)).text

    assert "ruim" in page
    assert [] == _offered(page)


def test_the_editor_asks_the_memory_nothing_and_has_a_link_for_each_segment(
    client: FlaskClient, release_id: str, count_statements: CountStatements
) -> None:
    with count_statements() as seen:
        page = client.get(f"/releases/{release_id}/fr").text

    assert [] == [statement for statement in seen if "memory_" in statement]
    assert 7 == page.count('/matches">Matches and terms')


def test_an_approved_version_has_its_matches_without_a_button(
    client: FlaskClient, release_id: str, unit: Unit, lite_desk: Desk, lite_people: People
) -> None:
    approved(lite_desk, lite_people, text=OLDER)
    approve(lite_desk, lite_people.second_reviewer, release_id, "fr")

    page = client.get(place_of(release_id, unit)).text

    assert "ruim" in page
    assert [] == _offered(page)
