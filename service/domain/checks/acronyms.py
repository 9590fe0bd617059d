"""The check that the acronyms of a source stand in the translation, as they are or as its language has them.

What an acronym is and how it is looked for is told in `domain.acronyms`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from service.domain.acronyms import Acronym, AcronymFound, AcronymsThere, acronyms_of
from service.domain.checks.base import Finding, Pair, Severity, Span
from service.domain.checks.edits import MOST_PLACES
from service.domain.errors import N_
from service.domain.terms import TermHit


@dataclass(frozen=True, slots=True)
class Acronyms:
    """An acronym stands in the translation, or what the language or the office calls it, short or in full.

    Where the translation has another one that the source has not, it may be one that no list knows: that is told as
    information.
    """

    code: str = "acronyms"
    severity: Severity = Severity.WARNING

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield a finding for each acronym that is missing or wrong, up to a few."""
        yield from islice(self._all(pair), MOST_PLACES)

    def _all(self, pair: Pair) -> Iterator[Finding]:
        acronyms = acronyms_of(pair.source_blanked, pair.source_locale)
        if not acronyms or pair.target_blanked == pair.target_blanked.upper():
            return
        addresses = [(one.start, one.end) for one in pair.source_addresses]
        there = AcronymsThere(pair.target_blanked, pair.target_locale, pair.source_blanked, pair.source_locale)
        seen: set[str] = set()
        for acronym in acronyms:
            if acronym.text in seen or any(start < acronym.end and acronym.start < end for start, end in addresses):
                continue
            seen.add(acronym.text)
            found = there.find(acronym)
            if (found is None or not found.exact) and not _is_fit_term(acronym, pair):
                yield self._finding(acronym, found, there)

    def _finding(self, acronym: Acronym, found: AcronymFound | None, there: AcronymsThere) -> Finding:
        source = Span(acronym.start, acronym.end)
        if found is None:
            template = N_("“%(acronym)s” is not in the translation, neither short nor in full.")
            severity = Severity.INFO if there.has_others else self.severity
            return Finding(self.code, severity, template, {"acronym": acronym.text}, source)
        target = Span(found.start, found.end)
        if found.text == acronym.text:
            template = N_("“%(acronym)s” is “%(right)s” in this language.")
            facts = {"acronym": acronym.text, "right": found.right}
        else:
            template = N_("“%(written)s” looks like “%(right)s”, miswritten.")
            facts = {"written": found.text, "right": found.right}
        return Finding(self.code, self.severity, template, facts, source, target)


def _is_fit_term(acronym: Acronym, pair: Pair) -> bool:
    """Tell whether it is a term, or a part of one, for which a fit one stands in the translation."""
    return any(_has_fit(hit, pair) for hit in pair.term_hits if hit.start <= acronym.start and acronym.end <= hit.end)


def _has_fit(hit: TermHit, pair: Pair) -> bool:
    if hit.compound or not (hit.term.do_not_translate or any(target.is_fit for target in hit.term.targets)):
        return False
    return pair.target_text.has_fit(hit.term)
