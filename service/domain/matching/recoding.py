"""The codes of a match as the segment numbers them that it is offered for.

The target of a match carries the numbers of its own source. Which code of the segment stands for which is told by where
links lead, then by kind and order. What the segment has no code for loses its marks and keeps its words; codes that the
match lacks are not invented: the checks report them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable

from service.domain.inline import TokenKind, alone, balanced, closing, opening, parse_markers
from service.domain.text import CodedText, CodeKind, InlineCode

_LIKE_A_MARKER = re.compile(r"\{(?=/?(?P<number>[1-9][0-9]{0,8})/?\})")


def recoded(target: str, source: CodedText, wanted: CodedText) -> str:
    """Return a target with the codes of `wanted`; it has those of `source`, which is the match's own."""
    if not source.codes and not wanted.codes:
        return target
    pairs = code_pairs(source, wanted)
    left = Counter(code.id for code in _in_order(wanted))
    writing = _Writing(wanted.codes)
    dropped: set[InlineCode] = set()
    for token in balanced(CodedText(target, source.codes)):
        if token.code is None:
            writing.text(token.text)
            continue
        code = pairs.get(token.code.id)
        if token.kind is TokenKind.CLOSE:
            if code is not None and token.code not in dropped:
                writing.marker(closing(code))
            dropped.discard(token.code)
        elif code is not None and left[code.id]:
            left[code.id] -= 1
            writing.marker(opening(code) if token.kind is TokenKind.OPEN else alone(code))
        elif token.kind is TokenKind.OPEN:
            dropped.add(token.code)
        else:
            writing.gap()
    return writing.whole()


def code_pairs(source: CodedText, wanted: CodedText) -> dict[int, InlineCode]:
    """Return the codes of `wanted` by the numbers of those of `source` that they stand for."""
    theirs, free = (list(dict.fromkeys(_in_order(coded))) for coded in (source, wanted))
    pairs: dict[int, InlineCode] = {}

    def pair(alike: Callable[[InlineCode, InlineCode], bool]) -> None:
        for code in theirs:
            found = next((each for each in free if code.id not in pairs and alike(code, each)), None)
            if found is not None:
                pairs[code.id] = found
                free.remove(found)

    pair(lambda one, other: one.kind is other.kind is CodeKind.LINK and one.href == other.href)
    pair(lambda one, other: one.kind is other.kind)
    return pairs


def _in_order(coded: CodedText) -> list[InlineCode]:
    """Return the codes in the order of the text, each as often as it begins there."""
    return [token.code for token in parse_markers(coded) if token.code and token.kind is not TokenKind.CLOSE]


class _Writing:
    """A coded text that is being put together; its text is never read as one of the `codes`."""

    def __init__(self, codes: Iterable[InlineCode]) -> None:
        self._numbers = {code.id for code in codes}
        self._done: list[str] = []
        self._text = ""
        self._last = ""
        self._gap = False

    def text(self, text: str) -> None:
        """Add text."""
        if self._gap and self._last.strip() and text[:1].strip():
            self._text += " "
        self._gap = False
        self._text += text
        self._last = text[-1:]

    def gap(self) -> None:
        """Let a line break be gone: the words on its sides stay apart."""
        self._gap = True

    def marker(self, marker: str) -> None:
        """Add a marker."""
        self._end_text()
        self._done.append(marker)

    def whole(self) -> str:
        """Return what was put together."""
        self._end_text()
        return "".join(self._done)

    def _end_text(self) -> None:
        """Let a blank stand in braces that would be read as a marker."""
        numbers = self._numbers
        text = _LIKE_A_MARKER.sub(lambda found: "{ " if int(found["number"]) in numbers else "{", self._text)
        if text:
            self._done.append(text)
        self._text = ""
