"""Making an offer of what was found: its score with what counts against it, its codes as the segment has them, mended.

Against a match count, each once: that it came from a file (`import`), that no person answers for it (`machine`), and
that it does not say what the office calls a thing since (`older_than_term`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.domain.matching.matches import POLARITY, Match, MatchKind
from service.domain.matching.recoding import recoded
from service.domain.matching.repair import repair
from service.domain.matching.scoring import EXACT, IN_CONTEXT, polarity_differs
from service.domain.matching.tokens import tokens_of
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
    wanted: CodedText, match: Match, *, pair: tuple[str, str], hits: Sequence[TermHit], standing: Standing
) -> Match:
    """Return a match as it is offered for a segment; `hits` are the terms in the segment."""
    if match.kind is MatchKind.FUZZY:
        match = _fitted(wanted, match, pair, hits)
    raw = IN_CONTEXT if match.kind is MatchKind.CONTEXT else match.score
    against = tuple(name for name in PENALTIES if _counts(name, match, standing))
    score = raw - sum(PENALTIES[name] for name in against)
    warnings: tuple[str, ...] = ()
    if raw < EXACT and polarity_differs(tokens_of(wanted), tokens_of(match.source), pair[0]):
        warnings = (POLARITY,)
    return replace(match, score=score, penalties=against, warnings=warnings)


def _fitted(wanted: CodedText, match: Match, pair: tuple[str, str], hits: Sequence[TermHit]) -> Match:
    """Return a match with the codes of the segment, mended where that is certain."""
    target = recoded(match.target, match.source, wanted)
    mended = repair(wanted, match.source, target, pair=pair, hits=hits)
    if mended is None:
        return replace(match, target=target)
    return replace(match, target=mended.target, mendings=mended.mendings, score=mended.score)


def _counts(name: str, match: Match, standing: Standing) -> bool:
    if name == "machine":
        return not standing.confirmed
    if name == "import":
        return standing.imported
    said = match.target.casefold()
    terms = (hit.term.preferred.casefold() for hit in standing.newer_terms if not hit.compound)
    return any(term and term not in said for term in terms)
