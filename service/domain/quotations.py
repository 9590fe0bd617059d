"""Quotation marks in a text: which of them belong together, and which may be apostrophes.

What marks a language has is told here too; whether a translation has them is for the checks.
"""

# ruff: noqa: RUF001 - typographic marks are the rules

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from service.domain.addresses import Address
from service.domain.locales import language_of

MOST_MARKS = 2_000  # that are read; a segment that has more is no sentence

_BLANK = "\ufffc"
_SPACES = " \t\r\n\u00a0\u202f\u2009"

# Each language's own: outside, and inside another quotation.
OUTER = {"fr": ("«", "»"), "de": ("„", "“"), "en": ("“", "”"), "nl": ("“", "”")}
INNER = {"fr": ("“", "”"), "de": ("‚", "‘"), "en": ("‘", "’"), "nl": ("‘", "’")}
# What passes besides, anywhere or only inside another quotation; Swiss German and Swiss French have « ».
_FIT = {"fr": {"«»", "‹›"}, "de": {"„“", "»«", "›‹"}, "en": {"“”"}, "nl": {"“”", "„”"}}
_FIT_INSIDE = {"fr": {"“”"}, "de": set[str](), "en": set[str](), "nl": {"„”"}}
_SWISS = {"«»", "‹›"}
_CLOSERS = {"“": "”", "„": "“”", "«": "»", "»": "«", "‹": "›", "›": "‹"}
DOUBLE_MARKS = '"“”„«»‹›'
_MARK = re.compile(f"[{DOUBLE_MARKS}]")
_DOUBLE = re.compile('["“”„‟«»]')
# Single marks around words: an opening one is told from an apostrophe by what is left out at the beginning of a word.
_LEFT_OUT = r"(?!(?:s|t|n|m|k|r|em|er|ns|tis|twas|cause|till|[0-9]{2}s?)\b)"
_SINGLE = re.compile(
    rf"(?<![\w’'])(?:[‘‚‹]{_LEFT_OUT}(?=\S)"
    rf"|'{_LEFT_OUT}(?=[^\W_])(?:[^'\n]|(?<=\w)'(?=\w)){{1,200}}?(?<=[\w.,!?])'(?!\w))"
)
_BEFORE_OPENING = _SPACES + "([{-–—/«„“‘‚'’=" + _BLANK
_BEHIND_CLOSING = _SPACES + ".,;:!?…)]}-–—/»”“’'" + _BLANK
_AT_EDGE = re.compile(r"\A'(?=[A-Z])|(?<=[.,!?])'\Z")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A pair of marks, each at its place; `depth` is 0 for one that stands in no other of the same text."""

    opening: int
    closing: int
    marks: str
    depth: int

    @property
    def is_straight(self) -> bool:
        """Tell whether its marks are those of a typewriter."""
        return self.marks == '""'


@dataclass(frozen=True, slots=True)
class Quotations:
    """The pairs of a text in the order of their openings, and the places of the marks that stand alone."""

    pairs: tuple[Quotation, ...]
    alone: tuple[int, ...]


def fits(quotation: Quotation, locale: str) -> bool:
    """Tell whether a locale has such marks, at this depth; of an unknown language nothing is known."""
    language = language_of(locale)
    if language not in _FIT or quotation.marks in _FIT[language]:
        return True
    inside = quotation.depth > 0 and quotation.marks in _FIT_INSIDE[language]
    return inside or (locale.endswith("-CH") and quotation.marks in _SWISS)


def quotations_of(text: str, addresses: Sequence[Address] = ()) -> Quotations:
    """Return the quotations of a text in double marks, outside its addresses.

    A straight mark opens where none is open and the text around it allows it. Linear in the length of the text; of
    very many marks the first are read.
    """
    waiting: list[tuple[str, int]] = []
    pairs: list[Quotation] = []
    alone: list[int] = []
    passed = 0
    for found in islice(_MARK.finditer(text), MOST_MARKS):
        at, mark = found.start(), found[0]
        while passed < len(addresses) and addresses[passed].end <= at:
            passed += 1
        if passed < len(addresses) and addresses[passed].start <= at:
            continue
        if waiting and _closes(mark, waiting[-1][0], text, at):
            opened, start = waiting.pop()
            pairs.append(Quotation(start, at, opened + mark, len(waiting)))
        elif _opens(mark, text, at):
            waiting.append((mark, at))
        else:
            alone.append(at)
    alone += [at for _, at in waiting]
    return Quotations(tuple(sorted(pairs, key=lambda pair: pair.opening)), tuple(sorted(alone)))


def _closes(mark: str, opened: str, text: str, at: int) -> bool:
    if mark == '"' and opened == '"':
        return _may_close(text, at)
    return mark in _CLOSERS.get(opened, "")


def _opens(mark: str, text: str, at: int) -> bool:
    if mark == '"':
        return _may_open(text, at)
    if mark in "»›":
        return _may_open(text, at) and not _may_close(text, at)
    return mark in _CLOSERS


def _may_open(text: str, at: int) -> bool:
    before, behind = text[at - 1 : at], text[at + 1 : at + 2]
    return before in _BEFORE_OPENING and behind not in _SPACES


def _may_close(text: str, at: int) -> bool:
    """Tell whether a quotation can end here: behind a word or a mark, not behind figures, which may count inches."""
    before, behind = text[at - 1 : at], text[at + 1 : at + 2]
    return before not in _SPACES and behind in _BEHIND_CLOSING


def count_quotations(text: str) -> float:
    """Return how many quotations a text has, in double and single marks; half a one for each mark without its other.

    The sum over a whole text is what tells something, for quotations go on from one sentence to the next.
    """
    singles = _SINGLE.findall(text)
    at_edges = len(_AT_EDGE.findall(text)) if not singles else 0
    return (len(_DOUBLE.findall(text)) + at_edges) / 2 + len(singles)
