"""Advice about a source in words: what it is, and the words around it with the place marked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from service.domain.term_pieces import without_markers
from service.queries.advice import Advice
from service.web.language import told

AROUND = 50  # characters shown on either side of the place


@dataclass(frozen=True, slots=True)
class ShownAdvice:
    """One piece of advice: the number of its segment, what it says, and where."""

    n: int
    severity: str
    sentence: str
    excerpt: Markup


def shown_advice(advice: Sequence[Advice]) -> list[ShownAdvice]:
    """Return advice as a page shows it."""
    return [
        ShownAdvice(
            each.n, each.finding.severity.value, told(each.finding.template, each.finding.facts), _excerpt(each)
        )
        for each in advice
    ]


def _excerpt(advice: Advice) -> Markup:
    text, places = without_markers(advice.source)
    span = advice.finding.source_span
    if span is None:
        return escape(text[: 2 * AROUND])
    start, end = bisect_left(places, span.start), bisect_left(places, span.end)
    before = 0 if start <= AROUND else text.find(" ", start - AROUND, start) + 1 or start - AROUND
    behind = len(text) if len(text) <= end + AROUND else max(text.rfind(" ", end, end + AROUND), end)
    return Markup("{}{}<mark>{}</mark>{}{}").format(
        "… " if before else "",
        text[before:start],
        text[start:end],
        text[end:behind],
        " …" if behind < len(text) else "",
    )
