"""How alike two segments are, in hundredths, by words: the distance of a person's edits, not of characters.

A number that changed weighs half a word, for it is soon mended; a mark hardly anything. The score is for the order and
the bands in which people know it; whether a match says the opposite is told beside it (`polarity_differs`).

Headings of one to three words are like each other only where all their words are the same: of so few, each is a
third of what is said. Whether they are forms of the same words is for `postings.same_stems`.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from service.domain.locales import language_of
from service.domain.matching.distances import distance, distances, weight
from service.domain.matching.postings import STEMMED_WORDS
from service.domain.matching.tokens import Kind, Token, code_string

IN_CONTEXT = 101
EXACT = 100
ALMOST = 99
FILLED_FROM = 85
SHOWN_FROM = 70
BY_STEM = 75

_HEADING_TOKENS = 16  # of which at most three are words
_LEAST_ALIKE, _LIGHT, _OTHER_FORMS = 0.3, 0.6, 0.1  # by which a rough likeness may fall below the score

_DENYING = {
    "nl": "niet niets geen geenszins nooit nergens niemand noch zonder",
    "fr": "pas aucun aucune jamais sans ni non",
    "de": "nicht nichts kein keine keinen keinem keiner keines nie niemals niemand weder ohne",
    "en": "not no never without cannot nor nothing nobody none",
}
_NEGATIONS = {language: frozenset(words.split()) for language, words in _DENYING.items()}
_SHORTENED_NOT = ("'", "t")  # the end of “isn't”


class Band(StrEnum):
    """What a score is called."""

    CONTEXT = "context"
    EXACT = "exact"
    ALMOST = "almost"
    HIGH = "high"
    MIDDLE = "middle"
    LOW = "low"


def band(score: int) -> Band:
    """Return the band of a score of 70 or more."""
    floors = (
        (IN_CONTEXT, Band.CONTEXT),
        (EXACT, Band.EXACT),
        (95, Band.ALMOST),
        (FILLED_FROM, Band.HIGH),
        (75, Band.MIDDLE),
    )
    return next((name for floor, name in floors if score >= floor), Band.LOW)


def score(one: Sequence[Token], other: Sequence[Token]) -> int:
    """Return how alike two segments are that are not the very same, 0 to 99."""
    heavier = max(weight(one), weight(other))
    if not heavier or _other_heading(one, other):
        return 0
    return min(ALMOST, 100 * (heavier - distance(one, other)) // heavier)


def scores(one: Sequence[Token], others: Sequence[Sequence[Token]]) -> list[int]:
    """Return the `score` of each of several segments; of a dozen, quicker than one by one."""
    if not one or not any(others):
        return [0] * len(others)
    mine = weight(one)
    reached: list[int] = []
    for other, far in zip(others, distances(one, others), strict=True):
        heavier = max(mine, weight(other))
        reached.append(0 if _other_heading(one, other) else min(ALMOST, 100 * (heavier - far) // heavier))
    return reached


def most_alike(tokens: Sequence[Token], codes: Sequence[str]) -> list[int]:
    """Return the places of the code strings that can be 70 % like a segment, the most alike first.

    Compared are bare tokens, each weighing the same, which is quick. What may weigh less in the score (numbers, marks,
    other forms of a word) is made allowance for.
    """
    if not tokens:
        return []
    light = sum(token.kind is not Kind.WORD for token in tokens) / len(tokens)
    least = max(_LEAST_ALIKE, SHOWN_FROM / 100 - _LIGHT * light - _OTHER_FORMS)
    found = process.extract(
        code_string(tokens), codes, scorer=Levenshtein.normalized_similarity, score_cutoff=least, limit=None
    )
    return [place for _, _, place in found]


def polarity_differs(one: Sequence[Token], other: Sequence[Token], locale: str) -> bool:
    """Tell whether one of the two denies more often than the other, which a score cannot show."""
    language = language_of(locale)
    return _denials(one, language) != _denials(other, language)


def _denials(tokens: Sequence[Token], language: str) -> int:
    negations = _NEGATIONS.get(language, frozenset())
    found = sum(token.key in negations for token in tokens)
    if language == "en":
        found += sum((left.key, right.key) == _SHORTENED_NOT for left, right in pairwise(tokens))
    return found


def _other_heading(one: Sequence[Token], other: Sequence[Token]) -> bool:
    """Tell whether one of the two is a heading of so few words that it is like nothing with other words."""
    if min(len(one), len(other)) > _HEADING_TOKENS:
        return False
    counted = (sum(token.kind < Kind.CODE for token in tokens) for tokens in (one, other))
    return min(counted) <= STEMMED_WORDS and _said(one) != _said(other)


def _said(tokens: Sequence[Token]) -> list[str]:
    """Return the words of a segment; of numbers and addresses only that they are there."""
    said = (token for token in tokens if token.kind < Kind.CODE)
    return [token.key if token.kind is Kind.WORD else token.kind.name for token in said]
