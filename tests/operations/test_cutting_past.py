"""What was there before a cut: it is taken back whole, and its history and talk stay with the text."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from service.domain.comparing import compare
from service.domain.errors import Conflict
from service.operations.comments import add_comment
from service.operations.undoing import undo_act
from service.queries.comments import threads_of_unit
from service.queries.cuts import earlier_units
from service.queries.past_texts import present_sentences, sentences_at
from service.queries.segment_tools import source_changes
from service.storage.models import SegmentCut, UnitRevision
from service.uow import Desk
from tests.desk_fixtures import NOON, People, StillClock
from tests.faults.invariants import broken
from tests.operations.cutting_steps import FIRST, LEAD, SECOND, join, save, sources, split, units
from tests.operations.making import TEXT
from tests.operations.steps import act, drafted, release_of, revise, version_of


@pytest.fixture
def release_id(lite_desk: Desk, lite_people: People) -> str:
    """A release in French and German, in review."""
    return drafted(lite_desk, lite_people, targets=("fr", "de"))


def test_a_join_is_undone_with_everything_that_stood_there(
    lite_desk: Desk, lite_people: People, release_id: str
) -> None:
    save(lite_desk, lite_people.french_reviewer, release_id, FIRST, "Un.", state="reviewed")
    before = units(lite_desk, release_id)
    german = units(lite_desk, release_id, "de")
    done = join(lite_desk, lite_people.reviewer, release_id)

    undone = act(lite_desk, lite_people.reviewer, undo_act, release_id, "fr", done.act)

    after = units(lite_desk, release_id)
    assert [(unit.id, unit.target, unit.state, unit.confirmed_by, unit.text_by) for unit in before] == [
        (unit.id, unit.target, unit.state, unit.confirmed_by, unit.text_by) for unit in after
    ]
    assert [unit.id for unit in german] == [unit.id for unit in units(lite_desk, release_id, "de")]
    assert (3, 4) == undone.changed
    assert (
        TEXT.count(". ") + 1 == len([source for source in sources(lite_desk, release_id) if source.endswith(".")]) - 1
    )
    with lite_desk.read() as reading:
        assert [] == list(reading.session.scalars(select(SegmentCut)))
    assert [] == broken(lite_desk.database, now=NOON)


def test_a_split_is_undone_and_what_was_worked_on_since_is_not(
    lite_desk: Desk, lite_people: People, release_id: str
) -> None:
    before = [unit.id for unit in units(lite_desk, release_id)]
    done = split(lite_desk, lite_people.reviewer, release_id, FIRST, 18)
    again = split(lite_desk, lite_people.reviewer, release_id, 6, 8)
    act(lite_desk, lite_people.reviewer, undo_act, release_id, "fr", done.act)  # another cut since is no hindrance
    save(lite_desk, lite_people.reviewer, release_id, 5, "Autre.")

    with pytest.raises(Conflict) as changed:
        act(lite_desk, lite_people.reviewer, undo_act, release_id, "fr", again.act)

    assert ("changed_since", ((6, "fr"),)) == (changed.value.code, changed.value.facts["places"])
    assert before[:5] == [unit.id for unit in units(lite_desk, release_id)][:5]
    assert len(before) + 1 == len(units(lite_desk, release_id))


def test_history_is_kept_and_told_with_the_unit_that_took_over(
    lite_desk: Desk, lite_people: People, clock: StillClock, release_id: str
) -> None:
    save(lite_desk, lite_people.french_reviewer, release_id, FIRST, "Un.")
    moment = clock.forward(minutes=5)
    clock.forward(minutes=5)
    done = join(lite_desk, lite_people.reviewer, release_id)

    with lite_desk.read() as reading:
        earlier = earlier_units(reading.session, done.units[0])
        (save_of_join,) = reading.session.scalars(select(UnitRevision).where(UnitRevision.unit_id == done.units[0]))
        then = sentences_at(reading.session, version_of(lite_desk, release_id, "fr"), moment)
    assert [2, 1] == [len(each.saves) for each in earlier]
    assert "French Reviewer" == earlier[0].saves[0][1]
    assert (done.act, LEAD) == (save_of_join.act, save_of_join.source)
    assert "Un." in [sentence.text for sentence in then]


def test_a_cut_is_no_change_of_the_source_or_of_what_was_said(
    lite_desk: Desk, lite_people: People, clock: StillClock, release_id: str
) -> None:
    moment = clock.forward(minutes=5)
    clock.forward(minutes=5)
    join(lite_desk, lite_people.reviewer, release_id)
    revise(lite_desk, lite_people.author, release_id, TEXT.replace("25 miljoen", "26 miljoen"))

    with lite_desk.read() as reading:
        release, version = release_of(lite_desk, release_id), version_of(lite_desk, release_id, "fr")
        to_the_cut = source_changes(reading.session, release, version, before=1, after=2)
        usual = source_changes(reading.session, release, version, before=None, after=None)
        since = compare(sentences_at(reading.session, version, moment), present_sentences(reading.session, version))
    assert to_the_cut is not None
    assert usual is not None
    assert {"kept"} == {change.fate for change in to_the_cut.changes}
    assert (2, 1) == (usual.before.number, usual.count("changed"))
    assert ["De brug kostte 26 miljoen euro."] == [pair.source for pair in since.changed]

    join(lite_desk, lite_people.reviewer, release_id, place=4)
    with lite_desk.read() as reading:
        release, version = release_of(lite_desk, release_id), version_of(lite_desk, release_id, "fr")
        usual = source_changes(reading.session, release, version, before=None, after=None)
    assert usual is not None
    assert (2, 4) == (usual.before.number, usual.after.number)  # 4 has the text of 3


def test_talk_goes_along_and_comes_back(lite_desk: Desk, lite_people: People, release_id: str) -> None:
    second = units(lite_desk, release_id)[SECOND]
    about = {"locale": "fr", "unit_id": second.id}
    act(lite_desk, lite_people.author, add_comment, release_id, "Over of onder?", **about)
    done = join(lite_desk, lite_people.reviewer, release_id)
    act(lite_desk, lite_people.author, add_comment, release_id, "Van een oude bladzijde.", **about)

    def said_about(unit_id: str) -> list[str]:
        with lite_desk.read() as reading:
            version = version_of(lite_desk, release_id, "fr")
            return [thread.first.comment.body for thread in threads_of_unit(reading.session, version, unit_id)]

    assert {"Over of onder?", "Van een oude bladzijde."} == set(said_about(done.units[0]))
    act(lite_desk, lite_people.reviewer, undo_act, release_id, "fr", done.act)
    assert 2 == len(said_about(units(lite_desk, release_id)[FIRST].id))
