from __future__ import annotations

from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError, OperationalError

from service.storage.session import Database
from service.uow import Desk
from tests.storage.connection_rules import PROCESSES, ROUNDS, Outcome, measure


def test_processes_that_read_and_write_back_lose_nothing(tmp_path: Path) -> None:
    assert Outcome(PROCESSES * ROUNDS, 0, PROCESSES * ROUNDS) == measure("the desk's (BEGIN IMMEDIATE)", tmp_path)


@pytest.mark.parametrize(
    "pragma, expected",
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("busy_timeout", 15_000),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("recursive_triggers", 1),
    ],
)
def test_every_connection_to_sqlite_follows_the_rules(sqlite_url: str, pragma: str, expected: object) -> None:
    database = Database(sqlite_url)

    with database.reading() as first, database.writing() as second:
        found = [session.scalar(text(f"PRAGMA {pragma}")) for session in (first, second)]
    database.dispose()

    assert [expected, expected] == found


def test_a_reader_never_waits_for_a_writer(sqlite_url: str) -> None:
    database = Database(sqlite_url)

    with database.writing() as writer:
        writer.execute(text("INSERT INTO heartbeat (name, at) VALUES ('half', '2026-01-01 00:00:00.000000')"))
        with database.reading() as reader:
            seen = reader.scalar(text("SELECT count(*) FROM heartbeat"))
    database.dispose()

    assert 0 == seen


def test_a_savepoint_takes_back_only_its_own_part(desk: Desk) -> None:
    insert = text("INSERT INTO heartbeat (name, at) VALUES (:name, '2026-01-01 00:00:00.000000')")

    with desk.database.writing() as session:
        session.execute(insert, {"name": "outer"})
        nested = session.begin_nested()
        session.execute(insert, {"name": "inner"})
        nested.rollback()

    with desk.database.reading() as session:
        assert ["outer"] == list(session.scalars(text("SELECT name FROM heartbeat")))


def test_a_reference_to_nothing_is_refused(desk: Desk) -> None:
    with pytest.raises(IntegrityError), desk.database.writing() as session:
        session.execute(
            text("INSERT INTO user_grant (id, user_id, role, locale) VALUES ('gra_1', 'usr_nobody', 'author', '*')")
        )


def test_an_error_rolls_everything_back(desk: Desk) -> None:
    with pytest.raises(RuntimeError, match="midway"):
        write_and_fail(desk)

    with desk.database.reading() as session:
        assert 0 == session.scalar(text("SELECT count(*) FROM heartbeat"))


def write_and_fail(desk: Desk) -> None:
    with desk.database.writing() as session:
        session.execute(text("INSERT INTO heartbeat (name, at) VALUES ('x', '2026-01-01 00:00:00.000000')"))
        raise RuntimeError("midway")


def test_the_writers_of_a_process_queue_before_they_reach_sqlite(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    event.listen(database.engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout=0"))
    ended: list[str] = []

    def write() -> None:
        try:
            with database.writing() as session:
                session.execute(text("SELECT 1"))
        except OperationalError as error:
            ended.append(str(error.orig))
        else:
            ended.append("written")

    thread = Thread(target=write)
    with database.writing() as session:
        session.execute(text("SELECT 1"))
        thread.start()
        thread.join(0.3)  # without a queue it has ended by then
    thread.join()
    database.dispose()

    assert ["written"] == ended
