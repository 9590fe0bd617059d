"""A text as the term base reads it: words, addresses and marks without markers, and back to the coded text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from service.domain.inline import Token, TokenKind, parse_markers
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
    """Return where the words stay as they are; a span that would cut through a pair of markers is parted or widened."""
    markers = list(_markers(coded))
    spans: dict[tuple[int, int], None] = {}
    for hit in hits:
        if hit.term.do_not_translate and not hit.compound:
            spans.update(dict.fromkeys(_whole(coded, hit.start, hit.end, markers)))
    return tuple(sorted(spans))


def _whole(coded: CodedText, start: int, end: int, markers: Sequence[tuple[int, Token]]) -> list[tuple[int, int]]:
    """Return the span with the other half of each pair that stands right beside it, or else its parts."""
    starts, ends = [start], [end]
    for at, token in reversed(markers):
        if token.kind is TokenKind.OPEN and at + len(token.text) == starts[-1]:
            starts.append(at)
    for at, token in markers:
        if token.kind is TokenKind.CLOSE and at == ends[-1]:
            ends.append(at + len(token.text))
    widened = sorted(product(starts, ends), key=lambda span: span[1] - span[0])
    for candidate in widened:
        if _is_balanced(candidate, markers):
            return [candidate]
    inner = [(at, at + len(token.text)) for at, token in markers if start <= at < end]
    edges = [start, *(edge for span in inner for edge in span), end]
    parts = zip(edges[::2], edges[1::2], strict=True)
    return [(left, right) for left, right in parts if coded.text[left:right].strip()]


def _is_balanced(span: tuple[int, int], markers: Sequence[tuple[int, Token]]) -> bool:
    open_codes: list[object] = []
    for at, token in markers:
        if not span[0] <= at < span[1] or token.kind is TokenKind.ALONE:
            continue
        if token.kind is TokenKind.OPEN:
            open_codes.append(token.code)
        elif not open_codes or open_codes.pop() != token.code:
            return False
    return not open_codes


def _markers(coded: CodedText) -> Iterator[tuple[int, Token]]:
    at = 0
    for token in parse_markers(coded):
        if token.code is not None:
            yield at, token
        at += len(token.text)
