"""The rules that a translation is read against before it can be approved.

A check is one small module and one line in `CHECKS`, or in `DOCUMENT_CHECKS` where it looks at a whole version;
`run_checks` and `run_document_checks` are all that operations need. The rules were tried on human translations, and the
rates of alarm that they were held to stand beside their tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from service.domain.checks.acronyms import Acronyms
from service.domain.checks.addresses import Addresses
from service.domain.checks.base import (
    NO_RULES,
    Check,
    DocumentCheck,
    Finding,
    FrenchSpacing,
    Pair,
    Rules,
    Severity,
    Span,
)
from service.domain.checks.brackets import Brackets
from service.domain.checks.codes import InlineCodes
from service.domain.checks.dates import Dates
from service.domain.checks.empty import Empty
from service.domain.checks.end_mark import EndMark
from service.domain.checks.french_spacing import FrenchSpacingCheck
from service.domain.checks.gender import Gender
from service.domain.checks.inconsistent import Inconsistent
from service.domain.checks.length import Length
from service.domain.checks.magnitude import Magnitude
from service.domain.checks.names import Names
from service.domain.checks.nbsp import NoBreakSpace
from service.domain.checks.negation import Negation
from service.domain.checks.numbers import Numbers
from service.domain.checks.percentages import Percentages
from service.domain.checks.quotes import QuotesLost, QuotesStyle
from service.domain.checks.repeated import Repeated
from service.domain.checks.spaces import Spaces
from service.domain.checks.terms import TermsDoNotTranslate, TermsForbidden, TermsPreferred
from service.domain.checks.times import Times
from service.domain.checks.too_long import TooLong
from service.domain.checks.unchanged import Unchanged
from service.domain.text import CodedText

__all__ = [
    "CHECKS",
    "DOCUMENT_CHECKS",
    "RULES_REVISION",
    "Check",
    "DocumentCheck",
    "Finding",
    "FrenchSpacing",
    "Pair",
    "Rules",
    "Severity",
    "Span",
    "run_checks",
    "run_document_checks",
]

# Rises whenever a rule changes, so that findings of older rules can be told from those of the present ones.
RULES_REVISION = 10

# Where one of these has something to say, nothing else is looked at.
_FIRST: tuple[Check, ...] = (TooLong(), Empty())

CHECKS: tuple[Check, ...] = (
    *_FIRST,
    InlineCodes(),
    Unchanged(),
    Numbers(),
    Dates(),
    Times(),
    Magnitude(),
    Percentages(),
    Addresses(),
    TermsForbidden(),
    TermsDoNotTranslate(),
    TermsPreferred(),
    Gender(),
    Names(),
    Acronyms(),
    Negation(),
    Length(),
    EndMark(),
    Brackets(),
    Spaces(),
    Repeated(),
    FrenchSpacingCheck(),
    QuotesStyle(),
    NoBreakSpace(),
)


DOCUMENT_CHECKS: tuple[DocumentCheck, ...] = (QuotesLost(), Inconsistent())


def run_checks(
    source: CodedText, target: str, *, source_locale: str, target_locale: str, rules: Rules = NO_RULES
) -> tuple[Finding, ...]:
    """Return everything that the checks find about one segment, in the catalogue's order.

    `target` bears the markers of the source's codes. Of an empty target only that is told, and of texts too long to be
    read; up to there the time is linear in the length of both texts.
    """
    pair = Pair(source, target, source_locale, target_locale, rules)
    for check in _FIRST:
        if told := tuple(check.find(pair)):
            return tuple(_weighed(told, rules))
    silent = {code for code, severity in rules.severities.items() if severity is None}
    found = (finding for check in CHECKS if check.code not in silent for finding in check.find(pair))
    return tuple(_weighed(found, rules))


def run_document_checks(pairs: Sequence[Pair]) -> tuple[tuple[int, Finding], ...]:
    """Return what the checks of a whole version find about its segments, each with the place of its pair.

    `pairs` are the segments in the order of the text, those without a translation too; all have the same rules.
    """
    if not pairs:
        return ()
    rules = pairs[0].rules
    found = [one for check in DOCUMENT_CHECKS for one in check.find(pairs)]
    return tuple((place, weighed) for place, finding in found for weighed in _weighed((finding,), rules))


def _weighed(findings: Iterable[Finding], rules: Rules) -> Iterator[Finding]:
    """Give each finding the weight that the office gives it; drop those of checks that it silenced."""
    for finding in findings:
        severity = rules.severities.get(finding.code, finding.severity)
        if severity is finding.severity:
            yield finding
        elif severity is not None:
            yield replace(finding, severity=severity)
