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
    """Give both texts as one row of pieces, what left before what came in its place.

    White space between two changes belongs to them, so that a phrase that was replaced reads as one.
    """
    before, after = _words(old), _words(new)
    left: list[str] = []
    came: list[str] = []
    moves = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for place, (tag, i1, i2, j1, j2) in enumerate(moves):
        same = "".join(before[i1:i2]) if tag == "equal" else ""
        if tag != "equal" or (same.isspace() and 0 < place < len(moves) - 1 and left and came):
            left += before[i1:i2]
            came += after[j1:j2]
            continue
        yield from _changed(left, came)
        left, came = [], []
        yield Piece(Move.SAME, same)
    yield from _changed(left, came)


def _changed(left: list[str], came: list[str]) -> Iterator[Piece]:
    for move, words in ((Move.REMOVED, left), (Move.ADDED, came)):
        if words:
            yield Piece(move, "".join(words))


def _words(text: str) -> list[str]:
    """Cut a text into words (with what an apostrophe or a hyphen joins), white space, and single marks."""
    return findall(r"\w+(?:[\u2019'-]\w+)*|\s+|[^\w\s]", text)
