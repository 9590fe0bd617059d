"""Call a source of the memory by twenty letters that stand for its hash: its index takes less than half.

Revision ID: 0013
Revises: 0012
"""

from __future__ import annotations

import base64
import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from service.domain.segmentation import source_hash
from service.domain.text import CodedText, CodeKind, InlineCode

revision = "0013"
down_revision = "0012"

AT_ONCE = 200
IN_BYTES = "decode(substr(source_hash, 1, 30), 'hex')"
IN_LETTERS = f"translate(encode({IN_BYTES}, 'base64'), '+/', '-_')"


def upgrade() -> None:
    """Shorten what stands for each hash; PostgreSQL writes the table and its index anew, and leaves no gaps."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        op.execute(f"ALTER TABLE memory_source ALTER COLUMN source_hash TYPE VARCHAR(64) USING {IN_LETTERS}")
        return
    driver: Any = connection.connection.driver_connection
    driver.create_function("in_letters", 1, _in_letters, deterministic=True)
    op.execute("UPDATE memory_source SET source_hash = in_letters(source_hash)")


def downgrade() -> None:
    """Work the hashes out again, from the sources themselves."""
    connection = op.get_bind()
    source = sa.table("memory_source", *(sa.column(name) for name in ("id", "source_hash", "source", "codes")))
    last = 0
    hashed = sa.update(source).where(source.c.id == sa.bindparam("number")).values(source_hash=sa.bindparam("digits"))
    asked = (
        sa.select(source.c.id, source.c.source, sa.cast(source.c.codes, sa.Text)).order_by(source.c.id).limit(AT_ONCE)
    )
    while rows := connection.execute(asked.where(source.c.id > last)).all():
        connection.execute(hashed, [{"number": number, "digits": _digits(*text)} for number, *text in rows])
        last = rows[-1][0]


def _in_letters(digits: str) -> str:
    return base64.urlsafe_b64encode(bytes.fromhex(digits)[:15]).decode()


def _digits(text: str, codes: str) -> str:
    known = (InlineCode(code["id"], CodeKind(code["kind"]), code.get("href")) for code in json.loads(codes))
    return source_hash(CodedText(text, tuple(known)))
