"""The term base of one pair of languages, and the search for its terms in a text.

A text is walked once through a dictionary, word by word, whatever the number of terms; of terms that overlap the
longest counts. How the forms of a word are known is told in `term_keys`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from service.domain.drafts import NO_GLOSSARY, Glossary
from service.domain.locales import language_of
from service.domain.term_keys import cased_keys, has_capital, spelling, word_keys
from service.domain.term_pieces import Piece, cut_pieces, without_markers
from service.domain.terms import SourceTerm, TermHit
from service.domain.text import CodedText

LONGEST_TERM = 24  # words and marks; a longer one is a sentence
REMEMBERED = 1_000  # texts
COMPOUND_LETTERS = 9
LONGEST_COMPOUND = 80  # letters; more of them are no word, and would be cut everywhere
COMPOUND_HEAD = 3
COMPOUND_TAIL = 5
OTHER_FORM = 2
_LINKS = ("", "s", "en", "e", "n")
_REVISION_LETTERS = 16


@dataclass(frozen=True, slots=True)
class _Spelled:
    """One spelling of a term."""

    term: SourceTerm
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    first: int
    last: int
    spelled: _Spelled
    likeness: int  # 0 letter for letter, 1 but for capitals, 2 another form of the word


class TermBase:
    """The terms of a pair of locales; building takes a while, walking a text does not.

    `words` gives the numbers of the known words that share a key, `steps` the place behind a place and a word's
    number: these two dictionaries are all that a walk looks into.
    """

    def __init__(self, terms: Iterable[SourceTerm], source_locale: str) -> None:
        """Sort the terms in."""
        self.terms = tuple(terms)
        self.language = language_of(source_locale)
        self.words: dict[str, list[int]] = {}
        self.steps: dict[tuple[int, int], int] = {}
        self._numbers: dict[tuple[str, bool], int] = {}
        self._ends: dict[int, list[_Spelled]] = {}
        self._places = 0
        self._find_once = lru_cache(REMEMBERED)(self._find)  # a text is looked through again at each of its saves
        for term in self.terms:
            for spelled in (term.text, *term.forms):
                self._add(term, spelled)

    @cached_property
    def glossary(self) -> Glossary:
        """What an engine may be told: each spelling with its preferred term, where there is only one."""
        chosen: dict[str, set[str]] = {}
        for term in self.terms:
            if term.preferred:
                for spelled in (term.text, *term.forms):
                    target = spelled if term.do_not_translate else term.preferred
                    chosen.setdefault(spelled, set()).add(target)
        entries = tuple((source, min(targets)) for source, targets in sorted(chosen.items()) if len(targets) == 1)
        if not entries:
            return NO_GLOSSARY
        kept = sorted({term.text for term in self.terms if term.do_not_translate})
        written = "\n".join(["\t".join(entry) for entry in entries] + ["", *kept])
        revision = hashlib.sha256(written.encode()).hexdigest()[:_REVISION_LETTERS]
        return Glossary(entries, revision)

    @cached_property
    def revision(self) -> str:
        """A short name for what these terms say of the target language, the same in every process."""
        told = [term for term in self.terms if term.targets or term.do_not_translate]
        return hashlib.sha256(repr(told).encode()).hexdigest()[:_REVISION_LETTERS]

    def find(self, coded: CodedText) -> tuple[TermHit, ...]:
        """Return the terms in a text in its order; terms of several concepts that are spelled alike stand together."""
        return self._find_once(coded)

    def _find(self, coded: CodedText) -> tuple[TermHit, ...]:
        text, places = without_markers(coded)
        pieces = list(cut_pieces(text))
        numbers = [self._numbers_of(piece) for piece in pieces]
        taken = [False] * len(pieces)
        hits: list[TermHit] = []
        found = sorted(self._walk(pieces, numbers), key=lambda it: (it.first - it.last, it.first, it.likeness))
        kept: dict[int, _Found] = {}
        for one in found:
            before = kept.get(one.first)
            if before is not None and (before.last, before.likeness) == (one.last, one.likeness):
                hits.append(_hit(one, pieces, text, places))
            elif not any(taken[one.first : one.last + 1]):
                taken[one.first : one.last + 1] = [True] * (one.last + 1 - one.first)
                kept[one.first] = one
                hits.append(_hit(one, pieces, text, places))
        hits += self._in_compounds(pieces, taken, places)
        return tuple(sorted(dict.fromkeys(hits), key=lambda hit: hit.start))

    def _add(self, term: SourceTerm, spelled: str) -> None:
        pieces = tuple(cut_pieces(spelled))
        words = tuple(piece.text for piece in pieces)
        if not words or len(words) > LONGEST_TERM:
            return
        at = 0
        for piece in pieces:
            number = self._number(piece, cased=term.case_sensitive or has_capital(piece.text))
            step = self.steps.get((at, number))
            if step is None:
                self._places += 1
                step = self.steps[at, number] = self._places
            at = step
        self._ends.setdefault(at, []).append(_Spelled(term, words))

    def _number(self, piece: Piece, *, cased: bool) -> int:
        """Return the number of a known word; a new one is put under all its keys."""
        number = self._numbers.get((piece.text, cased))
        if number is None:
            number = self._numbers[piece.text, cased] = len(self._numbers)
            keys = cased_keys if cased else word_keys
            for key in keys(piece.text, self.language) if piece.is_word else (piece.text,):
                self.words.setdefault(key, []).append(number)
        return number

    def _numbers_of(self, piece: Piece) -> tuple[int, ...]:
        """Return the numbers of the known words of which this may be a form."""
        if not piece.is_word:
            return tuple(self.words.get(piece.text, ()))
        keys = word_keys(piece.text, self.language) | cased_keys(piece.text, self.language)
        return tuple(dict.fromkeys(number for key in keys for number in self.words.get(key, ())))

    def _walk(self, pieces: Sequence[Piece], numbers: Sequence[Sequence[int]]) -> Iterator[_Found]:
        """Yield every term that begins at every place."""
        for first in range(len(pieces)):
            places = [0]
            for last in range(first, min(first + LONGEST_TERM, len(pieces))):
                places = [
                    step
                    for place in places
                    for number in numbers[last]
                    if (step := self.steps.get((place, number))) is not None
                ]
                if not places:
                    break
                for spelled in (one for place in places for one in self._ends.get(place, ())):
                    yield _Found(first, last, spelled, _likeness(spelled.words, pieces[first : last + 1]))

    def _in_compounds(self, pieces: Sequence[Piece], taken: Sequence[bool], places: Sequence[int]) -> Iterator[TermHit]:
        """Yield a hint for each long word that is no term itself, but ends in one behind a known word."""
        for piece, has_hit in zip(pieces, taken, strict=True):
            if has_hit or not piece.is_word or not COMPOUND_LETTERS <= len(piece.text) <= LONGEST_COMPOUND:
                continue
            for cut in range(COMPOUND_HEAD, len(piece.text) - COMPOUND_TAIL + 1):
                ends = self._single(piece.text[cut:])
                if ends and self._is_known(piece.text[:cut]):
                    span = places[piece.start], places[piece.end - 1] + 1
                    yield from (TermHit(*span, piece.text, one.term, exact=False, compound=True) for one in ends)
                    break

    def _single(self, tail: str) -> list[_Spelled]:
        """Return the terms of one word, of five letters and more, that the end of a compound is a form of."""
        numbers = dict.fromkeys(number for key in word_keys(tail, self.language) for number in self.words.get(key, ()))
        steps = (self.steps.get((0, number)) for number in numbers)
        spelled = (one for step in steps if step is not None for one in self._ends.get(step, ()))
        return [one for one in spelled if len(one.words[0]) >= COMPOUND_TAIL]

    def _is_known(self, head: str) -> bool:
        lower = spelling(head).lower()
        return any(
            key in self.words
            for link in _LINKS
            if lower.endswith(link) and len(lower) - len(link) >= COMPOUND_HEAD
            for key in word_keys(lower[: len(lower) - len(link)], self.language)
        )


def _likeness(words: Sequence[str], pieces: Sequence[Piece]) -> int:
    if all(word == piece.text for word, piece in zip(words, pieces, strict=True)):
        return 0
    same = all(word.lower() == piece.text.lower() for word, piece in zip(words, pieces, strict=True))
    return 1 if same else OTHER_FORM


def _hit(found: _Found, pieces: Sequence[Piece], text: str, places: Sequence[int]) -> TermHit:
    start, end = pieces[found.first].start, pieces[found.last].end
    return TermHit(
        places[start], places[end - 1] + 1, text[start:end], found.spelled.term, exact=found.likeness < OTHER_FORM
    )
