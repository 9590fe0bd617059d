"""What a concordance looks for: pieces of text, whatever their capitals, apostrophes and spaces; and where they stand.

Texts and pieces are folded alike, accents stay. A piece of three characters or more stands anywhere, in the middle of a
word as well; a shorter one stands only by itself, for it is part of nearly every text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from service.domain.characters import clean_line

SHORTEST_INSIDE = 3  # characters of a piece that may stand inside a word
MOST_PIECES = 32
LONGEST_QUERY = 1_000
MOST_AHEAD = 100  # of a list's finds; each stands in the address of the next page
SIDE = "\u00b7"  # stands on both sides of each short word in a body
_TAB = "\t"
_MOST_TRIGRAMS = 60
_QUOTES = re.compile(r'["\u201c\u201d\u201e\u201f\u00ab\u00bb]')
_MARKS = ".,;:!?()[]{}\u2026'\u2013\u2014-"
_SHORT = re.compile(r"(?<![^\W_])[^\W_]{1,2}(?![^\W_])|[^\w\s]|_")
_PLACE = re.compile(rf"[0-9]{{1,18}}(?:\.[0-9]{{1,18}}){{0,{MOST_AHEAD}}}")  # 64 bits
_CONTROLS = (*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000))
_FOLDED: dict[int, str | None] = {
    **dict.fromkeys(_CONTROLS, " "),
    **dict.fromkeys(map(ord, "\u2018\u2019\u201b\u02bc"), "'"),
    **dict.fromkeys(map(ord, "\u2010\u2011"), "-"),
    ord("\u00ad"): None,  # a soft hyphen
    ord("\u00df"): "ss",
    ord("\u03c2"): "\u03c3",  # a sigma at the end of a word
}


class Span(NamedTuple):
    """Where something stands in a text: from its first character to before its last one's successor."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a list of finds goes on: with sources `before` one, but for those that it gave `ahead` of their turn."""

    before: int
    ahead: tuple[int, ...] = ()

    def __str__(self) -> str:
        """Write it as `place_of` reads it."""
        return ".".join(map(str, (self.before, *self.ahead)))


@dataclass(frozen=True, slots=True)
class Marked:
    """A text, composed, with the places of what was looked for in it, in order and apart from each other."""

    text: str
    spans: tuple[Span, ...] = ()


def place_of(written: str) -> Place | None:
    """Read a place in a list; None for what is none."""
    if not _PLACE.fullmatch(written):
        return None
    before, *ahead = map(int, written.split("."))
    return Place(before, tuple(ahead))


def fold(text: str) -> str:
    """Return a text as it is compared."""
    return " ".join(unicodedata.normalize("NFC", text).lower().translate(_FOLDED).split())


def pieces_of(query: str) -> tuple[str, ...]:
    """Return what a query asks for, folded: what stands between quotation marks as one piece, other words each alone.

    What no text of the desk has is taken out. Marks at the ends of words are left out, and so is what has nothing else.
    What goes beyond 32 pieces is not asked.
    """
    pieces: list[str] = []
    for place, part in enumerate(_QUOTES.split(query[:LONGEST_QUERY])):
        folded = clean_line(fold(part))
        pieces += [folded] if place % 2 else [word.strip(_MARKS) for word in folded.split()]
    kept = dict.fromkeys(piece for piece in pieces if len(piece) >= SHORTEST_INSIDE or short_words(piece))
    return tuple(kept)[:MOST_PIECES]


def is_sentence(query: str) -> bool:
    """Tell whether somebody asks for a whole sentence: four words or more, and no quotation marks."""
    return len(query.split()) > 3 and not _QUOTES.search(query)  # noqa: PLR2004 - what the sentence above says


def short_words(folded: str) -> set[str]:
    """Return the words of one or two characters in a folded text, and the signs that are no punctuation."""
    return {word for word in _SHORT.findall(folded) if word not in _MARKS}


def body_of(texts: Iterable[tuple[str, str]]) -> str:
    """Return texts, given with their locales, as they are filed: a folded line for each, and one of their short words.

    That line makes a word of two characters long enough for trigrams, by what stands on both of its sides.
    """
    folded = dict.fromkeys((locale, fold(text)) for locale, text in texts)
    short = {word for word in _SHORT.findall("\n".join(text for _, text in folded)) if word not in _MARKS}
    lines = (f"{locale}{_TAB}{text}" for locale, text in folded)
    return "\n".join((*lines, f"{SIDE}{SIDE.join(sorted(map(_filed, short)))}{SIDE}"))


def fits(body: str, pieces: Collection[str], locale: str | None = None) -> bool:
    """Tell whether all pieces stand in one text of a body, in one of this locale where one is given."""
    for line in body.split("\n")[:-1]:
        of, _, text = line.partition(_TAB)
        if locale in {None, of} and all(_stands(piece, text) for piece in pieces):
            return True
    return False


def needles(pieces: Iterable[str]) -> tuple[str, ...]:
    """Return what stands in every body that has all pieces, each three characters long or longer."""
    wanted: dict[str, None] = {}
    for piece in pieces:
        if len(piece) >= SHORTEST_INSIDE:
            wanted[piece] = None
        else:
            wanted |= {f"{SIDE}{_filed(word)}{SIDE}": None for word in sorted(short_words(piece))}
    return tuple(wanted)


def trigrams(wanted: Iterable[str]) -> tuple[str, ...]:
    """Return every three characters in a row of what is wanted, each once, but no more than sixty."""
    found = (needle[place : place + 3] for needle in wanted for place in range(len(needle) - 2))
    return tuple(islice(dict.fromkeys(found), _MOST_TRIGRAMS))


def _filed(word: str) -> str:
    """Return a short word as it is filed: a sign as a number, for trigrams are made of letters and digits."""
    return word if word.isalnum() else f"u{ord(word):x}"


def mark(text: str, pieces: Collection[str]) -> Marked:
    """Return a text with the places of all pieces; with none where one of them is missing."""
    composed = unicodedata.normalize("NFC", text)
    folded = fold(composed)
    if not all(_stands(piece, folded) for piece in pieces):
        return Marked(composed)
    places = _places(composed)
    found = [
        Span(places[start], places[start + len(piece) - 1] + 1) for piece in pieces for start in _starts(piece, folded)
    ]
    return Marked(composed, tuple(_joined(sorted(found))))


def _stands(piece: str, folded: str) -> bool:
    return next(_starts(piece, folded), None) is not None


def _starts(piece: str, folded: str) -> Iterator[int]:
    start = folded.find(piece)
    while start >= 0:
        if len(piece) >= SHORTEST_INSIDE or _alone(piece, folded, start):
            yield start
        start = folded.find(piece, start + len(piece))


def _alone(piece: str, folded: str, start: int) -> bool:
    """Tell whether no letter or digit goes on at either side."""
    end = start + len(piece)
    before = start > 0 and piece[0].isalnum() and folded[start - 1].isalnum()
    return not (before or (end < len(folded) and piece[-1].isalnum() and folded[end].isalnum()))


def _places(composed: str) -> list[int]:
    """Return for each character of the folded text the place of the one that it stands for."""
    places: list[int] = []
    after_space = True
    for place, character in enumerate(composed):
        for folded in character.lower().translate(_FOLDED):
            if not (folded.isspace() and after_space):
                places.append(place)
            after_space = folded.isspace()
    return places


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Give spans in order, those that touch each other as one."""
    whole: Span | None = None
    for span in spans:
        if whole is not None and span.start <= whole.end:
            whole = Span(whole.start, max(whole.end, span.end))
            continue
        if whole is not None:
            yield whole
        whole = span
    if whole is not None:
        yield whole
