"""Numbers as they are written in Dutch, French, German and English: found, read and written.

A numeral keeps every value that it can stand for, because “14.30” is an hour in one language and a decimal in the next.
Whether two texts say the same numbers is for the checks; the words are listed in `numeral_words`.
"""

from __future__ import annotations

from decimal import Decimal

from service.domain.locales import language_of
from service.domain.numeral_patterns import SCANNERS
from service.domain.numeral_reader import Reader
from service.domain.numeral_values import Numeral, Reading, Weight

__all__ = ["NO_BREAK_SPACE", "Numeral", "Reading", "Weight", "find_numerals", "read_number", "write_number"]

NO_BREAK_SPACE = "\u00a0"


def find_numerals(text: str, locale: str) -> tuple[Numeral, ...]:
    """Return the numbers of a text in its order, in figures and in words.

    Addresses of pages and mail are left out. A language that the desk does not know is read as English figures.
    """
    language = language_of(locale)
    figures = language if language in SCANNERS else "en"
    return tuple(Reader(text, figures, words_too=language in SCANNERS).read())


def read_number(text: str, locale: str) -> Decimal | None:
    """Return the value of figures as a language writes them, or None where it does not write them so."""
    found = find_numerals(text, locale)
    whole = len(found) == 1 and (found[0].start, found[0].end) == (0, len(text))
    return found[0].value if whole else None


def write_number(value: Decimal, locale: str) -> str:
    """Return a value in figures: 1.234,5 in Dutch, 1,234.5 in English, no-break spaces in French and German."""
    written = f"{value:,f}"
    language = language_of(locale)
    marks = {"nl": ".,", "fr": f"{NO_BREAK_SPACE},", "de": f"{NO_BREAK_SPACE},"}.get(language, ",.")
    return written.translate({ord(","): marks[0], ord("."): marks[1]})
