"""The rules that a translation is read against before it can be approved.

A check is one small module and one line in `CHECKS`; `run_checks` is all that operations need. The rules were tried
on human translations, and the rates of alarm that they were held to stand beside their tests.
"""

from __future__ import annotations

from service.domain.checks.base import Check, Finding, Pair, Severity, Span
from service.domain.checks.codes import InlineCodes
from service.domain.checks.empty import Empty
from service.domain.checks.length import Length
from service.domain.checks.numbers import Numbers
from service.domain.checks.unchanged import Unchanged
from service.domain.text import CodedText

__all__ = ["CHECKS", "RULES_REVISION", "Check", "Finding", "Pair", "Severity", "Span", "run_checks"]

# Rises whenever a rule changes, so that findings of older rules can be told from those of the present ones.
RULES_REVISION = 1

_EMPTY: Check = Empty()

CHECKS: tuple[Check, ...] = (
    _EMPTY,
    InlineCodes(),
    Unchanged(),
    Numbers(),
    Length(),
)


def run_checks(source: CodedText, target: str, *, source_locale: str, target_locale: str) -> tuple[Finding, ...]:
    """Return everything that the checks find about one segment, in the catalogue's order.

    `target` bears the markers of the source's codes. Of an empty target only that is told. Linear in the length of
    both texts.
    """
    pair = Pair(source, target, source_locale, target_locale)
    if empty := tuple(_EMPTY.find(pair)):
        return empty
    return tuple(finding for check in CHECKS for finding in check.find(pair))
