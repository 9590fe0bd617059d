"""Filing sources in the memory, and taking those out that no unit has any more.

One transaction at a time changes the memory, as on SQLite anyway: writers share sources and postings, and would wait
for each other in rings. Whoever locks a release does that before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar, cast

from sqlalchemy import Table, delete, exists, select, text, tuple_
from sqlalchemy.orm import Session

from service.domain.matching.postings import Ranking, posting_keys
from service.domain.matching.tokens import Token, code_string, tokens_of
from service.domain.text import CodedText
from service.operations.context import Work
from service.queries.memory_import import known_sources
from service.queries.memory_rankings import newest_ranking, ranking_of
from service.queries.texts import codes_json, codes_of
from service.storage.base import Base
from service.storage.bulk import reserve_ids, write_rows
from service.storage.models import MemoryPosting, MemorySource, MemoryUnit, MemoryUnlisted

AT_ONCE = 500  # values in one statement
NOT_FILED = -1  # what the migration carried over, until a worker comes by
_LOCK = 7_105_220_242
_SOURCE = ("id", "source_locale", "source_hash", "source", "codes", "tokens", "ranking")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Filed:
    """A source text with its hash."""

    source_hash: str
    source: CodedText


def lock_memory(session: Session) -> None:
    """Let no other transaction change the memory until this one ends."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})


def file_sources(
    work: Work, source_locale: str, sources: Iterable[Filed], *, known: dict[str, int] | None = None
) -> dict[str, int]:
    """Return the ids of sources by their hashes; those that the memory lacks are added. The memory is locked.

    `known` are those that it has, where they were looked up already.
    """
    wanted = {filed.source_hash: filed.source for filed in sources}
    known = known_sources(work.session, source_locale, wanted.keys()) if known is None else dict(known)
    new = [(source_hash, source) for source_hash, source in wanted.items() if source_hash not in known]
    if not new:
        return known
    ranking = newest_ranking(work.session, source_locale)
    ids = reserve_ids(work.session, _table(MemorySource).c.id, len(new))
    rows = []
    postings: list[tuple[int, int]] = []
    for source_id, (source_hash, source) in zip(ids, new, strict=True):
        tokens = tokens_of(source)
        known[source_hash] = source_id
        written = code_string(tokens)
        codes = codes_json(source.codes)
        rows.append((source_id, source_locale, source_hash, source.text, codes, written, ranking.version))
        postings.extend((key, source_id) for key in posting_keys(tokens, source_locale, ranking))
    write_rows(work.session, _table(MemorySource), _SOURCE, rows)
    write_rows(work.session, _table(MemoryPosting), ("key", "source_id"), sorted(postings))
    return known


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
    _take_out(session, gone)
    write_rows(session, _table(MemoryPosting), ("key", "source_id"), sorted(new))


def drop_unused(work: Work, source_ids: Collection[int]) -> None:
    """Take out those of the sources that have no unit any more, with what is filed of them. The memory is locked."""
    used = exists().where(MemoryUnit.source_id == MemorySource.id)
    for ids in _parts(sorted(source_ids)):
        unused = work.session.scalars(select(MemorySource).where(MemorySource.id.in_(ids), ~used)).all()
        if not unused:
            continue
        _take_out(
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
    for ids in _parts(sorted(source_ids)):
        _take_off_list(session, ids)
        known = set(session.scalars(select(MemoryUnlisted.source_id).where(MemoryUnlisted.source_id.in_(ids))))
        new = [(number,) for number in ids if number not in known]
        write_rows(session, _table(MemoryUnlisted), ("source_id",), new)


def list_new(session: Session, source_ids: Iterable[int]) -> None:
    """Note that sources which were added just now are to be listed; as `unlist`, without a look at what is there."""
    write_rows(session, _table(MemoryUnlisted), ("source_id",), [(number,) for number in sorted(source_ids)])


def _take_off_list(session: Session, source_ids: Sequence[int]) -> None:
    column = "rowid" if session.get_bind().dialect.name == "sqlite" else "source_id"
    numbers = ", ".join(str(int(number)) for number in source_ids)
    session.execute(text(f"DELETE FROM memory_text WHERE {column} IN ({numbers})"))  # noqa: S608 - numbers


def _tokens(source: MemorySource) -> tuple[Token, ...]:
    return tokens_of(CodedText(source.source, codes_of(source.codes)))


def _keys(session: Session, source: MemorySource, tokens: tuple[Token, ...]) -> set[int]:
    """Return the keys under which a source is filed."""
    if source.ranking == NOT_FILED:
        return set()
    return set(posting_keys(tokens, source.source_locale, ranking_of(session, source.source_locale, source.ranking)))


def _take_out(session: Session, postings: Sequence[tuple[int, int]]) -> None:
    for part in _parts(sorted(postings)):
        session.execute(
            delete(MemoryPosting)
            .where(tuple_(MemoryPosting.key, MemoryPosting.source_id).in_(part))
            .execution_options(synchronize_session=False)
        )


def _parts(values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    return (values[first : first + AT_ONCE] for first in range(0, len(values), AT_ONCE))


def _table(model: type[Base]) -> Table:
    return cast("Table", model.__table__)
