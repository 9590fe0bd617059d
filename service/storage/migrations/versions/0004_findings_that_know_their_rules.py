"""Findings that know the rules they were made by; severities of the office; dismissals and waivers on record.

What was put aside before is carried over with its reason. Every version is checked anew by the workers.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections import Counter
from typing import Any

import sqlalchemy as sa
from alembic import op

from service.storage.base import Json, UtcDateTime

revision = "0004"
down_revision = "0003"

RULES_LENGTH = 40
FINDINGS_AT_ONCE = 1000


def upgrade() -> None:
    """Apply the change."""
    with op.batch_alter_table("version", schema=None) as batch_op:
        batch_op.add_column(sa.Column("checked_with", sa.String(length=RULES_LENGTH), nullable=True))
        batch_op.add_column(sa.Column("checked_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("checking_until", UtcDateTime(), nullable=True))
    _name_rules("finding")
    _name_rules("approval")
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.add_column(sa.Column("key", sa.String(length=32), nullable=False, server_default=""))
    _create()
    _carry_over()


def _name_rules(table: str) -> None:
    """Turn the number of the rules into a name of them.

    SQLite would have to write the table anew, which it refuses while publications point to approvals.
    """
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE {table} ALTER COLUMN rules_revision TYPE VARCHAR({RULES_LENGTH})")
        return
    op.execute(f"ALTER TABLE {table} RENAME COLUMN rules_revision TO rules_number")
    op.execute(f"ALTER TABLE {table} ADD COLUMN rules_revision VARCHAR({RULES_LENGTH}) NOT NULL DEFAULT ''")
    op.execute(f"UPDATE {table} SET rules_revision = CAST(rules_number AS TEXT)")  # noqa: S608 - names of ours
    op.execute(f"ALTER TABLE {table} DROP COLUMN rules_number")


def _create() -> None:
    op.create_table(
        "check_setting",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("severity", sa.String(length=20), nullable=False),
        sa.Column("set_by", sa.String(length=32), nullable=True),
        sa.Column("set_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("severity IN ('error', 'warning', 'info', 'off')", name=op.f("ck_check_setting_severity")),
        sa.ForeignKeyConstraint(["set_by"], ["user_account.id"], name=op.f("fk_check_setting_set_by_user_account")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_check_setting")),
    )
    op.create_table(
        "dismissal",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("unit_id", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("severity", sa.String(length=20), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("facts", Json, nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("dismissed_by", sa.String(length=32), nullable=False),
        sa.Column("dismissed_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["dismissed_by"], ["user_account.id"], name=op.f("fk_dismissal_dismissed_by_user_account")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_dismissal_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dismissal")),
    )
    with op.batch_alter_table("dismissal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dismissal_unit_id"), ["unit_id"], unique=False)
    op.create_table(
        "fact_waiver",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("release_id", sa.String(length=32), nullable=False),
        sa.Column("locale", sa.String(length=12), nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("spelling", sa.Text(), nullable=False),
        sa.Column("spellings", Json, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("waived_by", sa.String(length=32), nullable=False),
        sa.Column("waived_at", UtcDateTime(), nullable=False),
        sa.Column("ended_by", sa.String(length=32), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["ended_by"], ["user_account.id"], name=op.f("fk_fact_waiver_ended_by_user_account")),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_fact_waiver_release_id_release")),
        sa.ForeignKeyConstraint(["waived_by"], ["user_account.id"], name=op.f("fk_fact_waiver_waived_by_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact_waiver")),
    )
    with op.batch_alter_table("fact_waiver", schema=None) as batch_op:
        batch_op.create_index("ix_fact_waiver_release_id_locale", ["release_id", "locale"], unique=False)


def _carry_over() -> None:
    """Give each finding its key, and each that was put aside its place on record."""
    connection = op.get_bind()
    names = ("id", "unit_id", "code", "severity", "template", "dismissed_by", "dismissed_reason")
    finding = sa.table("finding", *(sa.column(name) for name in names))
    for name in ("facts", "source_span", "target_span"):
        finding.append_column(sa.column(name, Json))
    finding.append_column(sa.column("dismissed_at", UtcDateTime()))
    finding.append_column(sa.column("key"))
    unit = sa.table("unit", sa.column("id"), sa.column("segment_id"), sa.column("target"))
    segment = sa.table("segment", sa.column("id"), sa.column("source"))
    rows = connection.execute(
        sa.select(finding, unit.c.target, segment.c.source)
        .join(unit, unit.c.id == finding.c.unit_id)
        .join(segment, segment.c.id == unit.c.segment_id)
    ).all()
    keys: list[dict[str, str]] = []
    aside: list[dict[str, Any]] = []
    seen: Counter[tuple[str, str]] = Counter()
    for row in sorted(rows, key=lambda row: (row.unit_id, row.source_span or [], row.target_span or [], row.id)):
        said = json.dumps([row.code, row.template, row.facts], sort_keys=True, ensure_ascii=False)
        key = hashlib.sha256(f"{said} {seen[row.unit_id, said]}".encode()).hexdigest()[:32]
        seen[row.unit_id, said] += 1
        keys.append({"finding_id": row.id, "its_key": key})
        if row.dismissed_at is not None and row.dismissed_by is not None:
            pair = json.dumps([row.source, row.target], ensure_ascii=False)
            aside.append(
                {
                    "id": f"dis_{secrets.token_hex(11)}",
                    **{name: getattr(row, name) for name in ("unit_id", "code", "severity", "template", "facts")},
                    "key": key,
                    "digest": hashlib.sha256(pair.encode()).hexdigest(),
                    "reason": row.dismissed_reason or "",
                    "dismissed_by": row.dismissed_by,
                    "dismissed_at": row.dismissed_at,
                }
            )
    given = sa.update(finding).where(finding.c.id == sa.bindparam("finding_id")).values(key=sa.bindparam("its_key"))
    for start in range(0, len(keys), FINDINGS_AT_ONCE):
        connection.execute(given, keys[start : start + FINDINGS_AT_ONCE])
    told = ("id", "unit_id", "code", "severity", "template", "key", "digest", "reason", "dismissed_by")
    dismissal = sa.table("dismissal", *(sa.column(name) for name in told))
    dismissal.append_column(sa.column("facts", Json))
    dismissal.append_column(sa.column("dismissed_at", UtcDateTime()))
    if aside:
        connection.execute(sa.insert(dismissal), aside)
