"""Keep in which language the reason of a withdrawal is written, for it stands on the pages of all of them.

Revision ID: 0017
Revises: 0016
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Add the language; a reason of before is in the language that the office wrote the release in."""
    for table in ("release", "publication"):
        op.add_column(table, sa.Column("withdrawn_reason_locale", sa.String(12), nullable=True))
    op.execute("UPDATE release SET withdrawn_reason_locale = source_locale WHERE withdrawn_reason IS NOT NULL")
    op.execute(
        "UPDATE publication SET withdrawn_reason_locale = "
        "(SELECT source_locale FROM release WHERE release.id = publication.release_id) "
        "WHERE withdrawn_reason IS NOT NULL"
    )


def downgrade() -> None:
    """Forget the language."""
    for table in ("publication", "release"):
        op.drop_column(table, "withdrawn_reason_locale")
