"""Names that a text spells in two ways: Halsema and Halsena.

Names are known by their capitals alone, so what may be two words of their own, or two forms of one, is left out. What
is left is a question to the author, not an error.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from service.domain.term_keys import cased_keys

SHORTEST_NAME, LONGEST_NAME = 6, 40  # letters
SHORTEST_FOR_TWO = 8  # letters of names that may differ in two of them
LONGEST_ENDING = 4
MOST_ALIKE = 200  # names with the same first letter that are compared with each other

_WORD = re.compile(r"[^\W\d_]++(?:['\u2019-][^\W\d_]++)*")
_ADJECTIVE = ("s", "se")
_ENDINGS = frozenset({"s", "e", "n", "en", "se", "er", "ers", "'s", "\u2019s", "aan", "ing"})
# What a word that begins a sentence or a quotation stands behind; it may have its capital from there.
_BEGINNINGS = ".!?:\u2026\"'\u2018\u201c\u201e\u00ab([\u2013\u2014-\u2022"
_SPACES_AND_MARKERS = " \t\r\n\u00a0\u202f\ufffc"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a word stands: in which text, and from where to where."""

    text: int
    start: int
    end: int


@dataclass(slots=True)
class _Name:
    """A word with a capital: its places, whether one is inside a sentence, and the names that stand before it."""

    places: list[Place] = field(default_factory=list)
    inside: bool = False
    before: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class TwoSpellings:
    """A name, and the place of another spelling of it that the text has less often, or later."""

    written: str
    other: str
    place: Place


def two_spellings(texts: Sequence[str], language: str) -> list[TwoSpellings]:
    """Return the names that texts which belong together spell in two ways, in the order of the texts."""
    names, lower = _names(texts)
    by_letter: dict[str, list[str]] = defaultdict(list)
    for word in names:
        if word.lower() not in lower:
            by_letter[word[0]].append(word)
    found: dict[str, TwoSpellings] = {}
    for words in by_letter.values():
        for one, other in _pairs(words[:MOST_ALIKE]):
            if _is_one_name(one, other, names, lower, language):
                usual, rare = sorted(
                    (one, other), key=lambda word: (-len(names[word].places), names[word].places[0].text)
                )
                found.setdefault(rare, TwoSpellings(rare, usual, names[rare].places[0]))
    return sorted(found.values(), key=lambda one: (one.place.text, one.place.start))


def _pairs(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    for at, one in enumerate(words):
        for other in words[at + 1 :]:
            if abs(len(one) - len(other)) <= 2 and one.lower() != other.lower():  # noqa: PLR2004 - the most edits
                yield one, other


def _names(texts: Sequence[str]) -> tuple[dict[str, _Name], set[str]]:
    """Return the long words with a capital, and all words that stand somewhere without one."""
    names: dict[str, _Name] = defaultdict(_Name)
    lower: set[str] = set()
    for number, text in enumerate(texts):
        before = ""
        done = 0
        for found in _WORD.finditer(text):
            word = found[0]
            between = text[done : found.start()]
            if not word[0].isupper():
                lower.add(word)
            elif SHORTEST_NAME <= len(word) <= LONGEST_NAME and not word.isupper():
                name = names[word]
                name.places.append(Place(number, found.start(), found.end()))
                name.inside |= done > 0 and not _begins_sentence(between)
                if before and between == " ":
                    name.before.add(before)
            before, done = word if word[0].isupper() else "", found.end()
    return names, lower


def _begins_sentence(between: str) -> bool:
    """Tell whether a word behind these marks has its capital from its place."""
    marks = between.strip(_SPACES_AND_MARKERS)
    return marks != "" and marks[-1] in _BEGINNINGS


def _is_one_name(one: str, other: str, names: dict[str, _Name], lower: set[str], language: str) -> bool:
    """Tell whether two words are likely one name: alike, one of them surely a name, and no forms of each other.

    Behind the same first name they are one, whatever they end in.
    """
    most = 2 if min(len(one), len(other)) >= SHORTEST_FOR_TWO else 1
    edits = edits_between(one, other, most)
    if edits > most:
        return False
    if any(word.lower() not in lower for word in names[one].before & names[other].before):
        return True
    certain = names[one].inside and names[other].inside
    if not certain and not (edits == 1 and (names[one].inside or names[other].inside)):
        return False
    return not _are_forms(one, other, language)


def _are_forms(one: str, other: str, language: str) -> bool:
    """Tell whether two words may be forms of one: a name with an ending, an inhabitant, an adjective in -s or -se."""
    shorter, longer = sorted((one.lower(), other.lower()), key=len)
    if longer.startswith(shorter) and longer[len(shorter) :] in _ENDINGS:
        return True
    alike = next((at for at, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    adjectives = shorter.endswith(_ADJECTIVE) + longer.endswith(_ADJECTIVE)
    if adjectives == 1 and len(shorter) - alike <= LONGEST_ENDING:
        return True
    return bool(cased_keys(one, language) & cased_keys(other, language))


def edits_between(one: str, other: str, most: int) -> int:
    """Return how many letters are put in, left out, changed or swapped with a neighbour.

    What is more than `most` counts as one more than that.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        older, before = before, row
        row = [at]
        for place, beside in enumerate(other, 1):
            cost = min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != beside))
            if at > 1 and place > 1 and letter == other[place - 2] and one[at - 2] == beside:
                cost = min(cost, older[place - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
