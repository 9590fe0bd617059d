"""The check for a segment without a translation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from service.domain.checks.base import Finding, Pair, Severity
from service.domain.errors import N_


@dataclass(frozen=True, slots=True)
class Empty:
    """A source with text needs a target with text; markers and spaces are none."""

    code: str = "empty"
    severity: Severity = Severity.ERROR

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield one finding where the target has nothing to read."""
        if pair.source_plain.strip() and not pair.target_plain.strip():
            yield Finding(self.code, self.severity, N_("This segment has no translation."))
