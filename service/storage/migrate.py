"""Bringing a database to the schema that this code knows, and telling whether it is there.

Alembic does the work from `migrations/`; two processes that start at once do it one after the other.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from service.storage.session import Database

_FOLDER = Path(__file__).parent / "migrations"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    return config


def upgrade(database_url: str) -> None:
    """Apply every migration that the database lacks."""
    database = Database(database_url)
    config = _config()
    try:
        with database.engine.connect() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            connection.commit()
    finally:
        database.dispose()


def is_current(database_url: str) -> bool:
    """Tell whether the database has the newest schema; raise what SQLAlchemy raises if it cannot be reached."""
    database = Database(database_url)
    try:
        return engine_is_current(database)
    finally:
        database.dispose()


def engine_is_current(database: Database) -> bool:
    """Tell the same of a database that is already open."""
    with database.engine.execution_options(readonly=True).connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    return current == ScriptDirectory.from_config(_config()).get_current_head()
