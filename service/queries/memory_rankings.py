"""The lists of frequent words by which the memory's sources are filed, kept by each process, for they never change."""

from __future__ import annotations

import threading
from typing import NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import Pool

from service.domain.matching.postings import Ranking
from service.storage.models import MemoryRanking

NONE = Ranking()
_KEPT: WeakKeyDictionary[Pool, dict[tuple[str, int], Ranking]] = WeakKeyDictionary()
_LAST: WeakKeyDictionary[Pool, dict[str, Asked]] = WeakKeyDictionary()
_LOCK = threading.Lock()
_VERSIONS = (
    select(MemoryRanking.version, MemoryRanking.complete)
    .where(MemoryRanking.source_locale == bindparam("source_locale"))
    .order_by(MemoryRanking.version)
)


class Asked(NamedTuple):
    """Every version that a source may be filed by, the newest last; `stand` is what the database says of them then."""

    rankings: tuple[Ranking, ...]
    stand: str | None


def rankings(session: Session, source_locale: str) -> tuple[Ranking, ...]:
    """Return every version that a source may be filed by now, the newest last; one statement, two after a change."""
    return asked_now(session, source_locale).rankings


def asked_now(session: Session, source_locale: str) -> Asked:
    """Return the versions with their stand."""
    rows = session.connection().execute(_VERSIONS, {"source_locale": source_locale}).all()
    first = max((place for place, row in enumerate(rows) if row.complete), default=None)
    versions = tuple(ranking_of(session, source_locale, row.version) for row in rows[first or 0 :])
    stand = ",".join(f"{row.version}:{int(row.complete)}" for row in rows)
    asked = Asked(versions if first is not None else (NONE, *versions), stand or None)
    with _LOCK:
        _LAST.setdefault(session.get_bind().engine.pool, {})[source_locale] = asked
    return asked


def last_asked(session: Session, source_locale: str) -> Asked:
    """Return what this process knew last; whoever goes by it looks whether `stand_of` still says the same."""
    with _LOCK:
        last = _LAST.get(session.get_bind().engine.pool, {}).get(source_locale)
    return last or asked_now(session, source_locale)


def stand_of(dialect: str, mark: str) -> str:
    """Return what selects the stand of a locale's versions; `mark` stands for the locale."""
    joined = "string_agg" if dialect == "postgresql" else "group_concat"
    versions = f"SELECT version, complete FROM memory_ranking WHERE source_locale = {mark} ORDER BY version"  # noqa: S608 - ours
    return f"SELECT {joined}(version || ':' || CAST(complete AS integer), ',') FROM ({versions}) AS filed_by"  # noqa: S608 - ours


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
