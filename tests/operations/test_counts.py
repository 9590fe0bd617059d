"""What a version comes to is kept with it, in the transaction that wrote a unit or a finding, and no later."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update
from sqlalchemy.event import listen

from service.operations.context import Work
from service.operations.review import edit_unit
from service.queries.texts import Tally, tally, tally_of
from service.storage.counts import miscounted, note
from service.storage.models import FindingRow, Unit, Version
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
