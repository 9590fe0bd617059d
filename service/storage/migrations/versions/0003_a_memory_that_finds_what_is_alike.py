"""A memory that finds what is alike: sources once, filed by their rarest words; words to search; history; its files.

A count of the term base's changes, for whoever keeps its terms in memory.

What the memory held before is carried over; its sources are filed by the workers, for that takes code that may change.
"""

from __future__ import annotations

import hashlib

import sqlalchemy as sa
from alembic import op

from service.storage.base import Json, UtcDateTime

revision = "0003"
down_revision = "0002"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NOT_FILED = -1
CARRIED = ("target_locale", "target", "release_id", "version_id", "approved_by", "approved_at", "public")
GIVEN = ("source_id", "identity", "context", "origin", "collection", "confirmed", "row_version")


def upgrade() -> None:
    """Apply the change."""
    connection = op.get_bind()
    kept = connection.execute(sa.text("SELECT * FROM memory_unit ORDER BY approved_at, id")).mappings().all()
    segment = sa.table("segment", sa.column("source_hash"), sa.column("codes", Json))
    wanted = sa.text("source_hash IN (SELECT source_hash FROM memory_unit)")
    codes = {row.source_hash: row.codes for row in connection.execute(sa.select(segment).where(wanted))}
    op.drop_table("memory_unit")
    _create()
    _create_words()
    _create_waiting()
    _create_term_count()
    _carry_over(list(kept), codes)


def _create() -> None:
    op.create_table(
        "memory_source",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("source_locale", sa.String(length=12), nullable=False),
        sa.Column("source_hash", sa.String(length=64), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("codes", Json, nullable=False),
        sa.Column("tokens", sa.Text(), nullable=False),
        sa.Column("ranking", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memory_source")),
        sa.UniqueConstraint("source_hash", "source_locale", name=op.f("uq_memory_source_source_hash_source_locale")),
    )
    not_filed = sa.text(f"ranking = {NOT_FILED}")
    op.create_index(
        "ix_memory_source_not_filed", "memory_source", ["id"], sqlite_where=not_filed, postgresql_where=not_filed
    )
    op.create_table(
        "memory_posting",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("source_id", NUMBER, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("key", "source_id", name=op.f("pk_memory_posting")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "memory_unit",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("identity", sa.String(length=32), nullable=False),
        sa.Column("source_id", NUMBER, nullable=False),
        sa.Column("target_locale", sa.String(length=12), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("context", sa.String(length=32), nullable=False),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.Column("collection", sa.String(length=200), nullable=False),
        sa.Column("release_id", sa.String(length=32), nullable=True),
        sa.Column("version_id", sa.String(length=32), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("approved_by", sa.String(length=32), nullable=True),
        sa.Column("approved_at", UtcDateTime(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("retired_at", UtcDateTime(), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("origin IN ('approved', 'import')", name=op.f("ck_memory_unit_origin")),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["user_account.id"], name=op.f("fk_memory_unit_approved_by_user_account")
        ),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_memory_unit_release_id_release")),
        sa.ForeignKeyConstraint(
            ["source_id"], ["memory_source.id"], name=op.f("fk_memory_unit_source_id_memory_source")
        ),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_memory_unit_version_id_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memory_unit")),
        sa.UniqueConstraint("identity", name=op.f("uq_memory_unit_identity")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("memory_unit", schema=None) as batch_op:
        batch_op.create_index("ix_memory_unit_source_id_target_locale", ["source_id", "target_locale"], unique=False)
        batch_op.create_index(batch_op.f("ix_memory_unit_version_id"), ["version_id"], unique=False)
    op.create_table(
        "memory_change",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("unit_id", NUMBER, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["memory_unit.id"], name=op.f("fk_memory_change_unit_id_memory_unit"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_memory_change_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memory_change")),
    )
    with op.batch_alter_table("memory_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_memory_change_unit_id"), ["unit_id"], unique=False)
    op.create_table(
        "memory_ranking",
        sa.Column("source_locale", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("words", Json, nullable=False),
        sa.Column("sources", NUMBER, nullable=False),
        sa.Column("filed_to", NUMBER, nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("source_locale", "version", name=op.f("pk_memory_ranking")),
    )
    op.create_table(
        "memory_unlisted",
        sa.Column("source_id", NUMBER, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("source_id", name=op.f("pk_memory_unlisted")),
    )


def _create_waiting() -> None:
    op.create_table(
        "waiting_file",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("choices", Json, nullable=False),
        sa.Column("outcome", Json, nullable=True),
        sa.Column("sent_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_waiting_file_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_file")),
    )
    with op.batch_alter_table("waiting_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_waiting_file_sent_at"), ["sent_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_waiting_file_user_id"), ["user_id"], unique=False)


def _create_term_count() -> None:
    """Create the one row that counts what changes in the term base."""
    count = op.create_table(
        "term_count",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("changes", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term_count")),
    )
    op.bulk_insert(count, [{"id": 1, "changes": 0}])


def _create_words() -> None:
    """Create what finds words inside texts: trigrams on both databases."""
    if op.get_bind().dialect.name == "sqlite":
        # Only which rows have a trigram is noted, not where: half the size, and the search looks at the texts anyway.
        op.execute("CREATE VIRTUAL TABLE memory_text USING fts5(body, tokenize='trigram', detail='none')")
        return
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    op.execute(
        "CREATE TABLE memory_text (source_id BIGINT PRIMARY KEY REFERENCES memory_source ON DELETE CASCADE,"
        " body TEXT NOT NULL)"
    )
    op.execute("CREATE INDEX ix_memory_text_body ON memory_text USING gin (body gin_trgm_ops)")


def _carry_over(kept: list[sa.RowMapping], codes: dict[str, object]) -> None:
    connection = op.get_bind()
    source = sa.table("memory_source", *(sa.column(name) for name in ("id", "source_locale", "source_hash", "source")))
    source.append_column(sa.column("codes", Json))
    source.append_column(sa.column("tokens"))
    source.append_column(sa.column("ranking"))
    unit = sa.table("memory_unit", *(sa.column(name) for name in (*CARRIED, *GIVEN)))
    unlisted = sa.table("memory_unlisted", sa.column("source_id"))
    numbers: dict[tuple[str, str], int] = {}
    for row in kept:
        pair = row["source_locale"], row["source_hash"]
        if pair not in numbers:
            given = dict(zip(("source_locale", "source_hash"), pair, strict=True), source=row["source"])
            filed = {"codes": codes.get(pair[1]) or [], "tokens": "", "ranking": NOT_FILED}
            connection.execute(sa.insert(source).values(**given, **filed))
            numbers[pair] = connection.execute(sa.select(sa.func.max(source.c.id))).scalar_one()
            connection.execute(sa.insert(unlisted).values(source_id=numbers[pair]))
        told = "\n".join((*pair, row["target_locale"], row["version_id"], ""))
        identity = hashlib.sha256(told.encode()).hexdigest()[:32]
        given = {"source_id": numbers[pair], "identity": identity, "context": "", "origin": "approved"}
        more = {"collection": "", "confirmed": True, "row_version": 1}
        connection.execute(sa.insert(unit).values(**{name: row[name] for name in CARRIED}, **given, **more))
