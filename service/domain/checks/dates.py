"""The check that both sides tell the same days, and that a weekday is the one that its date falls on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from service.domain.checks.base import Finding, Pair, Severity, Span
from service.domain.checks.stated import tell
from service.domain.errors import N_
from service.domain.facts.calendar import weekday_name
from service.domain.facts.differences import Difference, Differs, falls_on
from service.domain.facts.statements import Kind, Statement
from service.domain.locales import language_of


@dataclass(frozen=True, slots=True)
class Dates:
    """Every date needs its equal on the other side, as often as it may stand; a year counts where both have one.

    Weekdays and months that stand alone are reported only where the other side has another one in their place.
    """

    code: str = "dates"
    severity: Severity = Severity.ERROR

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield one finding for each date, weekday or month that differs, and for each weekday that does not fit."""
        for difference in pair.facts.differences:
            if difference.kind is Differs.DATES:
                yield from self._different(pair, difference)
        told: set[int] = set()
        for one, other in pair.facts.same:
            if one.kind is other.kind is Kind.DATE and other.start not in told:
                told.add(other.start)
                yield from self._unfit(pair, one, other)

    def _different(self, pair: Pair, difference: Difference) -> Iterator[Finding]:
        one, other = difference.source, difference.target
        if not difference.weekday or one is None or other is None:
            yield tell(self, pair, difference)
            return
        here, there = _weekday(one), _weekday(other)
        template = N_("The source says “%(source)s”, the translation “%(target)s”.")
        facts = {"source": pair.source.text[here.start : here.end], "target": pair.target[there.start : there.end]}
        yield Finding(self.code, self.severity, template, facts, here, there)

    def _unfit(self, pair: Pair, one: Statement, other: Statement) -> Iterator[Finding]:
        weekday = falls_on(one, other)
        if weekday is None or other.name is None or other.name == weekday:
            return
        template = N_("“%(date)s” is not a %(written)s but a %(weekday)s.")
        there = _weekday(other)
        written = pair.target[there.start : there.end]
        facts = {
            "date": pair.target[there.end : other.end].strip(" ,\u00a0\u202f"),
            "written": written,
            "weekday": weekday_name(weekday, language_of(pair.target_locale), written),
        }
        yield Finding(self.code, self.severity, template, facts, None, Span(other.start, other.end))


def _weekday(statement: Statement) -> Span:
    """Return where the weekday of a date stands, or a weekday alone."""
    return Span(*(statement.name_span or (statement.start, statement.end)))
