"""Looking up sources that are like a segment, by the postings of its rarest words; see `domain.matching.postings`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Row, Select, TextClause, bindparam, case, func, select, text
from sqlalchemy.orm import Session

from service.domain.matching.postings import Ranking, asked_ranges, same_stems, shared_words
from service.domain.matching.scoring import BY_STEM, SHOWN_FROM, aligned_score, most_alike, score
from service.domain.matching.tokens import Token, tokens_of
from service.domain.text import CodedText
from service.queries.texts import codes_of
from service.storage.models import MemorySource, MemoryUnit

READ_A_RANGE = 5_000
LOOKED_AT = 150
MOST_LOOKED_AT = 5_000  # where others cannot be offered
MANY = 500  # units that are read as they are
CROWDED = 1 / 3  # so many that cannot be offered leave too few places for those that can
SCORED = 20
SHOWN = 10
ALIGNED_BELOW = 5  # hundredths that the quick score may fall below the true one
_AT_ONCE = 500
_NONE = np.empty(0, dtype=np.int64)
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Found:
    """A unit whose source is like the one that was looked for; 100 means the very same."""

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


def equal_sources(
    session: Session,
    wanted: Mapping[str, Collection[str]],
    source_locale: str,
    target_locale: str,
    offered: ColumnElement[bool],
) -> dict[str, list[Found]]:
    """Return the units of exactly these sources by their hashes, the newest first; one statement for 500 of them.

    `wanted` has the contexts that each is wanted in, by its hash: what stands in another may be left out where a newer
    unit says the same.
    """
    found: dict[str, list[Found]] = {}
    for part in _parts(sorted(wanted)):
        contexts = sorted({context for source_hash in part for context in wanted[source_hash] if context})
        asked = {"hashes": list(part), "contexts": contexts, "source_locale": source_locale}
        for row in _read(session, _EQUAL, offered, {**asked, "target_locale": target_locale}):
            found.setdefault(row.source_hash, []).append(_found(row, 100))
    return found


def alike_sources(
    session: Session,
    wanted: CodedText,
    source_locale: str,
    target_locale: str,
    offered: ColumnElement[bool],
    *,
    rankings: Sequence[Ranking],
    limit: int = SHOWN,
) -> list[Found]:
    """Return units whose sources are at least 70 % like a segment but not equal, the best first; three statements.

    Of sources that score alike, the newest unit stands first; of units that say the same, only the newest is there.
    """
    tokens = tokens_of(wanted)
    candidates = _candidates(session, tokens, source_locale, rankings)
    units = _near_units(session, tokens, candidates, offered, target_locale)
    alike = _most_alike(tokens, wanted, units, list(units)[:SCORED], source_locale)
    found = [_found(row, reached) for source_id, reached in alike for row in units[source_id]]
    found.sort(key=lambda each: (each.score, each.approved_at, each.unit_id), reverse=True)
    once: dict[tuple[object, ...], Found] = {}
    for each in found:
        once.setdefault((each.source, each.target, each.origin, each.confirmed), each)
    return list(once.values())[:limit]


def _near_units(
    session: Session,
    tokens: tuple[Token, ...],
    candidates: NDArray[np.int64],
    offered: ColumnElement[bool],
    target_locale: str,
) -> dict[int, list[Row[Any]]]:
    """Return what is offered of those candidates that can be 70 % like a segment, by source, the most alike first.

    Where many that are alike have nothing to offer, the next are looked at in their places.
    """
    found: dict[int, list[Row[Any]]] = {}
    start, places, hidden = 0, LOOKED_AT, 0
    while part := candidates[start : start + places].tolist():
        near = _near(session, tokens, part)
        rows: dict[int, list[Row[Any]]] = {}
        asked = {"ids": near, "contexts": [], "target_locale": target_locale}
        for row in _read(session, _ALIKE, offered, asked) if near else ():
            rows.setdefault(row.source_id, []).append(row)
        found |= {number: rows[number] for number in near if number in rows}
        without = len(near) - len(rows)
        if without <= CROWDED * len(part) or len(found) >= SCORED:
            break
        start += len(part)
        hidden += without
        places = hidden
    return found


def _near(session: Session, tokens: tuple[Token, ...], candidates: Sequence[int]) -> list[int]:
    """Return the candidates that can be 70 % like a segment, the most alike first."""
    numbers = ", ".join(map(str, candidates))
    asked = f"SELECT id, tokens FROM memory_source WHERE id IN ({numbers})"  # noqa: S608 - numbers
    rows = session.connection().exec_driver_sql(asked).all()
    return [rows[place][0] for place in most_alike(tokens, [row[1] for row in rows])]


def _most_alike(
    tokens: tuple[Token, ...], wanted: CodedText, units: dict[int, list[Row[Any]]], ids: Sequence[int], locale: str
) -> Iterator[tuple[int, int]]:
    """Yield sources with their scores where these are 70 to 99; worked out only for those that come near the best."""
    near: list[tuple[int, int, tuple[Token, ...]]] = []
    short = shared_words(tokens) == 1
    for source_id in ids:
        row = units[source_id][0]
        source = CodedText(row.source, codes_of(row.codes))
        theirs = tokens_of(source)
        if source == wanted:
            continue
        if short and same_stems(tokens, theirs, locale):
            yield source_id, max(score(tokens, theirs), BY_STEM)
        elif (least := aligned_score(tokens, theirs)) >= SHOWN_FROM - ALIGNED_BELOW:
            near.append((least, source_id, theirs))
    for _, source_id, theirs in sorted(near, reverse=True)[:SHOWN]:
        reached = score(tokens, theirs, least=SHOWN_FROM)
        if reached:
            yield source_id, reached


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
    )
    .join(MemorySource, MemorySource.id == MemoryUnit.source_id)
    .order_by(*_NEWEST_FIRST)
)
_WANTED_CONTEXT = case(
    (MemoryUnit.context.in_(bindparam("contexts", expanding=True)), MemoryUnit.context),
    else_="",
)
_SAME = MemoryUnit.source_id, MemoryUnit.target, MemoryUnit.origin, MemoryUnit.confirmed, _WANTED_CONTEXT
_NUMBERED = select(
    MemoryUnit.id, func.row_number().over(partition_by=_SAME, order_by=_NEWEST_FIRST).label("number")
).join(MemorySource, MemorySource.id == MemoryUnit.source_id)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Two ways to read some units in use: the newest as they are, and all, numbered among those that are the same."""

    newest: Select[Any]
    numbered: Select[Any]

    @classmethod
    def of(cls, *which: ColumnElement[bool]) -> _Wanted:
        in_use = (MemoryUnit.target_locale == bindparam("target_locale"), MemoryUnit.retired_at.is_(None), *which)
        return cls(_UNITS.where(*in_use).limit(MANY), _NUMBERED.where(*in_use))


_EQUAL = _Wanted.of(
    MemorySource.source_hash.in_(bindparam("hashes", expanding=True)),
    MemorySource.source_locale == bindparam("source_locale"),
)
_ALIKE = _Wanted.of(MemorySource.id.in_(bindparam("ids", expanding=True)))


def _read(
    session: Session, wanted: _Wanted, offered: ColumnElement[bool], asked: Mapping[str, object]
) -> Sequence[Row[Any]]:
    """Return units that are offered, the newest first; of very many, only the newest of those that are the same.

    A sentence that ends every release has as many units as there are releases. Few are read quicker as they are.
    """
    rows = session.execute(wanted.newest.where(offered), asked).all()
    if len(rows) < MANY:
        return rows
    numbered = wanted.numbered.where(offered).subquery()
    first = select(numbered.c.id).where(numbered.c.number == 1)
    return session.execute(_UNITS.where(MemoryUnit.id.in_(first)), asked).all()


def _found(row: Row[Any], reached: int) -> Found:
    return Found(
        unit_id=row.id,
        source=CodedText(row.source, codes_of(row.codes)),
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
    )


def _candidates(
    session: Session, tokens: tuple[Token, ...], source_locale: str, rankings: Sequence[Ranking]
) -> NDArray[np.int64]:
    """Return the ids of the sources that share enough of the rarest words, those that share most first."""
    ranges = asked_ranges(tokens, source_locale, rankings)
    if not ranges:
        return _NONE
    bounds: dict[str, int] = {}
    for place, each in enumerate(ranges):
        bounds[f"f{place}"], bounds[f"l{place}"] = each
    statement = _statement(len(ranges), session.get_bind().dialect.name)
    listed = [each for each in session.execute(statement, bounds).one() if each]
    return _shared_most(",".join(listed), least=shared_words(tokens)) if listed else _NONE


def _shared_most(listed: str, *, least: int) -> NDArray[np.int64]:
    """Return the ids that come at least so often in a list, those that come most often first."""
    ids = np.fromstring(listed, dtype=np.int64, sep=",")
    ids.sort(kind="stable")  # the ids of each range came in order
    if least > 1:
        ids = ids[1:][ids[1:] == ids[:-1]]
    numbers, counts = np.unique(ids, return_counts=True)
    return numbers[np.lexsort((-numbers, -counts))[:MOST_LOOKED_AT]]


@lru_cache(maxsize=512)
def _statement(ranges: int, dialect: str) -> TextClause:
    """Return what reads so many ranges of postings: one row, with the ids of each range as one text.

    Counting them here is quicker than grouping there, and one text is read quicker than a thousand rows.
    """
    joined = "string_agg(source_id::text, ',')" if dialect == "postgresql" else "group_concat(source_id)"
    arms = (
        f"(SELECT {joined} FROM (SELECT source_id FROM memory_posting WHERE key BETWEEN :f{n} AND :l{n}"  # noqa: S608
        f" LIMIT {READ_A_RANGE}) AS r{n})"
        for n in range(ranges)
    )
    return text(f"SELECT {', '.join(arms)}")


def _parts(values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    return (values[first : first + _AT_ONCE] for first in range(0, len(values), _AT_ONCE))
