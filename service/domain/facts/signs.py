"""The sign before a number: “-5 graden” is not “5 graden”, while “een daling van 5 %” may well be “-5 %”.

A hyphen is a sign where it touches the number and nothing stands before it that it could join or part. At the very
start of a text it may be the mark of a list.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from service.domain.facts.calendar import LANGUAGES

_MINUS = "\u2212"
_SIGN = re.compile(f"(?:[-\u2010\u2011\u2013]|{_MINUS}[ \u00a0\u202f\u2009]?)\\Z")
_OPENING = "([\u00ab\u201c\u201e\u2018\"'/:;~\u20ac$\u00a3"
_COUNTED = "%‰°"  # what may stand behind a number
_LONGEST = 2
_LOOKED_BACK = 8
_LESS = {
    "nl": r"min|minus|negatie\w+|onder|daal\w*|dal(?:en|ing)\w*|gedaald|afn\w+|afgenomen|minder\w*|verlie\w*|tekort\w*"
    r"|krimp\w*|gekrompen|zak\w+|gezakt|lager",
    "fr": r"moins|négati\w+|(?:des)?sous|baiss\w+|recul\w*|diminu\w+|pert\w+|perd\w*|déficits?|chut\w+"
    r"|inférieur\w*|rédui\w+|réduction\w*|repli\w*",
    "de": r"minus|negativ\w*|unter\w*|weniger|gesunken|sinkt|sinken|sank\w*|senk\w+|rückgang\w*|verlust\w*|defizit\w*"
    r"|fiel\w*|gefallen|schrumpf\w+|geschrumpft|niedriger",
    "en": r"minus|negative\w*|below|less|lower\w*|down|fell|fall\w*|drop\w*|decreas\w+|declin\w+|loss\w*|lost|deficits?"
    r"|shr[aiu]nk\w*|reduc\w+|sub-zero",
}
_SAYS_LESS = {language: re.compile(rf"\b(?:{_LESS[language]})\b", re.IGNORECASE) for language in sorted(LANGUAGES)}


class Sign(StrEnum):
    """What stands before a number: nothing, a minus, or what leaves it open."""

    NONE = ""
    MINUS = "-"
    EITHER = "±"


def sign_before(text: str, start: int) -> tuple[Sign, int]:
    """Return the sign before a number that starts at `start`, and where the two of them start."""
    found = _SIGN.search(text, max(0, start - _LONGEST), start)
    if found is None:
        return Sign.NONE, start
    at = found.start()
    before = text[max(0, at - _LOOKED_BACK) : at]
    if before and not (before[-1].isspace() or before[-1] in _OPENING):
        return Sign.NONE, start
    bare = before.rstrip()
    if bare and (bare[-1].isdigit() or bare[-1] in _COUNTED):
        return Sign.NONE, start
    if not before and text[0] != _MINUS:
        return Sign.EITHER, start
    return Sign.MINUS, at


@lru_cache(maxsize=16)
def says_less(text: str, language: str) -> bool:
    """Tell whether a text has a word that may do the work of a minus; it is asked for each of its numbers."""
    words = _SAYS_LESS.get(language)
    return words is None or bool(words.search(text))
