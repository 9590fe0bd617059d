"""The facts in a text that a match can be mended by: dates, weekdays, months, hours, numbers, each with its place.

A date is one fact, in words or in figures, so that its day is not taken for another number. What a reader would call
one fact, with its weekday, its power of ten and its unit, is told in `statements`; how a fact is put in place of
another, in `matching.rewriting`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from service.domain.facts.calendar import Day, find_names
from service.domain.facts.dates import find_dates
from service.domain.numerals import Numeral, Weight, find_numerals


class FactKind(StrEnum):
    """What a fact is."""

    DATE = "date"
    WEEKDAY = "weekday"
    MONTH = "month"
    NUMERAL = "numeral"


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact in a text: from `start` to `end`, `text` as it is written there.

    `name` is the number of a weekday, from 0, or of a month, from 1; a date has its `day`, everything else a `numeral`.
    """

    kind: FactKind
    start: int
    end: int
    text: str
    name: int = 0
    day: Day | None = None
    numeral: Numeral | None = None


@lru_cache(maxsize=256)
def facts_of(text: str, language: str) -> tuple[Fact, ...]:
    """Return the facts of a text in its order, none inside another; the same text is asked for again and again."""
    found = list(_dates(text, language))
    taken = [(fact.start, fact.end) for fact in found]
    others = (*_names(text, language), *_numerals(text, language))
    found += [fact for fact in others if all(fact.end <= start or end <= fact.start for start, end in taken)]
    return tuple(sorted(found, key=lambda fact: fact.start))


def _dates(text: str, language: str) -> Iterator[Fact]:
    for one in find_dates(text, language):
        if one.whole:
            yield Fact(FactKind.DATE, one.start, one.end, text[one.start : one.end], day=one.days[0])


def _names(text: str, language: str) -> Iterator[Fact]:
    for name in find_names(text, language):
        if name.alone:
            kind = FactKind.MONTH if name.is_month else FactKind.WEEKDAY
            yield Fact(kind, name.start, name.end, text[name.start : name.end], name=name.number)


def _numerals(text: str, language: str) -> Iterator[Fact]:
    for numeral in find_numerals(text, language):
        if numeral.weight is not Weight.MONTH:
            written = text[numeral.start : numeral.end]
            yield Fact(FactKind.NUMERAL, numeral.start, numeral.end, written, numeral=numeral)
