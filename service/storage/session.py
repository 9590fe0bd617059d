"""The database: one engine, its connection rules, and sessions that write or only read.

SQLite is told to begin transactions itself (`BEGIN IMMEDIATE` for writers, so that two of them queue instead of
losing each other's work), to keep its log ahead of the data, and to wait for a lock; the measurements behind each
rule stand in docs/adr/0002. PostgreSQL runs at READ COMMITTED with explicit row locks.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

from service.storage import audit_chain

BUSY_MILLISECONDS = 15_000
_RETRY_SECONDS = 0.02
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
    reading = connection.get_execution_options().get("readonly", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


class Database:
    """One database, by its SQLAlchemy address; cheap to make, connects when first used."""

    def __init__(self, url: str) -> None:
        """Prepare the engine; nothing is connected yet."""
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        options: dict[str, Any] = {} if self.is_sqlite else {"pool_size": 10, "max_overflow": 20}
        self.engine: Engine = create_engine(url, pool_pre_ping=not self.is_sqlite, **options)
        if self.is_sqlite:
            event.listen(self.engine, "connect", _on_connect)
            event.listen(self.engine, "begin", _on_begin)
        self._writing = sessionmaker(self.engine, expire_on_commit=False, autoflush=True)
        self._reading = sessionmaker(
            self.engine.execution_options(readonly=True), expire_on_commit=False, autoflush=False
        )
        event.listen(self._writing, "before_commit", audit_chain.seal)

    def now(self, session: Session) -> datetime:
        """Return the moment by the database's clock, in UTC."""
        if self.is_sqlite:
            value = session.scalar(text("SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')"))
            return datetime.fromisoformat(str(value)).replace(tzinfo=UTC)
        moment = session.scalar(text("SELECT clock_timestamp()"))
        if not isinstance(moment, datetime):
            message = "the database did not tell the time"
            raise TypeError(message)
        return moment.astimezone(UTC)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session that commits at the end, and rolls back on any error."""
        with self._writing() as session, session.begin():
            yield session

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
