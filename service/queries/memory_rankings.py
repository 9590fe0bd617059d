"""The lists of frequent words by which the memory's sources are filed, kept by each process, for they never change."""

from __future__ import annotations

import threading
from weakref import WeakKeyDictionary

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import Pool

from service.domain.matching.postings import Ranking
from service.storage.models import MemoryRanking

NONE = Ranking()
_KEPT: WeakKeyDictionary[Pool, dict[tuple[str, int], Ranking]] = WeakKeyDictionary()
_LOCK = threading.Lock()


_VERSIONS = (
    select(MemoryRanking.version, MemoryRanking.complete)
    .where(MemoryRanking.source_locale == bindparam("source_locale"))
    .order_by(MemoryRanking.version)
)


def rankings(session: Session, source_locale: str) -> tuple[Ranking, ...]:
    """Return every version that a source may be filed by now, the newest last; one statement, two after a change."""
    rows = session.connection().execute(_VERSIONS, {"source_locale": source_locale}).all()
    first = max((place for place, row in enumerate(rows) if row.complete), default=None)
    asked = [ranking_of(session, source_locale, row.version) for row in rows[first or 0 :]]
    return tuple(asked) if first is not None else (NONE, *asked)


def newest_ranking(session: Session, source_locale: str) -> Ranking:
    """Return the version by which new sources are filed."""
    return rankings(session, source_locale)[-1]


def ranking_of(session: Session, source_locale: str, version: int) -> Ranking:
    """Return one version of a locale's list; 0 is the empty one."""
    if version == NONE.version:
        return NONE
    pool = session.get_bind().engine.pool
    with _LOCK:
        kept = _KEPT.setdefault(pool, {}).get((source_locale, version))
    if kept is None:
        words = session.scalars(
            select(MemoryRanking.words).where(
                MemoryRanking.source_locale == source_locale, MemoryRanking.version == version
            )
        ).one()
        kept = Ranking.of(version, words)
        with _LOCK:
            _KEPT.setdefault(pool, {})[source_locale, version] = kept
    return kept
