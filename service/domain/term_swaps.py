"""What a person put in place of words of a draft: short stretches, word by word, with what stands around them.

Only what may be another name for the same thing counts: no numbers, no other form of a word, no mended letter, and
nothing where the sentence was written anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz.distance import Levenshtein

from service.domain.term_keys import has_capital, word_keys
from service.domain.term_pieces import Piece, cut_pieces

LONGEST_STRETCH = 4  # words
MOST_CHANGED = 0.5  # of the words; more is another sentence
FEWEST_LETTERS = 4
MENDED_LETTERS = 2

_ARTICLES = {
    "fr": "le la les l un une des du au aux ce cet cette ces son sa ses leur leurs",
    "de": "der die das den dem des ein eine einen einem einer eines",
    "en": "the a an its their this these",
    "nl": "de het een dit deze",
}
_SMALL_WORDS = {
    "fr": "de d à en et dans sur pour par avec qui que celui celle ceux celles ci là il elle ils elles on lui dernier "
    "dernière cela",
    "de": "und im in am an zum zur von vom für mit auf bei er sie es dieser diese dieses diesem diesen ihr ihm ihre "
    "letzterer letztere",
    "en": "of to in on at for by and with from it they them he she that those latter his her which",
    "nl": "van in op aan voor met en te ten ter door bij hij zij ze die dat deze laatste",
}
ARTICLES = {language: frozenset(words.split()) for language, words in _ARTICLES.items()}
_SMALL = {language: ARTICLES[language] | frozenset(words.split()) for language, words in _SMALL_WORDS.items()}
_JOINING = frozenset("'-")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words of a text: `text` as it is written, from the piece `first` to before the piece `end`."""

    first: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Swap:
    """A stretch of the draft, and the one of the target that stands in its place."""

    before: Stretch
    after: Stretch


class Comparison:
    """A draft beside the text that a person made of it, both without markers."""

    def __init__(self, draft: str, target: str, language: str) -> None:
        """Compare word by word."""
        self._texts = draft, target
        self.language = language
        self.draft: list[Piece] = list(cut_pieces(draft))
        self.target: list[Piece] = list(cut_pieces(target))
        words = [piece.text for piece in self.draft], [piece.text for piece in self.target]
        self._moves = SequenceMatcher(None, *words, autojunk=False).get_opcodes()
        self._small = _SMALL.get(language, frozenset())

    @property
    def is_rewritten(self) -> bool:
        """Whether so much changed that no word stands for another."""
        changed = max(
            sum(i2 - i1 for tag, i1, i2, _, _ in self._moves if tag != "equal"),
            sum(j2 - j1 for tag, _, _, j1, j2 in self._moves if tag != "equal"),
        )
        return changed > MOST_CHANGED * max(len(self.draft), len(self.target))

    def swaps(self) -> Iterator[Swap]:
        """Yield what was replaced, without articles and the like at its ends."""
        for tag, i1, i2, j1, j2 in self._moves:
            if tag == "replace" and not self.is_rewritten:
                swap = Swap(self._stretch(0, i1, i2), self._stretch(1, j1, j2))
                if self._may_be_names(swap):
                    yield swap

    def swap_of(self, term: str) -> Swap | None:
        """Return what stands in place of a term of the draft; None where that cannot be told."""
        places = list(self.places(term, in_target=False))
        if not places or self.is_rewritten:
            return None
        swaps = [self._across(first, end) for first, end in places]
        told = {swap.after.text.casefold() for swap in swaps if swap is not None}
        return swaps[0] if len(told) == 1 and None not in swaps else None

    def places(self, term: str, *, in_target: bool) -> Iterator[tuple[int, int]]:
        """Yield where a term stands in one of the texts, letter for letter but for capitals."""
        wanted = [piece.text.casefold() for piece in cut_pieces(term)]
        pieces = self.target if in_target else self.draft
        for first in range(len(pieces) - len(wanted) + 1 if wanted else 0):
            end = first + len(wanted)
            if [piece.text.casefold() for piece in pieces[first:end]] == wanted:
                yield first, end

    def around(self, stretch: Stretch) -> tuple[str, str]:
        """Return the nearest words before and after a stretch of the target that mean something ("" at a mark)."""
        before = reversed(self.target[: stretch.first])
        return self._nearest(before), self._nearest(iter(self.target[stretch.end :]))

    def has_article(self, stretch: Stretch) -> bool:
        """Tell whether an article stands right before a stretch of the target."""
        before = [piece.text.lower() for piece in self.target[: stretch.first] if piece.text != "'"]
        return bool(before) and before[-1] in ARTICLES.get(self.language, frozenset())

    def _nearest(self, pieces: Iterator[Piece]) -> str:
        for piece in pieces:
            if piece.is_word and piece.text.lower() not in self._small:
                return piece.text.casefold()
            if not piece.is_word and piece.text not in _JOINING:
                break
        return ""

    def _across(self, first: int, end: int) -> Swap | None:
        """Return the swap of exactly the draft's pieces from `first` to before `end`."""
        parts: list[tuple[int, int, int, int]] = []
        replaced = False
        for tag, i1, i2, j1, j2 in self._moves:
            if tag == "insert" and not first < i1 < end:
                continue
            if tag != "insert" and (i2 <= first or i1 >= end):
                continue
            replaced = replaced or tag == "replace"
            cut, over = (max(first - i1, 0), max(i2 - end, 0)) if tag == "equal" else (0, 0)
            parts.append((i1 + cut, i2 - over, j1 + cut, j2 - over))
        if not replaced:
            return None
        before = self._stretch(0, parts[0][0], parts[-1][1])
        swap = Swap(before, self._stretch(1, parts[0][2], parts[-1][3]))
        asked = self._stretch(0, first, end)
        exactly = (before.first, before.end) == (asked.first, asked.end)
        return swap if exactly and self._may_be_names(swap) else None

    def _stretch(self, side: int, first: int, end: int) -> Stretch:
        pieces = self.target if side else self.draft
        while first < end and self._is_small(pieces[first]):
            first += 1
        while first < end and self._is_small(pieces[end - 1]):
            end -= 1
        text = self._texts[side][pieces[first].start : pieces[end - 1].end] if first < end else ""
        return Stretch(first, end, text)

    def _is_small(self, piece: Piece) -> bool:
        return piece.text.lower() in self._small or (not piece.is_word and piece.text in _JOINING)

    def _may_be_names(self, swap: Swap) -> bool:
        before = self.draft[swap.before.first : swap.before.end]
        after = self.target[swap.after.first : swap.after.end]
        if not (_is_phrase(before) and _is_phrase(after)):
            return False
        words = [[piece.text for piece in pieces if piece.is_word] for pieces in (before, after)]
        if len(words[0]) == len(words[1]) and all(
            word_keys(old, self.language) & word_keys(new, self.language) for old, new in zip(*words, strict=True)
        ):
            return False
        letters = swap.before.text.casefold(), swap.after.text.casefold()
        return Levenshtein.distance(*letters, score_cutoff=MENDED_LETTERS) > MENDED_LETTERS


def _is_phrase(pieces: Sequence[Piece]) -> bool:
    """Tell whether pieces are a few words, one of which is long enough to be a name, and nothing else."""
    words = [piece.text for piece in pieces if piece.is_word]
    if not 0 < len(words) <= LONGEST_STRETCH or any(letter.isdigit() for word in words for letter in word):
        return False
    if any(not piece.is_word and piece.text not in _JOINING for piece in pieces):
        return False
    return any(len(word) >= FEWEST_LETTERS or has_capital(word) for word in words)
