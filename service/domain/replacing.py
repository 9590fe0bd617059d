"""Finding words in the texts of a version, and putting others in their place; markers of inline codes are no words.

Spaces look alike, so that an ordinary space in what is looked for finds no-break spaces too; any other space finds
itself alone. Where as many spaces are put in place as were looked for, each stays the one that stood there: who writes
“3,6 millions” for “3,5 millions” leaves the number and its word on one line. A no-break space that is typed is written.
Letters with accents are the same however they are composed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from service.domain.errors import N_, Invalid
from service.domain.inline import parse_markers
from service.domain.text import CodedText

LONGEST_SOUGHT = 500  # characters

_ANY_SPACE = "[ \u00a0\u202f]"


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for: its words as they are, as whole words or within others, with or without regard to case."""

    find: str
    replacement: str = ""
    whole_words: bool = False
    match_case: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be looked for."""
        for name in ("find", "replacement"):
            if len(getattr(self, name)) > LONGEST_SOUGHT:
                raise Invalid("too_long", N_("Look for at most 500 characters, and put as many in place."), field=name)
        if self.find in {"", " "}:  # every text is full of single spaces
            raise Invalid("nothing_sought", N_("Write what to look for."), field="find")

    @property
    def pattern(self) -> re.Pattern[str]:
        """What finds it in a composed text; every space that an ordinary one may find is a group."""
        find = _composed(self.find)
        letters = "".join(f"({_ANY_SPACE})" if sign == " " else re.escape(sign) for sign in find)
        if self.whole_words:
            before, after = (r"(?<!\w)" if _in_word(find[0]) else ""), (r"(?!\w)" if _in_word(find[-1]) else "")
            letters = f"{before}{letters}{after}"
        return re.compile(letters, 0 if self.match_case else re.IGNORECASE)

    def in_place_of(self, found: str) -> str:
        """Return what is put in place of a stretch that was found."""
        match = self.pattern.search(_composed(found)) if " " in self.replacement else None
        if match is None or len(match.groups()) != self.replacement.count(" "):
            return self.replacement
        kept = iter(match.groups())
        return "".join(next(kept) if sign == " " else sign for sign in self.replacement)


def find_hits(coded: CodedText, sought: Sought) -> list[tuple[int, int]]:
    """Return where the words stand in a coded text, from left to right, none over another and none over a marker."""
    taken = []
    at = 0
    for token in parse_markers(coded):
        if token.code is not None:
            taken.append((at, at + len(token.text)))
        at += len(token.text)
    return [
        (begin, finish)
        for begin, finish in _found(coded.text, sought.pattern)
        if all(finish <= start or end <= begin for start, end in taken)
    ]


def _found(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield where a pattern stands in a text, by the text's own offsets, however its letters are composed."""
    if unicodedata.is_normalized("NFC", text):
        yield from (found.span() for found in pattern.finditer(text))
        return
    places: list[int] = []
    for start, end in _letters(text):
        places += [start] * len(_composed(text[start:end]))
    places.append(len(text))
    composed = "".join(_composed(text[start:end]) for start, end in _letters(text))
    for found in pattern.finditer(composed):
        yield places[found.start()], places[found.end()]


def _letters(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each letter stands with the accents that follow it."""
    start = 0
    for at, sign in enumerate(text):
        if at and not unicodedata.combining(sign):
            yield start, at
            start = at
    if text:
        yield start, len(text)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _in_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def replace_hits(
    text: str, hits: Sequence[tuple[int, int]], sought: Sought, *, chosen: Collection[int] | None = None
) -> str:
    """Return the text with the replacement in place of the hits, or of those that begin where `chosen` says."""
    parts = []
    done = 0
    for start, end in hits:
        if chosen is not None and start not in chosen:
            continue
        parts += [text[done:start], sought.in_place_of(text[start:end])]
        done = end
    return "".join((*parts, text[done:]))
