"""What a file says of concepts, and what becomes of a concept that is there already.

A file adds and corrects; what it leaves empty stays as it is, so the same file twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from service.domain.concepts import ConceptDraft, TermDraft
from service.domain.errors import N_, Invalid, Reason
from service.domain.terms import TermStatus

MOST_FAULTS = 20


class BadTermList(Invalid):
    """A list of which nothing is taken; `reasons` names each line that is wrong, at most twenty of them."""

    def __init__(self, reasons: Sequence[Reason]) -> None:
        """Keep the reasons, and count those that are too many to be shown."""
        super().__init__("bad_term_list", N_("Nothing of the list is taken in."), field="file")
        self.reasons = tuple(reasons[:MOST_FAULTS])
        self.more = max(len(reasons) - MOST_FAULTS, 0)

    def __str__(self) -> str:
        """Return the sentence, and a line for each reason."""
        rest = [f"… and {self.more} more."] if self.more else []
        return "\n".join([super().__str__(), *(str(reason) for reason in self.reasons), *rest])


@dataclass(frozen=True, slots=True)
class FiledConcept:
    """A concept as lines of a file give it.

    `line` is the first of them; `name` the concept's own name in the file, if it bears one; `key` the term by which it
    is known otherwise. `terms` are to be as they are given; the key's own status only counts where it is among them.
    `facts` are the fields of a `ConceptDraft` that were filled in, `details` those of terms, by their keys.
    """

    line: int
    key: tuple[str, str]
    terms: tuple[TermDraft, ...]
    name: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    details: Mapping[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict)

    @property
    def domain(self) -> str:
        """The domain that it gives."""
        return str(self.facts.get("domain", ""))


def merged(before: ConceptDraft | None, filed: FiledConcept) -> ConceptDraft:
    """Return what a concept (None for a new one) becomes by a file."""
    concept = before or ConceptDraft(())
    terms = {term.key: term for term in concept.terms}
    for said in filed.terms:
        _put(terms, said)
    if filed.key not in terms:
        locale, text = filed.key
        has_preferred = _preferred(terms.values(), locale) is not None
        terms[filed.key] = TermDraft(locale, text, TermStatus.ADMITTED if has_preferred else TermStatus.PREFERRED)
    for key, said_of in filed.details.items():
        if key in terms:
            terms[key] = replace(terms[key], **said_of)
    return replace(concept, terms=tuple(terms.values()), **filed.facts)


def _put(terms: dict[tuple[str, str], TermDraft], said: TermDraft) -> None:
    """Put a term among the others: a new preferred one takes the place of the old, which was a slip.

    What was told of the old word, its gender and its other spellings, is not told of the new one.
    """
    standing = terms.get(said.key)
    if standing is not None and standing.status == said.status:
        return
    if said.status == TermStatus.PREFERRED:
        old = _preferred(terms.values(), said.locale)
        if old is not None and standing is None:
            del terms[old.key]
            terms[said.key] = said
            return
        if old is not None:
            terms[old.key] = replace(old, status=TermStatus.ADMITTED)
    terms[said.key] = replace(standing or said, status=said.status)


def _preferred(terms: Iterable[TermDraft], locale: str) -> TermDraft | None:
    return next((term for term in terms if (term.locale, term.status) == (locale, TermStatus.PREFERRED)), None)


def same_concept(candidates: Sequence[ConceptDraft], filed: FiledConcept) -> int | None:
    """Return which of the concepts with its key is meant, the one that has most terms in common with it.

    That is one of its domain, or else one that has none yet; without a domain it may be any.
    """
    said = {term.key for term in filed.terms}
    alike = [len(said & {term.key for term in candidate.terms}) for candidate in candidates]
    for fits in ({filed.domain}, {""}, None):
        places = [place for place, one in enumerate(candidates) if fits is None or one.domain in fits]
        if places and (fits is not None or not filed.domain):
            return max(places, key=lambda place: alike[place])
    return None
