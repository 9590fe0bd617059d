"""The check that a number keeps its power of ten: a Dutch “miljard” is an English “billion”, not a French one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from service.domain.checks.base import Finding, Pair, Severity, Span
from service.domain.errors import N_
from service.domain.facts.differences import Differs


@dataclass(frozen=True, slots=True)
class Magnitude:
    """Two numbers that are equal as they stand are equal with the thousands, millions or billions behind them."""

    code: str = "magnitude"
    severity: Severity = Severity.ERROR

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield one finding for each number whose power of ten differs."""
        for difference in pair.facts.differences:
            one, other = difference.source, difference.target
            if difference.kind is not Differs.MAGNITUDE or one is None or other is None:
                continue
            template = N_("“%(source)s” and “%(target)s” differ in size: mind the word for millions or billions.")
            facts = {"source": pair.source.text[one.start : one.end], "target": pair.target[other.start : other.end]}
            spans = Span(one.start, one.end), Span(other.start, other.end)
            yield Finding(self.code, self.severity, template, facts, *spans)
