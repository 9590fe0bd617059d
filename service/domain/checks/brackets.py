"""The check that the brackets of a translation close, where those of the source do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from service.domain.checks.base import Finding, Pair, Severity, Span
from service.domain.checks.edits import MOST_MARKS, MOST_PLACES
from service.domain.errors import N_

_BRACKET = re.compile(r"[()\[\]{}]")
_CLOSES = {")": "(", "]": "[", "}": "{"}
# What stands before the bracket of a list's mark: “a)”, “12)”, “iv)”.
_LIST_MARK = re.compile(r"(?<![^\W_])(?:[^\W\d_]|[0-9]{1,2}|[ivx]{1,4})\Z")
_LONGEST_MARK = 5


@dataclass(frozen=True, slots=True)
class Brackets:
    """Every bracket has its counterpart; nothing is asked where the source itself has one alone.

    The mark of a list, as in “a) ”, needs none; but where the source opens more brackets, it is what is left of one.
    """

    code: str = "brackets"
    severity: Severity = Severity.WARNING

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield a finding for each bracket that stands alone, up to a few."""
        source, target = read_brackets(pair.source_blanked), read_brackets(pair.target_blanked)
        lost = pair.source_blanked.count("(") > pair.target_blanked.count("(")
        lonely = sorted((*target.alone, *target.lists)) if lost else target.alone
        for place in lonely[:MOST_PLACES] if not source.alone else ():
            template = N_("The bracket “%(bracket)s” has no counterpart.")
            bracket = pair.target[place]
            yield Finding(self.code, self.severity, template, {"bracket": bracket}, target_span=Span(place, place + 1))


class Read(NamedTuple):
    """The places of the brackets without a counterpart in a text, those of the marks of lists apart."""

    alone: Sequence[int]
    lists: Sequence[int]


def is_balanced(text: str) -> bool:
    """Tell whether every bracket has its counterpart, but those of the marks of lists."""
    return not lone_brackets(text)


def lone_brackets(text: str) -> Sequence[int]:
    """Return the places of the brackets without a counterpart, in the order of the text, but of no list's mark."""
    return read_brackets(text).alone


def read_brackets(text: str) -> Read:
    """Return the brackets without a counterpart, in the order of the text; of very many the first.

    Where the mark of a list took the place of a closing bracket, that one is forgiven.
    """
    waiting: list[tuple[str, int]] = []
    alone: list[int] = []
    lists: list[int] = []
    forgiven = 0
    for found in islice(_BRACKET.finditer(text), 10 * MOST_MARKS):
        bracket, place = found[0], found.start()
        if bracket not in _CLOSES:
            waiting.append((bracket, place))
            if len(waiting) > MOST_MARKS:
                break
            continue
        of_list = bracket == ")" and _LIST_MARK.search(text, max(0, place - _LONGEST_MARK), place) is not None
        if waiting and waiting[-1][0] == _CLOSES[bracket]:
            waiting.pop()
            forgiven += of_list
        elif of_list:
            lists.append(place)
        elif bracket == ")" and forgiven:
            forgiven -= 1
        else:
            alone.append(place)
    return Read(sorted([*alone, *(place for _, place in waiting)]), lists)
