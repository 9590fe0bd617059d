"""Names in a text, which are known by their capitals alone.

Words that have theirs from their place in a sentence, titles and days are trimmed off. What became of a name in a
translation is told in `names_there`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from service.domain.locales import language_of
from service.domain.name_words import NEVER_NAMES, PARTICLES, TITLES, is_common
from service.domain.unaccented import unaccented

SHORTEST_NAME = 3  # letters
LONGEST_NAME = 12  # words; a run of more is a title or a list

_WORDS = re.compile(r"[^\W\d_]+")
_JOINS = frozenset({" ", "\u00a0", "\u202f", "-", "\u2011", "'", "\u2019"})
_INITIAL_JOINS = frozenset({". ", ".\u00a0", "."})
_MOST_PARTICLES = 3
# What a word that begins a sentence or a quotation stands behind; it may have its capital from there.
_BEGINNINGS = ".!?:;\u2026\"'\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb([\u2013\u2014-\u2022*/|"
_SPACES_AND_MARKERS = " \t\r\n\u00a0\u202f\ufffc"


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands; `begins` tells that it may have its capital from that place."""

    start: int
    end: int
    text: str
    begins: bool = False

    @property
    def folded(self) -> str:
        """The word without accents and capitals."""
        return unaccented(self.text)

    @property
    def has_capital(self) -> bool:
        """Whether it begins with one."""
        return self.text[0].isupper()


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text: a run of words with a capital, of which `words` are those that tell it from others."""

    start: int
    end: int
    text: str
    words: tuple[Word, ...]

    @property
    def key(self) -> str:
        """The name without accents, capitals and doubled spaces."""
        return " ".join(unaccented(self.text).split())

    @property
    def is_full(self) -> bool:
        """Whether it has more words than one, as people have, and so is surely a name."""
        return len(self.words) > 1

    def is_translated(self, language: str) -> bool:
        """Tell whether most of its words are such as every language has its own for: “Raad Justitie”."""
        common = sum(is_common(word.folded, language) for word in self.words)
        return 2 * common > len(self.words)


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a text in its order."""
    words = []
    done = 0
    for found in _WORDS.finditer(text):
        marks = text[done : found.start()].strip(_SPACES_AND_MARKERS)
        begins = not done or (marks != "" and marks[-1] in _BEGINNINGS and text[done : found.start()] not in _JOINS)
        words.append(Word(found.start(), found.end(), found[0], begins))
        done = found.end()
    return tuple(words)


@lru_cache(maxsize=1024)
def names_of(text: str, locale: str) -> tuple[Name, ...]:
    """Return the names of a text in its order; none of a text that is all capitals.

    Of German, whose nouns all have capitals, only those of several words are names.
    """
    if text == text.upper():
        return ()
    language = language_of(locale)
    runs = (_trimmed(run, language) for run in _runs(text, words_of(text)))
    names = (Name(run[0].start, run[-1].end, text[run[0].start : run[-1].end], _telling(run)) for run in runs if run)
    return tuple(name for name in names if _is_name(name, language))


def _is_name(name: Name, language: str) -> bool:
    """Tell whether a run is a name: not a list, a German noun, nor only words that every language has its own for."""
    if not 0 < len(name.words) <= LONGEST_NAME or (language == "de" and not name.is_full):
        return False
    return not all(is_common(word.folded, language) for word in name.words)


def _runs(text: str, words: Sequence[Word]) -> Iterator[list[Word]]:
    """Yield the words with a capital that stand side by side, with the particles between them."""
    run: list[Word] = []
    waiting: list[Word] = []
    for word in words:
        before = waiting[-1] if waiting else run[-1] if run else None
        joined = before is not None and _is_joined(before, text[before.end : word.start])
        if run and joined and word.text in PARTICLES and len(waiting) < _MOST_PARTICLES:
            waiting.append(word)
            continue
        if word.has_capital and not _is_shouted(word.text):
            if not (run and joined):
                if run:
                    yield run
                run, waiting = [], []
            run += [*waiting, word]
        elif run:
            yield run
            run = []
        waiting = []
    if run:
        yield run


def _is_joined(before: Word, between: str) -> bool:
    return between in _JOINS or (len(before.text) == 1 and between in _INITIAL_JOINS)


def _is_shouted(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _trimmed(run: list[Word], language: str) -> list[Word]:
    """Return a run without the words before its name that have a capital for another reason."""
    never = NEVER_NAMES.get(language, frozenset()) | TITLES.get(language, frozenset())
    first = next(
        (at for at, word in enumerate(run) if word.folded not in never and word.text not in PARTICLES), len(run)
    )
    return run[first:]


def _telling(run: Sequence[Word]) -> tuple[Word, ...]:
    return tuple(word for word in run if len(word.text) >= SHORTEST_NAME and word.text.lower() not in PARTICLES)
