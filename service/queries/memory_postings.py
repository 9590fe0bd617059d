"""Reading what the memory's sources are filed by: ranges of postings, and the code strings of sources.

What was filed lately stands by itself, and everything else in bundles; a lookup reads both. The statements go to the
driver as they are, for SQLAlchemy would take longer to put them together than the databases to answer.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.domain.matching.bundles import FULL, unpacked
from service.domain.matching.postings import KeyRange
from service.queries.memory_rankings import stand_of
from service.storage.bulk import one_of, read_rows
from service.storage.models import MemoryPosting, MemorySource

READ_A_RANGE = 5_000
RANGES_AT_ONCE = 400  # on SQLite, which takes 500 SELECTs joined by UNION ALL
MOST_AT_REST = 50_000  # postings: of some five thousand sources
FEWEST_LOOSE, LOOSE_A_SOURCE = 500_000, 4  # while a file is taken in
_RANGES = "jsonb_array_elements(%s::jsonb) AS range CROSS JOIN LATERAL"
_BETWEEN = "WHERE key BETWEEN (range ->> 0)::bigint AND (range ->> 1)::bigint"
_EXISTS = "EXISTS (SELECT 1 FROM memory_source WHERE source_hash = {0} AND source_locale = {0})"
_POSTGRESQL = f"""
    SELECT
        (SELECT string_agg(source_id::text, ',') FROM {_RANGES}
            (SELECT source_id FROM memory_posting {_BETWEEN} LIMIT {READ_A_RANGE}) AS loose),
        ({stand_of("postgresql", "%s")}),
        {_EXISTS.format("%s")},
        (SELECT string_agg(source_ids, ''::bytea) FROM {_RANGES}
            (SELECT source_ids FROM memory_bundle {_BETWEEN} LIMIT (range ->> 2)::integer) AS bundle)
"""  # noqa: S608 - of ours
_TOKENS = f"SELECT id, tokens FROM memory_source WHERE id IN ({one_of('postgresql', 'bigint', '%s')})"  # noqa: S608 - ours


class Postings(NamedTuple):
    """The ids of the sources in some ranges of keys, the rankings' stand then, and whether there is an equal one."""

    source_ids: NDArray[np.uint32]
    stand: str | None
    has_equal: bool


def read_postings(
    session: Session, ranges: Sequence[KeyRange], source_locale: str, *, source_hash: str = ""
) -> Postings:
    """Return the ids of the sources in some ranges of keys, once for every range that they are in, in no order.

    With a `source_hash`, the same statement tells whether there is a source of that hash.

    Counting them here is quicker than grouping there, and one text is read quicker than a thousand rows. Of a range
    with very many, `READ_A_RANGE` or somewhat more are read.
    """
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        listed = json.dumps([(*each, _bundles(each)) for each in ranges])
        bound = listed, source_locale, source_hash, source_locale, listed
        ((loose, stand, equal, bundled),) = read_rows(connection, _POSTGRESQL, bound)
    else:
        stand, equal, loose, bundled = None, False, "", b""
        for first in range(0, len(ranges), RANGES_AT_ONCE):
            part = ranges[first : first + RANGES_AT_ONCE]
            sought = source_locale, source_hash, source_locale, *chain.from_iterable(part)
            ((stand, equal, *row),) = read_rows(connection, _loose(len(part)), sought)
            loose = ",".join([ids for ids in (loose, *row) if ids])
            asked = [(*each, _bundles(each)) for each in part]
            rows = read_rows(connection, _bundled(len(part)), tuple(chain.from_iterable(asked)))
            bundled += b"".join([row[0] for row in rows])
    found = unpacked(bundled or b"")
    if loose:
        found = np.concatenate((found, np.fromstring(loose, dtype=np.uint32, sep=",")))
    return Postings(found, stand, bool(equal))


def read_tokens(session: Session, source_ids: Sequence[int]) -> list[tuple[int, str]]:
    """Return sources' ids with their code strings, in no order."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        return cast("list[tuple[int, str]]", read_rows(connection, _TOKENS, (json.dumps(source_ids),)))
    numbers = ", ".join(map(str, source_ids))
    asked = f"SELECT id, tokens FROM memory_source WHERE id IN ({numbers})"  # noqa: S608 - numbers
    return cast("list[tuple[int, str]]", read_rows(connection, asked))


def room_for_loose(session: Session, *, at_rest: bool = False) -> int:
    """Return how many postings more may stand by themselves until they are to be bundled: nearly half of them.

    Each time, most bundles of a large memory are written. With a tenth at a time, that took a third of an import; and
    whoever looks something up meanwhile reads as quickly.
    In a memory that is `at_rest` few stand by themselves: each approval writes as many pages as it has postings,
    wherever they are, and few pages are read quicker than many.
    """
    last = 0 if at_rest else session.scalar(select(func.max(MemorySource.id))) or 0
    enough = MOST_AT_REST if at_rest else max(FEWEST_LOOSE, LOOSE_A_SOURCE * last)
    some = select(MemoryPosting.key).limit(enough).subquery()
    return enough - (session.scalar(select(func.count()).select_from(some)) or 0)


def _bundles(wanted: KeyRange) -> int:
    """Return how many bundles of a range hold as many sources as are read of it; only one of each key is not full."""
    return READ_A_RANGE // FULL + wanted.last - wanted.first + 1


@lru_cache(maxsize=512)
def _loose(ranges: int) -> str:
    """Return what reads so many ranges of postings: one row, of the rankings' stand and each range's ids."""
    arm = (
        "(SELECT group_concat(source_id) FROM"  # noqa: S608 - a number
        f" (SELECT source_id FROM memory_posting WHERE key BETWEEN ? AND ? LIMIT {READ_A_RANGE}))"
    )
    return f"SELECT ({stand_of('sqlite', '?')}), {_EXISTS.format('?')}, {', '.join([arm] * ranges)}"


@lru_cache(maxsize=512)
def _bundled(ranges: int) -> str:
    """Return what reads the bundles of so many ranges, one a row."""
    arm = "SELECT * FROM (SELECT source_ids FROM memory_bundle WHERE key BETWEEN ? AND ? LIMIT ?)"
    return " UNION ALL ".join([arm] * ranges)
