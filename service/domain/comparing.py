"""Two states of a text, sentence by sentence: what stayed, what was rewritten, what came and what went.

Sentences are told to be the same by their source, as `revising` does it; what is compared is what they say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from service.domain.differences import Move, differences
from service.domain.revising import MOST_COMPARED, Fate, SegmentText, segment_changes


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a text: the source that it stands for, and what it says, both in plain text."""

    source: str
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence then and now; `n` is its number now, None where it is gone, and the other side is "" then.

    `came_from` is the source that it stood for then, where that was another one.
    """

    fate: Fate
    n: int | None
    source: str
    came_from: str | None
    old: str
    new: str


@dataclass(frozen=True)
class Comparison:
    """All sentences in the order of the later text; one that is gone stands behind the one before it."""

    pairs: tuple[Pair, ...]

    @cached_property
    def changed(self) -> tuple[Pair, ...]:
        """The pairs that do not say the same."""
        return tuple(pair for pair in self.pairs if pair.fate is not Fate.KEPT)

    @cached_property
    def by_number(self) -> dict[int, Pair]:
        """The pairs of the sentences that are there now, by their numbers."""
        return {pair.n: pair for pair in self.pairs if pair.n is not None}

    @cached_property
    def gone_behind(self) -> dict[int, list[Pair]]:
        """The sentences that are there no more, by the number of the one that they stood behind (0: at the top)."""
        found: dict[int, list[Pair]] = {}
        behind = 0
        for pair in self.pairs:
            if pair.n is None:
                found.setdefault(behind, []).append(pair)
            else:
                behind = pair.n
        return found

    @cached_property
    def words(self) -> tuple[int, int]:
        """How many words came, and how many left."""
        counts = {Move.ADDED: 0, Move.REMOVED: 0}
        for pair in self.changed:
            for piece in differences(pair.old, pair.new):
                if piece.move is not Move.SAME:
                    counts[piece.move] += len(piece.text.split())
        return counts[Move.ADDED], counts[Move.REMOVED]

    def count(self, fate: str) -> int:
        """Return how many sentences have a fate."""
        return sum(pair.fate == fate for pair in self.pairs)


def compare(old: Sequence[Sentence], new: Sequence[Sentence]) -> Comparison:
    """Return what became of every sentence; one that had no text before came, one that has none now went.

    Sentences that were only joined or divided since say the same as before.
    """
    old = _cut_as(new, old)
    before = [SegmentText(each.source, each.source) for each in old]
    after = [SegmentText(each.source, each.source) for each in new]
    pairs = []
    for change in segment_changes(before, after):
        was = old[change.old] if change.old is not None else None
        now = new[change.new] if change.new is not None else None
        said, says = was.text if was else "", now.text if now else ""
        if now is None and not said:
            continue
        pairs.append(
            Pair(
                _fate(said, says),
                None if change.new is None else change.new + 1,
                now.source if now else was.source if was else "",
                was.source if was and now and was.source != now.source else None,
                said,
                says,
            )
        )
    return Comparison(tuple(pairs))


def _cut_as(new: Sequence[Sentence], old: Sequence[Sentence]) -> Sequence[Sentence]:
    """Return the old sentences, joined where one new source holds several, divided where they still read so."""
    stay = {each.source for each in new} & {each.source for each in old}
    came = [place for place, each in enumerate(new) if each.source not in stay]
    if not came or len(came) > MOST_COMPARED:
        return old
    found: list[Sentence] = []
    at = 0
    while at < len(old):
        end, cut = at + 1, [old[at]]
        if old[at].source not in stay:
            end, cut = _joined(old, at, [new[place].source for place in came]) or (at + 1, _divided(new, came, old[at]))
        found += cut
        at = end
    return found


def _joined(old: Sequence[Sentence], at: int, sources: Sequence[str]) -> tuple[int, list[Sentence]] | None:
    """Return up to where old sentences make up one of the sources, and the one that they make."""
    wanted = {_spaced(source): source for source in sources if _spaced(source).startswith(_spaced(old[at].source))}
    longest = max(map(len, wanted), default=0)
    whole = ""
    for end in range(at, len(old)):
        whole = f"{whole} {_spaced(old[end].source)}".strip()
        if len(whole) > longest:
            return None
        if whole in wanted:
            text = " ".join(each.text for each in old[at : end + 1] if each.text)
            return end + 1, [Sentence(wanted[whole], text)]
    return None


def _divided(new: Sequence[Sentence], came: Sequence[int], one: Sentence) -> list[Sentence]:
    """Return the new sentences that an old one was divided into, where they say together what it said; else itself."""
    for first in came:
        whole = ""
        for end in range(first, len(new)):
            whole = f"{whole} {_spaced(new[end].source)}".strip()
            if len(whole) > len(_spaced(one.source)):
                break
            parts = new[first : end + 1]
            if whole == _spaced(one.source) and _spaced(one.text) == _spaced(" ".join(part.text for part in parts)):
                return list(parts)
    return [one]


def _spaced(text: str) -> str:
    """Return a text as it is compared: each run of white space is one space."""
    return " ".join(text.split())


def _fate(said: str, says: str) -> Fate:
    if said == says:
        return Fate.KEPT
    if not said:
        return Fate.ADDED
    return Fate.CHANGED if says else Fate.REMOVED
