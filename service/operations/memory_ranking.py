"""Keeping the order by which the memory files its sources in step with what it holds; see `domain.matching.postings`.

A list is made anew when the memory has grown fourfold. Its sources are then filed again, a few at a time; meanwhile
whoever looks something up asks by both lists.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from service.domain.matching.postings import filed_words, most_frequent
from service.domain.matching.tokens import tokens_of
from service.domain.text import CodedText
from service.operations.context import Work
from service.operations.memory_filing import NOT_FILED, file_anew, lock_memory
from service.queries.memory_rankings import ranking_of
from service.queries.texts import codes_of
from service.storage.models import MemoryRanking, MemorySource

FEWEST_SOURCES = 500  # below, every list would do
GROWTH = 4
COUNTED_SOURCES = 50_000  # enough to tell which words are frequent
SAME_LIST = 0.9
FILED_AT_ONCE = 500
_COMPARED = 300


@dataclass(frozen=True, slots=True)
class Grown:
    """A locale whose list is due: how many sources it has, and the words that are frequent among them."""

    source_locale: str
    sources: int
    words: tuple[str, ...]


def grown_locales(session: Session) -> list[Grown]:
    """Return the locales whose memory has grown fourfold since their list was made, each with a new list."""
    listed = session.execute(select(MemoryRanking.source_locale, MemoryRanking.sources).order_by(MemoryRanking.version))
    made: dict[str, int] = {row.source_locale: row.sources for row in listed}
    last = session.scalar(select(func.max(MemorySource.id))) or 0
    if last < max(FEWEST_SOURCES, GROWTH * min(made.values(), default=0)):
        return []  # counting reads them all
    counts = session.execute(select(MemorySource.source_locale, func.count()).group_by(MemorySource.source_locale))
    return [
        Grown(locale, count, tuple(count_words(session, locale)))
        for locale, count in counts
        if count >= max(FEWEST_SOURCES, GROWTH * made.get(locale, 0))
    ]


def count_words(session: Session, source_locale: str) -> list[str]:
    """Return the frequent words of a locale's sources, by a part of them that is spread over all."""
    counts: Counter[str] = Counter()
    last = session.scalar(select(func.max(MemorySource.id)).where(MemorySource.source_locale == source_locale)) or 0
    step = max(1, last // COUNTED_SOURCES)
    rows = session.execute(
        select(MemorySource.source, MemorySource.codes)
        .where(MemorySource.source_locale == source_locale, MemorySource.id % step == 0)
        .limit(COUNTED_SOURCES)
    )
    for row in rows:
        counts.update(filed_words(tokens_of(CodedText(row.source, codes_of(row.codes)))))
    return most_frequent(counts)


def take_ranking(work: Work, grown: Grown) -> None:
    """Make a list the newest of its locale; where the present one is as good, only note how much it stands for."""
    lock_memory(work.session)
    newest = work.session.scalars(
        select(MemoryRanking)
        .where(MemoryRanking.source_locale == grown.source_locale)
        .order_by(MemoryRanking.version.desc())
        .limit(1)
    ).one_or_none()
    if newest is not None and not newest.complete:
        return
    if newest is not None and _alike(newest.words, grown.words):
        newest.sources = grown.sources
        return
    empty = work.session.scalar(
        select(MemorySource.id).where(MemorySource.source_locale == grown.source_locale).limit(1)
    )
    work.session.add(
        MemoryRanking(
            source_locale=grown.source_locale,
            version=(newest.version if newest else 0) + 1,
            words=list(grown.words),
            sources=grown.sources,
            complete=empty is None,
            made_at=work.now,
        )
    )


def file_some_anew(work: Work, *, limit: int = FILED_AT_ONCE) -> bool:
    """File the next sources by their locale's newest list; tell whether there is more to do."""
    lock_memory(work.session)
    stray = work.session.scalars(
        select(MemorySource).where(MemorySource.ranking == NOT_FILED).order_by(MemorySource.id).limit(limit)
    ).all()
    if stray:
        locale = stray[0].source_locale
        newest = work.session.scalar(
            select(func.max(MemoryRanking.version)).where(MemoryRanking.source_locale == locale)
        )
        same = [source for source in stray if source.source_locale == locale]
        file_anew(work.session, same, ranking_of(work.session, locale, newest or 0))
        return True
    ranking = work.session.scalars(
        select(MemoryRanking).where(MemoryRanking.complete.is_(False)).limit(1)
    ).one_or_none()
    if ranking is None:
        return False
    sources = work.session.scalars(
        select(MemorySource)
        .where(MemorySource.source_locale == ranking.source_locale, MemorySource.id > ranking.filed_to)
        .order_by(MemorySource.id)
        .limit(limit)
    ).all()
    if sources:
        stale = [source for source in sources if source.ranking != ranking.version]
        file_anew(work.session, stale, ranking_of(work.session, ranking.source_locale, ranking.version))
        ranking.filed_to = sources[-1].id
        return True
    ranking.complete = True
    work.session.execute(
        delete(MemoryRanking).where(
            MemoryRanking.source_locale == ranking.source_locale, MemoryRanking.version < ranking.version
        )
    )
    return True


def _alike(present: list[str], new: tuple[str, ...]) -> bool:
    """Tell whether two lists begin with the same words, whatever their order."""
    first, second = set(present[:_COMPARED]), set(new[:_COMPARED])
    return len(first & second) >= SAME_LIST * max(len(first), len(second))
