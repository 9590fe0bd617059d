"""Finding words in the texts of a version, and putting others in their place; markers of inline codes are no words."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from service.domain.errors import N_, Invalid
from service.domain.inline import parse_markers
from service.domain.text import CodedText

LONGEST_SOUGHT = 500  # characters


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
        if not self.find.strip():
            raise Invalid("nothing_sought", N_("Write what to look for."), field="find")


def find_hits(coded: CodedText, sought: Sought) -> list[tuple[int, int]]:
    """Return where the words stand in a coded text, from left to right, none over another and none over a marker."""
    pattern = re.escape(sought.find)
    if sought.whole_words:
        pattern = rf"(?<!\w){pattern}(?!\w)"
    compiled = re.compile(pattern, 0 if sought.match_case else re.IGNORECASE)
    taken = []
    at = 0
    for token in parse_markers(coded):
        if token.code is not None:
            taken.append((at, at + len(token.text)))
        at += len(token.text)
    return [
        found.span()
        for found in compiled.finditer(coded.text)
        if all(found.end() <= start or end <= found.start() for start, end in taken)
    ]


def replace_hits(
    text: str, hits: Sequence[tuple[int, int]], replacement: str, *, chosen: Collection[int] | None = None
) -> str:
    """Return the text with the replacement in place of the hits, or of those that begin where `chosen` says."""
    parts = []
    done = 0
    for start, end in hits:
        if chosen is not None and start not in chosen:
            continue
        parts += [text[done:start], replacement]
        done = end
    return "".join((*parts, text[done:]))
