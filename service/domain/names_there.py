"""What became of a name in a translation: it stands there as it is, as the language calls it, or misspelt.

A name of which there is no trace may be translated, or the person be called by a function; nobody can tell that from
the text. What is misspelt is a guess as well: a word with a capital that is like the name by all but a letter or two,
and that nothing in the source explains.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from service.domain.locales import language_of
from service.domain.name_sounds import sounds_alike
from service.domain.name_spellings import edits_between
from service.domain.name_words import FOREIGN, NEVER_NAMES, is_common
from service.domain.names import Name, Word, words_of
from service.domain.places import PlaceForms, is_place, places_called
from service.domain.unaccented import unaccented

SHORTEST_NEAR = 4  # letters of names that may be misspelt by one; by two:
SHORTEST_FOR_TWO = 6
SHORTEST_TWICE = 6  # letters of names that may be misspelt beside the right spelling
MOST_UNEXPLAINED = 60  # words of the translation: no sentence has as many names
MOST_COMPARED = 4_000  # pairs of words
_NEIGHBOURS = 3  # words between a name's first and its last

# What a name may have behind it in a sentence: a genitive, a plural, an adjective's or an inhabitant's ending.
_BESIDE = frozenset({"s", "er", "ers"})  # where another word of the name stands beside it: New Yorker
_ENDINGS = frozenset({"s", "e", "es", "n", "en", "er", "ers", "in", "se"})


@dataclass(frozen=True, slots=True)
class NameFound:
    """Where a translation has a name or a word of it; `right` is how it should be spelled there."""

    start: int
    end: int
    text: str
    right: str
    exact: bool


class NamesThere:
    """A translation, to look for the names of its source in."""

    def __init__(self, text: str, locale: str, source: str, source_locale: str) -> None:
        """Cut both texts into words."""
        self._text, self._language, self._from = text, language_of(locale), language_of(source_locale)
        self._words = words_of(text)
        self._places: dict[str, list[int]] = {}
        for at, word in enumerate(self._words):
            self._places.setdefault(word.folded, []).append(at)
        self._ours = frozenset(word.folded for word in words_of(source))
        others = (at for at in range(len(self._words)) if self._is_unexplained(at))
        self._unexplained = tuple(islice(others, MOST_UNEXPLAINED))
        self._compared = 0
        self._called_before: dict[tuple[PlaceForms, ...], NameFound | None] = {}

    def find(self, name: Name) -> NameFound | None:
        """Return where a name stands, exactly or misspelt; None where it does not, or is translated."""
        found = [self.find_word(word, name) for word in name.words]
        wrong = next((one for one in found if one is not None and not one.exact), None)
        own = [one for one, word in zip(found, name.words, strict=True) if not is_common(word.folded, self._from)]
        return wrong or (self._whole(name, own[-1]) if own and own[-1] else None)

    def find_word(self, word: Word, name: Name) -> NameFound | None:
        """Return where a word of a name stands, in whatever form; None where there is nothing like it."""
        places = self._standing(word.folded)
        if places:
            return self._twice(word, name) or self._found(places[0], self._words[places[0]].text, exact=True)
        called = places_called(word.folded, self._from, self._language)
        if called:
            if called not in self._called_before:
                self._called_before[called] = self._called(called)
            return self._called_before[called]
        if is_common(word.folded, self._from):
            return None
        return self._near(word, name)

    def _is_unexplained(self, at: int) -> bool:
        """Tell whether a word may be a name that the source has in another spelling."""
        word = self._words[at]
        return (
            word.has_capital
            and len(word.text) >= SHORTEST_NEAR - 1
            and word.folded not in self._ours
            and word.folded not in NEVER_NAMES.get(self._language, ())
            and not is_place(word.folded, self._language)
        )

    def _standing(self, folded: str) -> list[int]:
        """Return where a word stands as it is, but for accents and a genitive."""
        forms = (folded, folded + "s", folded.removesuffix("s"))
        return next((self._places[form] for form in forms if form in self._places), [])

    def _called(self, called: Sequence[PlaceForms]) -> NameFound | None:
        """Return where a place stands by one of its names, or by its usual one misspelt."""
        for at, word in enumerate(self._words):
            if any(forms.matches(word.folded) for forms in called):
                return self._found(at, word.text, exact=True)
        for at in self._unexplained:
            for forms in called:
                if self._edits(unaccented(forms.usual), self._words[at]) == 1 and not self._words[at].begins:
                    return self._found(at, forms.usual, exact=False)
        return None

    def _twice(self, word: Word, name: Name) -> NameFound | None:
        """Return where a word that stands there rightly stands once more and is misspelt."""
        near = self._near(word, name) if len(word.text) >= SHORTEST_TWICE else None
        return None if near is None or near.exact else near

    def _near(self, word: Word, name: Name) -> NameFound | None:
        """Return the word that is most like a name; one that only has another ending, or sounds the same, is it."""
        best: tuple[int, int] | None = None
        self._compared += len(self._unexplained)
        for at in self._unexplained if self._compared <= MOST_COMPARED else ():
            there = self._words[at]
            certain = self._stands_beside(at, word, name)
            if self._is_form(word.folded, there.folded, certain=certain):
                return self._found(at, there.text, exact=True)
            if not certain and not self._may_be(word, there):
                continue
            edits = self._edits(word.folded, there)
            most = self._most_edits(word, there, certain=certain)
            if edits <= most and (best is None or edits < best[0]):
                best = edits, at
        if best is None:
            return None
        return self._found(best[1], word.text, exact=False)

    def _may_be(self, word: Word, there: Word) -> bool:
        """Tell whether a word may be a name misspelt where no other word of the name stands beside it.

        A word that begins a sentence may be any, and in German any noun is like it.
        """
        if there.begins or (word.begins and self._language == "de"):
            return False
        return word.folded[0] == there.folded[0] and word.folded not in FOREIGN

    def _most_edits(self, word: Word, there: Word, *, certain: bool) -> int:
        """Return in how many letters a name may differ; an English word in it may well have been translated."""
        if word.folded in FOREIGN:
            return 1 if there.text.isascii() else 0
        return 2 if certain or min(len(word.text), len(there.text)) >= SHORTEST_FOR_TWO else 1

    def _is_form(self, name: str, there: str, *, certain: bool) -> bool:
        shorter, longer = sorted((name, there), key=len)
        if longer.startswith(shorter) and longer[len(shorter) :] in (_BESIDE if certain else _ENDINGS):
            return True
        return sounds_alike(name, there, self._language)

    def _edits(self, name: str, there: Word) -> int:
        if min(len(name), len(there.text)) < SHORTEST_NEAR:
            return 3
        return edits_between(name, there.folded, 2)

    def _stands_beside(self, at: int, word: Word, name: Name) -> bool:
        """Tell whether another word of the name stands close to this place."""
        others = {other.folded for other in name.words if other is not word}
        beside = self._words[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS + 1]
        return any(neighbour.folded in others for neighbour in beside)

    def _whole(self, name: Name, last: NameFound) -> NameFound:
        """Return a name that was found by its last word with the rest of it, where that stands before it."""
        start = last.end - len(name.text)
        if start >= 0 and unaccented(self._text[start : last.end]) == unaccented(name.text):
            return NameFound(start, last.end, self._text[start : last.end], name.text, exact=True)
        return last

    def _found(self, at: int, right: str, *, exact: bool) -> NameFound:
        word = self._words[at]
        return NameFound(word.start, word.end, word.text, right, exact)
