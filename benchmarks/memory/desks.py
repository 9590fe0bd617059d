"""Desks of their own for a measurement: on a file of SQLite, and on a database that PostgreSQL makes for it."""

from __future__ import annotations

import multiprocessing
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from service.config import Settings
from service.dispatch import NullDispatcher
from service.storage import migrate
from service.uow import Desk, open_desk

POSTGRES = os.environ.get("TEST_POSTGRES", "postgresql://root@127.0.0.1:5432/postgres")
DATABASES = ("SQLite", "PostgreSQL")
READ_AT_ONCE = 1 << 24  # bytes


@contextmanager
def new_database(kind: str) -> Iterator[str]:
    """Give the address of a new, migrated database; raise `psycopg.OperationalError` where no server answers."""
    if kind == "SQLite":
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite:///{folder}/desk.db"
            migrate.upgrade(url)
            yield url
        return
    name = f"perstolk_bench_{secrets.token_hex(4)}"
    with psycopg.connect(POSTGRES, autocommit=True, connect_timeout=2) as admin:
        admin.execute(f"CREATE DATABASE {name}".encode())
        try:
            url = f"{POSTGRES.rsplit('/', 1)[0].replace('postgresql://', 'postgresql+psycopg://', 1)}/{name}"
            migrate.upgrade(url)
            yield url
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def desk_at(url: str) -> Desk:
    """Return a desk at a database, as a process opens it."""
    settings = Settings(secret_key="a key for benchmarks", var_dir=Path(tempfile.gettempdir()), database_url=url)  # type: ignore[arg-type]  # noqa: S106 - a made-up one
    return open_desk(settings, dispatcher=NullDispatcher())


def settle(desk: Desk) -> None:
    """Do what a server does in its own time after a large import: its figures, its log, its queues, its disk."""
    _order(desk)
    os.sync()


def _order(desk: Desk) -> None:
    with desk.database.engine.connect() as connection:
        if desk.database.is_sqlite:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")
            return
    with desk.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


def warm(desk: Desk) -> None:
    """Read the memory once, so that the machine holds it as that of a server at work does.

    Some machines give back within a minute what nobody reads. A file of SQLite is read by another process, for one that
    closes it gives up the locks that it has on it.
    """
    if desk.database.is_sqlite:
        reader = multiprocessing.get_context("spawn").Process(target=_read, args=(desk.database.engine.url.database,))
        reader.start()
        reader.join()
        return
    read = (
        "SELECT pg_prewarm(oid::regclass, 'read') FROM pg_class WHERE relname LIKE '%memory%' AND relkind IN ('r', 'i')"
    )
    try:
        with desk.database.engine.begin() as connection:
            connection.execute(text("CREATE EXTENSION IF NOT EXISTS pg_prewarm"))
            connection.execute(text(read)).all()
    except DBAPIError:
        print("memory: this server has no pg_prewarm, so that what follows may be of pages that come from the disk")


def _read(path: str) -> None:
    with Path(path).open("rb") as file:
        while file.read(READ_AT_ONCE):
            pass


def megabytes(desk: Desk) -> dict[str, float]:
    """Return what the memory takes on disk: its texts, its postings, its other indexes and words."""
    with desk.database.engine.connect() as connection:
        if desk.database.is_sqlite:
            sizes = dict(connection.exec_driver_sql("SELECT name, SUM(pgsize) FROM dbstat GROUP BY name").all())
        else:
            asked = "SELECT relname, pg_relation_size(oid) FROM pg_class WHERE relname LIKE '%memory_%'"
            sizes = dict(connection.exec_driver_sql(asked.replace("%", "%%")).all())
    postings = sum(size for name, size in sizes.items() if "memory_posting" in name or "memory_bundle" in name)
    texts = sum(size for name, size in sizes.items() if name in {"memory_source", "memory_unit"})
    whole = sum(size for name, size in sizes.items() if "memory_" in name)
    return {"texts": texts / 1e6, "postings": postings / 1e6, "all": whole / 1e6}
