"""Mending a match that differs from a segment in facts alone: another number, date or name in place of the old one.

The old fact must stand in the target exactly once, as the target's language writes it. Whatever else differs between
the two sources, one word or one mark, leaves the match as it is. What differs is told in `differing`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from service.domain.facts.calendar import LANGUAGES
from service.domain.facts.parts import facts_of
from service.domain.locales import language_of
from service.domain.matching.adjoining import fact_fits, name_fits
from service.domain.matching.differing import Difference, FindTerms, Side, difference
from service.domain.matching.matches import Mending
from service.domain.matching.rewriting import Replacement, Said, rewritten, same
from service.domain.matching.scoring import score
from service.domain.matching.tokens import Kind, as_compared, tokens_of
from service.domain.term_pieces import without_markers
from service.domain.text import CodedText

MENDED_FACTS = 99
MENDED_NAMES = 97


@dataclass(frozen=True, slots=True)
class Repaired:
    """A target that was mended, what was replaced in it, and what it scores now."""

    target: str
    mendings: tuple[Mending, ...]
    score: int


def repair(
    wanted: CodedText, source: CodedText, target: str, *, pair: tuple[str, str], find_terms: FindTerms
) -> Repaired | None:
    """Return the target of `source` mended for `wanted`, or None where that is unsure.

    The target has the codes of `wanted` already. Terms are looked for in the sources, and only where names may differ.
    """
    here, there = (language_of(locale) for locale in pair)
    if not LANGUAGES.issuperset({here, there}):
        return None
    before, after = (Side(coded, here, find_terms) for coded in (source, wanted))
    differs = difference(before, after)
    if differs is None:
        return None
    text, places = without_markers(CodedText(target, wanted.codes))
    if text != as_compared(text):
        return None
    found = sorted(_replacements(differs, before, after, text, there), key=_place)
    reached = _score(wanted, source, most=MENDED_NAMES if differs.names else MENDED_FACTS)
    if len(found) < len(differs.facts) + len(differs.names) or reached is None:
        return None
    mended = _applied(target, text, places, found)
    if mended is None:
        return None
    return Repaired(mended, tuple(Mending(text[one.start : one.end], one.text) for one in found), reached)


def _replacements(differs: Difference, before: Side, after: Side, text: str, language: str) -> Iterator[Replacement]:
    """Yield what is to be replaced in a target's text; fewer than there are differences where one cannot be."""
    for old, new in differs.facts:
        there = [fact for fact in facts_of(text, language) if same(old, fact)]
        if len(there) != 1 or not before.says_once(old, same):
            return
        sides = Said(old, before.text, before.language), Said(new, after.text, after.language)
        one = rewritten(Said(there[0], text, language), *sides)
        if one is None or not fact_fits(text[: one.start], text[one.start : one.end], one.text, language):
            return
        yield one
    for old_name, new_name in differs.names:
        start = _only_place(old_name, text)
        if start is None or _only_place(old_name, before.text) is None:
            return
        if not name_fits(text[:start], old_name, new_name, language):
            return
        yield Replacement(start, start + len(old_name), new_name)


def _only_place(name: str, text: str) -> int | None:
    """Return where a name stands, None where it does not or is met again, be it as a part of a word or an address."""
    found = list(re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text))
    return found[0].start() if len(found) == 1 == text.casefold().count(name.casefold()) else None


def _place(one: Replacement) -> int:
    return one.start


def _score(wanted: CodedText, source: CodedText, *, most: int) -> int | None:
    """Return what a source scores that has the facts of `wanted`: less than the `most` where codes differ."""
    mine, theirs = tokens_of(wanted), tokens_of(source)
    words = iter([token for token in mine if token.kind is not Kind.CODE])
    mended = [token if token.kind is Kind.CODE else next(words, None) for token in theirs]
    if None in mended or next(words, None) is not None:
        return None  # a code stands inside a word
    return min(most, score(mine, [token for token in mended if token is not None]))


def _applied(target: str, text: str, places: Sequence[int], found: Sequence[Replacement]) -> str | None:
    """Put the replacements in, each where no marker stands inside it."""
    if any(one.end > other.start for one, other in pairwise(found)):
        return None
    mended = target
    for one in reversed(found):
        start, end = places[one.start], places[one.end - 1] + 1
        if target[start:end] != text[one.start : one.end]:
            return None
        mended = mended[:start] + one.text + mended[end:]
    return mended
