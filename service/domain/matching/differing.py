"""What differs between two sources where it is facts and names alone; anything else is no difference to mend.

The two are compared word by word and mark by mark: a fact stands in place of a fact of its kind, a name in place of a
name, over the same tokens.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from service.domain.facts.calendar import WEEKDAYS
from service.domain.facts.parts import Fact, facts_of
from service.domain.matching.tokens import Kind, Placed, Token, as_compared, placed_tokens, tokens_of
from service.domain.numeral_words import MONTHS, words
from service.domain.term_pieces import without_markers
from service.domain.terms import TermHit
from service.domain.text import CodedText

_ACRONYM = re.compile(r"[A-Z][A-Z0-9]{1,7}")
_DIGITS = re.compile("[0-9]+")
FindTerms = Callable[[CodedText], Sequence[TermHit]]


@dataclass(frozen=True, slots=True)
class Difference:
    """Pairs of what stood and what stands now."""

    facts: tuple[tuple[Fact, Fact], ...]
    names: tuple[tuple[str, str], ...]


class Name(NamedTuple):
    """A name in a source: the places of its tokens, and whether the office says that it is not translated."""

    places: range
    text: str
    is_kept: bool

    def may_replace(self, other: Name) -> bool:
        """Tell whether a translation that has the other as it is can have this one as it is.

        Of an acronym that nobody listed we know that only where its figures alone are others, as in the names of roads:
        the EU is the EU in English, and the VS are not.
        """
        alike = self.is_kept or _DIGITS.sub("", self.text) == _DIGITS.sub("", other.text)
        return alike and self.places == other.places


class Side:
    """One of the two sources, read as far as it is needed: `find_terms` is asked only where a name may differ."""

    def __init__(self, coded: CodedText, language: str, find_terms: FindTerms) -> None:
        """Keep the text; it is cut when it is asked for."""
        self._coded, self._find_terms = coded, find_terms
        self.language = language

    @cached_property
    def text(self) -> str:
        """The text as it is compared, without markers."""
        return as_compared(without_markers(self._coded)[0])

    @cached_property
    def placed(self) -> tuple[Placed, ...]:
        """The tokens of the text with their places."""
        return placed_tokens(self.text)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens of the text; where it has no codes, they are there already."""
        return tuple(each.token for each in self.placed) if self._coded.codes else tokens_of(self._coded)

    def fact_at(self, place: int) -> tuple[range, Fact] | None:
        """Return the fact that a token belongs to, with the places of its tokens."""
        for fact in facts_of(self.text, self.language):
            if fact.start <= self.placed[place].start and self.placed[place].end <= fact.end:
                return self._tokens_in(fact.start, fact.end), fact
        return None

    def name_at(self, place: int) -> Name | None:
        """Return the name that a token belongs to: what is not translated, or an acronym that is no term."""
        for span, kept in self._terms:
            if place in span:
                return Name(span, self.written(span), is_kept=True) if kept else None
        span = range(place, place + 1)
        is_acronym = _ACRONYM.fullmatch(self.placed[place].token.text) and self.text != self.text.upper()
        return Name(span, self.written(span), is_kept=False) if is_acronym else None

    def written(self, places: range) -> str:
        """Return the text of some tokens."""
        return self.text[self.placed[places[0]].start : self.placed[places[-1]].end]

    def says_once(self, fact: Fact, same: Callable[[Fact, Fact], bool]) -> bool:
        """Tell whether no other fact of the text may be this one."""
        return sum(same(fact, other) for other in facts_of(self.text, self.language)) == 1

    @cached_property
    def _terms(self) -> list[tuple[range, bool]]:
        """The places of each term, and whether it is not translated; those that are come first."""
        plain, places = without_markers(self._coded)
        if self.text != plain:
            return []
        at = {place: number for number, place in enumerate(places)}
        hits = (hit for hit in self._find_terms(self._coded) if not hit.compound)
        found = (
            (self._tokens_in(at[hit.start], at[hit.end - 1] + 1), hit.term.do_not_translate and hit.exact)
            for hit in hits
        )
        return sorted(found, key=lambda each: not each[1])

    def _tokens_in(self, start: int, end: int) -> range:
        inside = [place for place, each in enumerate(self.placed) if start <= each.start and each.end <= end]
        return range(inside[0], inside[-1] + 1) if inside else range(0)


def difference(before: Side, after: Side) -> Difference | None:
    """Return what differs, or None where that is nothing, or anything but facts and names."""
    if len(before.tokens) != len(after.tokens):
        return None
    places = [
        place for place, (old, new) in enumerate(zip(before.tokens, after.tokens, strict=True)) if old.text != new.text
    ]
    tokens = [side.tokens[place] for place in places for side in (before, after)]
    if not places or not all(_may_be_mended(token, before.language) for token in tokens):
        return None
    facts: dict[tuple[Fact, Fact], None] = {}
    names: dict[tuple[int, tuple[str, str]], None] = {}
    for place in places:
        old, new = before.fact_at(place), after.fact_at(place)
        if old is not None and new is not None:
            if old[0] != new[0] or old[1].kind is not new[1].kind:
                return None
            facts[old[1], new[1]] = None
            continue
        stood, stands = before.name_at(place), after.name_at(place)
        if old is not None or new is not None or stood is None or stands is None or not stands.may_replace(stood):
            return None
        names[stood.places.start, (stood.text, stands.text)] = None
    return Difference(tuple(facts), tuple(pair for _, pair in names))


def _may_be_mended(token: Token, language: str) -> bool:
    """Tell whether a token may be a fact or a part of a name, before any of them is looked for."""
    if token.kind is Kind.WORD:
        return token.text != token.key or token.key in fact_words(language)
    return token.kind is Kind.NUMBER


@lru_cache
def fact_words(language: str) -> frozenset[str]:
    """Return the words that facts are made of."""
    parts = (part for word in words(language) for part in re.split("[ -]", word))
    return frozenset({*MONTHS.get(language, ()), *WEEKDAYS.get(language, ()), *parts})
