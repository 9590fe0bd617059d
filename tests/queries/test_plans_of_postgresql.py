"""What PostgreSQL may keep a plan for, and what it is to plan anew for the words that are asked for."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from service.dispatch import RecordingDispatcher
from service.domain.permissions import DESK
from service.queries.concordance import concordance
from tests.desk_fixtures import StillClock, make_desk
from tests.operations.memory_steps import list_all, remember

OFTEN = 8  # more often than a driver waits until it has a statement prepared
PREPARED = text("SELECT statement FROM pg_prepared_statements")


@pytest.mark.parametrize("query", ["brug", "brug over"])
def test_a_search_is_planned_for_its_words(
    postgres_url: str, dispatcher: RecordingDispatcher, clock: StillClock, query: str
) -> None:
    """A plan for any word reads the whole list for a rare one."""
    desk = make_desk(postgres_url, dispatcher, clock)
    remember(desk, "Een nieuwe brug over de Leie", fr="Un nouveau pont sur la Lys")
    list_all(desk)

    for _ in range(OFTEN):
        with desk.read() as reading:
            found = concordance(reading.session, DESK, query, reading.now)
            kept = reading.session.scalars(PREPARED).all()

    assert 1 == len(found.rows)
    assert [] == [statement for statement in kept if "body" in statement and "memory_text" in statement]
    assert [] != [statement for statement in kept if "memory_unit" in statement]
    desk.database.dispose()
