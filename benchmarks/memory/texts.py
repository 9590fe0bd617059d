"""Sentences by the million, recombined from a thousand real ones, and questions that descend from them or from nothing.

A sentence is made of pieces of two or three others, with other numbers and names, and now and then another word; its
translations are made of the same sentences' pieces. The same number always gives the same sentence.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "ntrex"
SOURCE, TARGETS = "nl", ("fr", "de", "en")
_LONGEST = 60  # words; longer sentences are left out, for no press office writes them
_WORD = re.compile(r"[^\W\d_]{4,}")
_NUMBER = re.compile(r"\d+")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}")


@dataclass(frozen=True, slots=True)
class Pair:
    """A source with its translations by locale."""

    source: str
    targets: dict[str, str]


class Texts:
    """What sentences are made of."""

    def __init__(self) -> None:
        """Read the real sentences; raise `FileNotFoundError` where they are not on this machine."""
        columns = {locale: (SHARED / f"{locale}.txt").read_text().splitlines() for locale in (SOURCE, *TARGETS)}
        rows = zip(*columns.values(), strict=True)
        self._rows = [dict(zip(columns, row, strict=True)) for row in rows if 5 < len(row[0].split()) <= _LONGEST]  # noqa: PLR2004
        self.words = sorted({word for row in self._rows for word in _WORD.findall(row[SOURCE])})
        self._names = sorted({name for row in self._rows for name in _NAME.findall(row[SOURCE])})

    def pair(self, number: int) -> Pair:
        """Return the sentence of this number; about a third have all three translations, the others one."""
        chance = random.Random(number)  # noqa: S311 - a sample
        parents = chance.sample(self._rows, chance.choice((2, 2, 3)))
        cuts = sorted(chance.uniform(0.2, 0.8) for _ in parents[1:])
        places = list(zip((0.0, *cuts), (*cuts, 1.0), strict=True))
        names, numbers = chance.choices(self._names, k=8), [chance.randrange(2, 3000) for _ in range(8)]
        words = self._joined(parents, SOURCE, places).split()
        for place in range(len(words)):
            if chance.random() < 0.12 and _WORD.fullmatch(words[place]):  # noqa: PLR2004
                words[place] = chance.choice(self.words)
        source = _varied(" ".join(words), names, numbers)
        locales = TARGETS if number % 3 == 0 else (TARGETS[number % len(TARGETS)],)
        return Pair(
            source,
            {locale: _varied(self._joined(parents, locale, places), names, numbers) for locale in locales},
        )

    def pairs(self, first: int, last: int) -> Iterator[Pair]:
        """Yield the sentences from one number to another, without the other."""
        return (self.pair(number) for number in range(first, last))

    def unknown(self, number: int) -> str:
        """Return a sentence of real words in no order: it descends from nothing."""
        chance = random.Random(-1 - number)  # noqa: S311 - a sample
        return " ".join(chance.choices(self.words, k=chance.randrange(8, 28))).capitalize() + "."

    def edited(self, source: str, number: int) -> str:
        """Return a sentence with one to three edits: words put in, left out, replaced or swapped, numbers changed."""
        chance = random.Random(number)  # noqa: S311 - a sample
        words = source.split()
        for _ in range(chance.randrange(1, 4)):
            place = chance.randrange(len(words))
            match chance.choice(("replace", "insert", "delete", "number", "swap")):
                case "replace":
                    words[place] = chance.choice(self.words)
                case "insert":
                    words.insert(place, chance.choice(self.words))
                case "delete" if len(words) > 4:  # noqa: PLR2004
                    del words[place]
                case "swap" if place:
                    words[place - 1], words[place] = words[place], words[place - 1]
                case _:
                    words = _NUMBER.sub(lambda _: str(chance.randrange(2, 3000)), " ".join(words), count=1).split()
        return " ".join(words)

    @staticmethod
    def _joined(parents: list[dict[str, str]], locale: str, places: list[tuple[float, float]]) -> str:
        pieces: list[str] = []
        for parent, (start, end) in zip(parents, places, strict=True):
            words = parent[locale].split()
            pieces += words[round(start * len(words)) : round(end * len(words))]
        return " ".join(pieces)


def _varied(text: str, names: list[str], numbers: list[int]) -> str:
    some, others = iter(names), iter(numbers)
    text = _NAME.sub(lambda found: next(some, found[0]), text)
    return _NUMBER.sub(lambda found: str(next(others, found[0])), text)
