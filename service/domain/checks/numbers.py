"""The check that both sides tell the same numbers, each read as its own language writes them.

What a number is, and how each language writes it, is told in `numerals`; here the two sides are paired off.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from service.domain.checks.base import Finding, Pair, Severity, Span
from service.domain.errors import N_
from service.domain.numerals import Numeral, Reading, Weight, find_numerals, write_number


@dataclass(frozen=True, slots=True)
class Numbers:
    """Every number in figures needs its equal on the other side, in figures or in words.

    Words alone say less, since languages differ in where they count ("one", "both", "second"): a word without its
    equal is reported only when the other side has such a word too, of another value.
    """

    code: str = "numbers"
    severity: Severity = Severity.ERROR

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield one finding for each number that differs, is missing or is too many."""
        source = find_numerals(pair.source_blanked, pair.source_locale)
        target = find_numerals(pair.target_blanked, pair.target_locale)
        source_left, target_left = pair_off(source, target)
        for weight in (Weight.FIGURES, Weight.MONTH, Weight.WORD):
            wanted = [numeral for numeral in source_left if numeral.weight is weight]
            present = [numeral for numeral in target_left if numeral.weight is weight]
            if weight is not Weight.FIGURES and not (wanted and present):
                continue
            for one, other in zip_longest(wanted, present):
                if weight is Weight.FIGURES or (one and other):
                    yield self._finding(pair, one, other)

    def _finding(self, pair: Pair, one: Numeral | None, other: Numeral | None) -> Finding:
        source = pair.source.text[one.start : one.end] if one else ""
        target = pair.target[other.start : other.end] if other else ""
        fix = None
        if one and other:
            template = N_("The source says “%(source)s”, the translation “%(target)s”.")
            fix = _respelled(one, other, pair.target_locale)
        elif one:
            template = N_("“%(source)s” is not in the translation.")
        else:
            template = N_("“%(target)s” is not in the source.")
        facts = {name: text for name, text in (("source", source), ("target", target)) if text}
        return Finding(self.code, self.severity, template, facts, _span(one), _span(other), fix)


def pair_off(source: Sequence[Numeral], target: Sequence[Numeral]) -> tuple[list[Numeral], list[Numeral]]:
    """Return the numerals of either side that have no equal on the other, in the order of the text.

    Two are equal when they share a reading. Those with the fewest readings choose first, figures before words, so
    that a doubtful one takes what is left.
    """
    places: dict[Reading, deque[int]] = defaultdict(deque)
    order = sorted(range(len(target)), key=lambda at: (target[at].weight, len(target[at].readings)))
    for at in order:
        for reading in target[at].readings:
            places[reading].append(at)
    free = set(range(len(target)))
    left = sorted(range(len(source)), key=lambda at: (source[at].weight, len(source[at].readings)))
    for loosely in (False, True):
        still_left: list[int] = []
        for at in left:
            readings = source[at].loose if loosely else source[at].readings
            taken = _take(readings, places, free)
            if taken is None:
                still_left.append(at)
            else:
                free.remove(taken)
        left = still_left
    return [source[at] for at in sorted(left)], [target[at] for at in sorted(free)]


def _take(readings: Sequence[Reading], places: dict[Reading, deque[int]], free: set[int]) -> int | None:
    """Return the first free place with one of the readings; places that are taken are forgotten on the way."""
    for reading in readings:
        waiting = places.get(reading, deque())
        while waiting:
            at = waiting.popleft()
            if at in free:
                return at
    return None


def _respelled(one: Numeral, other: Numeral, locale: str) -> str | None:
    """Return the source's value as the target's language writes it, if only the marks within it are wrong."""
    if one.value is None or one.digits != other.digits:
        return None
    return write_number(one.value, locale)


def _span(numeral: Numeral | None) -> Span | None:
    return Span(numeral.start, numeral.end) if numeral else None
