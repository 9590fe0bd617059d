"""What another language of the same release says in the segments of a version."""

from __future__ import annotations

import pytest

from service.operations.review import edit_unit
from service.queries.releases import version_row
from service.queries.review import unit_rows
from service.queries.third_language import OtherLanguages, other_languages
from service.uow import Desk
from tests.desk_fixtures import People
from tests.operations.making import approve
from tests.operations.steps import drafted
from tests.queries.test_statement_counts import counted


def others(desk: Desk, people: People, release_id: str, chosen: str) -> OtherLanguages:
    with desk.read() as reading:
        version = version_row(reading.session, people.reviewer, release_id, "fr")[1].version
        with counted(desk) as sent:
            found = other_languages(reading.session, version, chosen)
    assert 1 == len(sent)
    return found


def test_the_texts_of_the_chosen_language_are_told_with_how_they_stand(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people)
    with desk.read() as reading:
        version = version_row(reading.session, people.admin, release_id, "de")[1].version
        rows = unit_rows(reading.session, version)
    with desk.begin(people.reviewer) as work:
        edit_unit(work, release_id, "de", rows[1].unit.id, row_version=None, target="Bestätigt", state="reviewed")

    found = others(desk, people, release_id, "de")

    told = [found.texts[row.unit.segment_id] for row in rows]
    assert (("de", "en"), "de") == (found.locales, found.chosen)
    assert [row.unit.target for row in rows[2:]] == [each.text for each in told[2:]]
    assert [(False, False), (False, True)] == [(each.approved, each.confirmed) for each in told[:2]]
    assert "Bestätigt" == told[1].text


def test_an_approved_text_is_said_to_be_one(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people)
    approve(desk, people.reviewer, release_id, "de")

    assert {True} == {each.approved for each in others(desk, people, release_id, "de").texts.values()}


@pytest.mark.parametrize("chosen", ["", "none", "fr", "es"])
def test_no_language_is_chosen_by_a_name_that_is_not_anothers(desk: Desk, people: People, chosen: str) -> None:
    found = others(desk, people, drafted(desk, people), chosen)

    assert (("de", "en"), None, {}) == (found.locales, found.chosen, found.texts)
