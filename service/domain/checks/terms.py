"""The checks of the office's terms: none that it forbids, none lost that stays as it is, and the one that it prefers.

Where the terms stand is told in `term_base` and `term_targets`. Only hits of a term itself count: at the end of a
compound a word may be something else, and nothing is said of it. Nor is a preferred term missed where a word of the
source may be a verb that only looks like a form of one; `term_forms` tells them apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from service.domain.checks.base import Finding, Pair, Severity, Span
from service.domain.checks.edits import MOST_PLACES
from service.domain.checks.term_forms import is_sure
from service.domain.errors import N_
from service.domain.locales import language_of
from service.domain.matching.adjoining import fact_fits
from service.domain.term_pieces import cut_pieces
from service.domain.term_targets import TargetHit
from service.domain.terms import SourceTerm, TargetTerm, TermHit, TermStatus

SHORTEST_INSIDE = 5  # letters of a term that may be the beginning of a word
_BEFORE = 12  # characters before a term in which its article stands


@dataclass(frozen=True, slots=True)
class TermsForbidden:
    """No term that the office forbids for a concept of the source stands in the translation.

    One that is merely out of use is a warning. A word that is fit for another concept of the source is left alone.
    """

    code: str = "terms_forbidden"
    severity: Severity = Severity.ERROR

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield a finding for each such term, up to a few, with the preferred one as its fix where its form is sure."""
        hits = _told(pair.term_hits)
        if any(not target.is_fit for hit in hits for target in hit.term.targets):
            yield from (self._finding(pair, hit, there) for hit, there in islice(_unfit(pair, hits), MOST_PLACES))

    def _finding(self, pair: Pair, hit: TermHit, there: TargetHit) -> Finding:
        preferred = _preferred(hit.term)
        facts = {"term": there.text, "source": hit.text}
        is_forbidden = there.target.status is TermStatus.FORBIDDEN
        if preferred is None:
            template = (
                N_("The office does not say “%(term)s” for “%(source)s”.")
                if is_forbidden
                else N_("“%(term)s” is out of use for “%(source)s”.")
            )
        else:
            facts["preferred"] = preferred.text
            template = (
                N_("For “%(source)s” the office says “%(preferred)s”, never “%(term)s”.")
                if is_forbidden
                else N_("For “%(source)s” the office says “%(preferred)s”; “%(term)s” is out of use.")
            )
        severity = self.severity if is_forbidden else Severity.WARNING
        source, target = Span(hit.start, hit.end), Span(there.start, there.end)
        return Finding(self.code, severity, template, facts, source, target, _fix(pair, there, preferred))


@dataclass(frozen=True, slots=True)
class TermsDoNotTranslate:
    """A name that the office does not translate stands in the translation as it is written in the source."""

    code: str = "terms_do_not_translate"
    severity: Severity = Severity.ERROR

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield a finding for each name that is missing, up to a few."""
        for hit in islice(_missing(pair, _is_lost, _is_exact), MOST_PLACES):
            template = N_("“%(term)s” is not translated and belongs in the translation as it is.")
            yield Finding(self.code, self.severity, template, {"term": hit.text}, Span(hit.start, hit.end))


@dataclass(frozen=True, slots=True)
class TermsPreferred:
    """Where a term of the office stands in the source, the translation has one that the office holds to be fit.

    Any of them will do, in whatever form, and of several concepts that are called alike any one's. A term that is
    forbidden has been told of already.
    """

    code: str = "terms_preferred"
    severity: Severity = Severity.WARNING

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield a finding for each term of the source that has none of its own in the translation, up to a few."""
        for hit in islice(_missing(pair, _is_missed, is_sure), MOST_PLACES):
            template = N_("For “%(source)s” the office says “%(preferred)s”; the translation has it nowhere.")
            facts = {"source": hit.text, "preferred": hit.term.preferred}
            yield Finding(self.code, self.severity, template, facts, Span(hit.start, hit.end))


def _told(hits: Iterable[TermHit]) -> list[TermHit]:
    return [hit for hit in hits if not hit.compound]


def _by_place(hits: Sequence[TermHit]) -> list[list[TermHit]]:
    """Return the hits of each place together: concepts that are called alike, of which the text means one."""
    places: dict[tuple[int, int], list[TermHit]] = {}
    for hit in hits:
        places.setdefault((hit.start, hit.end), []).append(hit)
    return list(places.values())


def _missing(
    pair: Pair, is_missing: Callable[[Pair, TermHit], bool], counts: Callable[[Pair, TermHit], bool]
) -> Iterator[TermHit]:
    """Yield the first hit of each concept that the target lacks, where it lacks all that are called alike.

    A term is looked for once, however often it is written in the same way; whether a hit `counts` its place tells.
    """
    known: dict[tuple[str, str], bool] = {}
    told: set[str] = set()
    for hits in _by_place(_told(pair.term_hits)):
        for hit in hits:
            if (hit.term.concept, hit.text) not in known:
                known[hit.term.concept, hit.text] = is_missing(pair, hit)
        concept = hits[0].term.concept
        if concept not in told and all(known[hit.term.concept, hit.text] and counts(pair, hit) for hit in hits):
            told.add(concept)
            yield hits[0]


def _unfit(pair: Pair, hits: Sequence[TermHit]) -> Iterator[tuple[TermHit, TargetHit]]:
    """Yield each term in the target that is not fit for its concept nor for another, with where the concept stands."""
    found = [there for there in pair.target_text.find(hit.term for hit in hits) if not there.compound]
    fit = {(there.start, there.end) for there in found if there.target.is_fit}
    first = {hit.term: hit for hit in reversed(hits)}
    told = set(fit)
    for there in found:
        place = there.start, there.end
        if place not in told:
            told.add(place)
            yield first[there.term], there


def _preferred(term: SourceTerm) -> TargetTerm | None:
    return next((target for target in term.targets if target.status is TermStatus.PREFERRED), None)


def _fix(pair: Pair, there: TargetHit, preferred: TargetTerm | None) -> str | None:
    """Return what belongs in the place of a term in its basic form; None where its neighbours might have to change."""
    if preferred is None or there.text.casefold() != there.target.text.casefold():
        return None
    written = pair.target[there.start : there.end]
    genders = {there.target.gender, preferred.gender} - {None}
    before = pair.target_blanked[max(0, there.start - _BEFORE) : there.start]
    tongue = language_of(pair.target_locale)
    if written != there.text or len(genders) > 1 or not fact_fits(before, there.text, preferred.text, tongue):
        return None
    if there.text[0].isupper() and not there.target.text[0].isupper():
        return preferred.text[0].upper() + preferred.text[1:]
    return preferred.text


def _is_exact(_pair: Pair, hit: TermHit) -> bool:
    return hit.exact


def _is_lost(pair: Pair, hit: TermHit) -> bool:
    """Tell whether a name is not in the target as it is written, nor in capitals."""
    if not hit.term.do_not_translate or pair.target_text.has_fit(hit.term):
        return False
    spellings = "|".join(re.escape(text) for text in (hit.text, hit.term.text.upper()))
    return re.search(rf"(?<![^\W_])(?:{spellings})(?![^\W_])", pair.target_plain) is None


def _is_missed(pair: Pair, hit: TermHit) -> bool:
    """Tell whether the target has nothing of what the office calls a concept, neither fit nor unfit.

    The words of a term may stand apart, as those of “présidence du Conseil” do in “la présidence belge du Conseil”, or
    have other capitals or endings: “premier ministre”, “Premierministerin”.
    """
    term = hit.term
    if term.do_not_translate or not term.preferred:
        return False
    if pair.target_text.has_fit(term) or pair.target_text.find((term,)):
        return False
    return not any(_stands_loosely(pair, target) for target in term.targets if target.is_fit)


def _stands_loosely(pair: Pair, target: TargetTerm) -> bool:
    if len(target.text) >= SHORTEST_INSIDE and target.text.casefold() in pair.target_plain.casefold():
        return True
    words = [piece.text for piece in cut_pieces(target.text) if piece.is_word]
    return len(words) > 1 and all(pair.target_text.has_fit(SourceTerm("", word, (TargetTerm(word),))) for word in words)
