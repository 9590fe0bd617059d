"""Filing sources in the memory, and taking those out that no unit has any more.

One transaction at a time changes the memory, as on SQLite anyway: writers share sources and postings, and would wait
for each other in rings. Whoever locks a release does that before.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar, cast

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Table, delete, exists, select, text
from sqlalchemy.orm import Session

from service.domain.matching.filings import Filing, filing_of
from service.domain.matching.identities import filed_as
from service.domain.matching.postings import Ranking, posting_keys
from service.domain.matching.tokens import Token, code_string, tokens_of
from service.domain.text import CodedText
from service.operations.context import Work
from service.operations.memory_bundling import bundle, take_out
from service.queries.memory_beforehand import Beforehand
from service.queries.memory_import import known_sources
from service.queries.memory_rankings import newest_ranking, ranking_of
from service.queries.texts import codes_json, codes_of
from service.storage.base import Base
from service.storage.bulk import one_of, read_rows, reserve_ids, write_numbers, write_rows
from service.storage.models import MemoryPosting, MemorySource, MemoryUnit, MemoryUnlisted

AT_ONCE = 500  # values in one statement
BUNDLED_AT_ONCE = 50_000  # postings; who approves waits no longer than a second
LEFT_STANDING = 5_000  # postings: PostgreSQL reads a table from end to end that was empty when it planned
NOT_FILED = -1  # what the migration carried over, until a worker comes by
_LOCK = 7_105_220_242
_TAKE_OFF = {
    "sqlite": text(f"DELETE FROM memory_text WHERE rowid IN ({one_of('sqlite', 'bigint')})"),  # noqa: S608
    "postgresql": text(f"DELETE FROM memory_text WHERE source_id IN ({one_of('postgresql', 'bigint')})"),  # noqa: S608
}
_UNLIST = {  # on PostgreSQL in one message
    "sqlite": (
        _TAKE_OFF["sqlite"],
        text(f"INSERT INTO memory_unlisted (source_id) {one_of('sqlite', 'bigint')} WHERE true ON CONFLICT DO NOTHING"),
    ),
    "postgresql": (
        text(
            f"WITH taken_off AS ({_TAKE_OFF['postgresql']})"
            f" INSERT INTO memory_unlisted (source_id) {one_of('postgresql', 'bigint')} ON CONFLICT DO NOTHING"
        ),
    ),
}
_SOURCE = ("id", "source_locale", "source_hash", "source", "codes", "tokens", "ranking")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Filed:
    """A source text with its hash; `filing` where it is worked out already."""

    source_hash: str
    source: CodedText
    filing: Filing | None = None


def lock_memory(session: Session) -> None:
    """Let no other transaction change the memory until this one ends."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        read_rows(connection, "SELECT pg_advisory_xact_lock(%s)", (_LOCK,))


def file_sources(
    work: Work,
    source_locale: str,
    sources: Iterable[Filed],
    *,
    known: dict[str, int] | None = None,
    before: Beforehand | None = None,
) -> dict[str, int]:
    """Return the ids of sources by their hashes; those that the memory lacks are added. The memory is locked.

    `known` are those that it has, where they were looked up already; or all that was asked `before`.
    """
    wanted = {filed.source_hash: filed for filed in sources}
    if known is None:
        known = before.known if before else known_sources(work.session, source_locale, wanted.keys())
    known = dict(known)
    new = [filed for source_hash, filed in wanted.items() if source_hash not in known]
    if not new:
        return known
    ranking = before.ranking if before else newest_ranking(work.session, source_locale)
    ids = before.source_ids if before else reserve_ids(work.session, _table(MemorySource).c.id, len(new))
    ids = ids[: len(new)]
    rows = []
    keys: list[int] = []
    counts: list[int] = []
    for source_id, each in zip(ids, new, strict=True):
        known[each.source_hash] = source_id
        filing = each.filing
        if filing is None or filing.version != ranking.version:
            filing = filing_of(each.source, source_locale, ranking)
        text, codes = each.source.text, codes_json(each.source.codes)
        rows.append((source_id, source_locale, filed_as(each.source_hash), text, codes, filing.tokens, ranking.version))
        keys += filing.keys
        counts.append(len(filing.keys))
    write_rows(work.session, _table(MemorySource), _SOURCE, rows)
    postings = np.array([keys, np.repeat(ids, counts)], dtype=np.int64)
    _file(work.session, postings[:, np.argsort(postings[0], kind="stable")])  # the sources come in order
    return known


def _file(session: Session, postings: NDArray[np.int64]) -> None:
    """Add postings: a row of keys, and one of sources."""
    write_numbers(session, _table(MemoryPosting), ("key", "source_id"), postings)


def file_anew(session: Session, sources: Sequence[MemorySource], ranking: Ranking) -> None:
    """File sources of one locale by another version of its ranking. The memory is locked."""
    gone: list[tuple[int, int]] = []
    new: list[tuple[int, int]] = []
    for source in sources:
        tokens = _tokens(source)
        before = _keys(session, source, tokens)
        after = set(posting_keys(tokens, source.source_locale, ranking))
        gone.extend((key, source.id) for key in before - after)
        new.extend((key, source.id) for key in after - before)
        source.tokens = code_string(tokens)
        source.ranking = ranking.version
    session.flush()
    take_out(session, gone)
    _file(session, np.array(sorted(new), dtype=np.int64).reshape(-1, 2).T)


def bundle_some(work: Work, *, limit: int = BUNDLED_AT_ONCE, but: int = LEFT_STANDING) -> bool:
    """Bundle the next postings that stand by themselves, `but` so many; tell whether there may be more."""
    lock_memory(work.session)
    return bundle(work.session, limit, but=but)


def drop_unused(work: Work, source_ids: Collection[int]) -> None:
    """Take out those of the sources that have no unit any more, with what is filed of them. The memory is locked."""
    used = exists().where(MemoryUnit.source_id == MemorySource.id)
    for ids in _parts(sorted(source_ids)):
        unused = work.session.scalars(select(MemorySource).where(MemorySource.id.in_(ids), ~used)).all()
        if not unused:
            continue
        take_out(
            work.session,
            [(key, source.id) for source in unused for key in _keys(work.session, source, _tokens(source))],
        )
        gone = [source.id for source in unused]
        _take_off_list(work.session, gone)
        work.session.execute(delete(MemoryUnlisted).where(MemoryUnlisted.source_id.in_(gone)))
        work.session.execute(
            delete(MemorySource).where(MemorySource.id.in_(gone)).execution_options(synchronize_session=False)
        )


def unlist(session: Session, source_ids: Collection[int]) -> None:
    """Note that the search knows these sources no more as they are; a worker lists them again."""
    listed = {"listed": json.dumps(sorted(source_ids))}
    for statement in _UNLIST[session.get_bind().dialect.name] if source_ids else ():
        session.execute(statement, listed)


def list_new(session: Session, source_ids: Iterable[int]) -> None:
    """Note that sources which were added just now are to be listed; as `unlist`, without a look at what is there."""
    write_rows(session, _table(MemoryUnlisted), ("source_id",), [(number,) for number in sorted(source_ids)])


def _take_off_list(session: Session, source_ids: Collection[int]) -> None:
    session.execute(_TAKE_OFF[session.get_bind().dialect.name], {"listed": json.dumps(sorted(source_ids))})


def _tokens(source: MemorySource) -> tuple[Token, ...]:
    return tokens_of(CodedText(source.source, codes_of(source.codes)))


def _keys(session: Session, source: MemorySource, tokens: tuple[Token, ...]) -> set[int]:
    """Return the keys under which a source is filed."""
    if source.ranking == NOT_FILED:
        return set()
    return set(posting_keys(tokens, source.source_locale, ranking_of(session, source.source_locale, source.ranking)))


def _parts(values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    return (values[first : first + AT_ONCE] for first in range(0, len(values), AT_ONCE))


def _table(model: type[Base]) -> Table:
    return cast("Table", model.__table__)
