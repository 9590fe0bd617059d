"""Where the segments of a block begin, and what becomes of their targets when they are cut otherwise.

A cut is an offset into a block's plain text at which a segment begins. Segments whose bounds stay are left alone; the
others are taken in groups, the smallest stretches that begin and end alike in both ways of cutting.
"""

# ruff: noqa: RUF001 - the dashes are meant

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from service.domain.compose import join_targets
from service.domain.inline import plain, split_coded
from service.domain.segmentation import segment_block
from service.domain.text import BlockKind, CodedText, Segment

_WORD_START = re.compile(r"(?<=\s)\S")
_CLAUSE_START = re.compile(r"(?<=[,;:–—]\s)\S")
_BESIDE = 28  # characters shown on each side of a place


@dataclass(frozen=True, slots=True)
class Place:
    """A place between two words where a text can be cut: its offset into the plain text, and what stands beside it."""

    at: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Group:
    """Old segments and the new ones that take their place, each as a range of indices: from, and up to."""

    old: tuple[int, int]
    new: tuple[int, int]

    @property
    def same(self) -> bool:
        """Is it one segment that stays as it is?"""
        return self.old[1] - self.old[0] == 1 == self.new[1] - self.new[0]


def begins_of(block: CodedText, segments: Sequence[Segment]) -> tuple[int, ...]:
    """Return where each segment of a block begins, the first one as well."""
    text = plain(block)
    at = len(text) - len(text.lstrip())
    begins = []
    for segment in segments:
        begins.append(at)
        at += len(plain(segment.source)) + len(segment.gap)
    return tuple(begins)


def groups(old: Sequence[int], new: Sequence[int]) -> tuple[Group, ...]:
    """Return what takes the place of what, by where the segments of both ways of cutting begin."""
    common = [*sorted(set(old) & set(new)), None]
    found = []
    for start, end in pairwise(common):
        found.append(Group(_within(old, start, end), _within(new, start, end)))
    return tuple(found)


def _within(begins: Sequence[int], start: int | None, end: int | None) -> tuple[int, int]:
    first = begins.index(start) if start is not None else 0
    return first, begins.index(end) if end is not None else len(begins)


def places(text: CodedText) -> tuple[Place, ...]:
    """Return every place between two words."""
    said = plain(text)
    return tuple(
        Place(found.start(), said[: found.start()].rstrip()[-_BESIDE:], said[found.start() :][:_BESIDE].rstrip())
        for found in _WORD_START.finditer(said)
    )


def is_place(text: CodedText, at: int) -> bool:
    """Tell whether a word that is not the first begins at the offset."""
    said = plain(text)
    return 0 < at < len(said) and bool(said[:at].strip()) and said[at - 1].isspace() and not said[at].isspace()


def cut_at(text: CodedText, starts: Sequence[int]) -> tuple[str, ...]:
    """Cut a coded text at places, ascending, and leave out the white space that stood there."""
    said = plain(text)
    cuts = [bound for start in starts for bound in (len(said[:start].rstrip()), start)]
    return tuple(piece.text.strip() for piece in split_coded(text, cuts)[::2])


def ends_line(text: CodedText, at: int) -> bool:
    """Tell whether a line of the text ends where it would be cut."""
    said = plain(text)[:at]
    return "\n" in said[len(said.rstrip()) :]


def best_places(
    text: CodedText, locale: str, sources: Sequence[str], gaps: Sequence[str] | None = None
) -> tuple[int, ...]:
    """Return where a target is best cut to go with the plain `sources`, one place fewer than there are of them.

    Sentence ends count before commas and the like, and those before bare words; of equals, the one nearest to where
    the sources themselves are cut. With the `gaps` between these, a line is cut at its end only where theirs is.
    Empty where the target has too few such places.
    """
    wanted = len(sources) - 1
    said = plain(text)
    sentences = segment_block(text, BlockKind.PARAGRAPH, locale)
    starts = begins_of(text, [Segment(0, source, gap) for source, gap in sentences])[1:]
    clauses = tuple(found.start() for found in _CLAUSE_START.finditer(said))
    words = tuple(found.start() for found in _WORD_START.finditer(said))
    lines = {"\n" in gap for gap in gaps} if gaps is not None else {False, True}
    for found in (starts, clauses, words):
        candidates = [at for at in found if ends_line(text, at) in lines]
        if len(candidates) >= wanted:
            return _nearest(candidates, _shares(sources), len(said))
    return ()


def _shares(sources: Sequence[str]) -> list[float]:
    """Return at which share of the whole each source but the first begins."""
    total = sum(map(len, sources)) or 1
    return [sum(map(len, sources[:n])) / total for n in range(1, len(sources))]


def _nearest(candidates: Sequence[int], shares: Sequence[float], length: int) -> tuple[int, ...]:
    """Choose a candidate for each share, in order, and leave enough of them for the shares that follow."""
    chosen: list[int] = []
    first = 0
    for n, share in enumerate(shares):
        last = len(candidates) - (len(shares) - n) + 1
        place = min(range(first, last), key=lambda at: abs(candidates[at] - share * length))
        chosen.append(candidates[place])
        first = place + 1
    return tuple(chosen)


def stretch(block: CodedText, segments: Sequence[Segment], within: tuple[int, int]) -> CodedText:
    """Return what stands in a block from the first to the last of some neighbouring segments of its own."""
    begins = begins_of(block, segments)
    first, last = within[0], within[1] - 1
    return split_coded(block, [begins[first], begins[last] + len(plain(segments[last].source))])[1]


def retarget(
    whole: CodedText,
    old: tuple[Sequence[Segment], Sequence[str]],
    new: Sequence[Segment],
    locale: str,
    at: Sequence[int] | None = None,
) -> tuple[str, ...]:
    """Return the targets of the new segments of a group, made of the `old` segments' targets without a word lost.

    `whole` is the source of all of them (`stretch`). Joined, they read as they were composed; to be divided, they are
    cut `at` offsets into their plain text, or where it seems best. A text of too few words stays with the first one.
    """
    target = join_targets(whole, *old)
    if len(new) == 1:
        return (target,)
    coded = CodedText(target, whole.codes)
    starts = tuple(at or ())
    if at is None:
        gaps = [segment.gap for segment in new[:-1]]
        starts = best_places(coded, locale, [plain(segment.source) for segment in new], gaps)
    pieces = cut_at(coded, starts)
    return (*pieces, *[""] * (len(new) - len(pieces)))
