"""Making an offer of what was found: its score with what counts against it, its codes as the segment has them, mended.

Against a match count, each once: that it came from a file (`import`), that no person answers for it (`machine`), and
that it does not say what the office calls a thing since (`older_than_term`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from service.domain.matching.differing import FindTerms
from service.domain.matching.matches import NUMBERS, POLARITY, Match, MatchKind
from service.domain.matching.recoding import recoded
from service.domain.matching.repair import repair
from service.domain.matching.scoring import EXACT, IN_CONTEXT, polarity_differs
from service.domain.matching.stating import state_the_same
from service.domain.matching.tokens import tokens_of
from service.domain.term_targets import TargetText
from service.domain.terms import TermHit
from service.domain.text import CodedText

PENALTIES = {"machine": 10, "import": 5, "older_than_term": 5}


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a unit beside its text: `newer_terms` are hits in the segment that changed after it."""

    imported: bool = False
    confirmed: bool = True
    newer_terms: tuple[TermHit, ...] = ()


def offer(
    wanted: CodedText, match: Match, *, pair: tuple[str, str], find_terms: FindTerms, standing: Standing
) -> Match:
    """Return a match as it is offered for a segment; `find_terms` tells the terms in a source."""
    if match.kind is MatchKind.FUZZY:
        match = _fitted(wanted, match, pair, find_terms)
    raw = IN_CONTEXT if match.kind is MatchKind.CONTEXT else match.score
    against = tuple(_against(CodedText(match.target, wanted.codes), standing, pair[1]))
    score = raw - sum(PENALTIES[name] for name in against)
    warnings = tuple(_warnings(wanted, match, pair[0])) if raw < EXACT else ()
    return replace(match, score=score, penalties=against, warnings=warnings)


def _warnings(wanted: CodedText, match: Match, locale: str) -> Iterator[str]:
    """Yield what a person should see before they take a match that is not equal, whatever its score."""
    here, there = tokens_of(wanted), tokens_of(match.source)
    if polarity_differs(here, there, locale):
        yield POLARITY
    if not match.mendings and not state_the_same(wanted, match.source, locale):
        yield NUMBERS


def _fitted(wanted: CodedText, match: Match, pair: tuple[str, str], find_terms: FindTerms) -> Match:
    """Return a match with the codes of the segment, mended where that is certain."""
    target = recoded(match.target, match.source, wanted)
    mended = repair(wanted, match.source, target, pair=pair, find_terms=find_terms)
    if mended is None:
        return replace(match, target=target)
    return replace(match, target=mended.target, mendings=mended.mendings, score=mended.score)


def _against(target: CodedText, standing: Standing, locale: str) -> Iterator[str]:
    """Yield what counts against a match."""
    if not standing.confirmed:
        yield "machine"
    if standing.imported:
        yield "import"
    terms = [hit.term for hit in standing.newer_terms if hit.term.preferred and not hit.compound]
    if terms:
        said = TargetText(target, locale)
        if not all(said.has_fit(term) for term in terms):
            yield "older_than_term"
