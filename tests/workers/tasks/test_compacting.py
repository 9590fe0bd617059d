"""What PostgreSQL gives back of the memory's tables behind a large file, and who is never kept waiting for it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from service.dispatch import RecordingDispatcher
from service.operations import memory_bundling
from service.queries import memory_postings
from service.storage import compacting
from service.storage.compacting import compact_memory
from service.uow import Desk
from tests.desk_fixtures import StillClock, make_desk
from tests.operations.memory_audit import audit_filing, filed
from tests.operations.memory_filling import fill
from workers.tasks.remembering import keep

SOURCES = 400
FEW_BYTES = 64 << 10
AS_THEY_LIE = text("SELECT key FROM memory_bundle ORDER BY ctid")
WAITING = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
SIZES = text("SELECT pg_relation_size('memory_posting'), pg_relation_size('memory_bundle')")


@pytest.fixture
def full_desk(
    postgres_url: str, dispatcher: RecordingDispatcher, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    """A desk whose postings are much for it, where nearly none stand by themselves at rest."""
    monkeypatch.setattr(compacting, "MUCH_BYTES", FEW_BYTES)
    monkeypatch.setattr(memory_postings, "MOST_AT_REST", 10)
    desk = make_desk(postgres_url, dispatcher, clock)
    for first in range(0, SOURCES, SOURCES // 4):
        fill(desk, range(first, first + SOURCES // 4))
        while _bundled(desk):
            pass
    yield desk
    desk.database.dispose()


def _bundled(desk: Desk) -> bool:
    with desk.begin() as work:
        return memory_bundling.bundle(work.session, 1_000)


def sizes(desk: Desk) -> tuple[int, int]:
    with desk.read() as reading:
        postings, bundles = reading.session.execute(SIZES).one()
    return postings, bundles


def test_what_a_large_file_took_is_given_back_and_nothing_is_lost(full_desk: Desk) -> None:
    before = sizes(full_desk)
    with full_desk.read() as reading:
        postings = filed(reading.session)

    assert compact_memory(full_desk.database)

    after = sizes(full_desk)
    assert before[0] >= FEW_BYTES > after[0]
    assert after[1] < before[1]
    with full_desk.read() as reading:
        assert postings == filed(reading.session)
        audit_filing(reading.session)
        keys = reading.session.scalars(AS_THEY_LIE).all()
    assert sorted(keys) == keys
    assert not compact_memory(full_desk.database)


def test_workers_see_to_it_once_nothing_else_is_left_to_do(full_desk: Desk) -> None:
    assert keep(full_desk, seconds=30)

    assert FEW_BYTES > sizes(full_desk)[0]


def test_a_few_postings_are_left_as_they_are(full_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compacting, "MUCH_BYTES", 1 << 30)
    before = sizes(full_desk)

    assert not compact_memory(full_desk.database)
    assert before == sizes(full_desk)


def test_it_waits_for_nobody_and_is_tried_again(full_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compacting, "WAIT_MILLISECONDS", 50)
    before = sizes(full_desk)
    with psycopg.connect(full_desk.database.url.replace("+psycopg", "")) as other:
        other.execute("SELECT 1 FROM memory_posting")
        with pytest.raises(OperationalError, match="lock timeout"):
            compact_memory(full_desk.database)
        assert keep(full_desk, seconds=30)
    assert before[0] <= sizes(full_desk)[0]
    with full_desk.database.writing() as session:
        assert "0" == session.scalar(text("SHOW lock_timeout"))

    assert keep(full_desk, seconds=30)
    assert FEW_BYTES > sizes(full_desk)[0]


def test_who_looks_something_up_meanwhile_is_waited_for_and_not_in_a_circle(
    full_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lookup takes hold of what stands by itself, and then of the bundles."""
    monkeypatch.setattr(compacting, "WAIT_MILLISECONDS", 10_000)
    with (
        ThreadPoolExecutor(1) as pool,
        psycopg.connect(full_desk.database.url.replace("+psycopg", "")) as other,
        psycopg.connect(full_desk.database.url.replace("+psycopg", ""), autocommit=True) as watch,
    ):
        other.execute("SELECT 1 FROM memory_posting")
        compacted = pool.submit(compact_memory, full_desk.database)
        while not watch.execute(WAITING).fetchall():
            time.sleep(0.01)
        other.execute("SELECT 1 FROM memory_bundle")
        other.commit()

        assert compacted.result(30)


def test_sqlite_fills_its_free_pages_itself(lite_desk: Desk) -> None:
    assert not compact_memory(lite_desk.database)
