"""The check that every inline code of the source stands in the target, once each, well nested and around words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from service.domain.checks.base import Finding, Pair, Severity, Span
from service.domain.covering import emptied, links_within
from service.domain.errors import N_
from service.domain.inline import check_nesting, opening, parse_markers
from service.domain.text import CodedText


@dataclass(frozen=True, slots=True)
class InlineCodes:
    """The markers of both sides are the same multiset, in any order, and those of the target nest properly.

    A pair that covers words in the source covers some in the target, and no link stands within another.
    """

    code: str = "inline_codes"
    severity: Severity = Severity.ERROR

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield what is missing, then what is too many; what is out of place only if neither is."""
        if not pair.source.codes:
            return
        target = CodedText(pair.target, pair.source.codes)
        wanted, present = _places(pair.source), _places(target)
        missing = _surplus(wanted, present)
        extra = _surplus(present, wanted)
        for marker, span in missing:
            template = N_("The formatting mark %(marker)s is missing from the translation.")
            yield Finding(self.code, self.severity, template, {"marker": marker}, source_span=span)
        for marker, span in extra:
            template = N_("The formatting mark %(marker)s stands in the translation too often.")
            yield Finding(self.code, self.severity, template, {"marker": marker}, target_span=span, fix="")
        if missing or extra or check_nesting(pair.source.text, pair.source.codes):
            return
        misplaced = check_nesting(target.text, target.codes)
        for marker in misplaced:
            yield self._out_of_place(
                N_("The formatting mark %(marker)s is out of place: marks open and close in pairs."), marker, present
            )
        if misplaced:
            return
        for code in emptied(target.text, pair.source):
            yield self._out_of_place(
                N_("The formatting mark %(marker)s has no words in it, as it has in the source."),
                opening(code),
                present,
            )
        for code in links_within(target.text, pair.source):
            yield self._out_of_place(
                N_("The link %(marker)s stands within another: one word cannot lead to two places."),
                opening(code),
                present,
            )

    def _out_of_place(self, template: str, marker: str, present: list[tuple[str, Span]]) -> Finding:
        span = next(span for found, span in present if found == marker)
        return Finding(self.code, self.severity, template, {"marker": marker}, target_span=span)


def _places(coded: CodedText) -> list[tuple[str, Span]]:
    places = []
    at = 0
    for token in parse_markers(coded):
        if token.code:
            places.append((token.text, Span(at, at + len(token.text))))
        at += len(token.text)
    return places


def _surplus(these: list[tuple[str, Span]], those: list[tuple[str, Span]]) -> list[tuple[str, Span]]:
    """Return the markers of `these` that have no counterpart left in `those`."""
    left = Counter(marker for marker, _ in those)
    surplus = []
    for marker, span in these:
        if left[marker]:
            left[marker] -= 1
        else:
            surplus.append((marker, span))
    return surplus
