"""What versions come to, where units and findings were written before versions told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic import command
from sqlalchemy import inspect

from service.dispatch import RecordingDispatcher
from service.domain.text import CodedText
from service.queries.texts import Tally, tally_of
from service.storage import migrate
from service.storage.counts import miscounted
from service.storage.models import Version
from service.uow import Desk
from tests.desk_fixtures import StillClock, make_desk
from tests.storage.old_desks import MOMENT, OldDesk, upgrade

BEFORE = "0010"
SOURCE = CodedText("De brug opent.")


@pytest.fixture
def desk(old_url: str) -> Iterator[Desk]:
    """A desk that was carried over: three units of a text and one of the text before, with findings of every kind."""
    old = OldDesk(old_url)
    for place in range(3):
        old.segment(1, place, SOURCE)
    old.segment(2, 0, SOURCE)
    units = (("unt_1", "seg_1_0", "translated"), ("unt_2", "seg_1_1", "reviewed"), ("unt_3", "seg_1_2", "initial"))
    for name, segment, state in (*units, ("unt_past", "seg_2_0", "reviewed")):
        target = "" if state == "initial" else "Le pont ouvre."
        old.put("unit", id=name, version_id="ver_1_fr", segment_id=segment, target=target, state=state)
    found = (("unt_1", "error"), ("unt_1", "warning"), ("unt_2", "warning"), ("unt_2", "info"), ("unt_past", "error"))
    for number, (unit, severity) in enumerate(found):
        old.put("finding", id=f"fnd_{number}", unit_id=unit, severity=severity, facts={})
    old.put("finding", id="fnd_aside", unit_id="unt_2", severity="error", dismissed_at=MOMENT, facts={})
    old.database.dispose()
    upgrade(old_url, "head")
    made = make_desk(old_url, RecordingDispatcher(), StillClock())
    yield made
    made.database.dispose()


def test_versions_tell_what_they_come_to(desk: Desk) -> None:
    with desk.read() as reading:
        french, german = (reading.session.get_one(Version, f"ver_1_{locale}") for locale in ("fr", "de"))
        wrong = miscounted(reading.session)

    assert Tally(3, empty=1, confirmed=1, errors=1, warnings=2, notes=1, dismissed=1) == tally_of(french)
    assert Tally(0, 0, 0, 0, 0) == tally_of(german)
    assert [] == wrong


def test_the_counts_can_be_taken_back(desk: Desk) -> None:
    config = migrate._config()
    with desk.database.engine.connect() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, BEFORE)
        connection.commit()
        columns = {column["name"] for column in inspect(connection).get_columns("version")}
        indexes = {index["name"] for index in inspect(connection).get_indexes("unit")}

    assert "segment_count" not in columns
    assert "ix_unit_version_id_state" in indexes
