"""Copying a SQLite database while it is used, and putting a copy in its place."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import click

BUSY_SECONDS = 15.0
BESIDE = ("-wal", "-shm")


def save(database: Path, copy: Path) -> None:
    """Write a whole copy by SQLite's own backup, which waits for nobody and sees one moment."""
    with closing(sqlite3.connect(database, timeout=BUSY_SECONDS)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
    check(copy)


def check(database: Path) -> None:
    """Leave the command where the file is not a whole SQLite database."""
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            found = connection.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.DatabaseError:
        found = None
    if found != ("ok",):
        raise click.ClickException("The copy of the database is not whole; nothing was changed.")


def put_in_place(copy: Path, database: Path) -> Path | None:
    """Put the copy where the database is; return where the present one is kept, if there was one."""
    check(copy)
    kept = None
    if database.exists():
        with closing(sqlite3.connect(database, timeout=BUSY_SECONDS)) as present:
            present.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        kept = database.with_name(f"{database.name}.before-restore-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}")
        os.link(database, kept)
    for ending in BESIDE:
        database.with_name(database.name + ending).unlink(missing_ok=True)
    copy.chmod(0o600)
    copy.replace(database)
    return kept
