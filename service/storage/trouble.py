"""What an error of the database or the disk means to whoever asked: no room, not now, or never; the rest is a fault."""

from __future__ import annotations

import errno
import sqlite3
from enum import StrEnum

import psycopg
from psycopg import errors as postgresql
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

_SQLITE_AWAY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})  # the disk, somebody's share of it, one file's
_PRIMARY = 0xFF  # an extended code of SQLite ends with its primary one


class Trouble(StrEnum):
    """Why what was asked cannot be done; nothing of it was kept."""

    FULL = "full"
    AWAY = "away"
    UNFIT = "unfit"  # what was sent is none that it can keep: every entrance should have refused it


def trouble_of(error: SQLAlchemyError | OSError) -> Trouble | None:
    """Return what ails the database or the disk, or None where the error is one of this code."""
    if isinstance(error, OSError):
        return Trouble.FULL if error.errno in _NO_ROOM else None
    if isinstance(error, PoolTimeout):
        return Trouble.AWAY
    cause = error.orig if isinstance(error, DBAPIError) else None
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", 0) & _PRIMARY
        if code == sqlite3.SQLITE_FULL:
            return Trouble.FULL
        return Trouble.AWAY if code in _SQLITE_AWAY else None
    if isinstance(cause, psycopg.DataError):
        return Trouble.UNFIT
    if isinstance(cause, postgresql.DiskFull):
        return Trouble.FULL
    if isinstance(cause, postgresql.DeadlockDetected | postgresql.SerializationFailure):
        return Trouble.AWAY
    return Trouble.AWAY if isinstance(cause, psycopg.OperationalError | psycopg.InterfaceError) else None
