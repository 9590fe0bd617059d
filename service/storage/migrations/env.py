"""How Alembic runs the migrations: on the connection it is handed, one process at a time."""

from __future__ import annotations

from alembic import context
from sqlalchemy import text

from service.storage import models  # noqa: F401 - fills the metadata
from service.storage.base import Base

_LOCK = 7_105_220_240

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    transaction_per_migration=False,
    # Also on SQLite, which Alembic takes for one that ends a transaction at each change of a table: between two of them
    # a second process would begin with a revision that is the present one no longer.
    transactional_ddl=True,
)
with context.begin_transaction():
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        connection.execute(text("SET LOCAL lock_timeout = '10s'"))
    context.run_migrations()
