"""Find at once what holds a version up: its units by state, and the errors that are open anywhere.

Revision ID: 0006
Revises: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

OPEN_ERROR = sa.text("severity = 'error' AND dismissed_at IS NULL")


def upgrade() -> None:
    """Add the two indexes."""
    op.create_index("ix_unit_version_id_state", "unit", ["version_id", "state"])
    op.create_index(
        "ix_finding_open_error", "finding", ["unit_id"], sqlite_where=OPEN_ERROR, postgresql_where=OPEN_ERROR
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_index("ix_finding_open_error", "finding")
    op.drop_index("ix_unit_version_id_state", "unit")
