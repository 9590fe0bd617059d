"""Bundling what the memory filed, and taking it out again; whoever does it has locked the memory.

Rare words stand all over the index, so each new source would read and write ten of its pages. Postings therefore stand
by themselves at first, in a table that stays small, and go into their bundles together, in the order of their keys.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import accumulate
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, select, tuple_
from sqlalchemy.orm import Session

from service.domain.matching.bundles import BYTES, OPEN, cut, is_open, packed, without
from service.storage.bulk import one_of, read_rows
from service.storage.models import MemoryBundle, MemoryPosting

_AT_ONCE = 500  # values in one statement
_OPEN_ONES = {
    dialect: f"SELECT key, source_ids FROM memory_bundle WHERE first_id = {OPEN}"  # noqa: S608 - ours
    f" AND key IN ({one_of(dialect, 'bigint', mark)})"
    for dialect, mark in (("sqlite", "?"), ("postgresql", "%s"))
}
_FIRST = "(SELECT key, source_id FROM memory_posting ORDER BY key, source_id LIMIT {}) AS standing"
_STANDING = {  # as two texts, which are read ten times as quickly as rows
    "sqlite": f"SELECT group_concat(key), group_concat(source_id) FROM {_FIRST}",  # noqa: S608 - ours
    "postgresql": f"SELECT string_agg(key::text, ','), string_agg(source_id::text, ',') FROM {_FIRST}",  # noqa: S608 - ours
}
_INSERT = "INSERT INTO memory_bundle (key, first_id, source_ids)"
_OR_REPLACE = "ON CONFLICT (key, first_id) DO UPDATE SET source_ids = excluded.source_ids"
_PUT = {
    "sqlite": f"{_INSERT} VALUES (?, ?, ?) {_OR_REPLACE}",
    "postgresql": f"{_INSERT} SELECT key, first_id, substring(%s::bytea FROM start FOR bytes)"  # noqa: S608 - ours
    " FROM unnest(%s::bigint[], %s::bigint[], %s::integer[], %s::integer[]) AS put (key, first_id, start, bytes)"
    f" {_OR_REPLACE}",
}
Value = TypeVar("Value")


def bundle(session: Session, limit: int, *, but: int = 0) -> bool:
    """Put the next postings that stand by themselves into their bundles, `but` so many; tell whether there are more."""
    connection = session.connection()
    keys, source_ids = connection.exec_driver_sql(_STANDING[connection.dialect.name].format(limit + but)).one()
    standing = np.array([_numbers(keys), _numbers(source_ids)])
    standing = standing[:, np.lexsort((standing[1], standing[0]))][:, : max(0, standing.shape[1] - but)]
    if not standing.size:
        return False
    added = _by_key(standing)
    listed = json.dumps([key for key, _ in added])
    grown: dict[int, bytes] = dict(read_rows(connection, _OPEN_ONES[connection.dialect.name], (listed,)))
    put: list[tuple[int, int, bytes]] = []
    for key, numbers in added:
        bundled = grown[key] + numbers if key in grown else numbers
        if is_open(bundled):
            put.append((key, OPEN, bundled))
        else:
            put += [(key, first_id, part) for first_id, part in cut(bundled)]
    _write(session, put)
    last_key, last_id = standing[:, -1].tolist()
    session.execute(
        delete(MemoryPosting)
        .where(tuple_(MemoryPosting.key, MemoryPosting.source_id) <= tuple_(last_key, last_id))
        .execution_options(synchronize_session=False)
    )
    return len(standing[0]) == limit


def take_out(session: Session, postings: Collection[tuple[int, int]]) -> None:
    """Take postings out, whether they stand by themselves or in bundles."""
    for part in _parts(sorted(postings)):
        session.execute(
            delete(MemoryPosting)
            .where(tuple_(MemoryPosting.key, MemoryPosting.source_id).in_(part))
            .execution_options(synchronize_session=False)
        )
        _take_out_of_bundles(session, part)


def _take_out_of_bundles(session: Session, postings: Sequence[tuple[int, int]]) -> None:
    """Write the bundles of some keys anew without these sources, if they are there."""
    gone: dict[int, set[int]] = defaultdict(set)
    for key, source_id in postings:
        gone[key].add(source_id)
    rows = session.execute(
        select(MemoryBundle.key, MemoryBundle.source_ids).where(MemoryBundle.key.in_(gone)).order_by(MemoryBundle.key)
    )
    before: dict[int, bytes] = defaultdict(bytes)
    for row in rows:
        before[row.key] += row.source_ids
    after = {key: without(numbers, gone[key]) for key, numbers in before.items()}
    changed = [key for key, numbers in after.items() if numbers != before[key]]
    if changed:
        session.execute(
            delete(MemoryBundle).where(MemoryBundle.key.in_(changed)).execution_options(synchronize_session=False)
        )
        _write(session, [(key, *each) for key in changed if after[key] for each in cut(after[key])])


def _numbers(listed: str | None) -> NDArray[np.int64]:
    return np.fromstring(listed or "", dtype=np.int64, sep=",")


def _by_key(standing: NDArray[np.int64]) -> list[tuple[int, bytes]]:
    """Return each key with its sources as a bundle keeps them; `standing` is a row of keys and one of sources."""
    keys, numbers = standing[0], packed(standing[1])
    starts = np.flatnonzero(np.diff(keys, prepend=keys[0] - 1))
    ends = np.append(starts[1:], len(keys))
    places = zip(keys[starts].tolist(), (BYTES * starts).tolist(), (BYTES * ends).tolist(), strict=True)
    return [(key, numbers[start:end]) for key, start, end in places]


def _write(session: Session, bundles: Sequence[tuple[int, int, bytes]]) -> None:
    if not bundles:
        return
    connection = session.connection()
    dialect = connection.dialect.name
    if dialect == "postgresql":
        connection.exec_driver_sql(_PUT[dialect], _joined(bundles))
    else:
        connection.exec_driver_sql(_PUT[dialect], list(bundles))


def _joined(bundles: Sequence[tuple[int, int, bytes]]) -> tuple[bytes, str, str, str, str]:
    """Return bundles as one value and lists of numbers, which the driver writes quicker than a list of bytes."""
    keys, first_ids, numbers = zip(*bundles, strict=True)
    sizes = [len(each) for each in numbers]
    starts = accumulate(sizes[:-1], initial=1)
    return b"".join(numbers), _array(keys), _array(first_ids), _array(starts), _array(sizes)


def _array(numbers: Iterable[int]) -> str:
    return f"{{{','.join(map(str, numbers))}}}"


def _parts(values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    return (values[first : first + _AT_ONCE] for first in range(0, len(values), _AT_ONCE))
