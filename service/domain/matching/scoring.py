"""How alike two segments are, in hundredths, by words: the distance of a person's edits, not of characters.

A number that changed weighs half a word, for it is soon mended; a mark hardly anything. The score is for the order and
the bands in which people know it; whether a match says the opposite is told beside it (`polarity_differs`).

Headings of one to three words are like each other only where all their words are the same: of so few, each is a
third of what is said. Whether they are forms of the same words is for `postings.same_stems`.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate, pairwise

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from service.domain.locales import language_of
from service.domain.matching.postings import STEMMED_WORDS
from service.domain.matching.tokens import Kind, Token, code_string

IN_CONTEXT = 101
EXACT = 100
ALMOST = 99
FILLED_FROM = 85
SHOWN_FROM = 70
BY_STEM = 75

_HEADING_TOKENS = 16  # of which at most three are words
_WEIGHTS = (1.0, 1.0, 1.0, 0.5, 0.35)  # of each `Kind`: words, numbers, addresses, codes, marks
_OTHER_OF_A_KIND = (1.0, 0.5, 0.5, 0.25, 0.2)
_OTHER_CAPITALS = 0.15
_LIKE_WORD = 0.5
_LIKE_WORD_LETTERS = 5
_LIKE_WORD_SHARE = 0.75
_ROUNDING = 1e-9
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


def score(one: Sequence[Token], other: Sequence[Token], *, least: int = 0) -> int:
    """Return how alike two segments are that are not the very same, 0 to 99; 0 for what does not reach the `least`."""
    heavier = max(_weight(one), _weight(other))
    if not heavier or _other_heading(one, other):
        return 0
    distance = _distance(one, other, heavier * (1 - least / 100) + _ROUNDING)
    if math.isinf(distance):
        return 0
    reached = max(0, min(ALMOST, int(100 * (1 - distance / heavier) + _ROUNDING)))
    return reached if reached >= least else 0


def aligned_score(one: Sequence[Token], other: Sequence[Token]) -> int:
    """Return at most the score of two segments: that of one way to make the other of the one, found in C."""
    heavier = max(_weight(one), _weight(other))
    if not heavier or _other_heading(one, other):
        return 0
    distance = 0.0
    for move in Levenshtein.opcodes(code_string(one), code_string(other)):
        mine, theirs = one[move.src_start : move.src_end], other[move.dest_start : move.dest_end]
        if mine == theirs:
            continue
        if move.tag in ("equal", "replace"):
            distance += sum(
                0.0 if left.text == right.text else _substitution(left, right)
                for left, right in zip(mine, theirs, strict=True)
            )
        else:
            distance += _weight(mine) + _weight(theirs)
    return max(0, min(ALMOST, int(100 * (1 - distance / heavier) + _ROUNDING)))


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


def _weight(tokens: Sequence[Token]) -> float:
    return sum([_WEIGHTS[token.kind] for token in tokens])


def _distance(one: Sequence[Token], other: Sequence[Token], most: float) -> float:
    """Return the cheapest way from one to the other, or more than `most` as soon as there is none as cheap.

    What both have at their ends costs nothing and is left out. Of the table of distances only what lies near enough to
    its diagonal is worked out: a way that strays from it leaves out, or puts in, what it weighs.
    """
    start, end, last = 0, len(one), len(other)
    while start < min(end, last) and one[start].text == other[start].text:
        start += 1
    while end > start and last > start and one[end - 1].text == other[last - 1].text:
        end, last = end - 1, last - 1
    theirs = [(token, _WEIGHTS[token.kind]) for token in other[start:last]]
    weights = list(accumulate((weight for _, weight in theirs), initial=0.0))
    lacking = _weight(one[start:end]) - weights[-1]
    if abs(lacking) > most:
        return abs(lacking)
    row, done = weights, 0.0
    for mine in one[start:end]:
        done += _WEIGHTS[mine.kind]
        near = (
            bisect_left(weights, done - (lacking + most) / 2 - _ROUNDING),
            bisect_right(weights, done - (lacking - most) / 2 + _ROUNDING),
        )
        row = _next_row(mine, theirs, row, *near)
        cheapest = min(row)
        if cheapest > most:
            return cheapest
    return row[-1]


def _next_row(
    mine: Token, theirs: Sequence[tuple[Token, float]], before: Sequence[float], first: int, end: int
) -> list[float]:
    """Return the next row of the table of distances, worked out from `first` to before `end`.

    Comparing by hand is twice as quick as `min` here.
    """
    written, leave_out = mine.text, _WEIGHTS[mine.kind]
    row = [math.inf] * first
    cost, diagonal = math.inf, before[first - 1]
    if first == 0:
        diagonal = before[0]
        cost = diagonal + leave_out
        row.append(cost)
        first = 1
    for (token, put_in), above in zip(theirs[first - 1 : end - 1], before[first:end], strict=True):
        cost += put_in
        if above + leave_out < cost:  # noqa: PLR1730 - see above
            cost = above + leave_out
        if diagonal < cost:
            changed = diagonal if token.text == written else diagonal + _substitution(mine, token)
            if changed < cost:  # noqa: PLR1730 - see above
                cost = changed
        row.append(cost)
        diagonal = above
    row += [math.inf] * (len(before) - end)
    return row


def _substitution(one: Token, other: Token) -> float:
    if one.kind is not other.kind:
        return 1.0
    if one.kind is not Kind.WORD:
        return _OTHER_OF_A_KIND[one.kind]
    return _other_word(one.key, other.key)


@lru_cache(maxsize=100_000)
def _other_word(one: str, other: str) -> float:
    if one == other:
        return _OTHER_CAPITALS
    shortest, longest = sorted((len(one), len(other)))
    if shortest < _LIKE_WORD_LETTERS or shortest < _LIKE_WORD_SHARE * longest:
        return 1.0
    alike = 1 - Levenshtein.distance(one, other) / longest >= _LIKE_WORD_SHARE
    return _LIKE_WORD if alike else 1.0
