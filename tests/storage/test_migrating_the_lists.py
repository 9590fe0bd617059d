"""Lists that were taken in before they kept their numbers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic import command
from sqlalchemy import inspect

from service.dispatch import RecordingDispatcher
from service.domain.text import Block, BlockKind, CodedText
from service.queries.texts import blocks_json, blocks_of, source_document
from service.storage import migrate
from service.uow import Desk
from tests.desk_fixtures import StillClock, make_desk
from tests.storage.old_desks import OldDesk, upgrade

BEFORE = "0014"


@pytest.fixture
def desk(old_url: str) -> Iterator[Desk]:
    """A desk that was carried over with one numbered item."""
    old = OldDesk(old_url)
    old.put(
        "block", id="blk_3", revision_id="rev_1", n=2, kind="list_item", text="Wat?", level=1, ordered=True, codes=[]
    )
    old.database.dispose()
    upgrade(old_url, "head")
    made = make_desk(old_url, RecordingDispatcher(), StillClock())
    yield made
    made.database.dispose()


def test_a_list_of_before_counts_from_one(desk: Desk) -> None:
    with desk.read() as reading:
        document, _ = source_document(reading.session, "rev_1")

    assert ("Wat?", True, 0) == (document.blocks[1].content.text, document.blocks[1].ordered, document.blocks[1].start)


def test_the_number_goes_when_the_migration_is_taken_back(desk: Desk) -> None:
    config = migrate._config()
    with desk.database.engine.connect() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, BEFORE)
        connection.commit()
        columns = {column["name"] for column in inspect(connection).get_columns("block")}

    assert "start_number" not in columns
    assert "ordered" in columns


def test_what_was_published_before_is_read_with_lists_from_one() -> None:
    item = Block(BlockKind.LIST_ITEM, CodedText("Wat?"), 1, ordered=True, group=1, start=2)
    frozen = blocks_json([item])
    before = [{key: value for key, value in block.items() if key != "start"} for block in frozen]

    assert (2, 0) == (blocks_of(frozen)[0].start, blocks_of(before)[0].start)
