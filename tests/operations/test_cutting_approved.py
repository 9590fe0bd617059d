"""Cuts beside what people stand for: confirmations, approvals, who wrote a text, and what is out."""

from __future__ import annotations

from functools import partial

import pytest
from sqlalchemy import select

from service.domain.errors import Conflict, DeskError, NotAllowed, Refused, WrongState
from service.operations.approvals import approve_version
from service.operations.cutting import CutDone, join_segments
from service.operations.review import confirm_all, edit_unit
from service.operations.undoing import undo_unit
from service.queries.cuts import writers_of
from service.storage.models import Approval, AuditEntry, MemoryUnit, Unit
from service.uow import Desk
from tests.desk_fixtures import People
from tests.operations.cutting_steps import FIRST, SECOND, join, save, units
from tests.operations.making import approve, text_of
from tests.operations.steps import act, approve_present, at_once, drafted, published, states, unit_of, version_of


@pytest.fixture
def release_id(lite_desk: Desk, lite_people: People) -> str:
    """A release in French and German, in review."""
    return drafted(lite_desk, lite_people, targets=("fr", "de"))


def test_nothing_counts_as_confirmed_that_nobody_confirmed_as_it_stands(
    lite_desk: Desk, lite_people: People, release_id: str
) -> None:
    act(lite_desk, lite_people.reviewer, confirm_all, release_id, "fr")

    join(lite_desk, lite_people.reviewer, release_id)

    after = units(lite_desk, release_id)
    assert ["translated"] == [unit.state for unit in after if unit.state != "reviewed"]
    assert (None, "translated") == (after[FIRST].confirmed_by, after[FIRST].state)


def test_an_approval_ends_only_by_whoever_may_end_it_and_says_so(
    lite_desk: Desk, lite_people: People, release_id: str
) -> None:
    approve_present(lite_desk, lite_people.second_reviewer, release_id, "de")

    with pytest.raises(NotAllowed) as foreign:
        join(lite_desk, lite_people.french_reviewer, release_id, reopen=("de",))
    with pytest.raises(Conflict) as unsaid:
        join(lite_desk, lite_people.reviewer, release_id)
    assert ("approved_by_others", "approved_languages") == (foreign.value.code, unsaid.value.code)
    assert "approved" == states(lite_desk, release_id)["de"]

    join(lite_desk, lite_people.reviewer, release_id, reopen=("de",))

    assert {"fr": "in_review", "de": "in_review"} == states(lite_desk, release_id)
    with lite_desk.read() as reading:
        assert [] == list(reading.session.scalars(select(MemoryUnit.id).where(MemoryUnit.release_id == release_id)))
        because = reading.session.scalars(select(AuditEntry).where(AuditEntry.action == "approval.voided")).one()
    assert "recut" == because.facts["because"]


def test_what_is_out_stays_as_it_is(lite_desk: Desk, lite_people: People) -> None:
    out = published(lite_desk, lite_people, targets=("fr",))

    with pytest.raises(WrongState):
        join(lite_desk, lite_people.reviewer, out)


def test_the_memory_has_the_pairs_as_they_were_approved(lite_desk: Desk, lite_people: People, release_id: str) -> None:
    join(lite_desk, lite_people.reviewer, release_id)
    approve(lite_desk, lite_people.second_reviewer, release_id, "fr")

    with lite_desk.read() as reading:
        kept = set(reading.session.scalars(select(MemoryUnit.target).where(MemoryUnit.release_id == release_id)))
    assert units(lite_desk, release_id)[FIRST].target in kept
    assert "[fr] Wandelaars en fietsers kunnen er meteen over." not in kept


def test_everybody_who_wrote_a_part_wrote_the_joined_text(
    lite_desk: Desk, lite_people: People, release_id: str
) -> None:
    save(lite_desk, lite_people.french_reviewer, release_id, FIRST, "Un.")
    save(lite_desk, lite_people.second_reviewer, release_id, SECOND, "Deux.")
    join(lite_desk, lite_people.reviewer, release_id)
    joined = units(lite_desk, release_id)[FIRST]

    with lite_desk.read() as reading:
        version = version_of(lite_desk, release_id, "fr")
        writers = writers_of(reading.session, version)[joined.id]
    assert {lite_people.french_reviewer.user_id, lite_people.second_reviewer.user_id} == writers
    with pytest.raises(Refused):
        approve_present(lite_desk, lite_people.second_reviewer, release_id, "fr")

    save(lite_desk, lite_people.french_reviewer, release_id, FIRST, "Un et deux.")
    act(lite_desk, lite_people.french_reviewer, undo_unit, release_id, "fr", joined.id, row_version=None)

    assert lite_people.french_reviewer.user_id == unit_of(lite_desk, joined.id).text_by
    with pytest.raises(Refused):
        approve_present(lite_desk, lite_people.second_reviewer, release_id, "fr")
    approve_present(lite_desk, lite_people.reviewer, release_id, "fr")  # who joined them wrote nothing


def test_a_text_that_somebody_wrote_anew_is_theirs_alone(lite_desk: Desk, lite_people: People, release_id: str) -> None:
    save(lite_desk, lite_people.second_reviewer, release_id, SECOND, "Deux.")
    join(lite_desk, lite_people.reviewer, release_id)
    save(lite_desk, lite_people.french_reviewer, release_id, FIRST, "Tout autre.")

    approve_present(lite_desk, lite_people.second_reviewer, release_id, "fr")

    assert "approved" == states(lite_desk, release_id)["fr"]


def test_cuts_approvals_and_saves_never_pass_each_other(desk: Desk, people: People) -> None:
    for _ in range(3):
        release_id = drafted(desk, people, targets=("fr",))
        text = text_of(desk, release_id, "fr")
        first, second = text.units[FIRST], text.units[SECOND]
        versions = {unit.id: unit.row_version for unit in text.units}
        change = {"row_version": second.row_version, "target": "Autre."}

        results = at_once(
            partial(act, desk, people.reviewer, join_segments, release_id, "fr", first.id, seen=versions),
            partial(act, desk, people.second_reviewer, approve_version, release_id, "fr", digest=text.digest),
            partial(act, desk, people.french_reviewer, edit_unit, release_id, "fr", second.id, **change),
        )

        assert [] == [each for each in results if isinstance(each, Exception) and not isinstance(each, DeskError)]
        after = text_of(desk, release_id, "fr")
        said = " ".join(unit.target for unit in after.units)
        assert isinstance(results[2], Unit) == ("Autre." in said)
        assert isinstance(results[0], CutDone) == (len(after.units) < len(text.units))
        with desk.read() as reading:
            of_release = Approval.version_id == version_of(desk, release_id, "fr").id
            standing = reading.session.scalars(select(Approval.digest).where(of_release, Approval.voided_at.is_(None)))
            given = set(standing)
        assert given <= {after.digest}
