"""The check for a target that is much longer or shorter than its source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import log, sqrt

from service.domain.checks.base import Finding, Pair, Severity
from service.domain.errors import N_
from service.domain.locales import language_of

# Lengths beside Dutch, and the spread of the ratio's logarithm, as measured on 1,997 human translations.
LENGTH_BESIDE_DUTCH = {"nl": 1.00, "fr": 1.00, "de": 1.01, "en": 0.85}
SPREAD = 0.16
DEVIATIONS = 4
SHORT_CHARACTERS = 60  # below this a word more or less weighs heavily, so the bounds widen


@dataclass(frozen=True, slots=True)
class Length:
    """The logarithm of the ratio of lengths stays within four standard deviations of the languages' own."""

    code: str = "length"
    severity: Severity = Severity.WARNING

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield one finding about the whole where the ratio is out of bounds."""
        source, target = len(pair.source_plain.strip()), len(pair.target_plain.strip())
        if not source or not target:
            return
        usual = _beside_dutch(pair.target_locale) / _beside_dutch(pair.source_locale)
        widened = sqrt(SHORT_CHARACTERS / min(source, SHORT_CHARACTERS))
        distance = log(target / source / usual)
        if abs(distance) <= DEVIATIONS * SPREAD * widened:
            return
        template = (
            N_("The translation is much longer than the source: %(target)d characters for %(source)d.")
            if distance > 0
            else N_("The translation is much shorter than the source: %(target)d characters for %(source)d.")
        )
        yield Finding(self.code, self.severity, template, {"source": source, "target": target})


def _beside_dutch(locale: str) -> float:
    return LENGTH_BESIDE_DUTCH.get(language_of(locale), 1.0)
