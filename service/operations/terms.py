"""Changing the term base: concepts added, changed and removed; lists of them are for `term_import`.

A reviewer answers for the terms of their own languages; an administrator for all. The audit notes which concept and
which languages, never a term: what the office calls a thing may still be secret.

One transaction at a time changes the term base, and each counts itself: what is kept of it in memory is compared by
that count, and so is a preview with what stands when it is confirmed.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import delete, select, update

from service.domain import permissions
from service.domain.concepts import (
    ConceptDraft,
    TermDraft,
    checked_concept,
    in_counted_locales,
    is_same,
    touched_locales,
)
from service.domain.errors import N_, NotAllowed, NotFound, Stale
from service.domain.permissions import Actor
from service.operations import audit
from service.operations.context import Work
from service.operations.loading import Seen, is_seen
from service.queries.terms import ConceptRow, with_terms
from service.storage.base import new_id
from service.storage.models import Concept, Term, TermCount

Change = Callable[[ConceptDraft], ConceptDraft]


def demand_keeper(actor: Actor) -> None:
    """Raise `NotAllowed` for whoever may change terms of no language at all."""
    if not permissions.may_keep_terms(actor):
        _refuse()


def lock_terms(work: Work) -> int:
    """Let no other transaction change the term base until this one ends; return how often it was changed so far."""
    return work.session.execute(select(TermCount.changes).with_for_update()).scalar_one()


def count_change(work: Work) -> None:
    """Count this transaction among the changes of the term base."""
    changed = update(TermCount).values(changes=TermCount.changes + 1)
    work.session.execute(changed.execution_options(synchronize_session=False))


def add_concept(work: Work, draft: ConceptDraft) -> Concept:
    """Add a concept with its terms; `fr-CA` stands for the office's `fr`."""
    lock_terms(work)
    touched, concept, terms = new_concept(work, checked_concept(in_counted_locales(draft, _locales(work))))
    work.session.add(concept)
    work.session.flush()
    work.session.add_all(terms)
    work.session.flush()
    count_change(work)
    audit.record(work, "concept.added", concept.id, locales=sorted(touched))
    return concept


def new_concept(work: Work, draft: ConceptDraft) -> tuple[frozenset[str], Concept, list[Term]]:
    """Return the languages that a new concept concerns, and its rows, which are not in the session yet."""
    touched = _demand_languages(work, None, draft)
    facts = _facts(draft)
    concept = Concept(
        id=new_id("con"), created_by=work.actor.user_id, created_at=work.now, updated_at=work.now, **facts
    )
    return touched, concept, [Term(concept_id=concept.id, **_columns(term)) for term in draft.terms]


def change_concept(work: Work, concept_id: str, change: Change, *, row_version: Seen = None) -> Concept:
    """Make of the concept what `change` makes of it; where nothing changes, nothing is written.

    A tag that none of its terms bears yet stands for the office's own, as in `add_concept`. Raises `Stale` when the
    concept is no longer at `row_version` (None asks for no check).
    """
    row = _locked(work, concept_id, row_version)
    after = in_counted_locales(change(row.draft), _locales(work), kept={term.locale for term in row.terms})
    touched = write_concept(work, row, checked_concept(after))
    if touched is not None:
        count_change(work)
        audit.record(work, "concept.changed", concept_id, locales=sorted(touched))
    return row.concept


def write_concept(work: Work, row: ConceptRow, after: ConceptDraft) -> frozenset[str] | None:
    """Bring a concept and its terms into a form that was checked; lock, count and audit are the caller's.

    Returns the languages that the change concerns, None where nothing changes.
    """
    before = row.draft
    if is_same(before, after):
        return None
    touched = _demand_languages(work, before, after)
    concept = row.concept
    for name, value in _facts(after).items():
        setattr(concept, name, value)
    standing = {(term.locale, term.text): term for term in row.terms}
    wanted = {term.key: term for term in after.terms}
    gone = [term.id for key, term in standing.items() if key not in wanted]
    if gone:
        work.session.execute(delete(Term).where(Term.id.in_(gone)).execution_options(synchronize_session=False))
    for key, term in wanted.items():
        if key not in standing:
            work.session.add(Term(concept_id=concept.id, **_columns(term)))
            continue
        for name, value in _columns(term).items():
            setattr(standing[key], name, value)
    concept.row_version += 1
    concept.updated_at = work.now
    work.session.flush()
    return touched


def remove_concept(work: Work, concept_id: str, *, row_version: Seen = None) -> None:
    """Remove a concept and its terms."""
    row = _locked(work, concept_id, row_version)
    touched = _demand_languages(work, row.draft, None)
    work.session.execute(delete(Term).where(Term.concept_id == concept_id))
    work.session.execute(delete(Concept).where(Concept.id == concept_id))
    count_change(work)
    audit.record(work, "concept.removed", concept_id, locales=sorted(touched))


def _locales(work: Work) -> tuple[str, ...]:
    return work.office.source_locale, *work.office.target_locales


def _locked(work: Work, concept_id: str, row_version: Seen) -> ConceptRow:
    demand_keeper(work.actor)
    lock_terms(work)
    concept = work.session.scalar(
        select(Concept).where(Concept.id == concept_id).execution_options(populate_existing=True)
    )
    if concept is None:
        raise NotFound
    if not is_seen(row_version, concept.row_version):
        raise Stale(
            "stale_concept",
            N_("Somebody changed this concept since you read it."),
            row_version=concept.row_version,
        )
    return with_terms(work.session, [concept])[0]


def _demand_languages(work: Work, before: ConceptDraft | None, after: ConceptDraft | None) -> frozenset[str]:
    """Return the languages that a change concerns; raise `NotAllowed` where the actor does not answer for them all."""
    office = work.office
    touched = touched_locales(before, after, source_locale=office.source_locale, targets=office.target_locales)
    if not permissions.may_change_terms(work.actor, touched):
        _refuse()
    return touched


def _refuse() -> None:
    raise NotAllowed("not_allowed", N_("Terms are for the reviewers of their languages, and for administrators."))


def _facts(draft: ConceptDraft) -> dict[str, object]:
    return {
        "definition": draft.definition,
        "domain": draft.domain,
        "authority": draft.authority,
        "authority_date": draft.authority_date,
        "do_not_translate": draft.do_not_translate,
        "checked": draft.checked,
    }


def _columns(term: TermDraft) -> dict[str, object]:
    return {
        "locale": term.locale,
        "text": term.text,
        "status": str(term.status),
        "gender": term.gender,
        "case_sensitive": term.case_sensitive,
        "forms": list(term.forms),
    }
