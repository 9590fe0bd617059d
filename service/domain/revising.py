"""What a new text of a release does to the segments of the old one: which stay, change, come and go.

A segment stays where an equal one stood before, wherever that was; which words are equal is for `source_hash`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

CHANGED_FROM = 0.4  # the share of its words that a segment has in common with one that it comes from
MOST_COMPARED = 500  # segments on each side; beyond, they come and go

_WORDS = re.compile(r"\w+")


class Fate(StrEnum):
    """What becomes of a segment."""

    KEPT = "kept"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class SegmentText:
    """A segment as it is compared: by its hash, or by its words."""

    hash: str
    text: str


@dataclass(frozen=True, slots=True)
class SegmentChange:
    """One segment's fate; `old` and `new` are its places in the two texts, where it has one."""

    fate: Fate
    old: int | None
    new: int | None


def segment_changes(old: Sequence[SegmentText], new: Sequence[SegmentText]) -> tuple[SegmentChange, ...]:
    """Return the fate of every segment in the order of the new text; one that goes stands behind the one before it."""
    kept = _equal_places([each.hash for each in old], [each.hash for each in new])
    came_from = kept | _likened(old, new, kept)
    went_to = {place: number for number, place in came_from.items()}
    gone: dict[int, list[int]] = defaultdict(list)
    behind = -1
    for place in range(len(old)):
        if place in went_to:
            behind = went_to[place]
        else:
            gone[behind].append(place)
    changes = [SegmentChange(Fate.REMOVED, place, None) for place in gone[-1]]
    for number in range(len(new)):
        source = came_from.get(number)
        fate = Fate.KEPT if number in kept else Fate.ADDED if source is None else Fate.CHANGED
        changes.append(SegmentChange(fate, source, number))
        changes += [SegmentChange(Fate.REMOVED, place, None) for place in gone[number]]
    return tuple(changes)


def _equal_places(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Return for places of the new text those of equal segments of the old one, each used once, in order."""
    waiting: dict[str, deque[int]] = defaultdict(deque)
    for place, each in enumerate(old):
        waiting[each].append(place)
    return {number: waiting[each].popleft() for number, each in enumerate(new) if waiting[each]}


def _likened(old: Sequence[SegmentText], new: Sequence[SegmentText], kept: dict[int, int]) -> dict[int, int]:
    """Return for new segments the old ones that they most likely come from."""
    taken = set(kept.values())
    left = [place for place in range(len(old)) if place not in taken]
    came = [number for number in range(len(new)) if number not in kept]
    if max(len(left), len(came)) > MOST_COMPARED:
        return {}
    before = {place: _counted(old[place].text) for place in left}
    after = {number: _counted(new[number].text) for number in came}
    pairs = [
        (share, -abs(number - place), number, place)
        for number in came
        for place in left
        if (share := _shared(after[number], before[place])) >= CHANGED_FROM
    ]
    found: dict[int, int] = {}
    for _, _, number, place in sorted(pairs, reverse=True):
        if number not in found and place not in taken:
            found[number] = place
            taken.add(place)
    return found


def _counted(text: str) -> Counter[str]:
    return Counter(_WORDS.findall(text.casefold()))


def _shared(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0
