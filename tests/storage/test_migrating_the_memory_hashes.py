from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic import command
from sqlalchemy import select

from service.dispatch import RecordingDispatcher
from service.domain.matching.identities import filed_as
from service.domain.segmentation import source_hash
from service.domain.text import CodedText, CodeKind, InlineCode
from service.queries.memory_import import known_sources
from service.queries.texts import codes_json
from service.storage import migrate
from service.storage.models import MemorySource
from service.uow import Desk
from tests.desk_fixtures import StillClock, make_desk
from tests.storage.old_desks import OldDesk, upgrade

BEFORE = "0012"
SOURCES = {
    3: CodedText("De brug opent."),
    7: CodedText("Lees {1}het dossier{/1}.", (InlineCode(1, CodeKind.LINK, "https://brug.example"),)),
    **{number: CodedText(f"Brug {number} opent.") for number in range(11, 231)},  # more than are written back at once
}


@pytest.fixture
def desk(old_url: str) -> Iterator[Desk]:
    """A desk whose sources were called by the 64 digits of their hashes."""
    old = OldDesk(old_url)
    for number, source in SOURCES.items():
        given = {"source_hash": source_hash(source), "source": source.text, "codes": codes_json(source.codes)}
        old.put("memory_source", id=number, source_locale="nl", **given)
    old.database.dispose()
    upgrade(old_url, "head")
    made = make_desk(old_url, RecordingDispatcher(), StillClock())
    yield made
    made.database.dispose()


def called(desk: Desk) -> dict[int, str]:
    with desk.read() as reading:
        return {row.id: row.source_hash for row in reading.session.scalars(select(MemorySource))}


def test_sources_are_known_by_their_hashes_as_before(desk: Desk) -> None:
    hashes = {source_hash(source): number for number, source in SOURCES.items()}
    with desk.read() as reading:
        known = known_sources(reading.session, "nl", {*hashes, source_hash(CodedText("Iets anders."))})

    assert hashes == known
    assert {"-", "_"} <= set("".join(called(desk).values()))
    assert {number: filed_as(source_hash(source)) for number, source in SOURCES.items()} == called(desk)


def test_the_way_back_gives_them_all_their_digits(desk: Desk) -> None:
    config = migrate._config()
    with desk.database.engine.connect() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, BEFORE)
        connection.commit()
        before = called(desk)
        command.upgrade(config, "head")
        connection.commit()

    assert {number: source_hash(source) for number, source in SOURCES.items()} == before
    assert {number: filed_as(source_hash(source)) for number, source in SOURCES.items()} == called(desk)
