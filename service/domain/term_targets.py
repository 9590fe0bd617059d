"""Terms in a translation: whether what a concept is called stands there, in whatever form, and what should not.

The words of a text are looked up by their keys, so that each term costs as much as it has words. What a check makes of
it is told elsewhere: a term that is missing, or one that the office does not want.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from service.domain.locales import language_of
from service.domain.term_keys import cased_keys, has_capital, is_acronym, word_keys
from service.domain.term_pieces import Piece, cut_pieces, without_markers
from service.domain.terms import SourceTerm, TargetTerm, TermStatus
from service.domain.text import CodedText

COMPOUND_PART = 5  # letters of a term that is looked for inside a word
COMPOUND_REST = 3  # letters of what stands before or behind it there
_COMPOUND_ENDINGS = frozenset({"e", "en", "er", "ern", "es", "n", "s", "in", "innen"})
_UMLAUTS = str.maketrans("äöü", "aou")


@dataclass(frozen=True, slots=True)
class TargetHit:
    """Where a term of a concept stands: from `start` to `end` in the coded text, which is `text` without markers.

    In a compound only a part of the word is the term, which German writes where others have two words.
    """

    start: int
    end: int
    text: str
    term: SourceTerm
    target: TargetTerm
    compound: bool = False


def variants(term: SourceTerm) -> tuple[TargetTerm, ...]:
    """Return what may be looked for in a target: what is not translated stands there as it is written."""
    if term.do_not_translate:
        return (TargetTerm(term.text, TermStatus.PREFERRED, term.forms, case_sensitive=True),)
    return term.targets


class TargetText:
    """A translation to look for terms in; its words are read once."""

    def __init__(self, coded: CodedText, locale: str) -> None:
        """Read the words."""
        self._text, self._places = without_markers(coded)
        self._language = language_of(locale)
        self._pieces = tuple(cut_pieces(self._text))
        self._at: dict[str, list[int]] = {}
        for place, piece in enumerate(self._pieces):
            for key in self._keys(piece):
                self._at.setdefault(key, []).append(place)

    def find(self, terms: Iterable[SourceTerm]) -> tuple[TargetHit, ...]:
        """Return where terms of the concepts stand, in the text's order.

        One that is not fit does not count inside a longer one that is: “pays membre” in “pays membre de la zone euro”.
        """
        hits = [
            hit for term in dict.fromkeys(terms) for target in variants(term) for hit in self._standing(term, target)
        ]
        fit = [hit for hit in hits if hit.target.is_fit]
        kept = (hit for hit in hits if hit.target.is_fit or not any(_holds(longer, hit) for longer in fit))
        return tuple(sorted(dict.fromkeys(kept), key=lambda hit: (hit.start, -hit.end)))

    def has_fit(self, term: SourceTerm) -> bool:
        """Tell whether a term that the concept may be called stands there; none is missed where there is none."""
        fit = [target for target in variants(term) if target.is_fit]
        return not fit or any(True for target in fit for _ in self._standing(term, target))

    def _keys(self, piece: Piece) -> frozenset[str]:
        if not piece.is_word:
            return frozenset((piece.text,))
        return word_keys(piece.text, self._language) | cased_keys(piece.text, self._language)

    def _standing(self, term: SourceTerm, target: TargetTerm) -> Iterator[TargetHit]:
        """Yield where a term stands in one of its forms; in compounds only where it stands nowhere else."""
        found = False
        for written in (target.text, *target.forms):
            words = tuple(cut_pieces(written))
            for first in self._places_of(words, case_sensitive=target.case_sensitive):
                found = True
                yield self._hit(first, first + len(words) - 1, term, target)
            if not found and self._language == "de" and not term.do_not_translate and len(words) == 1:
                yield from self._in_compounds(words[0], term, target)

    def _places_of(self, words: Sequence[Piece], *, case_sensitive: bool) -> Iterator[int]:
        """Yield at which of the text's pieces the words begin, one behind the other."""
        after: set[int] | None = None
        for word in words:
            at = {place for key in self._keys_of_term(word, cased=case_sensitive) for place in self._at.get(key, ())}
            after = at if after is None else {place + 1 for place in after} & at
            if not after:
                return
        yield from (place - len(words) + 1 for place in sorted(after or ()))

    def _keys_of_term(self, word: Piece, *, cased: bool) -> frozenset[str]:
        if not word.is_word:
            return frozenset((word.text,))
        if cased or has_capital(word.text):
            return cased_keys(word.text, self._language)
        return word_keys(word.text, self._language)

    def _in_compounds(self, word: Piece, term: SourceTerm, target: TargetTerm) -> Iterator[TargetHit]:
        part = _folded(word.text)
        if len(part) < COMPOUND_PART or target.case_sensitive or is_acronym(word.text):
            return
        for place, piece in enumerate(self._pieces):
            if piece.is_word and _is_part(part, _folded(piece.text)):
                yield self._hit(place, place, term, target, compound=True)

    def _hit(self, first: int, last: int, term: SourceTerm, target: TargetTerm, *, compound: bool = False) -> TargetHit:
        start, end = self._pieces[first].start, self._pieces[last].end
        return TargetHit(
            self._places[start], self._places[end - 1] + 1, self._text[start:end], term, target, compound=compound
        )


def _holds(longer: TargetHit, hit: TargetHit) -> bool:
    return longer.start <= hit.start and hit.end <= longer.end and longer.end - longer.start > hit.end - hit.start


def _folded(word: str) -> str:
    return word.lower().replace("ß", "ss").translate(_UMLAUTS)


def _is_part(part: str, word: str) -> bool:
    """Tell whether a word of German is put together with the part, which it may end in with an ending."""
    at = word.find(part)
    while at >= 0:
        before, behind = at, word[at + len(part) :]
        begins, ends = before == 0, behind == "" or behind in _COMPOUND_ENDINGS
        if not (begins and ends) and (begins or before >= COMPOUND_REST) and (ends or len(behind) >= COMPOUND_REST):
            return True
        at = word.find(part, at + 1)
    return False
