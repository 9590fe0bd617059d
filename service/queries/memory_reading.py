"""Reading units of the memory with their sources: those of some hashes, and those of some ids."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Dialect, Select, bindparam, case, func, select, text
from sqlalchemy.orm import InstrumentedAttribute, Session

from service.domain.text import CodedText
from service.queries.texts import codes_of
from service.queries.visibility import PEOPLE
from service.storage.bulk import one_of
from service.storage.models import MemorySource, MemoryUnit, TermCount
from service.storage.prepared import Prepared

MANY = 500  # units that are read as they are
_KINDS = {"id": "bigint", "source_hash": "text"}


@dataclass(frozen=True, slots=True)
class Offered:
    """What is offered to somebody: a condition on `MemoryUnit` that is the same every time, and the values in it.

    What is composed of a condition is kept, as long as it is the same object.
    """

    condition: ColumnElement[bool]
    values: Mapping[str, object] = field(default_factory=dict)


class UnitRow(NamedTuple):
    """A unit as it is read, with its source."""

    id: int
    source_id: int
    source_hash: str
    source: str
    codes: list[dict[str, Any]]
    target: str
    context: str
    origin: str
    collection: str
    confirmed: bool
    release_id: str | None
    revision: int | None
    approved_by: str | None
    approved_at: datetime
    terms_stamp: int


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


def found_as(row: UnitRow, reached: int) -> Found:
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


def source_of(row: UnitRow) -> CodedText:
    """Return the source of a unit that was read."""
    return CodedText(row.source, codes_of(row.codes))


def read_equal(
    session: Session,
    pair: tuple[str, str],
    offered: Offered,
    hashes: Sequence[str],
    contexts: Collection[str],
) -> list[UnitRow]:
    """Return the units of sources with these hashes that are offered, the newest first.

    What stands in another than one of the contexts may be left out where a newer unit says the same.
    """
    source_locale, target_locale = pair
    asked = {"source_locale": source_locale, "target_locale": target_locale}
    return _read(session, "source_hash", offered, hashes, {**asked, "contexts": sorted(contexts)})


def read_of(session: Session, target_locale: str, offered: Offered, source_ids: Sequence[int]) -> list[UnitRow]:
    """Return the units of these sources that are offered, the newest first; of those that are the same, not all."""
    return _read(session, "id", offered, source_ids, {"target_locale": target_locale, "contexts": []})


def _read(
    session: Session,
    column: str,
    offered: Offered,
    values: Sequence[str] | Sequence[int],
    asked: Mapping[str, object],
) -> list[UnitRow]:
    """Return units; of very many, only the newest of those that are the same.

    A sentence that ends every release has as many units as there are releases. Few are read quicker as they are.
    Nothing is written before.
    """
    connection = session.connection()
    listed = {**asked, **offered.values, "wanted": json.dumps(values)}
    rows = _newest(connection.dialect, column, offered.condition).rows(connection, listed)
    if len(rows) == MANY:
        different = _different(connection.dialect.name, column, offered.condition)
        return [UnitRow(*row) for row in connection.execute(different, listed)]
    return list(map(UnitRow._make, rows))


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


@lru_cache(4 * PEOPLE)
def _newest(dialect: Dialect, column: str, offered: ColumnElement[bool]) -> Prepared:
    """Return what reads the newest units."""
    return Prepared(_UNITS.where(*_in_use(dialect.name, column, offered)).limit(MANY), dialect)


@lru_cache(4 * PEOPLE)
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
