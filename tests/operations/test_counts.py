"""What a version comes to is kept with it, in the transaction that wrote a unit or a finding, and no later."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.event import listen

from service.domain.permissions import Actor
from service.operations.checking import check_now
from service.operations.context import Work
from service.operations.dismissals import dismiss_finding
from service.operations.review import edit_unit
from service.queries.texts import Tally, tally, tally_of
from service.storage.counts import follow, miscounted, note
from service.storage.models import FindingRow, Unit, UnitRevision, Version
from service.uow import Desk
from tests.desk_fixtures import People
from tests.operations.making import text_of
from tests.operations.steps import act, drafted

WRONG = {"code": "numbers", "template": "!", "key": "k", "rules_revision": "r"}


@pytest.fixture
def release_id(desk: Desk, people: People) -> str:
    return drafted(desk, people, targets=("fr",))


def version(desk: Desk) -> Version:
    with desk.read() as reading:
        return reading.session.scalars(select(Version)).one()


def test_a_save_is_counted_before_it_is_committed(desk: Desk, people: People, release_id: str) -> None:
    unit = text_of(desk, release_id, "fr").units[0]
    before = tally_of(version(desk))
    with desk.begin(people.reviewer) as work:
        edit_unit(work, release_id, "fr", unit.id, row_version=None, target="Un pont", state="reviewed")
        held = work.session.get_one(Version, unit.version_id)
        within = tally(work.session, held)

    assert (0, 1) == (before.confirmed, within.confirmed)
    assert within == tally_of(held) == tally_of(version(desk))


def test_a_segment_that_is_emptied_is_counted_as_empty(desk: Desk, people: People, release_id: str) -> None:
    unit = text_of(desk, release_id, "fr").units[0]
    act(desk, people.reviewer, edit_unit, release_id, "fr", unit.id, row_version=None, target="")

    assert 1 == tally_of(version(desk)).empty


def test_findings_are_counted_by_what_they_weigh(desk: Desk, release_id: str) -> None:
    first, second = text_of(desk, release_id, "fr").units[:2]
    with desk.begin() as work:
        work.session.add_all(FindingRow(unit_id=first.id, severity=each, **WRONG) for each in ("error", "info"))
        work.session.add(FindingRow(unit_id=second.id, severity="warning", **WRONG))
    found = version(desk)
    with desk.begin() as work:
        of_first = select(FindingRow).where(FindingRow.unit_id == first.id).order_by(FindingRow.severity)
        error, note_ = work.session.scalars(of_first).all()
        error.dismissed_at = work.now
        work.session.delete(note_)
    after = version(desk)

    assert (1, 1, 1, 0) == (found.error_count, found.warning_count, found.note_count, found.dismissed_count)
    assert (0, 1, 0, 1) == (after.error_count, after.warning_count, after.note_count, after.dismissed_count)


def test_many_findings_of_units_that_nobody_holds_cost_one_look(desk: Desk, release_id: str) -> None:
    asked: list[str] = []
    listen(desk.database.engine, "before_cursor_execute", lambda _c, _cursor, said, *_: asked.append(said))
    units = [unit.id for unit in text_of(desk, release_id, "fr").units]
    asked.clear()
    with desk.begin() as work:
        work.session.add_all(FindingRow(unit_id=unit, severity="info", **WRONG) for unit in units)

    assert 1 == sum(said.startswith("SELECT DISTINCT unit.version_id") for said in asked)
    assert len(units) == version(desk).note_count


def test_what_is_rolled_back_is_not_counted(desk: Desk, people: People, release_id: str) -> None:
    unit = text_of(desk, release_id, "fr").units[0]
    before = tally_of(version(desk))

    def empty_it_and_die(work: Work) -> None:
        edit_unit(work, release_id, "fr", unit.id, row_version=None, target="")
        tally(work.session, work.session.get_one(Version, unit.version_id))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act(desk, people.reviewer, empty_it_and_die)

    assert before == tally_of(version(desk))


def written(desk: Desk, actor: Actor, *saves: dict[str, str], release_id: str) -> list[str]:
    """Return the statements that wrote a version, while its first segment was saved again and again."""
    unit = text_of(desk, release_id, "fr").units[0]
    said: list[str] = []
    listen(desk.database.engine, "before_cursor_execute", lambda _c, _cursor, each, *_: said.append(each))
    for save in saves:
        act(desk, actor, edit_unit, release_id, "fr", unit.id, row_version=None, **save)
    return [each for each in said if each.startswith("UPDATE version")]


def test_saves_add_to_the_counts_what_they_change(desk: Desk, people: People, release_id: str) -> None:
    """The desk is looked back on afterwards: what was added has to be what there is."""
    saves = ({"target": "2 ponts"}, {"target": "Un pont"}, {"target": "3 ponts", "state": "reviewed"}, {"target": ""})
    told = written(desk, people.reviewer, *saves, release_id=release_id)

    assert 4 == len(told)
    assert Tally(7, empty=1, confirmed=0, errors=0, warnings=0) == tally_of(version(desk))


def test_what_a_save_finds_and_no_longer_finds_is_added(desk: Desk, people: People, release_id: str) -> None:
    written(desk, people.reviewer, {"target": "2 ponts (", "state": "reviewed"}, release_id=release_id)
    wrong = tally_of(version(desk))
    counted = miscounted_in(desk)
    written(desk, people.reviewer, {"target": "Un pont"}, release_id=release_id)
    better = tally_of(version(desk))

    assert ([], []) == (counted, miscounted_in(desk))
    assert ((1, 1), (0, 0)) == ((wrong.errors, wrong.confirmed), (better.errors, better.confirmed))


def test_a_finding_that_was_put_aside_is_open_again_once_its_text_is_another(
    desk: Desk, people: People, release_id: str
) -> None:
    written(desk, people.reviewer, {"target": "2 ponts ("}, release_id=release_id)
    with desk.begin(people.reviewer) as work:
        found = work.session.scalars(select(FindingRow).where(FindingRow.severity == "warning")).first()
        assert found is not None
        dismiss_finding(work, release_id, "fr", found.id, reason="so it is meant")
    aside = tally_of(version(desk))
    written(desk, people.reviewer, {"target": "2 ponts ( !"}, release_id=release_id)

    assert (1, 0) == (aside.dismissed, tally_of(version(desk)).dismissed)


def test_a_text_that_was_never_read_has_its_version_counted_anew(desk: Desk, release_id: str) -> None:
    with desk.begin() as work:
        held = work.session.scalars(select(Version)).one()
        unit = work.session.scalars(select(Unit)).first()
        assert unit is not None
        work.session.expire(unit, ["target"])
        follow(work.session, held)
        unit.target = ""

    assert 1 == tally_of(version(desk)).empty


def test_a_segment_that_leaves_a_version_that_is_followed_is_taken_off(desk: Desk, release_id: str) -> None:
    with desk.begin() as work:
        held = work.session.scalars(select(Version)).one()
        unit = work.session.scalars(select(Unit)).first()
        assert unit is not None
        work.session.execute(delete(UnitRevision))
        follow(work.session, held)
        work.session.delete(unit)

    assert 6 == tally_of(version(desk)).segments


def test_the_check_of_the_whole_version_counts_anew(desk: Desk, people: People, release_id: str) -> None:
    """Whatever went wrong with adding is right again within seconds, and before anybody decides."""
    with desk.begin() as work:
        work.session.execute(update(Version).values(confirmed_count=5, error_count=3, checked_with=None))
    act(desk, people.reviewer, check_now, release_id, "fr")

    assert Tally(7, empty=0, confirmed=0, errors=0, warnings=0) == tally_of(version(desk))


def test_who_writes_past_the_session_has_it_counted(desk: Desk, release_id: str) -> None:
    with desk.begin() as work:
        work.session.execute(update(Unit).values(target="", state="initial"))
    unnoted = miscounted_in(desk)
    with desk.begin() as work:
        note(work.session, version(desk).id)

    assert ([version(desk).id], []) == (unnoted, miscounted_in(desk))
    assert Tally(7, empty=7, confirmed=0, errors=0, warnings=0) == tally_of(version(desk))


def miscounted_in(desk: Desk) -> list[str]:
    with desk.read() as reading:
        return miscounted(reading.session)
