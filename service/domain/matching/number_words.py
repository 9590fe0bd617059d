"""A number in words, put in the form in which another one stands: “douze” → “quatorze”, “zwölften” → “vierzehnten”."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from service.domain.numeral_words import words

_ONE_OF_TWO = {"fr": re.compile(r"(?<!\w)une?$")}  # which of the two, the gender of the counted tells
_ALONE = {"de": frozenset({"hundert", "tausend"}), "en": frozenset({"hundred", "thousand"})}
_ENDINGS = {"de": re.compile("e[nrsm]?$"), "fr": re.compile("ièmes?$")}


def in_words(value: int, like: str, language: str) -> str | None:
    """Return the word for a number in the form of another word; None where it has none, or several to choose from.

    None too where an article may belong to the other word: “a hundred”.
    """
    lower = _lower(like)
    said = words(language).get(lower)
    if said is None or lower in _ALONE.get(language, ()):
        return None
    known = _by_value(language).get((value, said[1]), ())
    fit = [word for word in known if not said[1] or _ending(word, language) == _ending(lower, language)]
    genders = _ONE_OF_TWO.get(language)
    if len(fit) != 1 or (genders and genders.search(fit[0])):
        return None
    return fit[0].capitalize() if like[0].isupper() else fit[0]


def is_ordinal(written: str, language: str) -> bool:
    """Tell whether a number is a word such as “third”; figures are not."""
    return words(language).get(_lower(written), (0, False))[1]


def _lower(written: str) -> str:
    return " ".join(written.lower().split())


def _ending(ordinal: str, language: str) -> str:
    pattern = _ENDINGS.get(language)
    found = pattern.search(ordinal) if pattern else None
    return found[0] if found else ""


@lru_cache
def _by_value(language: str) -> Mapping[tuple[int, bool], tuple[str, ...]]:
    """Return the words by their value, and by whether they are ordinals."""
    found: dict[tuple[int, bool], tuple[str, ...]] = {}
    for word, said in words(language).items():
        found[said] = (*found.get(said, ()), word)
    return found
