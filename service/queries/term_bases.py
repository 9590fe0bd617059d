"""The terms of one pair of languages, kept in memory until somebody changes one of them.

Each process keeps its own. Whether it is still the present one is asked of the database every time, in one small
statement, so that a change counts from the next draft on.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import Pool

from service.domain.term_base import TermBase
from service.domain.terms import SourceTerm, TargetTerm, TermStatus
from service.storage.models import Concept, Term


class Stamp(NamedTuple):
    """What changes with every change of the term base."""

    concepts: int
    versions: int
    updated_at: datetime | None


_KEPT: WeakKeyDictionary[Pool, dict[tuple[str, str], tuple[Stamp, TermBase]]] = WeakKeyDictionary()
_LOCK = threading.Lock()
_ORDER = {status.value: place for place, status in enumerate(TermStatus)}


def term_base(session: Session, source_locale: str, target_locale: str) -> TermBase:
    """Return the terms of the pair as they stand now; one statement, and a second after a change."""
    pair = source_locale, target_locale
    pool = session.get_bind().engine.pool
    stamp = term_stamp(session)
    with _LOCK:
        kept = _KEPT.setdefault(pool, {}).get(pair)
    if kept is not None and kept[0] == stamp:
        return kept[1]
    base = TermBase(_source_terms(session, *pair), source_locale)
    with _LOCK:
        _KEPT.setdefault(pool, {})[pair] = stamp, base
    return base


def term_stamp(session: Session) -> Stamp:
    """Return the stamp of the term base; one statement."""
    row = session.execute(
        select(func.count(Concept.id), func.sum(Concept.row_version), func.max(Concept.updated_at))
    ).one()
    return Stamp(row[0], int(row[1] or 0), row[2])


def _source_terms(session: Session, source_locale: str, target_locale: str) -> Iterable[SourceTerm]:
    """Yield the terms of the source language; those of its own country count before those of the language at large."""
    sources, targets = (_from_near_to_far(locale) for locale in (source_locale, target_locale))
    rows = session.execute(
        select(Term.concept_id, Term.locale, Term.text, Term.status, Term.case_sensitive, Term.forms)
        .add_columns(Concept.do_not_translate)
        .join(Concept, Concept.id == Term.concept_id)
        .where(Term.locale.in_({*sources, *targets}))
        .order_by(Concept.created_at, Concept.id, Term.text)
    ).all()
    called: dict[str, dict[str, list[TargetTerm]]] = {}
    for row in rows:
        if row.locale in targets:
            listed = called.setdefault(row.concept_id, {}).setdefault(row.locale, [])
            listed.append(TargetTerm(row.text, TermStatus(row.status)))
    for row in rows:
        if row.locale not in sources:
            continue
        by_locale = called.get(row.concept_id, {})
        nearest: list[TargetTerm] = next((by_locale[locale] for locale in targets if locale in by_locale), [])
        yield SourceTerm(
            row.concept_id,
            row.text,
            tuple(sorted(nearest, key=lambda target: (_ORDER[target.status], target.text))),
            tuple(row.forms),
            case_sensitive=row.case_sensitive,
            do_not_translate=row.do_not_translate,
        )


def _from_near_to_far(locale: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((locale, locale.partition("-")[0])))
