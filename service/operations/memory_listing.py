"""Listing the memory's sources by their words, with those of their targets, so that they can be searched.

What changes in the memory is only noted; the workers list it, the newest first and not too much in a transaction, for
whoever approves waits for it.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, MetaData, Table, Text, delete, select, text
from sqlalchemy.orm import Session

from service.operations.context import Work
from service.operations.memory_filing import lock_memory
from service.queries.memory_bodies import bodies
from service.storage.bulk import write_rows
from service.storage.models import MemoryUnit, MemoryUnlisted

LISTED_AT_ONCE = 500
_SQLITE = Table("memory_text", MetaData(), Column("rowid", BigInteger), Column("body", Text))
_POSTGRESQL = Table("memory_text", MetaData(), Column("source_id", BigInteger), Column("body", Text))


def list_some(work: Work, *, limit: int = LISTED_AT_ONCE) -> bool:
    """List the next sources that the search does not know as they are; tell whether there is more to do."""
    session = work.session
    lock_memory(session)
    newest_first = select(MemoryUnlisted.source_id).order_by(MemoryUnlisted.source_id.desc())
    noted = session.scalars(newest_first.limit(limit)).all()
    if not noted:
        return False
    table = _POSTGRESQL if session.get_bind().dialect.name == "postgresql" else _SQLITE
    key = next(iter(table.c))
    filed = bodies(session, MemoryUnit.source_id.in_(noted), MemoryUnit.retired_at.is_(None))
    session.execute(delete(table).where(key.in_(noted)))
    write_rows(session, table, (key.name, "body"), sorted(filed))
    session.execute(delete(MemoryUnlisted).where(MemoryUnlisted.source_id.in_(noted)))
    if len(noted) == limit:
        return True
    _put_in_order(session)
    return False


def _put_in_order(session: Session) -> None:
    """Sort what PostgreSQL only noted for its index in the meantime, and would read at every search."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT gin_clean_pending_list('ix_memory_text_body')"))
