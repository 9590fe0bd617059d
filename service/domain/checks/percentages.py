"""The check that percentages stay what they are, and percentage points too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from service.domain.checks.base import Finding, Pair, Severity
from service.domain.checks.stated import tell
from service.domain.facts.differences import Differs


@dataclass(frozen=True, slots=True)
class Percentages:
    """Every percentage needs its equal on the other side, as a percentage; a percentage point is another thing."""

    code: str = "percentages"
    severity: Severity = Severity.ERROR

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield one finding for each percentage that differs, is missing, is too many or is none any more."""
        for difference in pair.facts.differences:
            if difference.kind is Differs.PERCENTAGES:
                yield tell(self, pair, difference)
