"""Reading the term base: its list for people, and the terms of one pair of languages for drafts and editors."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product

from sqlalchemy import ColumnElement, Text, and_, cast, func, or_, select
from sqlalchemy.orm import Session

from service.domain.characters import clean_line
from service.domain.concepts import ConceptDraft, TermDraft
from service.domain.concordance import LONGEST_QUERY
from service.domain.errors import NotFound
from service.domain.locales import NAMES
from service.domain.term_keys import CASED, VERB, word_keys
from service.domain.terms import TermStatus
from service.storage.models import Concept, Term

EXPORTED_AT_ONCE = 1_000
LONGEST_LOOKED_UP = 2  # words that are looked up in their basic forms
LONGEST_WORD = 60


@dataclass(frozen=True, slots=True)
class ConceptRow:
    """A concept with its terms, the preferred ones first in each language."""

    concept: Concept
    terms: tuple[Term, ...]

    def of(self, locale: str, status: str = TermStatus.PREFERRED) -> tuple[Term, ...]:
        """Return its terms of a language in a status."""
        return tuple(term for term in self.terms if (term.locale, term.status) == (locale, status))

    @property
    def draft(self) -> ConceptDraft:
        """The concept as somebody would give it."""
        it = self.concept
        return ConceptDraft(
            tuple(
                TermDraft(term.locale, term.text, term.status, term.gender, term.case_sensitive, tuple(term.forms))
                for term in self.terms
            ),
            definition=it.definition,
            domain=it.domain,
            authority=it.authority,
            authority_date=it.authority_date,
            do_not_translate=it.do_not_translate,
            checked=it.checked,
        )


def with_terms(session: Session, concepts: Sequence[Concept]) -> list[ConceptRow]:
    """Return concepts with their terms; one statement."""
    order = {status: place for place, status in enumerate(TermStatus)}
    terms: dict[str, list[Term]] = {}
    ids = [concept.id for concept in concepts]
    if ids:
        for term in session.scalars(select(Term).where(Term.concept_id.in_(ids)).order_by(Term.locale, Term.text)):
            terms.setdefault(term.concept_id, []).append(term)
    for listed in terms.values():
        listed.sort(key=lambda term: (term.locale, order[TermStatus(term.status)], term.text))
    return [ConceptRow(concept, tuple(terms.get(concept.id, ()))) for concept in concepts]


def concept_row(session: Session, concept_id: str) -> ConceptRow:
    """Return a concept with its terms; raise `NotFound` where there is none."""
    concept = session.get(Concept, concept_id)
    if concept is None:
        raise NotFound
    return with_terms(session, [concept])[0]


def _asked_for(q: str | None, locale: str | None) -> list[ColumnElement[bool]]:
    """Return the conditions for a search; a locale asks for concepts that have a term there."""
    wanted = []
    q = clean_line((q or "")[:LONGEST_QUERY])  # SQLite takes no pattern without end; no term is as long
    if q:
        # Not every database knows the capitals of é and ü.
        spelled = {q, q.lower(), q.upper(), q[:1].upper() + q[1:].lower()}
        inside = (Term.text.icontains(one, autoescape=True) for one in sorted(spelled))
        wanted.append(or_(*inside, Term.text.in_(_basic_forms(q))))
    if locale:
        wanted.append(Term.locale == locale)
    return [select(Term.id).where(Term.concept_id == Concept.id, and_(*wanted)).exists()] if wanted else []


def _basic_forms(q: str) -> list[str]:
    """Return the terms that a word or two may be a form of: “lidstaat” for “lidstaten”, and much that is no word."""
    words = q.split()
    if not 1 <= len(words) <= LONGEST_LOOKED_UP or len(q) > LONGEST_WORD * LONGEST_LOOKED_UP:
        return []
    found = {
        " ".join(forms)
        for language in NAMES
        for forms in product(
            *([key for key in word_keys(word, language) if key[0] not in CASED + VERB] for word in words)
        )
    }
    return sorted(found | {form[:1].upper() + form[1:] for form in found})


def newest_concepts(
    session: Session,
    *,
    q: str | None = None,
    locale: str | None = None,
    after: tuple[datetime, str] | None = None,
    limit: int = 50,
) -> list[ConceptRow]:
    """Return concepts, newest first, from behind the place `after`; two statements."""
    statement = select(Concept).where(*_asked_for(q, locale))
    if after is not None:
        at, concept_id = after
        before = and_(Concept.created_at == at, Concept.id > concept_id)
        statement = statement.where(or_(Concept.created_at < at, before))
    ordered = statement.order_by(Concept.created_at.desc(), Concept.id).limit(limit)
    return with_terms(session, session.scalars(ordered).all())


def concepts_by_name(
    session: Session, source_locale: str, *, q: str | None = None, offset: int = 0, limit: int = 50
) -> tuple[list[ConceptRow], int]:
    """Return concepts by their source term, and how many there are in all; three statements."""
    found = _asked_for(q, None)
    name = (
        select(func.min(func.lower(Term.text)))
        .where(Term.concept_id == Concept.id, Term.locale == source_locale)
        .scalar_subquery()
    )
    statement = select(Concept).where(*found).order_by(name.is_(None), name, Concept.id).offset(offset).limit(limit)
    count = session.scalar(select(func.count(Concept.id)).where(*found)) or 0
    return with_terms(session, session.scalars(statement).all()), count


def every_concept(session: Session) -> Iterator[ConceptRow]:
    """Yield all concepts, oldest first, some at a time."""
    after: tuple[datetime, str] | None = None
    while True:
        statement = select(Concept).order_by(Concept.created_at, Concept.id).limit(EXPORTED_AT_ONCE)
        if after is not None:
            at, concept_id = after
            later = or_(Concept.created_at > at, and_(Concept.created_at == at, Concept.id > concept_id))
            statement = statement.where(later)
        concepts = session.scalars(statement).all()
        yield from with_terms(session, concepts)
        if len(concepts) < EXPORTED_AT_ONCE:
            return
        after = concepts[-1].created_at, concepts[-1].id
        session.expunge_all()


def term_locales(session: Session) -> list[str]:
    """Return the languages that the term base has terms of."""
    return list(session.scalars(select(Term.locale).distinct().order_by(Term.locale)))


def term_details(session: Session) -> set[tuple[str, str]]:
    """Return which details terms have at all, each with the language of such a term."""
    filled = {
        "gender": Term.gender.is_not(None),
        "forms": cast(Term.forms, Text) != "[]",
        "case_sensitive": Term.case_sensitive,
    }
    return {
        (locale, detail)
        for detail, has_it in filled.items()
        for locale in session.scalars(select(Term.locale).where(has_it).distinct())
    }


def concepts_by_id(session: Session, ids: Collection[str]) -> dict[str, ConceptRow]:
    """Return those of the concepts that there are; two statements."""
    concepts = session.scalars(select(Concept).where(Concept.id.in_(ids))).all() if ids else []
    return {row.concept.id: row for row in with_terms(session, concepts)}


def concepts_by_term(session: Session, terms: Collection[tuple[str, str]]) -> dict[tuple[str, str], list[ConceptRow]]:
    """Return the concepts that have one of the terms, given as (locale, text); two statements for each locale."""
    texts: dict[str, set[str]] = {}
    for locale, text in terms:
        texts.setdefault(locale, set()).add(text)
    rows: dict[tuple[str, str], list[ConceptRow]] = {}
    for locale, wanted in texts.items():
        named = select(Term.concept_id).where(Term.locale == locale, Term.text.in_(wanted))
        concepts = session.scalars(
            select(Concept).where(Concept.id.in_(named)).order_by(Concept.created_at, Concept.id)
        )
        for row in with_terms(session, concepts.all()):
            for term in row.terms:
                if term.locale == locale and term.text in wanted:
                    rows.setdefault((locale, term.text), []).append(row)
    return rows
