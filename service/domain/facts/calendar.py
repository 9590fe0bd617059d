"""Days, weekdays and months as the languages of the desk name them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from service.domain.numeral_words import MONTHS

LANGUAGES = frozenset(MONTHS)
CAPITALISED = frozenset({"de", "en"})  # their names of days and months; “may” and “march” are other words
WEEKDAYS = {
    "nl": ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "de": ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"),
    "en": ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
}
_OTHER_WEEKDAYS = {"de": {"sonnabend": 5}}
# What a weekday is joined to in one word: “donderdagavond”, “lundis”, “Montags”.
_JOINED = {
    "nl": "en|s|ochtend|morgen|voormiddag|middag|namiddag|avond|nacht",
    "fr": "s",
    "de": "s|e|en|morgen|vormittag|mittag|nachmittag|abend|nacht",
    "en": "s",
}
_LEAP_YEAR = 2024


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

    @property
    def weekday(self) -> int | None:
        """The weekday it falls on, from 0 for Monday; None without a year."""
        return date(self.year, self.month, self.day).weekday() if self.year and self.exists else None


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a weekday (`number` from 0) or of a month (from 1); `alone` if the word is nothing but the name."""

    start: int
    end: int
    number: int
    is_month: bool
    alone: bool


def month_names(language: str) -> list[str]:
    """Return the full names of the months in lower case, January first."""
    names: dict[int, str] = {}
    for name, number in MONTHS[language].items():
        names.setdefault(number, name)
    return [names[number] for number in sorted(names)]


def weekday_numbers(language: str) -> dict[str, int]:
    """Return every name of a weekday in lower case, with its number from 0 for Monday."""
    names = {name: number for number, name in enumerate(WEEKDAYS[language])}
    return names | _OTHER_WEEKDAYS.get(language, {})


def weekday_name(number: int, language: str, like: str = "") -> str:
    """Return the name of a weekday, with the capitals of another one or as the language has it inside a sentence."""
    name = WEEKDAYS[language][number]
    if len(like) > 1 and like.isupper():
        return name.upper()
    return name.capitalize() if language in CAPITALISED or like[:1].isupper() else name


def find_names(text: str, language: str) -> list[Name]:
    """Return the weekdays and the full names of months in a text, in its order."""
    found: list[Name] = []
    if not _LETTER.search(text):
        return found
    for match in _NAMES[language].finditer(text):
        word = match[0]
        if language in CAPITALISED and word == word.lower():
            continue
        if weekday := match["weekday"]:
            number = _WEEKDAY_NUMBERS[language][weekday.lower()]
            found.append(Name(*match.span(), number, is_month=False, alone=weekday == word))
        else:
            found.append(Name(*match.span(), MONTHS[language][word.lower()], is_month=True, alone=True))
    return found


_LETTER = re.compile(r"[^\W\d_]")
_WEEKDAY_NUMBERS = {language: weekday_numbers(language) for language in sorted(LANGUAGES)}
# A weekday as it may stand in front of a date, with a part of the day behind it: a source for larger patterns.
WEEKDAY = {
    language: rf"(?P<weekday>{'|'.join(_WEEKDAY_NUMBERS[language])})(?:{_JOINED[language]})?"
    for language in sorted(LANGUAGES)
}
_NAMES = {
    language: re.compile(
        rf"(?<![\w-])(?:{WEEKDAY[language]}|(?:{'|'.join(month_names(language))}))(?![\w-])", re.IGNORECASE
    )
    for language in sorted(LANGUAGES)
}
