"""The check that what the source denies is denied in the translation too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from service.domain.checks.base import Finding, Pair, Severity, Span
from service.domain.checks.negation_words import DENIES, HINTS, IDLE, NE, NI, PLAIN, SOFT, STEMS
from service.domain.errors import N_
from service.domain.locales import language_of

# Those that stand without “ne”.
_FRENCH_ALONE = frozenset({"sans", "non", "nul", "nulle"})
# Those that deny without “ne” as well where there is no verb: “jamais plus de deux ans”.
_FRENCH_WHOLE = ("pas", "jamais", "aucun")
_BLANKED = "\ufffc"


@dataclass(frozen=True, slots=True)
class Negation:
    """Denials are counted on both sides, and fewer in the translation are a warning.

    A translator may deny with an antonym: each word on that side that may be one, and that the source has not as
    well, makes up for a denial. A denial that only the translation has is told where nothing at all in the source
    says so in other words; as information, for even then it was nearly always the same sense.
    """

    code: str = "negation"
    severity: Severity = Severity.WARNING

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield one finding, at the words that deny on the side that has more of them."""
        here, there = language_of(pair.source_locale), language_of(pair.target_locale)
        if here == there or here not in DENIES or there not in DENIES:
            return
        source, target = _Side(pair.source_blanked, here), _Side(pair.target_blanked, there)
        if source.count > target.count:
            if source.count - target.count > max(0, target.soft - source.soft):
                yield self._lost(source, target)
        elif target.count and not source.count and (added := _added(source, target)):
            template = N_("The translation says “%(target)s”, but the source denies nothing.")
            yield Finding(self.code, Severity.INFO, template, {"target": added[0]}, target_span=Span(*added.span()))

    def _lost(self, source: _Side, target: _Side) -> Finding:
        first, last = source.denials[0], source.denials[-1]
        span = Span(first.start(), last.end())
        if target.count:
            template = N_("The source denies %(source)d times, the translation %(target)d.")
            return Finding(
                self.code, self.severity, template, {"source": source.count, "target": target.count}, source_span=span
            )
        template = N_("The source says “%(source)s”, but the translation denies nothing.")
        span = Span(*first.span())
        return Finding(self.code, self.severity, template, {"source": first[0]}, source_span=span)


class _Side:
    """One of the two texts, with what it denies."""

    def __init__(self, text: str, tongue: str) -> None:
        self._tongue = tongue
        self._whole = self._text = text
        self.denials: list[re.Match[str]] = []
        lower = text.lower()
        if any(stem in lower for stem in STEMS[tongue]):
            self._text = IDLE[tongue].sub(_blank, text)
            self.denials = list(DENIES[tongue].finditer(self._text))

    @cached_property
    def count(self) -> int:
        """How often something is denied."""
        said = [found[0].lower() for found in self.denials]
        if self._tongue != "fr":  # “weder A noch B” denies two things
            return len(said) + said.count("weder") + said.count("neither")
        alone = sum(word in _FRENCH_ALONE for word in said)
        halves = sum(True for _ in NE.finditer(self._text))
        others = sum(word.startswith(_FRENCH_WHOLE) for word in said) if halves else len(said) - alone
        joined = max(0, sum(True for _ in NI.finditer(self._text)) - 1)
        return alone + max(halves, others) + joined

    @property
    def soft(self) -> int:
        """How many words may deny without being denials."""
        return sum(True for _ in SOFT[self._tongue].finditer(self._text))

    @property
    def hints(self) -> bool:
        """Whether anything at all may be a denial, or one in other words."""
        if self._tongue not in HINTS or DENIES[self._tongue].search(self._whole):
            return True
        return HINTS[self._tongue].search(self._whole) is not None

    @property
    def plain(self) -> re.Match[str] | None:
        """The first of the plainest denials."""
        return PLAIN[self._tongue].search(self._text)


def _blank(found: re.Match[str]) -> str:
    return _BLANKED * len(found[0])


def _added(source: _Side, target: _Side) -> re.Match[str] | None:
    return target.plain if target.plain and not source.soft and not source.hints else None
