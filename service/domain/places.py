"""Which places a word may be said of, and what those are called in another language."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from service.domain.place_names import COUNTRIES, TOWNS_AND_REGIONS
from service.domain.unaccented import unaccented

_COLUMNS = {"nl": 0, "fr": 1, "de": 2, "en": 3}
_ANY_ENDING = "*"
_SHORTEST_STEM, _LONGEST_STEM = 2, 20
_PIECES = re.compile(r"[^\W\d_]+\*?")


@dataclass(frozen=True, slots=True)
class PlaceForms:
    """What a place is called in a language: whole words, and the stems of all that are said of it."""

    usual: str
    words: frozenset[str]
    stems: tuple[str, ...]

    def matches(self, word: str) -> bool:
        """Tell whether a word, without accents and capitals, is one of them."""
        return word in self.words or word.startswith(self.stems)


def _read() -> tuple[tuple[PlaceForms, ...], ...]:
    rows = [line.split("|") for line in (COUNTRIES + TOWNS_AND_REGIONS).splitlines() if line]
    return tuple(tuple(_forms(cell) for cell in row) for row in rows)


def _forms(cell: str) -> PlaceForms:
    pieces = _PIECES.findall(unaccented(cell))
    return PlaceForms(
        cell.split(maxsplit=1)[0],
        frozenset(piece for piece in pieces if not piece.endswith(_ANY_ENDING)),
        tuple(piece.removesuffix(_ANY_ENDING) for piece in pieces if piece.endswith(_ANY_ENDING)),
    )


def _indexes() -> tuple[dict[str, list[int]], ...]:
    """Return for each language which rows a word or a stem stands in; stems bear their asterisk."""
    indexes: tuple[dict[str, list[int]], ...] = tuple(defaultdict(list) for _ in _COLUMNS)
    for number, row in enumerate(_ROWS):
        for column, forms in enumerate(row):
            for key in (*forms.words, *(stem + _ANY_ENDING for stem in forms.stems)):
                indexes[column][key].append(number)
    return indexes


_ROWS = _read()
_INDEXES = _indexes()


def places_called(word: str, language: str, other: str) -> tuple[PlaceForms, ...]:
    """Return what the places that a word of one language may stand for are called in another.

    The word has neither accents nor capitals.
    """
    there = _COLUMNS.get(other)
    return () if there is None else tuple(_ROWS[number][there] for number in _rows_of(word, language))


def is_place(word: str, language: str) -> bool:
    """Tell whether a word, without accents and capitals, is said of a place that has its own name in a language."""
    return bool(_rows_of(word, language))


@lru_cache(maxsize=20_000)
def _rows_of(word: str, language: str) -> tuple[int, ...]:
    column = _COLUMNS.get(language)
    if column is None:
        return ()
    index = _INDEXES[column]
    keys = [word, *(word[:size] + _ANY_ENDING for size in range(_SHORTEST_STEM, min(len(word), _LONGEST_STEM) + 1))]
    return tuple(dict.fromkeys(number for key in keys for number in index.get(key, ())))
