"""The check for a target that is the source over again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from service.domain.checks.base import Finding, Pair, Severity, Span, language
from service.domain.errors import N_

LEAST_WORDS = 3

_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S++|(?<![\w.+-])[\w.+-]{1,64}+@\S++")


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A copied source is an error once it has `LEAST_WORDS` words in lower case: names and titles may stay."""

    code: str = "untranslated"
    severity: Severity = Severity.ERROR

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield one finding over the whole target where nothing was translated."""
        if language(pair.source_locale) == language(pair.target_locale):
            return
        source = pair.source_plain.split()
        if source != pair.target_plain.split():
            return
        words = _WORD.findall(_ADDRESS.sub(" ", " ".join(source)))
        if sum(word.islower() for word in words) >= LEAST_WORDS:
            yield Finding(
                self.code,
                self.severity,
                N_("The translation is the same as the source."),
                source_span=Span(0, len(pair.source.text)),
                target_span=Span(0, len(pair.target)),
            )
