"""The terms of one pair of languages, kept in memory until somebody changes one of them.

Each process keeps its own, for all its requests. Whether it is still the present one is asked of the database every
time, in one small statement, so that a change counts from the next draft on.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.pool import Pool

from service.domain.term_base import TermBase
from service.domain.terms import SourceTerm, TargetTerm, TermStatus
from service.storage.models import Concept, Term, TermCount


@dataclass(slots=True)
class _Place:
    """Where a pair's terms are kept; who loads them holds the lock, and the others wait for what comes."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    stamp: int = -1
    base: TermBase | None = None


_KEPT: WeakKeyDictionary[Pool, dict[tuple[str, str], _Place]] = WeakKeyDictionary()
_LOCK = threading.Lock()
_STAMP = select(TermCount.changes)
_ORDER = {status.value: place for place, status in enumerate(TermStatus)}


def term_base(session: Session, source_locale: str, target_locale: str, *, stamp: int | None = None) -> TermBase:
    """Return the terms of the pair as they stand now; one statement, and a second one after a change.

    Whoever has asked for the `stamp` in this session already saves the first.
    """
    pair = source_locale, target_locale
    if stamp is None:
        stamp = term_stamp(session)
    with _LOCK:
        place = _KEPT.setdefault(session.get_bind().engine.pool, {}).setdefault(pair, _Place())
    with place.lock:  # whoever loads has a connection already, from the statement above
        if place.base is None or place.stamp != stamp:
            place.base = TermBase(_source_terms(session, *pair), source_locale)
            place.stamp = stamp
        return place.base


def term_stamp(session: Session) -> int:
    """Return how often the term base was changed: it is the same where this is."""
    return session.execute(_STAMP).scalar_one()


def _source_terms(session: Session, source_locale: str, target_locale: str) -> Iterable[SourceTerm]:
    """Yield the terms of the source language; those of its own country count before those of the language at large."""
    sources, targets = (_from_near_to_far(locale) for locale in (source_locale, target_locale))
    rows = session.execute(
        select(Term.concept_id, Term.locale, Term.text, Term.status, Term.case_sensitive, Term.forms)
        .add_columns(Term.gender, Concept.do_not_translate)
        .join(Concept, Concept.id == Term.concept_id)
        .where(Term.locale.in_({*sources, *targets}))
        .order_by(Concept.created_at, Concept.id, Term.text)
    ).all()
    called: dict[str, dict[str, list[TargetTerm]]] = {}
    for row in rows:
        if row.locale in targets:
            listed = called.setdefault(row.concept_id, {}).setdefault(row.locale, [])
            status = TermStatus(row.status)
            listed.append(TargetTerm(row.text, status, tuple(row.forms), row.case_sensitive, row.gender))
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
            status=TermStatus(row.status),
            gender=row.gender,
        )


def _from_near_to_far(locale: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((locale, locale.partition("-")[0])))
