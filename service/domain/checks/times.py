"""The check that both sides tell the same hours of the day, on a clock of twelve hours or of twenty-four."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from service.domain.checks.base import Finding, Pair, Severity
from service.domain.checks.stated import tell
from service.domain.facts.differences import Differs


@dataclass(frozen=True, slots=True)
class Times:
    """Every hour needs its equal on the other side; so do noon and midnight, where the other side has an hour too."""

    code: str = "times"
    severity: Severity = Severity.ERROR

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield one finding for each hour that differs, is missing or is too many."""
        for difference in pair.facts.differences:
            if difference.kind is Differs.TIMES:
                yield tell(self, pair, difference)
