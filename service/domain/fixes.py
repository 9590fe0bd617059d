"""Putting right what checks found, where they are certain of what belongs there: one finding, or all of a segment.

A fix replaces a stretch of the target by what its check wrote; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from service.domain.checks import CHECKS, Finding, Pair, Rules
from service.domain.checks.base import NO_RULES
from service.domain.checks.too_long import LONGEST_CHECKED
from service.domain.text import CodedText

# Those whose fixes change marks and spaces only, so that the words and the figures stay what they are.
TYPOGRAPHY = frozenset({"numbers", "spaces", "french_spacing", "quotes_style", "no_break_space"})

# One fix can make room for the next, as when two spaces before a mark become one and then a no-break one. Rounds that
# never came to rest would be a defect of the checks; they end here all the same.
_MOST_ROUNDS = 12


def apply_fix(target: str, finding: Finding) -> str:
    """Return the coded target with a finding's fix in its place; unchanged where it has none."""
    if finding.fix is None or finding.target_span is None:
        return target
    start, end = finding.target_span
    return target[:start] + finding.fix + target[end:]


def apply_fixes(target: str, findings: Iterable[Finding]) -> str:
    """Return the target with the fixes of all findings, from the last to the first; of two that overlap, one.

    The findings are about this target. What a fix left over is found again in what is returned.
    """
    fixable = [one for one in findings if one.fix is not None and one.target_span is not None]
    taken = len(target) + 1
    for finding in sorted(fixable, key=_place, reverse=True):
        start, end = _place(finding)
        if end <= taken and (start, end) != (taken, taken):
            target = apply_fix(target, finding)
            taken = start
    return target


def apply_all(
    source: CodedText,
    target: str,
    *,
    source_locale: str,
    target_locale: str,
    rules: Rules = NO_RULES,
    codes: Collection[str] = TYPOGRAPHY,
) -> str:
    """Return the target with everything put right that the checks of these codes are certain of.

    They look again after each round, until nothing is left to change. Applied to what it returned, it changes nothing.
    A text too long to be checked stays as it is.
    """
    if max(len(source.text), len(target)) > LONGEST_CHECKED:
        return target
    silent = {code for code, severity in rules.severities.items() if severity is None}
    checks = [check for check in CHECKS if check.code in codes and check.code not in silent]
    for _ in range(_MOST_ROUNDS):
        pair = Pair(source, target, source_locale, target_locale, rules)
        mended = apply_fixes(target, (finding for check in checks for finding in check.find(pair)))
        if mended == target:
            break
        target = mended
    return target


def _place(finding: Finding) -> tuple[int, int]:
    span = finding.target_span
    return (span.start, span.end) if span else (0, 0)
