"""Human translations, segment beside segment: news that is parallel line by line, and an official text as HTML.

The texts stay where they are, beside the checkout; nothing of them is copied.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path

from service.domain.inline import plain
from service.domain.segmentation import segment_block
from service.domain.text import Block, BlockKind, CodedText
from service.formats.html import read_html

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
SOURCE, TARGETS = "nl", ("fr", "de", "en")
NEWS, OFFICIAL = "ntrex", "coronalert"

# What it costs, in the alignment of blocks, to leave one alone, to join two, and to put kinds beside each other that
# are not the same, and what words that begin alike take off. The length's part is the distance of the logarithms, so
# that twice as long costs 0.7.
_ALONE, _JOINED, _OTHER_KIND, _SHARED = 0.5, 0.6, 1.0, 1.5
_BEGINNING = 4  # letters: names, numbers and words of the same origin
_WORD = re.compile(r"\w{2,}")
_TIMES_AS_LONG = 2  # a text that is longer than this beside its counterpart is no translation of it
_SHORT = 100  # characters; up to here nothing is said


@dataclass(frozen=True, slots=True)
class Sample:
    """A source with its human translation; `others` are its translations into the other languages."""

    corpus: str
    document: str
    place: int
    source: CodedText
    target: str
    locale: str
    others: tuple[str, ...] = ()


def read_samples() -> list[Sample]:
    """Return every aligned segment of both texts; raise `FileNotFoundError` where they are not on this machine."""
    return [*_news(), *_official()]


def _news() -> list[Sample]:
    folder = SHARED / NEWS
    columns = {locale: (folder / f"{locale}.txt").read_text("utf-8").split("\n") for locale in (SOURCE, *TARGETS)}
    documents = (folder / "docids.txt").read_text("utf-8").split("\n")
    return [
        Sample(
            NEWS,
            documents[place],
            place,
            CodedText(source),
            columns[locale][place],
            locale,
            tuple(columns[other][place] for other in TARGETS if other != locale),
        )
        for locale in TARGETS
        for place, source in enumerate(columns[SOURCE])
        if source.strip() and columns[locale][place].strip()
    ]


def _official() -> list[Sample]:
    folder = SHARED / OFFICIAL
    blocks = {
        locale: read_html((folder / f"privacy_{locale}.html").read_text("utf-8")).blocks
        for locale in (SOURCE, *TARGETS)
    }
    return [
        Sample(OFFICIAL, OFFICIAL, place, CodedText(source), target, locale)
        for locale in TARGETS
        for place, (source, target) in enumerate(segment_pairs(blocks[SOURCE], blocks[locale], locale))
    ]


def segment_pairs(source: Sequence[Block], target: Sequence[Block], locale: str) -> list[tuple[str, str]]:
    """Return the segments of two documents side by side, without markers.

    Blocks are aligned by their order, kind and length. Where a block has as many segments on both sides, and each is
    about as long as its counterpart, they stand beside each other, else the whole blocks do. Blocks without a
    counterpart are left out, and such that cannot be translations, for one is more than twice as long as the other.
    """
    pairs: list[tuple[str, str]] = []
    for ours, theirs in align(source, target):
        if not _may_be_translations(_whole(ours), _whole(theirs)):
            continue
        if len(ours) == len(theirs) == 1:
            one = [plain(segment) for segment, _ in segment_block(ours[0].content, ours[0].kind, SOURCE)]
            other = [plain(segment) for segment, _ in segment_block(theirs[0].content, theirs[0].kind, locale)]
            if len(one) == len(other) and all(map(_may_be_translations, one, other)):
                pairs += zip(one, other, strict=True)
                continue
        pairs.append((_whole(ours), _whole(theirs)))
    return pairs


def _may_be_translations(one: str, other: str) -> bool:
    shorter, longer = sorted((len(one), len(other)))
    return bool(shorter) and (longer <= _SHORT or longer <= _TIMES_AS_LONG * shorter)


def align(source: Sequence[Block], target: Sequence[Block]) -> list[tuple[Sequence[Block], Sequence[Block]]]:
    """Return the cheapest way to put the blocks beside each other: one and one, two and one, or one alone."""
    steps = ((1, 1), (1, 0), (0, 1), (2, 1), (1, 2))
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for at in range(len(source) + 1):
        for beside in range(len(target) + 1):
            ways = [
                (
                    best[at - ours, beside - theirs][0]
                    + _cost(source[at - ours : at], target[beside - theirs : beside]),
                    (ours, theirs),
                )
                for ours, theirs in steps
                if at >= ours and beside >= theirs
            ]
            if ways:
                best[at, beside] = min(ways)
    found: list[tuple[Sequence[Block], Sequence[Block]]] = []
    at, beside = len(source), len(target)
    while at or beside:
        ours, theirs = best[at, beside][1]
        found.append((source[at - ours : at], target[beside - theirs : beside]))
        at, beside = at - ours, beside - theirs
    return found[::-1]


def _cost(ours: Sequence[Block], theirs: Sequence[Block]) -> float:
    if not ours or not theirs:
        return _ALONE
    one, other = _whole(ours), _whole(theirs)
    length = abs(log((len(one) or 1) / (len(other) or 1)))
    kinds = len({_manner(block) for block in (*ours, *theirs)}) > 1
    return length + _OTHER_KIND * kinds + _JOINED * (len(ours) != len(theirs)) - _SHARED * _likeness(one, other)


def _likeness(one: str, other: str) -> float:
    """Return how many of the shorter text's words have one in the other that begins alike, from 0 to 1."""
    these, those = ({word[:_BEGINNING] for word in _WORD.findall(text.casefold())} for text in (one, other))
    return len(these & those) / (min(len(these), len(those)) or 1)


def _manner(block: Block) -> tuple[BlockKind, int]:
    return block.kind, block.level


def _whole(blocks: Sequence[Block]) -> str:
    return " ".join(plain(block.content) for block in blocks)
