"""Keep with a block the number that its list counts from, where that is not 1.

Revision ID: 0015
Revises: 0014
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Add the number; lists that were taken in before count from 1, as they were read."""
    op.add_column("block", sa.Column("start_number", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Take it away: every list counts from 1 again."""
    op.drop_column("block", "start_number")
