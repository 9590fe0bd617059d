"""Giving back what PostgreSQL keeps of the memory's tables after a large import; SQLite fills its free pages again.

What stands by itself while a file is taken in is a hundred times what stands there at rest, and bundles are written
anew again and again. Their pages stay in the files, nearly empty, and a lookup reads a few rows from all over them.
"""

from __future__ import annotations

from sqlalchemy import text

from service.storage.models import MemoryBundle, MemoryPosting
from service.storage.session import Database

MUCH_BYTES = 16 << 20  # of what stands by itself: some four hundred thousand, where fifty thousand do at rest
WAIT_MILLISECONDS = 500  # for each table; whoever looks something up waits as long, and then while they are written
_POSTINGS, _BUNDLES = (model.__tablename__ for model in (MemoryPosting, MemoryBundle))
_HOLD = text(f"LOCK TABLE {_POSTINGS}, {_BUNDLES}")  # in the order of lookups and writers: nobody waits in a circle
_SIZE = text("SELECT pg_relation_size(CAST(:name AS regclass))")


def compact_memory(database: Database) -> bool:
    """Write the memory's postings anew if they take far more room than they need; tell whether that was done.

    They stand in the order of their keys then, by which ranges of them are read. Takes half a second for a million
    sources, in one transaction. Raises SQLAlchemy's `OperationalError` where somebody else is at them.
    """
    if database.is_sqlite:
        return False
    with database.reading() as session:
        if (session.scalar(_SIZE, {"name": _POSTINGS}) or 0) < MUCH_BYTES:
            return False
    with database.writing() as session:
        session.execute(text(f"SET LOCAL lock_timeout TO {WAIT_MILLISECONDS}"))
        session.execute(_HOLD)
        for table in (_BUNDLES, _POSTINGS):
            session.execute(text(f"CLUSTER {table} USING pk_{table}"))
            session.execute(text(f"ANALYZE {table}"))
    return True
