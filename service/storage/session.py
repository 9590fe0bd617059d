"""The database: one engine, its connection rules, and sessions that write or only read.

SQLite is told to begin transactions itself (`BEGIN IMMEDIATE` for writers, so that two of them queue instead of
losing each other's work), to keep its log ahead of the data, and to wait for a lock; the measurements behind each
rule stand in docs/adr/0002. PostgreSQL runs at READ COMMITTED with explicit row locks. Who only reads there begins no
transaction, for each statement sees what is committed by then anyway; the server refuses whatever would write.
"""

from __future__ import annotations

import select
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

from service.storage import audit_chain, counts
from service.storage.bulk import read_rows
from service.storage.turns import Turns

BUSY_MILLISECONDS = 15_000  # for the turn and for SQLite together
LEAST_MILLISECONDS = 500
LONG_SECONDS = 1.0
ASK_AFTER_SECONDS = 5.0  # of rest, after which a connection may have been lost without a word
_RETRY_SECONDS = 0.02
_RESTED, _WAITED = "at rest since", "waited"
_NOW = "SELECT clock_timestamp()"
_NOW_SQLITE = "SELECT strftime('%Y-%m-%d %H:%M:%f+00:00', 'now')"  # asked of the driver: a tenth of the time
_PRAGMAS = (
    f"PRAGMA busy_timeout={BUSY_MILLISECONDS}",
    "PRAGMA cache_size=-32768",  # 32 MB: the memory is read and filed all over its index
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA recursive_triggers=ON",  # without it INSERT OR REPLACE would pass the audit's triggers by
)


def _on_connect(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    _write_ahead(cursor)
    cursor.close()


def _on_connect_postgresql(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    """Let nobody write who has not begun a transaction, and have no statement compiled.

    Compiling takes twelve milliseconds, and the server guesses badly what would be worth it. A lookup in the memory
    reads a few dozen rows; with a million and a half sources it would be taken for a long one.
    """
    cursor = connection.cursor()
    cursor.execute("SET jit TO off; SET default_transaction_read_only TO on")
    cursor.close()
    connection.commit()
    connection.read_only = False  # the driver says so where it begins


def _write_ahead(cursor: DBAPICursor) -> None:
    """Keep the log ahead of the data; who comes while another connection makes the switch tries again.

    SQLite answers at once that it is busy there, whatever its time-out, for two that wait would wait for each other.
    """
    ends = time.monotonic() + BUSY_MILLISECONDS / 1000
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > ends:
                raise
            time.sleep(_RETRY_SECONDS)
        else:
            return


def _on_begin(connection: Any) -> None:
    options = connection.get_execution_options()
    if _WAITED in options:
        with _waiting(connection, BUSY_MILLISECONDS - round(options[_WAITED] * 1000)):
            connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql("BEGIN" if options.get("readonly", False) else "BEGIN IMMEDIATE")


@contextmanager
def _waiting(connection: Any, milliseconds: int) -> Iterator[None]:
    """Let SQLite wait for what is left, so that nobody waits twice as long where others wait for the file in vain."""
    driver = connection.connection.driver_connection
    driver.execute(f"PRAGMA busy_timeout={max(LEAST_MILLISECONDS, milliseconds)}")
    try:
        yield
    finally:
        driver.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")


def _has_news(socket: int) -> bool:
    poll = select.poll()
    poll.register(socket, select.POLLIN)
    return bool(poll.poll(0))


def _on_checkin(_connection: DBAPIConnection | None, record: ConnectionPoolEntry) -> None:
    record.info[_RESTED] = time.monotonic()


class Database:
    """One database, by its SQLAlchemy address; cheap to make, connects when first used."""

    def __init__(self, url: str, *, background: bool = False) -> None:
        """Prepare the engine; nothing is connected yet. In the `background`, on SQLite, others write first."""
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        options: dict[str, Any] = {} if self.is_sqlite else {"pool_size": 10, "max_overflow": 20}
        self.engine: Engine = create_engine(url, **options)
        self._turns: Turns | None = None
        if self.is_sqlite:
            name = self.engine.url.database
            file = None if name in {None, "", ":memory:"} else Path(str(name))
            self._turns = Turns(file, background=background, patience_seconds=BUSY_MILLISECONDS / 1000)
            event.listen(self.engine, "connect", _on_connect)
            event.listen(self.engine, "begin", _on_begin)
            readers = self.engine.execution_options(readonly=True)
        else:
            event.listen(self.engine, "connect", _on_connect_postgresql)
            event.listen(self.engine, "checkin", _on_checkin)
            event.listen(self.engine, "checkout", self._on_checkout)
            readers = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._writing = sessionmaker(self.engine, expire_on_commit=False, autoflush=True)
        self._reading = sessionmaker(readers, expire_on_commit=False, autoflush=False)
        event.listen(self._writing, "before_flush", counts.add_changes)
        event.listen(self._writing, "after_flush", counts.note_flushed)
        event.listen(self._writing, "before_commit", counts.settle)
        event.listen(self._writing, "before_commit", audit_chain.seal)

    def now(self, session: Session) -> datetime:
        """Return the moment by the database's clock, in UTC; who writes waits for their turn before."""
        if self.is_sqlite:
            ((told,),) = read_rows(session.connection(), _NOW_SQLITE)
            return datetime.fromisoformat(told)
        ((moment,),) = read_rows(session.connection(), _NOW)
        return cast("datetime", moment).astimezone(UTC)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session that commits at the end, and rolls back on any error."""
        turn = self._turns.take() if self._turns else nullcontext(0.0)
        with turn as waited, self._writing() as session, session.begin():
            if waited >= LONG_SECONDS:
                session.connection(execution_options={_WAITED: waited})
            yield session

    def _on_checkout(self, connection: DBAPIConnection, record: ConnectionPoolEntry, _proxy: object) -> None:
        """Take no connection that PostgreSQL has ended; ask it only where there is a doubt.

        Whatever comes while nobody waits for an answer is its farewell: the end of the stream, or the reason before it.
        """
        rested = record.info.get(_RESTED)
        if rested is None:  # made just now
            return
        driver: Any = connection
        if time.monotonic() - rested < ASK_AFTER_SECONDS and not driver.closed and not _has_news(driver.fileno()):
            return
        try:
            self.engine.dialect.do_ping(connection)
        except self.engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that never changes anything; its rows stay readable afterwards."""
        with self._reading() as session:
            try:
                yield session
            finally:
                session.expunge_all()

    def dispose(self, *, close: bool = True) -> None:
        """Let go of every connection; `close=False` in a forked child, where they belong to the parent."""
        self.engine.dispose(close=close)
