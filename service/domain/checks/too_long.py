"""The check for a segment that is longer than any person writes, which no other check then reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from service.domain.checks.base import Finding, Pair, Severity, Span
from service.domain.errors import N_

# As many characters as a person may save in one segment. What is longer comes from a file or a machine; to read it
# against its source would keep a request waiting, and to let it pass unread would be worse.
LONGEST_CHECKED = 20_000


@dataclass(frozen=True, slots=True)
class TooLong:
    """Neither side has more characters than a person may save; the length is looked at and nothing else."""

    code: str = "too_long"
    severity: Severity = Severity.ERROR

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield one finding about the longer side."""
        source, target = len(pair.source.text), len(pair.target)
        if max(source, target) <= LONGEST_CHECKED:
            return
        facts = {"characters": max(source, target), "most": LONGEST_CHECKED}
        if target >= source:
            template = N_("The translation has %(characters)d characters; no more than %(most)d can be checked.")
            yield Finding(self.code, self.severity, template, facts, target_span=Span(0, target))
        else:
            template = N_("The source has %(characters)d characters; no more than %(most)d can be checked.")
            yield Finding(self.code, self.severity, template, facts, source_span=Span(0, source))
