"""A segment as the memory compares it: words, numbers, addresses, marks and inline codes, in order.

Every token has a code point of its own, so that a segment can be kept as a short string and two of them compared in C.
Code points are hashes: about one pair of different words in a million shares one, which can cost a candidate its place
but never gives a wrong score, since what is shown is scored by the tokens themselves.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from enum import IntEnum
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from service.domain.inline import TokenKind, parse_markers
from service.domain.text import CodedText

_ADDRESS = r"(?:https?://|www\.)\S++ | (?<![\w.+-])[\w.+-]{1,64}+@\S++"
_NUMBER = r"[0-9]{1,2}[uUhH][0-9]{2}(?![^\W_]) | [0-9]++(?:[.,:\u00a0\u202f][0-9]++)*"
_WORD = r"(?![0-9])[^\W_]++"
_MARK = r"\.\.\. | \S"
_PLAIN_PIECE = re.compile(f"{_WORD} | {_NUMBER} | {_MARK}", re.VERBOSE)
_PIECE = re.compile(f"{_ADDRESS} | {_PLAIN_PIECE.pattern}", re.VERBOSE)
_IN_ADDRESSES = ("@", "http", "www.")
_ADDRESS_BEGINS = ("http://", "https://", "www.")
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

    A code is written as no text can be, so that the word “link” is never taken for one. `sign` is the code point that
    stands for the key.
    """

    kind: Kind
    text: str
    key: str
    sign: str

    @classmethod
    def of(cls, kind: Kind, text: str, key: str) -> Token:
        """Return a token with its sign."""
        return cls(kind, text, key, chr(_FIRST_CODE_POINT + digest_64(key) % _CODE_POINTS))


class Placed(NamedTuple):
    """A token with its place in a text."""

    start: int
    end: int
    token: Token


@lru_cache(maxsize=256)
def tokens_of(coded: CodedText) -> tuple[Token, ...]:
    """Return the tokens of a segment in its order; an inline code counts as one, whatever it leads to."""
    found: list[Token] = []
    for token in parse_markers(coded):
        if token.code is None:
            found.extend(_cut(token.text))
        else:
            side = "/" if token.kind is TokenKind.CLOSE else ""
            written = f"\ufffc{side}{token.code.kind.value}"
            found.append(Token.of(Kind.CODE, written, written))
    return tuple(found)


def as_compared(text: str) -> str:
    """Return a text without markers as its tokens are cut from it: composed letters, nothing that is not seen."""
    if text.isascii():
        return text
    return _UNSEEN.sub("", unicodedata.normalize("NFC", text))


def placed_tokens(text: str) -> tuple[Placed, ...]:
    """Return the tokens of a text `as_compared`, with their places in it."""
    placed: list[Placed] = []
    for found in _pieces(text).finditer(text):
        at = found.start()
        for token in _tokens(found[0]):
            placed.append(Placed(at, at + len(token.text), token))
            at += len(token.text)
    return tuple(placed)


def _cut(text: str) -> Iterable[Token]:
    compared = as_compared(text)
    return chain.from_iterable(map(_tokens, _pieces(compared).findall(compared)))


def _pieces(text: str) -> re.Pattern[str]:
    """Return what cuts a text; without a look for addresses at every word, it takes half the time."""
    return _PIECE if any(part in text for part in _IN_ADDRESSES) else _PLAIN_PIECE


@lru_cache(maxsize=100_000)
def _tokens(piece: str) -> tuple[Token, ...]:
    """Return the tokens of a piece; the same few thousand words and marks make up most of what is filed."""
    if len(piece) > 1 and ("@" in piece or piece.startswith(_ADDRESS_BEGINS)):
        bare = piece.rstrip(_SENTENCE_MARKS)
        marks = (Token.of(Kind.MARK, mark, _SAME_MARKS.get(mark, mark)) for mark in piece[len(bare) :])
        return Token.of(Kind.ADDRESS, bare, bare), *marks
    if "0" <= piece[0] <= "9":
        return (Token.of(Kind.NUMBER, piece, piece),)
    if piece[0].isalnum():
        return (Token.of(Kind.WORD, piece, piece.casefold()),)
    return (Token.of(Kind.MARK, piece, _SAME_MARKS.get(piece, piece)),)


def code_string(tokens: Iterable[Token]) -> str:
    """Return the tokens as one code point each."""
    return "".join([token.sign for token in tokens])


@lru_cache(maxsize=400_000)
def digest_64(text: str) -> int:
    """Return 64 bits that stand for a text, the same in every process and on every machine."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")
