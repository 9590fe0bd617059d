"""Comments with threads, mentions and an end; news; filters, looks and cuts that are kept; minor edits of a source."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from service.storage.base import Json, UtcDateTime

revision = "0005"
down_revision = "0004"

ID = sa.String(length=32)


def upgrade() -> None:
    """Apply the change."""
    _add_columns()
    _create_talk()
    _create_keepsakes()


def _add_columns() -> None:
    """Add columns in place; SQLite would refuse to write tables anew that others point to."""
    for table, column in (
        ("user_account", sa.Column("mail", sa.String(length=20), nullable=False, server_default="at_once")),
        ("user_account", sa.Column("mail_without", Json, nullable=False, server_default="[]")),
        ("user_account", sa.Column("shortcuts", sa.Boolean(), nullable=False, server_default=sa.true())),
        ("source_revision", sa.Column("minor", sa.Boolean(), nullable=False, server_default=sa.false())),
        ("unit", sa.Column("change_is_minor", sa.Boolean(), nullable=False, server_default=sa.false())),
        ("unit", sa.Column("state_before", sa.String(length=20), nullable=True)),
        ("unit_revision", sa.Column("act", ID, nullable=True)),
        ("comment", sa.Column("for_author", sa.Boolean(), nullable=False, server_default=sa.false())),
        ("comment", sa.Column("resolved_at", UtcDateTime(), nullable=True)),
    ):
        op.add_column(table, column)
    op.create_index("ix_unit_revision_act", "unit_revision", ["act"])
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reply_to", ID, nullable=True))
        batch_op.add_column(sa.Column("resolved_by", ID, nullable=True))
        batch_op.create_foreign_key(op.f("fk_comment_reply_to_comment"), "comment", ["reply_to"], ["id"])
        batch_op.create_foreign_key(
            op.f("fk_comment_resolved_by_user_account"), "user_account", ["resolved_by"], ["id"]
        )
        batch_op.create_index(batch_op.f("ix_comment_reply_to"), ["reply_to"])


def _create_talk() -> None:
    op.create_table(
        "mention",
        sa.Column("comment_id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_mention_comment_id_comment")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_mention_user_id_user_account")),
        sa.PrimaryKeyConstraint("comment_id", "user_id", name=op.f("pk_mention")),
    )
    op.create_index("ix_mention_user_id", "mention", ["user_id"])
    op.create_table(
        "notice",
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=160), nullable=False),
        sa.Column("release_id", ID, nullable=True),
        sa.Column("locale", sa.String(length=12), nullable=True),
        sa.Column("facts", Json, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_token", ID, nullable=True),
        sa.Column("lease_until", UtcDateTime(), nullable=True),
        sa.Column("hinted_until", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_notice_release_id_release")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_notice_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("user_id", "kind", "subject", name=op.f("uq_notice_user_id_kind_subject")),
    )
    op.create_index("ix_notice_due_at", "notice", ["due_at"])


def _create_keepsakes() -> None:
    op.create_table(
        "saved_filter",
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_saved_filter_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filter")),
        sa.UniqueConstraint("user_id", "name", name=op.f("uq_saved_filter_user_id_name")),
    )
    op.create_table(
        "look",
        sa.Column("user_id", ID, nullable=False),
        sa.Column("version_id", ID, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("before", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_look_user_id_user_account")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_look_version_id_version")),
        sa.PrimaryKeyConstraint("user_id", "version_id", name=op.f("pk_look")),
    )
    op.create_table(
        "segment_cut",
        sa.Column("locale", sa.String(length=12), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("cuts", Json, nullable=False),
        sa.Column("set_by", ID, nullable=False),
        sa.Column("set_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["set_by"], ["user_account.id"], name=op.f("fk_segment_cut_set_by_user_account")),
        sa.PrimaryKeyConstraint("locale", "text_hash", name=op.f("pk_segment_cut")),
    )
    op.create_index("ix_segment_cut_set_at", "segment_cut", ["set_at"])
