"""How the desk keeps its connections to PostgreSQL: what a reader may do, and what becomes of those that were ended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import InternalError

from service.storage import session as connections
from service.storage.session import Database

END_MILLISECONDS = 30_000
END_ALL = (
    "SELECT pg_terminate_backend(pid, %s) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
OWN = text("SELECT pg_backend_pid()")
TIMES_UNTIL_PREPARED = 5  # psycopg's own
INSERT = text("INSERT INTO heartbeat (name, at) VALUES ('x', now())")


@pytest.fixture
def database(postgres_url: str) -> Iterator[Database]:
    made = Database(postgres_url)
    yield made
    made.dispose()


def backend(database: Database) -> int:
    with database.reading() as session:
        return int(session.scalar(OWN) or 0)


def end_all(url: str) -> None:
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as other:
        assert all(ended for (ended,) in other.execute(END_ALL, [END_MILLISECONDS]))


def counted(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str) -> list[object]:
    """Collect the calls of a method, which does its work as before."""
    calls: list[object] = []
    real = getattr(owner, name)

    def noted(*arguments: Any, **rest: Any) -> Any:
        calls.append(arguments)
        return real(*arguments, **rest)

    monkeypatch.setattr(owner, name, noted)
    return calls


def test_who_only_reads_cannot_write(database: Database) -> None:
    with pytest.raises(InternalError, match="read-only transaction"), database.reading() as session:
        session.execute(INSERT)

    with database.writing() as session:
        session.execute(INSERT)
    with database.reading() as session:
        assert 1 == session.scalar(text("SELECT count(*) FROM heartbeat"))


def test_nobody_writes_without_a_transaction(database: Database) -> None:
    """Whoever asks for a connection by themselves, and has each statement stand alone, is held to it as well."""
    alone = database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    with pytest.raises(InternalError, match="read-only transaction"), alone as connection:
        connection.execute(INSERT)


def test_no_statement_is_compiled(database: Database) -> None:
    """The server would take a lookup in a large memory for a long one, and compile it each time."""
    jit = text("SHOW jit")

    with database.reading() as session:
        read = session.scalar(jit)
    with database.writing() as session:
        written = session.scalar(jit)

    assert ("off", "off") == (read, written)


def test_who_reads_sees_at_once_what_others_write_and_keeps_nothing_from_being_cleared_away(database: Database) -> None:
    open_ones = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'"
    )
    written = text("SELECT count(*) FROM heartbeat")
    with database.reading() as session:
        before = session.scalar(written)
        with database.writing() as other:
            other.execute(INSERT)
            held = other.scalar(open_ones)
        assert (0, 1, 0) == (before, session.scalar(written), held)


def test_a_statement_that_is_asked_again_is_prepared_for_those_who_come_after(database: Database) -> None:
    prepared = text("SELECT statement FROM pg_prepared_statements")
    for _ in range(TIMES_UNTIL_PREPARED + 1):
        backend(database)

    with database.reading() as session:
        assert str(OWN) in session.scalars(prepared).all()


def test_who_reads_sends_nothing_but_what_is_asked(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    backend(database)
    messages = counted(monkeypatch, psycopg.Cursor, "execute")
    ends = counted(monkeypatch, psycopg.Connection, "_exec_command")

    with database.reading() as session:
        first = database.now(session)
        later = database.now(session)

    assert first < later
    assert 2 == len(messages)
    assert [] == ends


def test_a_connection_in_use_is_not_asked_whether_it_lives(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    pings = counted(monkeypatch, database.engine.dialect, "do_ping")

    assert backend(database) == backend(database)
    assert [] == pings


def test_a_connection_that_rested_is_asked(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "ASK_AFTER_SECONDS", 0.0)
    pings = counted(monkeypatch, database.engine.dialect, "do_ping")

    assert backend(database) == backend(database)
    assert 1 == len(pings)


@pytest.mark.parametrize("rest", [5.0, 0.0])
def test_nobody_notices_that_the_server_ended_a_connection(
    database: Database, monkeypatch: pytest.MonkeyPatch, rest: float
) -> None:
    monkeypatch.setattr(connections, "ASK_AFTER_SECONDS", rest)
    before = backend(database)
    for _ in range(5):
        end_all(database.url)
        ended, before = before, backend(database)
        assert ended != before
    end_all(database.url)
    with database.writing() as session:
        session.execute(INSERT)
