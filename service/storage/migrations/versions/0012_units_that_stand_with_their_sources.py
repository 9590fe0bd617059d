"""Keep a unit of the memory from coming twice where its source stands: one index, in the order of the sources.

What is the same was looked for among all units before, in an index that every new one met in another place.

Revision ID: 0012
Revises: 0011
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

TOGETHER = "uq_memory_unit_source_id_target_locale_identity"
ALONE = "uq_memory_unit_identity"
BY_SOURCE = "ix_memory_unit_source_id_target_locale"
SHORT, LONG = 16, 32
FIRST_HALF = "substr(identity, 1, 16)"
WITH_ITS_NUMBER = "identity || substr('0000000000000000' || CAST(id AS text), -16)"
THE_SAME = "identity || lpad(CAST(id AS text), 16, '0')"  # as PostgreSQL says it


def upgrade() -> None:
    """Let identities be unique among the units of a source and a locale, for which half their length is enough."""
    with _made_anew(FIRST_HALF) as batch:
        batch.drop_constraint(ALONE, type_="unique")
        batch.drop_index(BY_SOURCE)
        batch.alter_column(
            "identity", type_=sa.String(SHORT), existing_type=sa.String(LONG), postgresql_using=FIRST_HALF
        )
        batch.create_unique_constraint(TOGETHER, ["source_id", "target_locale", "identity"])


def downgrade() -> None:
    """Let identities be unique among all units again; a unit's number makes its own so."""
    with _made_anew(WITH_ITS_NUMBER) as batch:
        batch.drop_constraint(TOGETHER, type_="unique")
        batch.alter_column("identity", type_=sa.String(LONG), existing_type=sa.String(SHORT), postgresql_using=THE_SAME)
        batch.create_unique_constraint(ALONE, ["identity"])
        batch.create_index(BY_SOURCE, ["source_id", "target_locale"])


@contextmanager
def _made_anew(identity: str) -> Iterator[op.BatchOperations]:  # type: ignore[name-defined]
    """Change the table of units; SQLite makes it anew for that.

    There, what people did to units waits elsewhere meanwhile, for it would go with the table that it refers to; and a
    number that was given once is not given again.
    """
    connection = op.get_bind()
    sqlite = connection.dialect.name == "sqlite"
    last = None
    if sqlite:
        op.execute("CREATE TABLE kept_change AS SELECT * FROM memory_change")
        op.execute("DELETE FROM memory_change")
        op.execute(f"UPDATE memory_unit SET identity = {identity}")  # noqa: S608 - ours
        last = connection.scalar(sa.text("SELECT seq FROM sqlite_sequence WHERE name = 'memory_unit'"))
    with op.batch_alter_table("memory_unit", table_kwargs={"sqlite_autoincrement": True}) as batch:
        yield batch
    if sqlite:
        op.execute("DELETE FROM sqlite_sequence WHERE name = 'memory_unit'")
        connection.execute(
            sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES ('memory_unit', :seq)"), {"seq": last or 0}
        )
        op.execute("INSERT INTO memory_change SELECT * FROM kept_change")
        op.drop_table("kept_change")
