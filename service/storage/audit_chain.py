"""The chain that makes the audit show any later change: each entry's hash covers the entry before it.

Operations only collect entries; they are numbered, chained and written in the last moment before the commit, so that
the one lock that a chain needs is held as short as can be.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from service.storage.base import Base
from service.storage.models.audit import AuditEntry

PENDING = "pending_audit"
FIRST_HASH = "0" * 64
_LOCK = 7_105_220_241
# Written past the session, which has no more use for an entry and would keep books of it.
_TABLE = Base.metadata.tables["audit_entry"]
_COLUMNS = tuple(column.name for column in _TABLE.columns)
_INSERT = insert(_TABLE)
_LAST = select(_TABLE.c.number, _TABLE.c.hash).order_by(_TABLE.c.number.desc()).limit(1)


def entry_hash(previous: str, fields: dict[str, Any]) -> str:
    """Return the SHA-256, in hex, of the previous hash and the canonical JSON of an entry's fields."""
    body = json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(f"{previous}\n{body}".encode()).hexdigest()


def fields_of(entry: AuditEntry) -> dict[str, Any]:
    """Return what an entry's hash covers."""
    moment: datetime = entry.at
    return {
        "number": entry.number,
        "at": moment.isoformat(timespec="microseconds"),
        "actor": entry.actor_id,
        "via": entry.via,
        "action": entry.action,
        "subject": entry.subject,
        "release": entry.release_id,
        "facts": entry.facts,
    }


def seal(session: Session) -> None:
    """Write the entries that the transaction collected, each chained to the one before."""
    pending: list[AuditEntry] = session.info.pop(PENDING, [])
    if not pending:
        return
    session.flush()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    connection = session.connection()
    last = connection.execute(_LAST).first()
    number, previous = (last.number, last.hash) if last else (0, FIRST_HASH)
    for entry in pending:
        number += 1
        entry.number = number
        entry.hash = previous = entry_hash(previous, fields_of(entry))
    rows = [{column: getattr(entry, column) for column in _COLUMNS} for entry in pending]
    connection.execute(_INSERT, rows if len(rows) > 1 else rows[0])
