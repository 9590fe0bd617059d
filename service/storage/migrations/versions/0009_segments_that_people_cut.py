"""Keep which unit came of which when people cut segments otherwise.

Revision ID: 0009
Revises: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0007"

ID = sa.String(length=32)


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "unit_descent",
        sa.Column("unit_id", ID, nullable=False),
        sa.Column("from_id", ID, nullable=False),
        sa.Column("act", ID, nullable=False),
        sa.ForeignKeyConstraint(["from_id"], ["unit.id"], name=op.f("fk_unit_descent_from_id_unit")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_descent_unit_id_unit")),
        sa.PrimaryKeyConstraint("unit_id", "from_id", name=op.f("pk_unit_descent")),
    )
    op.create_index("ix_unit_descent_act", "unit_descent", ["act"])
    op.create_index("ix_unit_descent_from_id", "unit_descent", ["from_id"])


def downgrade() -> None:
    """Take it back."""
    op.drop_table("unit_descent")
