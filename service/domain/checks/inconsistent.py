"""The check that what a release says twice in the same words is translated twice in the same words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.domain.checks.base import Finding, Pair, Severity, Span
from service.domain.errors import N_
from service.domain.locales import language_of
from service.domain.term_keys import spelling

LEAST_WORDS = 2  # one word alone means this in a heading and that in a list
LONGEST_SHOWN = 120

_WORD = re.compile(r"[^\W\d_]+")
_END_MARKS = ".!?:;,\u2026 "


@dataclass(frozen=True, slots=True)
class Inconsistent:
    """Segments with the same source have the same translation; codes, spaces, the end mark and a first capital aside.

    Each of them is told what another one says, the first in the text that says something else.
    """

    code: str = "inconsistent"
    severity: Severity = Severity.WARNING

    def find(self, pairs: Sequence[Pair]) -> Iterator[tuple[int, Finding]]:
        """Yield a finding for each segment of which another has the same source and a different translation."""
        places: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for place, pair in enumerate(pairs):
            if language_of(pair.source_locale) == language_of(pair.target_locale):
                continue
            source, target = _folded(pair.source_plain), _folded(pair.target_plain)
            if target and len(_WORD.findall(source)) >= LEAST_WORDS:
                places[source][target].append(place)
        found = [
            (place, self._finding(pairs, place, other))
            for targets in places.values()
            if len(targets) > 1
            for place, other in _others(list(targets.values()))
        ]
        yield from sorted(found, key=lambda one: one[0])

    def _finding(self, pairs: Sequence[Pair], place: int, other: int) -> Finding:
        template = N_("Segment %(number)d has the same source, but its translation is “%(other)s”.")
        said = " ".join(pairs[other].target_plain.split())
        facts = {
            "number": other + 1,
            "other": said if len(said) <= LONGEST_SHOWN else said[:LONGEST_SHOWN] + "\u2026",
        }
        mine = pairs[place]
        spans = Span(0, len(mine.source.text)), Span(0, len(mine.target))
        return Finding(self.code, self.severity, template, facts, *spans)


def _others(groups: Sequence[Sequence[int]]) -> Iterator[tuple[int, int]]:
    """Yield each place with the first that says something else; the groups, and the places in each, are in order."""
    first, second = groups[0][0], groups[1][0]
    for number, group in enumerate(groups):
        for place in group:
            yield place, first if number else second


def _folded(text: str) -> str:
    kept = " ".join(spelling(text).split()).rstrip(_END_MARKS)
    return kept[:1].lower() + kept[1:]
