"""What differs between two texts, word by word: what stayed, what left, what came."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from re import findall


class Move(StrEnum):
    """What happened to a piece of the old text, or whence a piece of the new one came."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words that share a fate, with the white space among them."""

    move: Move
    text: str


def differences(old: str, new: str) -> Iterator[Piece]:
    """Give both texts as one row of pieces, what left before what came in its place."""
    before, after = _words(old), _words(new)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        left, came = "".join(before[i1:i2]), "".join(after[j1:j2])
        if tag == "equal":
            yield Piece(Move.SAME, left)
            continue
        if left:
            yield Piece(Move.REMOVED, left)
        if came:
            yield Piece(Move.ADDED, came)


def _words(text: str) -> list[str]:
    return findall(r"\w+|\s+|[^\w\s]", text)
