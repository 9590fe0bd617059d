"""Receipts of publishers; events that know their number; deliveries that are sent anew; receivers that are slow."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

from service.storage.base import UtcDateTime

revision = "0007"
down_revision = "0006"

ID = sa.String(length=32)
EVENTS_AT_ONCE = 500
EVENT = sa.table(
    "event", sa.column("id", sa.String), sa.column("body", sa.LargeBinary), sa.column("sequence", sa.Integer)
)


def upgrade() -> None:
    """Apply the change."""
    for table, column in (
        ("endpoint", sa.Column("slow", sa.Boolean(), nullable=False, server_default=sa.false())),
        ("endpoint", sa.Column("receipts", sa.Boolean(), nullable=False, server_default=sa.false())),
        ("delivery", sa.Column("tried_before", sa.Integer(), nullable=False, server_default="0")),
        ("event", sa.Column("sequence", sa.Integer(), nullable=True)),
    ):
        op.add_column(table, column)
    _number_events()
    op.create_table(
        "receipt",
        sa.Column("id", ID, nullable=False),
        sa.Column("delivery_id", ID, nullable=False),
        sa.Column("locale", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("found", sa.String(length=64), nullable=True),
        sa.Column("because", sa.String(length=60), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("said_at", UtcDateTime(), nullable=True),
        sa.Column("checked_at", UtcDateTime(), nullable=True),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_token", ID, nullable=True),
        sa.Column("lease_until", UtcDateTime(), nullable=True),
        sa.Column("hinted_until", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.id"], name=op.f("fk_receipt_delivery_id_delivery")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
        sa.UniqueConstraint("delivery_id", "locale", name=op.f("uq_receipt_delivery_id_locale")),
    )
    op.create_index("ix_receipt_due_at", "receipt", ["due_at"])


def _number_events() -> None:
    """Write beside each event the number that its body tells."""
    connection = op.get_bind()
    last = ""
    while rows := connection.execute(
        sa.select(EVENT.c.id, EVENT.c.body).where(EVENT.c.id > last).order_by(EVENT.c.id).limit(EVENTS_AT_ONCE)
    ).all():
        last = rows[-1].id
        for row in rows:
            number = json.loads(row.body)["data"].get("sequence")
            if number is not None:
                connection.execute(sa.update(EVENT).where(EVENT.c.id == row.id).values(sequence=number))


def downgrade() -> None:
    """Take it back; what the receipts said is lost."""
    op.drop_table("receipt")
    for table, column in (
        ("event", "sequence"),
        ("delivery", "tried_before"),
        ("endpoint", "receipts"),
        ("endpoint", "slow"),
    ):
        op.drop_column(table, column)
