"""Units of the memory that were told apart among all of them, before they were among those of their source."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic import command
from sqlalchemy import delete, insert, inspect, select
from sqlalchemy.exc import IntegrityError

from service.dispatch import RecordingDispatcher
from service.domain.matching.identities import imported_identity
from service.domain.segmentation import source_hash
from service.domain.text import CodedText
from service.storage import migrate
from service.storage.models import MemoryChange, MemoryUnit
from service.uow import Desk
from tests.desk_fixtures import NOON, StillClock, make_desk
from tests.storage.old_desks import MOMENT, OldDesk, upgrade

BEFORE = "0011"
SOURCE = CodedText("De brug opent.")
NAME = imported_identity(("nl", "fr"), source_hash(SOURCE), "", "Le pont ouvre.")
REST = "0123456789abcdef"


@pytest.fixture
def desk(old_url: str) -> Iterator[Desk]:
    """A desk that was carried over: a unit that somebody edited, one beside it, and a third that is gone."""
    old = OldDesk(old_url)
    old.put("memory_source", id=7, source_locale="nl", source_hash=source_hash(SOURCE), source=SOURCE.text)
    for number, name in ((3, NAME), (5, "f" * len(NAME)), (9, "e" * len(NAME))):
        old.put("memory_unit", id=number, identity=name + REST, source_id=7, target_locale="fr", origin="import")
    old.put("memory_change", id=2, unit_id=3, kind="edited", target="Le pont s'ouvre.", at=MOMENT)
    with old.database.writing() as session:
        session.execute(delete(MemoryUnit.__table__).where(MemoryUnit.__table__.c.id == 9))  # type: ignore[arg-type]
    old.database.dispose()
    upgrade(old_url, "head")
    made = make_desk(old_url, RecordingDispatcher(), StillClock())
    yield made
    made.database.dispose()


def _add(desk: Desk, identity: str, locale: str = "fr") -> int:
    given = {"source_id": 7, "target": "x", "context": "", "origin": "import", "approved_at": NOON}
    with desk.begin() as work:
        added = insert(MemoryUnit).values(identity=identity, target_locale=locale, **given).returning(MemoryUnit.id)
        return int(work.session.scalar(added) or 0)


def _names(desk: Desk) -> list[tuple[int, str]]:
    with desk.read() as reading:
        rows = reading.session.execute(select(MemoryUnit.id, MemoryUnit.identity).order_by(MemoryUnit.id))
        return [(row.id, row.identity) for row in rows]


def test_units_keep_their_numbers_and_are_called_as_they_are_now(desk: Desk) -> None:
    assert [(3, NAME), (5, "f" * len(NAME))] == _names(desk)


def test_what_people_did_to_a_unit_is_still_told(desk: Desk) -> None:
    with desk.read() as reading:
        changes = reading.session.scalars(select(MemoryChange)).all()

    assert [(2, 3, "edited", "Le pont s'ouvre.")] == [
        (change.id, change.unit_id, change.kind, change.target) for change in changes
    ]


def test_the_number_of_a_unit_that_is_gone_is_not_given_again(desk: Desk) -> None:
    if desk.database.is_sqlite:
        assert 9 < _add(desk, "a")


def test_the_same_unit_comes_once_to_a_source_and_a_locale(desk: Desk) -> None:
    _add(desk, NAME, locale="de")

    with pytest.raises(IntegrityError):
        _add(desk, NAME)


def test_an_origin_is_still_looked_at_and_once(desk: Desk) -> None:
    with desk.database.engine.connect() as connection:
        checks = [each["name"] for each in inspect(connection).get_check_constraints("memory_unit")]

    assert ["ck_memory_unit_origin"] == checks


def test_it_can_be_taken_back_and_brought_on_again(desk: Desk) -> None:
    config = migrate._config()
    with desk.database.engine.connect() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, BEFORE)
        unique = [each["column_names"] for each in inspect(connection).get_unique_constraints("memory_unit")]
        command.upgrade(config, "head")
        connection.commit()

        checks = inspect(connection).get_check_constraints("memory_unit")

    assert ([["identity"]], 1) == (unique, len(checks))
    assert [(3, NAME), (5, "f" * len(NAME))] == _names(desk)
    with desk.read() as reading:
        assert [3] == reading.session.scalars(select(MemoryChange.unit_id)).all()
