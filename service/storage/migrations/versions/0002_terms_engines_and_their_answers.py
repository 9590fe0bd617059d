"""The term base; how engines stand and fare; alternatives and kept answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from service.storage.base import Json, UtcDateTime

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "engine_answer",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("kept_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_engine_answer")),
    )
    with op.batch_alter_table("engine_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_engine_answer_kept_at"), ["kept_at"], unique=False)

    op.create_table(
        "engine_count",
        sa.Column("engine", sa.String(length=60), nullable=False),
        sa.Column("source_locale", sa.String(length=12), nullable=False),
        sa.Column("target_locale", sa.String(length=12), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "engine", "source_locale", "target_locale", "day", "kind", name=op.f("pk_engine_count")
        ),
    )
    op.create_table(
        "engine_state",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("runs_in_office", sa.Boolean(), nullable=False),
        sa.Column("capabilities", Json, nullable=False),
        sa.Column("gate", sa.String(length=20), nullable=False),
        sa.Column("gate_reason", sa.String(length=60), nullable=False),
        sa.Column("gate_until", UtcDateTime(), nullable=True),
        sa.Column("last_answer_at", UtcDateTime(), nullable=True),
        sa.Column("last_answer_ms", sa.Integer(), nullable=True),
        sa.Column("checked_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_engine_state")),
    )
    op.create_table(
        "concept",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("domain", sa.String(length=120), nullable=False),
        sa.Column("authority", sa.String(length=200), nullable=False),
        sa.Column("authority_date", sa.Date(), nullable=True),
        sa.Column("do_not_translate", sa.Boolean(), nullable=False),
        sa.Column("checked", sa.Boolean(), nullable=False),
        sa.Column("created_by", sa.String(length=32), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["user_account.id"], name=op.f("fk_concept_created_by_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concept")),
    )
    with op.batch_alter_table("concept", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_concept_updated_at"), ["updated_at"], unique=False)

    op.create_table(
        "term",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("concept_id", sa.String(length=32), nullable=False),
        sa.Column("locale", sa.String(length=12), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("gender", sa.String(length=12), nullable=True),
        sa.Column("case_sensitive", sa.Boolean(), nullable=False),
        sa.Column("forms", Json, nullable=False),
        sa.CheckConstraint(
            "status IN ('preferred', 'admitted', 'deprecated', 'forbidden')", name=op.f("ck_term_status")
        ),
        sa.ForeignKeyConstraint(["concept_id"], ["concept.id"], name=op.f("fk_term_concept_id_concept")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term")),
        sa.UniqueConstraint("concept_id", "locale", "text", name=op.f("uq_term_concept_id_locale_text")),
    )
    with op.batch_alter_table("term", schema=None) as batch_op:
        batch_op.create_index("ix_term_locale_text", ["locale", "text"], unique=False)

    op.create_table(
        "alternative",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("unit_id", sa.String(length=32), nullable=False),
        sa.Column("engine", sa.String(length=60), nullable=True),
        sa.Column("source_hash", sa.String(length=64), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("answered_by", sa.String(length=60), nullable=True),
        sa.Column("engine_version", sa.String(length=120), nullable=True),
        sa.Column("milliseconds", sa.Integer(), nullable=True),
        sa.Column("warnings", Json, nullable=False),
        sa.Column("outcomes", Json, nullable=False),
        sa.Column("asked_by", sa.String(length=32), nullable=True),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_token", sa.String(length=32), nullable=True),
        sa.Column("lease_until", UtcDateTime(), nullable=True),
        sa.Column("hinted_until", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["asked_by"], ["user_account.id"], name=op.f("fk_alternative_asked_by_user_account")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_alternative_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alternative")),
    )
    with op.batch_alter_table("alternative", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alternative_due_at"), ["due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_alternative_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "draft_measure",
        sa.Column("unit_id", sa.String(length=32), nullable=False),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.Column("engine", sa.String(length=60), nullable=False),
        sa.Column("engine_version", sa.String(length=120), nullable=True),
        sa.Column("source_locale", sa.String(length=12), nullable=False),
        sa.Column("target_locale", sa.String(length=12), nullable=False),
        sa.Column("unchanged", sa.Boolean(), nullable=False),
        sa.Column("chrf", sa.Double(), nullable=False),
        sa.Column("ter", sa.Double(), nullable=False),
        sa.Column("approved_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_draft_measure_unit_id_unit")),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_draft_measure")),
    )
    with op.batch_alter_table("draft_measure", schema=None) as batch_op:
        batch_op.create_index(
            "ix_draft_measure_pair", ["source_locale", "target_locale", "engine", "approved_at"], unique=False
        )

    with op.batch_alter_table("approval", schema=None) as batch_op:
        batch_op.add_column(sa.Column("measured_at", UtcDateTime(), nullable=True))

    with op.batch_alter_table("draft_job", schema=None) as batch_op:
        batch_op.add_column(sa.Column("engine", sa.String(length=60), nullable=True))

    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("draft_ms", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.drop_column("draft_ms")

    with op.batch_alter_table("draft_job", schema=None) as batch_op:
        batch_op.drop_column("engine")

    with op.batch_alter_table("approval", schema=None) as batch_op:
        batch_op.drop_column("measured_at")

    with op.batch_alter_table("draft_measure", schema=None) as batch_op:
        batch_op.drop_index("ix_draft_measure_pair")

    op.drop_table("draft_measure")
    with op.batch_alter_table("alternative", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_alternative_unit_id"))
        batch_op.drop_index(batch_op.f("ix_alternative_due_at"))

    op.drop_table("alternative")
    with op.batch_alter_table("term", schema=None) as batch_op:
        batch_op.drop_index("ix_term_locale_text")

    op.drop_table("term")
    with op.batch_alter_table("concept", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concept_updated_at"))

    op.drop_table("concept")
    op.drop_table("engine_state")
    op.drop_table("engine_count")
    with op.batch_alter_table("engine_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_engine_answer_kept_at"))

    op.drop_table("engine_answer")
