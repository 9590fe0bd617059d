"""Listing the memory's sources by their words, with those of their targets, so that they can be searched.

What changes in the memory is only noted; the workers list it, the newest first and not too much in a transaction, for
whoever approves waits for it. What takes longest, making what is listed, comes before the transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import BigInteger, Column, ColumnElement, MetaData, Table, Text, delete, select, text
from sqlalchemy.orm import Session

from service.operations.context import Work
from service.operations.memory_filing import lock_memory
from service.queries.memory_bodies import Texts, body_made_of, texts_of
from service.storage.bulk import write_rows
from service.storage.models import MemoryUnit, MemoryUnlisted

LISTED_AT_ONCE = 250
OLDEST_OF = 10  # of so many sources one is the oldest: it was approved anew, and a whole file may stand before it
_SQLITE = Table("memory_text", MetaData(), Column("rowid", BigInteger), Column("body", Text))
_POSTGRESQL = Table("memory_text", MetaData(), Column("source_id", BigInteger), Column("body", Text))


@dataclass(frozen=True, slots=True)
class Composed:
    """The next sources to be listed, what there is of those that have a text, and the bodies made of it.

    `is_last` tells that no others waited.
    """

    noted: tuple[int, ...]
    texts: dict[int, Texts]
    bodies: dict[int, str]
    is_last: bool


def compose_some(session: Session, *, limit: int = LISTED_AT_ONCE) -> Composed:
    """Make what is to be listed next; this only reads, and may be stale when it is listed."""
    number = MemoryUnlisted.source_id
    newest = session.scalars(select(number).order_by(number.desc()).limit(limit)).all()
    is_last = len(newest) < limit
    few = 0 if is_last else limit // OLDEST_OF
    oldest = session.scalars(select(number).order_by(number).limit(few)).all() if few else ()
    noted = tuple(dict.fromkeys((*newest[: limit - few], *oldest)))
    texts = dict(texts_of(session, *_of(noted))) if noted else {}
    return Composed(noted, texts, {it: body_made_of(of_source) for it, of_source in texts.items()}, is_last)


def list_some(work: Work, composed: Composed | None = None, *, limit: int = LISTED_AT_ONCE) -> bool:
    """List the next sources that the search does not know as they are; tell whether there is more to do.

    What was `composed` before is listed as far as it still waits, and made anew where its texts have changed.
    """
    session = work.session
    lock_memory(session)
    composed = composed or compose_some(session, limit=limit)
    noted = session.scalars(select(MemoryUnlisted.source_id).where(MemoryUnlisted.source_id.in_(composed.noted))).all()
    if noted:
        _list(session, noted, composed)
    if not composed.is_last:
        return True
    if noted:
        _put_in_order(session)
    return False


def _list(session: Session, noted: Sequence[int], composed: Composed) -> None:
    table = _POSTGRESQL if session.get_bind().dialect.name == "postgresql" else _SQLITE
    key = next(iter(table.c))
    rows = [
        (it, composed.bodies[it] if texts == composed.texts.get(it) else body_made_of(texts))
        for it, texts in texts_of(session, *_of(noted))
    ]
    session.execute(delete(table).where(key.in_(noted)))
    write_rows(session, table, (key.name, "body"), sorted(rows))
    session.execute(delete(MemoryUnlisted).where(MemoryUnlisted.source_id.in_(noted)))


def _of(noted: Sequence[int]) -> tuple[ColumnElement[bool], ...]:
    return MemoryUnit.source_id.in_(noted), MemoryUnit.retired_at.is_(None)


def _put_in_order(session: Session) -> None:
    """Sort what PostgreSQL only noted for its index in the meantime, and would read at every search."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT gin_clean_pending_list('ix_memory_text_body')"))
