"""Keep what the memory files by its words in bundles; what is there is bundled by the workers, as any import is.

Revision ID: 0010
Revises: 0009
"""

from __future__ import annotations

import struct

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
AT_ONCE = 10_000


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "memory_bundle",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("first_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("source_ids", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", "first_id", name=op.f("pk_memory_bundle")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Take it back: every source stands by itself again."""
    connection = op.get_bind()
    bundles = connection.execute(sa.text("SELECT key, source_ids FROM memory_bundle ORDER BY key")).all()
    posting = sa.table("memory_posting", sa.column("key"), sa.column("source_id"))
    for start in range(0, len(bundles), AT_ONCE):
        rows = [
            {"key": key, "source_id": source_id}
            for key, packed in bundles[start : start + AT_ONCE]
            for (source_id,) in struct.iter_unpack("<I", packed)
        ]
        if rows:
            connection.execute(sa.insert(posting), rows)
    op.drop_table("memory_bundle")
