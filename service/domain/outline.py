"""What strikes the eye in the shape of a text, before anybody translates it: remarks to its author.

Nothing here blocks anything. What single sentences say is for `lint`; here it is headings, lengths, and parts that
stand there twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from service.domain.errors import N_
from service.domain.inline import plain
from service.domain.segmentation import normalise_source
from service.domain.text import Block, BlockKind, Document, Segment

LONG_TITLE = 150  # characters; newsrooms and search engines cut longer ones off
LONG_SENTENCE = 45  # words
TOLD_TWICE = 40  # characters; shorter blocks may well stand twice
MOST_TOLD = 5  # of one kind


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark: its sentence with its facts, and the segment that it is about, counted from 1 (0 for none)."""

    code: str
    template: str
    facts: dict[str, object] = field(default_factory=dict)
    n: int = 0


def remarks_on(document: Document, segments: Sequence[Segment]) -> tuple[Remark, ...]:
    """Return what is odd about a text's shape, in the order of the text; at most five remarks of a kind."""
    first: dict[int, int] = {}
    for number, segment in enumerate(segments, start=1):
        first.setdefault(segment.block, number)
    kinds = (
        _long_title(document.blocks, first),
        _bare_headings(document.blocks, first),
        _standing_twice(document.blocks, first),
        _long_sentences(segments),
    )
    found = [remark for kind in kinds for remark in islice(kind, MOST_TOLD)]
    return tuple(sorted(found, key=lambda remark: remark.n))


def words_in(segment: Segment) -> int:
    """Return how many words a segment has."""
    return len(plain(segment.source).split())


def _long_title(blocks: Sequence[Block], first: dict[int, int]) -> Iterator[Remark]:
    for place, block in enumerate(blocks):
        length = len(plain(block.content))
        if block.kind is BlockKind.TITLE and length > LONG_TITLE:
            template = N_("The title has %(length)s characters; many readers will see only its beginning.")
            yield Remark("long_title", template, {"length": length}, first.get(place, 0))


def _bare_headings(blocks: Sequence[Block], first: dict[int, int]) -> Iterator[Remark]:
    """Yield the headings under which nothing stands but another heading that is not below them, or the end."""
    for place, block in enumerate(blocks):
        if block.kind is not BlockKind.HEADING:
            continue
        following = blocks[place + 1] if place + 1 < len(blocks) else None
        if following is None or (following.kind is BlockKind.HEADING and following.level <= block.level):
            template = N_("There is no text under the heading “%(heading)s”.")
            yield Remark("bare_heading", template, {"heading": plain(block.content)}, first.get(place, 0))


def _standing_twice(blocks: Sequence[Block], first: dict[int, int]) -> Iterator[Remark]:
    seen: dict[str, int] = {}
    for place, block in enumerate(blocks):
        text = normalise_source(plain(block.content))
        if len(text) < TOLD_TWICE:
            continue
        if text in seen:
            template = N_("This stands in the text twice, here and in segment %(n)s.")
            yield Remark("twice", template, {"n": first.get(seen[text], 0)}, first.get(place, 0))
        else:
            seen[text] = place


def _long_sentences(segments: Sequence[Segment]) -> Iterator[Remark]:
    for number, segment in enumerate(segments, start=1):
        words = words_in(segment)
        if words > LONG_SENTENCE:
            template = N_("This sentence has %(words)s words; two shorter ones would be translated better.")
            yield Remark("long_sentence", template, {"words": words}, number)
