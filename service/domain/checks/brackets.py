"""The check that the brackets of a translation close, where those of the source do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

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
    """Every bracket has its counterpart; nothing is asked where the source itself has one alone, as in a list."""

    code: str = "brackets"
    severity: Severity = Severity.WARNING

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield a finding for each bracket that stands alone, up to a few."""
        lonely = islice(lone_brackets(pair.target_blanked), MOST_PLACES)
        for place in lonely if is_balanced(pair.source_blanked) else ():
            template = N_("The bracket “%(bracket)s” has no counterpart.")
            bracket = pair.target[place]
            yield Finding(self.code, self.severity, template, {"bracket": bracket}, target_span=Span(place, place + 1))


def is_balanced(text: str) -> bool:
    """Tell whether every bracket has its counterpart."""
    return not lone_brackets(text)


def lone_brackets(text: str) -> list[int]:
    """Return the places of the brackets without a counterpart, in the order of the text.

    The mark of a list, as in “a) ”, needs none; where it took the place of a closing bracket, that one is forgiven.
    Of very many the first are returned.
    """
    waiting: list[tuple[str, int]] = []
    alone: list[int] = []
    forgiven = 0
    for found in _BRACKET.finditer(text):
        bracket, place = found[0], found.start()
        if bracket not in _CLOSES:
            waiting.append((bracket, place))
            if len(waiting) > MOST_MARKS:
                break
            continue
        lists = bracket == ")" and _LIST_MARK.search(text, max(0, place - _LONGEST_MARK), place) is not None
        if waiting and waiting[-1][0] == _CLOSES[bracket]:
            waiting.pop()
            forgiven += lists
        elif lists:
            continue
        elif bracket == ")" and forgiven:
            forgiven -= 1
        else:
            alone.append(place)
            if len(alone) > MOST_MARKS:
                break
    return sorted([*alone, *(place for _, place in waiting)])
