"""The facts in a text that a match can be mended by: dates, weekdays, months, hours, numbers, each with its place.

A date is one fact, in words or in figures, so that its day is not taken for another number. What figures say is told in
`numerals`; how a fact is put in place of another, in `rewriting`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from service.domain.numeral_words import MONTHS
from service.domain.numerals import Numeral, Weight, find_numerals

LANGUAGES = frozenset(MONTHS)
WEEKDAYS = {
    "nl": ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "de": ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"),
    "en": ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
}
_CAPITALISED = frozenset({"de", "en"})  # their names of days and months; “may” and “march” are other words
_SPACE = r"[ \u00a0\u202f]"
_ENDINGS = {"nl": "(?:ste|de|e)?", "fr": "(?:er)?", "de": r"\.?", "en": "(?:st|nd|rd|th)?"}
_LEAP_YEAR = 2024
_LAST_MONTH = 12


class FactKind(StrEnum):
    """What a fact is."""

    DATE = "date"
    WEEKDAY = "weekday"
    MONTH = "month"
    NUMERAL = "numeral"


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a year, or of any."""

    day: int
    month: int
    year: int | None = None

    @property
    def exists(self) -> bool:
        """Whether a calendar has it."""
        try:
            date(self.year or _LEAP_YEAR, self.month, self.day)
        except ValueError:
            return False
        return True


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


def language_of(locale: str) -> str:
    """Return the language of a locale."""
    return locale.partition("-")[0].lower()


def month_names(language: str) -> list[str]:
    """Return the full names of the months in lower case, January first."""
    names: dict[int, str] = {}
    for name, number in MONTHS[language].items():
        names.setdefault(number, name)
    return [names[number] for number in sorted(names)]


@lru_cache(maxsize=256)
def facts_of(text: str, language: str) -> tuple[Fact, ...]:
    """Return the facts of a text in its order, none inside another; the same text is asked for again and again."""
    found = list(_dates(text, language))
    taken = [(fact.start, fact.end) for fact in found]
    others = (*_names(text, language), *_numerals(text, language))
    found += [fact for fact in others if all(fact.end <= start or end <= fact.start for start, end in taken)]
    return tuple(sorted(found, key=lambda fact: fact.start))


def _dates(text: str, language: str) -> Iterator[Fact]:
    for found in _DATES[language].finditer(text):
        name = (found["month"] or found["first_month"] or "").lower()
        number = MONTHS[language].get(name) or int(found["number"])
        day = Day(
            int(found["day"] or found["second_day"] or found["first"]),
            number,
            int(found["year"] or found["second_year"] or found["last"] or 0) or None,
        )
        doubtful = not name and language == "en" and day.day <= _LAST_MONTH  # the month may stand first
        lower = language in _CAPITALISED and name and found[0] == found[0].lower()
        if day.exists and not doubtful and not lower:
            yield Fact(FactKind.DATE, found.start(), found.end(), found[0], day=day)


def _names(text: str, language: str) -> Iterator[Fact]:
    for found in _NAMES[language].finditer(text):
        word = found[0].lower()
        if language in _CAPITALISED and found[0] == word:
            continue
        if word in WEEKDAYS[language]:
            yield Fact(FactKind.WEEKDAY, *found.span(), found[0], name=WEEKDAYS[language].index(word))
        else:
            yield Fact(FactKind.MONTH, *found.span(), found[0], name=MONTHS[language][word])


def _numerals(text: str, language: str) -> Iterator[Fact]:
    for numeral in find_numerals(text, language):
        if numeral.weight is not Weight.MONTH:
            written = text[numeral.start : numeral.end]
            yield Fact(FactKind.NUMERAL, numeral.start, numeral.end, written, numeral=numeral)


def _pattern(language: str) -> re.Pattern[str]:
    """Return the pattern of a day with its month, in words or in figures."""
    names, ending = "|".join(sorted(MONTHS[language], key=len, reverse=True)), _ENDINGS[language]
    of, comma, month_first = (f"(?:of{_SPACE})?", ",?", "") if language == "en" else ("", "", "(?!)")
    return re.compile(
        rf"""
        (?<![\w.,]) (?P<day>[0-9]{{1,2}}){ending}{_SPACE}{of} (?P<month>{names})(?!\w)
            (?:{comma}{_SPACE}(?P<year>[0-9]{{4}})(?!\w))?
        | {month_first} (?<!\w) (?P<first_month>{names}){_SPACE} (?P<second_day>[0-9]{{1,2}}){ending}(?!\w)
            (?:{comma}{_SPACE}(?P<second_year>[0-9]{{4}})(?!\w))?
        | (?<![\w.,/-]) (?P<first>[0-9]{{1,2}})(?P<mark>[./-])(?P<number>[0-9]{{1,2}})(?P=mark)
            (?P<last>[0-9]{{4}})(?![\w/-])
        """,
        re.VERBOSE | re.IGNORECASE,
    )


_DATES = {language: _pattern(language) for language in sorted(LANGUAGES)}
_NAMES = {
    language: re.compile(
        rf"(?<![\w-])(?:{'|'.join((*WEEKDAYS[language], *month_names(language)))})(?![\w-])", re.IGNORECASE
    )
    for language in sorted(LANGUAGES)
}
