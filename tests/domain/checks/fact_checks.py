"""The five checks of facts over one pair: each error is told once, by the check whose kind it is."""

from __future__ import annotations

from service.domain.checks import Check, Finding, Pair
from service.domain.checks.dates import Dates
from service.domain.checks.magnitude import Magnitude
from service.domain.checks.numbers import Numbers
from service.domain.checks.percentages import Percentages
from service.domain.checks.times import Times
from service.domain.text import CodedText
from tests.domain.checks.pairs import CODES

FACT_CHECKS: tuple[Check, ...] = (Numbers(), Dates(), Times(), Magnitude(), Percentages())
Rows = list[tuple[str, dict[str, str]]]


def told(source: str, target: str, locale: str, *, coded: bool = False) -> list[Finding]:
    """Return what the five find in a pair from Dutch."""
    pair = Pair(CodedText(source, CODES if coded else ()), target, "nl", locale)
    return [finding for check in FACT_CHECKS for finding in check.find(pair)]


def across(rows: Rows) -> list[tuple[str, str, str]]:
    """Return (locale, source, target) for every pair of a table with a column for each language."""
    return [(locale, source, target) for source, targets in rows for locale, target in targets.items()]
