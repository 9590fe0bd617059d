"""Checking the whole of a version: each of its segments, and what only shows when all of them are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.domain.checks import Finding, Pair, Rules, run_checks, run_document_checks
from service.domain.text import CodedText


@dataclass(frozen=True, slots=True)
class UnitText:
    """A unit's source and its present target, empty where it has none yet."""

    unit_id: str
    source: CodedText
    target: str


def check_texts(
    texts: Sequence[UnitText], *, source_locale: str, target_locale: str, rules: Rules
) -> dict[str, tuple[Finding, ...]]:
    """Return what is found about each unit of a version; `texts` are all its units in the order of the text.

    A unit without a target has no findings of its own: that it is empty is counted, not found.
    """
    found: dict[str, list[Finding]] = {text.unit_id: [] for text in texts}
    for text in texts:
        if text.target:
            found[text.unit_id] += run_checks(
                text.source, text.target, source_locale=source_locale, target_locale=target_locale, rules=rules
            )
    pairs = [Pair(text.source, text.target, source_locale, target_locale, rules) for text in texts]
    for place, finding in run_document_checks(pairs):
        found[texts[place].unit_id].append(finding)
    return {unit_id: tuple(findings) for unit_id, findings in found.items()}
