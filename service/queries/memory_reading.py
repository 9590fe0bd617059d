"""Reading units of the memory with their sources: those of some hashes, and those of some ids."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, case, func, select, text
from sqlalchemy.orm import InstrumentedAttribute, Session

from service.domain.text import CodedText
from service.queries.texts import codes_of
from service.storage.bulk import one_of
from service.storage.models import MemorySource, MemoryUnit, TermCount

MANY = 500  # units that are read as they are
_KINDS = {"id": "bigint", "source_hash": "text"}


@dataclass(frozen=True, slots=True)
class Found:
    """A unit whose source is like the one that was looked for; 100 means the very same.

    `terms_stamp` tells how the term base stood when it was read.
    """

    unit_id: int
    source: CodedText
    target: str
    score: int
    context: str
    origin: str
    collection: str
    confirmed: bool
    release_id: str | None
    revision: int | None
    approved_by: str | None
    approved_at: datetime
    terms_stamp: int


def found_as(row: Row[Any], reached: int) -> Found:
    """Return what was read as what was found."""
    return Found(
        unit_id=row.id,
        source=source_of(row),
        target=row.target,
        score=reached,
        context=row.context,
        origin=row.origin,
        collection=row.collection,
        confirmed=row.confirmed,
        release_id=row.release_id,
        revision=row.revision,
        approved_by=row.approved_by,
        approved_at=row.approved_at,
        terms_stamp=row.terms_stamp,
    )


def source_of(row: Row[Any]) -> CodedText:
    """Return the source of a unit that was read."""
    return CodedText(row.source, codes_of(row.codes))


def read_equal(
    session: Session,
    pair: tuple[str, str],
    offered: ColumnElement[bool],
    hashes: Sequence[str],
    contexts: Collection[str],
) -> Sequence[Row[Any]]:
    """Return the units of sources with these hashes that are offered, the newest first.

    What stands in another than one of the contexts may be left out where a newer unit says the same.
    """
    source_locale, target_locale = pair
    asked = {"source_locale": source_locale, "target_locale": target_locale}
    return _read(session, "source_hash", offered, hashes, {**asked, "contexts": sorted(contexts)})


def read_of(
    session: Session, target_locale: str, offered: ColumnElement[bool], source_ids: Sequence[int]
) -> Sequence[Row[Any]]:
    """Return the units of these sources that are offered, the newest first; of those that are the same, not all."""
    return _read(session, "id", offered, source_ids, {"target_locale": target_locale, "contexts": []})


def _read(
    session: Session,
    column: str,
    offered: ColumnElement[bool],
    values: Sequence[str] | Sequence[int],
    asked: Mapping[str, object],
) -> Sequence[Row[Any]]:
    """Return units; of very many, only the newest of those that are the same.

    A sentence that ends every release has as many units as there are releases. Few are read quicker as they are. The
    connection is asked itself: rows are not kept as objects, and nothing is written before.
    """
    dialect = session.get_bind().dialect.name
    connection = session.connection()
    listed = {**asked, "wanted": json.dumps(values)}
    rows = connection.execute(_newest(dialect, column, offered), listed).all()
    return rows if len(rows) < MANY else connection.execute(_different(dialect, column, offered), listed).all()


_NEWEST_FIRST = MemoryUnit.approved_at.desc(), MemoryUnit.id.desc()
_UNITS = (
    select(
        MemoryUnit.id,
        MemoryUnit.source_id,
        MemorySource.source_hash,
        MemorySource.source,
        MemorySource.codes,
        MemoryUnit.target,
        MemoryUnit.context,
        MemoryUnit.origin,
        MemoryUnit.collection,
        MemoryUnit.confirmed,
        MemoryUnit.release_id,
        MemoryUnit.revision,
        MemoryUnit.approved_by,
        MemoryUnit.approved_at,
        select(TermCount.changes).scalar_subquery().label("terms_stamp"),
    )
    .join(MemorySource, MemorySource.id == MemoryUnit.source_id)
    .order_by(*_NEWEST_FIRST)
)
_WANTED_CONTEXT = case(
    (MemoryUnit.context.in_(bindparam("contexts", expanding=True)), MemoryUnit.context),
    else_="",
)
_SAME = MemoryUnit.source_id, MemoryUnit.target, MemoryUnit.origin, MemoryUnit.confirmed, _WANTED_CONTEXT


@lru_cache(maxsize=64)
def _newest(dialect: str, column: str, offered: ColumnElement[bool]) -> Select[Any]:
    """Return what reads the newest units; kept, for composing a statement takes longer than its answer."""
    return _UNITS.where(*_in_use(dialect, column, offered)).limit(MANY)


def _different(dialect: str, column: str, offered: ColumnElement[bool]) -> Select[Any]:
    """Return what reads all units, but the newest alone of those that are the same."""
    number = func.row_number().over(partition_by=_SAME, order_by=_NEWEST_FIRST).label("number")
    numbered = (
        select(MemoryUnit.id, number)
        .join(MemorySource, MemorySource.id == MemoryUnit.source_id)
        .where(*_in_use(dialect, column, offered))
        .subquery()
    )
    return _UNITS.where(MemoryUnit.id.in_(select(numbered.c.id).where(numbered.c.number == 1)))


def _in_use(dialect: str, column: str, offered: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    """Return the conditions on units that are offered in a locale, and whose sources have one of the wanted values."""
    sources: InstrumentedAttribute[Any] = getattr(MemorySource, column)
    conditions = [
        sources.in_(text(one_of(dialect, _KINDS[column], ":wanted"))),
        MemoryUnit.target_locale == bindparam("target_locale"),
        MemoryUnit.retired_at.is_(None),
        offered,
    ]
    if column == "source_hash":
        conditions.append(MemorySource.source_locale == bindparam("source_locale"))
    return conditions
