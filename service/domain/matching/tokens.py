"""A segment as the memory compares it: words, numbers, addresses, marks and inline codes, in order.

Every token has a code point of its own, so that a segment can be kept as a short string and two of them compared in C.
Code points are hashes: about one pair of different words in a million shares one, which can cost a candidate its place
but never gives a wrong score, since what is shown is scored by the tokens themselves.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from service.domain.inline import TokenKind, parse_markers
from service.domain.text import CodedText

_PIECE = re.compile(
    r"""
    (?P<address> (?:https?://|www\.)\S++ | (?<![\w.+-])[\w.+-]{1,64}+@\S++ )
    | (?P<number> [0-9]{1,2}[uUhH][0-9]{2}(?![^\W_]) | [0-9]++(?:[.,:\u00a0\u202f][0-9]++)* )
    | (?P<word> [^\W_]++ )
    | (?P<mark> \.\.\. | \S )
    """,
    re.VERBOSE,
)
_SENTENCE_MARKS = ".,;:!?)\u2019\u201d\u00bb"
_SAME_MARKS = {"\u2019": "'", "\u02bc": "'", "\u2010": "-", "\u2011": "-", "...": "\u2026"}
_UNSEEN = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")  # where a word may be broken, or may not
_FIRST_CODE_POINT = 0x10000
_CODE_POINTS = 0xF0000


class Kind(IntEnum):
    """What a token is."""

    WORD = 0
    NUMBER = 1
    ADDRESS = 2
    CODE = 3
    MARK = 4


class Token(NamedTuple):
    """A piece of a segment: as it is written (`text`) and as it is compared (`key`), whatever its capitals.

    A code is written as no text can be, so that the word “link” is never taken for one.
    """

    kind: Kind
    text: str
    key: str


class Placed(NamedTuple):
    """A token with its place in a text."""

    start: int
    end: int
    token: Token


def tokens_of(coded: CodedText) -> tuple[Token, ...]:
    """Return the tokens of a segment in its order; an inline code counts as one, whatever it leads to."""
    found: list[Token] = []
    for token in parse_markers(coded):
        if token.code is None:
            found.extend(_cut(token.text))
        else:
            side = "/" if token.kind is TokenKind.CLOSE else ""
            written = f"\ufffc{side}{token.code.kind.value}"
            found.append(Token(Kind.CODE, written, written))
    return tuple(found)


def as_compared(text: str) -> str:
    """Return a text without markers as its tokens are cut from it: composed letters, nothing that is not seen."""
    return _UNSEEN.sub("", unicodedata.normalize("NFC", text))


def placed_tokens(text: str) -> tuple[Placed, ...]:
    """Return the tokens of a text `as_compared`, with their places in it."""
    placed: list[Placed] = []
    for found in _PIECE.finditer(text):
        at = found.start()
        for token in _tokens(found):
            placed.append(Placed(at, at + len(token.text), token))
            at += len(token.text)
    return tuple(placed)


def _cut(text: str) -> Iterator[Token]:
    for found in _PIECE.finditer(as_compared(text)):
        if found.lastgroup == "word":
            yield _word(found[0])
        else:
            yield from _tokens(found)


def _tokens(found: re.Match[str]) -> Iterator[Token]:
    written, group = found[0], found.lastgroup
    if group == "word":
        yield _word(written)
    elif group == "number":
        yield Token(Kind.NUMBER, written, written)
    elif group == "address":
        bare = written.rstrip(_SENTENCE_MARKS)
        yield Token(Kind.ADDRESS, bare, bare)
        yield from (Token(Kind.MARK, mark, _SAME_MARKS.get(mark, mark)) for mark in written[len(bare) :])
    else:
        yield Token(Kind.MARK, written, _SAME_MARKS.get(written, written))


@lru_cache(maxsize=50_000)
def _word(written: str) -> Token:
    """Return a word's token; the same few thousand words make up most of what is filed."""
    return Token(Kind.WORD, written, written.casefold())


def code_string(tokens: Iterable[Token]) -> str:
    """Return the tokens as one code point each."""
    return "".join(_code_point(token.key) for token in tokens)


@lru_cache(maxsize=200_000)
def _code_point(key: str) -> str:
    return chr(_FIRST_CODE_POINT + digest_64(key) % _CODE_POINTS)


@lru_cache(maxsize=400_000)
def digest_64(text: str) -> int:
    """Return 64 bits that stand for a text, the same in every process and on every machine."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")
