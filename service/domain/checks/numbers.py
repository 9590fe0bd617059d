"""The check that both sides tell the same numbers, each read as its own language writes them.

What a number is, and how each language writes it, is told in `numerals`; how the two sides are paired off, in `facts`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from service.domain.checks.base import Finding, Pair, Severity
from service.domain.checks.stated import tell
from service.domain.facts.differences import Differs


@dataclass(frozen=True, slots=True)
class Numbers:
    """Every number in figures needs its equal on the other side, in figures or in words; amounts need their currency.

    Words alone say less, since languages differ in where they count ("one", "both", "second"): a word without its
    equal is reported only when the other side has such a word too, of another value. Dates, hours and percentages have
    checks of their own.
    """

    code: str = "numbers"
    severity: Severity = Severity.ERROR

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield one finding for each number that differs, is missing or is too many."""
        for difference in pair.facts.differences:
            if difference.kind is Differs.NUMBERS:
                one, other = difference.source, difference.target
                units_differ = one is not None and other is not None and one.amount == other.amount
                yield tell(self, pair, difference, figures_only=not units_differ)
