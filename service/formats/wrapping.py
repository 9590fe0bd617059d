"""Telling the line breaks of a plain text that an editor made from those that its author made."""

# ruff: noqa: RUF001 - the typographic marks are what lines are told apart by

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

END_MARKS = ".!?…:;,"
SHORTEST_WRAPPED, _LONGEST_WRAPPED = 50, 100  # characters of a line that an editor broke, not its author
_TIME = r"[0-9]{1,2}\s?(?:[.:uh]\s?[0-9]{2}(?:\s?(?:uur|uhr|[uh])\b\.?)?|(?:uur|uhr|[uh])\b\.?)"
# What begins a line of its own wherever it stands: a time with what happens then, an address, a telephone.
_OF_ITS_OWN = re.compile(
    rf"\s*(?:{_TIME}(?:\s?[-–—]\s?{_TIME})?\s*[:|–—\t-]\s"
    r"|(?:[\w.+-]+@|https?://|www\.)[^\s,;]*[\w/](?:\s*$|\s+[|/–—-]\s)"
    r"|\+?[0-9(][0-9 ()./-]{7,}$"
    r"|(?:t[eé]l|fax|gsm|mob(?:iel|ile)?|(?:e-?)?mail|web(?:site)?|[tmew])\s?[.:]+\s)",
    re.IGNORECASE,
)


def unwrapped(lines: Sequence[str], line_break: str) -> str:
    """Return the lines of a paragraph as one text, with `line_break` where its author broke them."""
    width = 0 if _is_list_of_lines(lines) else _width(lines)
    written = [lines[0].strip()]
    for above, line in pairwise(lines):
        written += [" " if _is_wrapped(above, line, width) else line_break, line.strip()]
    return "".join(written)


def _width(lines: Sequence[str]) -> int:
    """Return how long an editor let lines become that breaks them by itself; 0 if most lines are none of its."""
    full = [line for line in lines if SHORTEST_WRAPPED <= len(line.strip()) <= _LONGEST_WRAPPED]
    count = len(full) - (lines[-1] in full[-1:])
    return max(len(line.rstrip()) for line in full) if count * 2 > len(lines) - 1 else 0


def _is_wrapped(above: str, line: str, width: int) -> bool:
    """Whether an editor broke the line above: the first word had no room there, and is no beginning of its own."""
    first = line.split(maxsplit=1)[0]
    return 0 < width < len(above.rstrip()) + 1 + len(first) and not _OF_ITS_OWN.match(line)


def _is_list_of_lines(lines: Sequence[str]) -> bool:
    """Whether each line is a thing of its own, such as a name or a point of a programme, and none ends a sentence."""
    return all(
        _OF_ITS_OWN.match(line) or not (line.strip()[0].islower() or line.rstrip("\"'”’») ")[-1:] in END_MARKS)
        for line in lines
    )
