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
    | (?P<number> [0-9]++(?:[.,:\u00a0\u202f][0-9]++)* )
    | (?P<word> [^\W_]++ )
    | (?P<mark> \S )
    """,
    re.VERBOSE,
)
_SENTENCE_MARKS = ".,;:!?)\u2019\u201d\u00bb"
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
    """A piece of a segment: as it is written (`text`) and as it is compared (`key`), whatever its capitals."""

    kind: Kind
    text: str
    key: str


def tokens_of(coded: CodedText) -> tuple[Token, ...]:
    """Return the tokens of a segment in its order; an inline code counts as one, whatever it leads to."""
    found: list[Token] = []
    for token in parse_markers(coded):
        if token.code is None:
            found.extend(_cut(token.text))
        else:
            side = "/" if token.kind is TokenKind.CLOSE else ""
            written = f"{side}{token.code.kind.value}"
            found.append(Token(Kind.CODE, written, f"\ufffc{written}"))
    return tuple(found)


def _cut(text: str) -> Iterator[Token]:
    for found in _PIECE.finditer(unicodedata.normalize("NFC", text)):
        written, group = found[0], found.lastgroup
        if group == "word":
            yield _word(written)
        elif group == "number":
            yield Token(Kind.NUMBER, written, written)
        elif group == "address":
            bare = written.rstrip(_SENTENCE_MARKS)
            yield Token(Kind.ADDRESS, bare, bare)
            yield from (Token(Kind.MARK, mark, mark) for mark in written[len(bare) :])
        else:
            yield Token(Kind.MARK, written, written)


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
