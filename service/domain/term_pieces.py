"""A text as the term base reads it: words, addresses and marks without markers, and back to the coded text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from service.domain.inline import TokenKind, parse_markers
from service.domain.term_keys import SOFT_HYPHEN, spelling
from service.domain.terms import TermHit
from service.domain.text import CodedText

_PIECE = re.compile(
    rf"""
    (?P<address> (?:https?://|www\.)\S++ | (?<![\w.+-])[\w.+-]{{1,64}}+@\S++ )
    | (?P<word> [^\W_](?:[^\W_]|[\u0300-\u036f{SOFT_HYPHEN}])*(?:['\u2019]s(?![^\W_]))? )
    | (?P<mark> \S )
    """,
    re.VERBOSE,
)
_DASHES = str.maketrans("\u2010\u2011\u2013\u2014\u2019\u2018", "----''")


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, an address or a mark, with its place in the text without markers."""

    start: int
    end: int
    text: str
    is_word: bool


def without_markers(coded: CodedText) -> tuple[str, list[int]]:
    """Return the text without markers, and for each of its characters the place in the coded text."""
    written: list[str] = []
    places: list[int] = []
    at = 0
    for token in parse_markers(coded):
        if token.code is None:
            written.append(token.text)
            places.extend(range(at, at + len(token.text)))
        elif token.kind is TokenKind.ALONE:
            written.append("\n")
            places.append(at)
        at += len(token.text)
    return "".join(written), places


def cut_pieces(text: str) -> Iterator[Piece]:
    """Yield the words, addresses and marks of a text; white space is none of them."""
    for found in _PIECE.finditer(text):
        is_word = found["word"] is not None
        written = spelling(found[0]) if is_word else found[0].translate(_DASHES)
        yield Piece(found.start(), found.end(), written, is_word)


def protected_spans(coded: CodedText, hits: Iterable[TermHit]) -> tuple[tuple[int, int], ...]:
    """Return where the words stay as they are, in the text's order; a term with markers inside is kept in its parts."""
    markers: list[tuple[int, int]] = []
    at = 0
    for token in parse_markers(coded):
        if token.code is not None:
            markers.append((at, at + len(token.text)))
        at += len(token.text)
    spans: set[tuple[int, int]] = set()
    for hit in hits:
        if not hit.term.do_not_translate or hit.compound:
            continue
        inside = (edge for span in markers if hit.start <= span[0] < hit.end for edge in span)
        edges = [hit.start, *inside, hit.end]
        spans.update(
            (start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if coded.text[start:end].strip()
        )
    return tuple(sorted(spans))
