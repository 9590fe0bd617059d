"""What is said at the shell where the database fails a command: one sentence, without an address or a password.

The library's own message may hold both, and what was to be written besides; it is not shown.
"""

from __future__ import annotations

import sqlite3

import structlog
from alembic.util import CommandError
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from service.logs import configure_logs
from service.storage.trouble import Trouble, trouble_of

log = structlog.stdlib.get_logger(__name__)


def database_sentence(error: Exception) -> str | None:
    """Say what ails the database; None where the error is about something else.

    What is neither the disk's fault nor that of a database that is away is logged too, by its class and place.
    """
    if isinstance(error, CommandError):  # the migrations end nowhere else where their order is whole
        return "The database's schema is not known here; a newer version of Perstolk made it. Run that version."
    if not isinstance(error, SQLAlchemyError | sqlite3.Error):
        return None
    match trouble_of(error) if isinstance(error, SQLAlchemyError) else None:
        case Trouble.AWAY:
            hint = "See that it runs, and that PERSTOLK_DATABASE_URL, if it is set, names it rightly."
            return f"The database does not answer ({_kind(error)}). {hint}"
        case Trouble.FULL:
            return "The disk of the database is full. Make room, and try again."
        case _:
            configure_logs()
            log.error("database_failed", exc_info=error)
            return f"The database failed ({_kind(error)})."


def _kind(error: Exception) -> str:
    """Name an error by its class, the database's own where there is one."""
    cause = error.orig if isinstance(error, DBAPIError) else None
    return type(cause or error).__name__
