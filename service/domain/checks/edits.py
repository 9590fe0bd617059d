"""Small changes to the marks and spaces of a text, from which the checks of typography make findings and fixes.

An edit touches no marker, letter or digit, so that what several edits span is mended with all that stands between
them left as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from service.domain.addresses import Address
from service.domain.checks.base import Span

# Beyond these the places of one kind are told as one: nobody works through a list of hundreds.
MOST_PLACES = 8
# Where more than these stand in one segment it is no sentence, and the rest is not looked at.
MOST_MARKS = 2_000


class Edit(NamedTuple):
    """What belongs in place of a stretch of a coded text; of an empty stretch, what is to be put in there."""

    start: int
    end: int
    text: str


class Mended(NamedTuple):
    """A stretch of a text, and what belongs there."""

    span: Span
    fix: str


def mended(text: str, edits: Sequence[Edit]) -> Mended:
    """Return the stretch from the first to the last of some edits, in the order of the text, with all of them made."""
    start, end = edits[0].start, edits[-1].end
    written = []
    at = start
    for edit in edits:
        written += [text[at : edit.start], edit.text]
        at = edit.end
    return Mended(Span(start, end), "".join(written))


def in_places(edits: Iterable[Edit]) -> Iterator[list[Edit]]:
    """Yield the edits one by one, but those that are too many to be told each as one group."""
    rest: list[Edit] = []
    for count, edit in enumerate(edits, 1):
        if count < MOST_PLACES:
            yield [edit]
        else:
            rest.append(edit)
    if rest:
        yield rest


class Outside:
    """The stretches of a text outside its addresses; asked about in the order of the text."""

    def __init__(self, addresses: Sequence[Address]) -> None:
        """Begin at the start of the text."""
        self._addresses = addresses
        self._at = 0

    def has(self, place: int) -> bool:
        """Tell whether a place is in no address."""
        while self._at < len(self._addresses) and self._addresses[self._at].end <= place:
            self._at += 1
        return self._at == len(self._addresses) or place < self._addresses[self._at].start
