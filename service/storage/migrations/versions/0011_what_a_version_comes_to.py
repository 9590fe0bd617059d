"""Keep with each version how many units and findings it has, of each kind; every list asks.

Revision ID: 0011
Revises: 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

COUNTS = ("segment", "empty", "confirmed", "error", "warning", "note", "dismissed")
OPEN_ERROR = sa.text("severity = 'error' AND dismissed_at IS NULL")
OF_UNITS = (
    "SELECT count(*) FROM unit JOIN segment ON segment.id = unit.segment_id"
    " WHERE unit.version_id = version.id AND segment.revision_id = version.revision_id"
)
OF_FINDINGS = OF_UNITS.replace(" WHERE", " JOIN finding ON finding.unit_id = unit.id WHERE")


def upgrade() -> None:
    """Add the counts, and count; the queue needs its two indexes no longer."""
    for name in COUNTS:
        op.add_column("version", sa.Column(f"{name}_count", sa.Integer(), nullable=False, server_default="0"))
    op.execute(
        f"UPDATE version SET segment_count = ({OF_UNITS}),"  # noqa: S608 - nothing in it comes from elsewhere
        f" empty_count = ({OF_UNITS} AND unit.target = ''),"
        f" confirmed_count = ({OF_UNITS} AND unit.state IN ('reviewed', 'final')),"
        f" error_count = ({OF_FINDINGS} AND finding.severity = 'error' AND finding.dismissed_at IS NULL),"
        f" warning_count = ({OF_FINDINGS} AND finding.severity = 'warning' AND finding.dismissed_at IS NULL),"
        f" note_count = ({OF_FINDINGS} AND finding.severity = 'info' AND finding.dismissed_at IS NULL),"
        f" dismissed_count = ({OF_FINDINGS} AND finding.dismissed_at IS NOT NULL)"
    )
    op.drop_index("ix_finding_open_error", "finding")
    op.drop_index("ix_unit_version_id_state", "unit")


def downgrade() -> None:
    """Take the counts away, and let the queue find what it counted by its indexes again."""
    op.create_index("ix_unit_version_id_state", "unit", ["version_id", "state"])
    op.create_index(
        "ix_finding_open_error", "finding", ["unit_id"], sqlite_where=OPEN_ERROR, postgresql_where=OPEN_ERROR
    )
    for name in reversed(COUNTS):
        op.drop_column("version", f"{name}_count")
