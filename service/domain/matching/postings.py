"""Which segments are worth a look: the keys under which the memory files a segment, and those that a query asks for.

Two segments that share at least 70 % of their words share two of the rarest words of each, if both order their words
by the same list; so only those are filed (prefix filtering, as in the literature on set similarity joins). One word
less would do to share one, but nine of ten segments that share one rare word share nothing else. Numbers and addresses
are filed by their kind, so that a sentence is found whatever its figures; marks and codes are not filed.

A key holds 32 bits of the locale and the word, and the segment's length: what is too short or too long is never read.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from service.domain.locales import language_of
from service.domain.matching.tokens import Kind, Token, digest_64
from service.domain.term_keys import word_keys

ALIKE = 0.7
SHARED = 2
RANKED_TOKENS = 3_000
LONGEST = 255
STEMMED_WORDS = 3  # segments of so few words cannot be alike by words unless they are equal
_MOST_STEMS = 27
_LENGTH_BITS = 8
_WORD, _CODE = Kind.WORD, Kind.CODE  # codes and marks come behind what is filed
_CLASSES = {Kind.NUMBER: "\ufffc#", Kind.ADDRESS: "\ufffc@"}


@dataclass(frozen=True, slots=True)
class Ranking:
    """The most frequent words of a memory, the most frequent first; `version` 0 knows of none.

    Postings that were made by different versions do not find each other: both are to be asked.
    """

    version: int = 0
    places: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, version: int, words: Iterable[str]) -> Ranking:
        """Return the ranking of a list of words."""
        return cls(version, {word: place for place, word in enumerate(words)})


class KeyRange(NamedTuple):
    """The keys from `first` to `last`, both included."""

    first: int
    last: int


def filed_words(tokens: Iterable[Token]) -> list[str]:
    """Return the words that a segment is filed by; one that comes again is numbered, so that each counts."""
    words = [key if kind is _WORD else _CLASSES[kind] for kind, _, key, _ in tokens if kind < _CODE]
    if len(set(words)) == len(words):
        return words
    seen: dict[str, int] = {}
    for place, word in enumerate(words):
        again = seen.get(word, 0)
        seen[word] = again + 1
        if again:
            words[place] = f"{word}\ufffc{again}"
    return words


def most_frequent(counts: Counter[str]) -> list[str]:
    """Return the list that a ranking is made of; words that are equally frequent stand in their own order."""
    listed = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [word for word, count in listed[:RANKED_TOKENS] if count > 1]


def posting_keys(tokens: tuple[Token, ...], locale: str, ranking: Ranking) -> list[int]:
    """Return the keys under which a segment is filed, sorted."""
    words = filed_words(tokens)
    if not words:
        return []
    length = min(len(words), LONGEST)
    filed = _rarest(words, ranking) + _stems(tokens, locale, len(words))
    return sorted({_word_bits(locale, word) | length for word in filed})


def asked_ranges(tokens: tuple[Token, ...], locale: str, rankings: Iterable[Ranking]) -> list[KeyRange]:
    """Return the ranges of keys in which everything alike is filed; a key has its length in its lowest bits."""
    words = filed_words(tokens)
    if not words:
        return []
    shortest = min(math.ceil(ALIKE * len(words)), LONGEST)
    asked: dict[str, int] = {}
    for ranking in rankings:
        for place, word in enumerate(_rarest(words, ranking)):
            asked[word] = max(asked.get(word, 0), _longest(len(words), place))
    ranges = [KeyRange(_key(locale, word, shortest), _key(locale, word, longest)) for word, longest in asked.items()]
    for stems in _stems(tokens, locale, len(words)):
        key = _key(locale, stems, len(words))
        ranges.append(KeyRange(key, key))
    return ranges


def shared_words(tokens: tuple[Token, ...]) -> int:
    """Return how many of the ranges asked for a segment hold whatever is alike."""
    return 1 if sum([kind < _CODE for kind, *_ in tokens]) <= STEMMED_WORDS else SHARED


def same_stems(one: tuple[Token, ...], other: tuple[Token, ...], locale: str) -> bool:
    """Tell whether two headings of one to three words are the same but for the forms of their words."""
    length = len(filed_words(one))
    if not 0 < length == len(filed_words(other)) <= STEMMED_WORDS:
        return False
    return not set(_stems(one, locale, length)).isdisjoint(_stems(other, locale, length))


def _rarest(words: list[str], ranking: Ranking) -> list[str]:
    """Return the first words in the ranking's order: unknown ones before all others, ties by their hash."""
    count = len(words) - math.ceil(ALIKE * len(words)) + SHARED
    places = ranking.places
    unknown = [word for word in words if word not in places]
    if len(unknown) >= count:
        return sorted(unknown, key=digest_64)[:count]
    known = sorted([word for word in words if word in places], key=places.__getitem__, reverse=True)
    return unknown + known[: count - len(unknown)]


def _longest(count: int, place: int) -> int:
    """Return how long a segment may be that is alike, and shares the word at this place as one of its two rarest.

    Of a longer one, more words are shared; so many do not stand behind a later place.
    """
    shared_at_most = min(count, count - place - 1 + SHARED)
    return min(max(count, math.floor(shared_at_most / ALIKE)), LONGEST)


def _stems(tokens: tuple[Token, ...], locale: str, length: int) -> list[str]:
    """Return what a short segment is called by the stems of its words, in each way that they can be read."""
    if length > STEMMED_WORDS or any(token.kind in _CLASSES for token in tokens):
        return []
    language = language_of(locale)
    readings = [sorted(word_keys(token.text, language)) for token in tokens if token.kind is Kind.WORD]
    ways = math.prod(len(reading) for reading in readings)
    return ["\ufffc=" + " ".join(way) for way in product(*readings)] if ways <= _MOST_STEMS else []


@lru_cache(maxsize=400_000)
def _word_bits(locale: str, word: str) -> int:
    return (digest_64(f"{locale}\n{word}") >> 32) << _LENGTH_BITS


def _key(locale: str, word: str, length: int) -> int:
    return _word_bits(locale, word) | length
