"""Keeping findings in step with their texts: what is found again stays the same row, what was put aside stays so.

A finding that was put aside comes back as soon as the text is another, even if the old one returns later: then it is
asked again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, bindparam, select

from service.domain.checks import Finding, run_checks
from service.domain.checks.described import DOCUMENT_CODES
from service.domain.checks.keys import finding_keys, pair_digest
from service.domain.checks.whole import UnitText
from service.domain.text import CodedText
from service.operations.context import Work
from service.queries.rules import OfficeRules
from service.queries.texts import codes_of
from service.storage.models import Dismissal, FindingRow, SegmentRow, Unit, Version

_NOTHING: frozenset[str] = frozenset()


class _Which:
    """The statements about some units; put together once, since every save asks them."""

    def __init__(self, where: ColumnElement[bool]) -> None:
        self.findings = select(FindingRow).join(Unit, Unit.id == FindingRow.unit_id).where(where)
        self.dismissals = (
            select(Dismissal).join(Unit, Unit.id == Dismissal.unit_id).where(where, Dismissal.ended_at.is_(None))
        )


_OF_UNIT = _Which(Unit.id == bindparam("about"))
_OF_UNITS = _Which(Unit.id.in_(bindparam("about", expanding=True)))
_OF_VERSION = _Which(Unit.version_id == bindparam("about"))


def refresh_findings(
    work: Work,
    unit: Unit,
    segment: SegmentRow,
    rules: OfficeRules,
    *,
    text_changed: bool,
    has_findings: bool = True,
    has_aside: bool = True,
) -> list[FindingRow]:
    """Hold a unit's present text to the checks of single segments, and return its findings; an empty unit has none.

    Without `has_findings` there are none of its earlier text, without `has_aside` none that were put aside; then nobody
    asks for them.
    What was found about the whole version stays while the unit's text does, and is looked at again by the workers.
    """
    text = _text_of(unit, segment)
    left = _NOTHING if text_changed else DOCUMENT_CODES
    aside = _put_aside(work, _OF_UNIT, unit.id, [text]) if has_aside else {}
    found = {unit.id: _found_in(text, rules)}
    which = _OF_UNIT if has_findings else None
    return _settle(work, which, unit.id, found, aside, revision=rules.revision, left=left)


def refresh_drafted(work: Work, drafted: Sequence[tuple[Unit, SegmentRow]], rules: OfficeRules) -> None:
    """Hold units whose texts have just been written to the checks of single segments, all in a few statements."""
    texts = [_text_of(unit, segment) for unit, segment in drafted]
    about = [text.unit_id for text in texts]
    aside = _put_aside(work, _OF_UNITS, about, texts)
    found = {text.unit_id: _found_in(text, rules) for text in texts}
    _settle(work, _OF_UNITS, about, found, aside, revision=rules.revision)


def _text_of(unit: Unit, segment: SegmentRow) -> UnitText:
    return UnitText(unit.id, CodedText(segment.source, codes_of(segment.codes)), unit.target)


def _found_in(text: UnitText, rules: OfficeRules) -> Sequence[Finding]:
    if not text.target:
        return ()
    pair = {"source_locale": rules.source_locale, "target_locale": rules.target_locale}
    return run_checks(text.source, text.target, **pair, rules=rules.rules)


def store_findings(
    work: Work, version: Version, texts: Sequence[UnitText], found: Mapping[str, Sequence[Finding]], revision: str
) -> None:
    """Write down what was found about the whole of a version; `texts` are all its units as they stand."""
    aside = _put_aside(work, _OF_VERSION, version.id, texts)
    _settle(work, _OF_VERSION, version.id, found, aside, revision=revision)


def _settle(
    work: Work,
    which: _Which | None,
    about: str | Sequence[str],
    found: Mapping[str, Sequence[Finding]],
    aside: Mapping[tuple[str, str], Dismissal],
    *,
    revision: str,
    left: frozenset[str] = _NOTHING,
) -> list[FindingRow]:
    """Make the findings of some units those that were found, and leave those of the codes in `left` as they are.

    Returns all that there are then. `which` is None where there were none.
    """
    present: list[FindingRow] = []
    standing: dict[object, list[FindingRow]] = defaultdict(list)
    for row in work.session.scalars(which.findings, {"about": about}) if which else ():
        if row.code in left:
            present.append(row)
        else:
            standing[_identity(row)].append(row)
    for unit_id, findings in found.items():
        for finding, key in zip(findings, finding_keys(findings), strict=True):
            new = _row(unit_id, finding, key)
            same = standing.get(_identity(new))
            row = same.pop() if same else new
            row.severity = finding.severity.value
            row.rules_revision = revision
            _mark(row, aside.get((unit_id, key)))
            work.session.add(row)
            present.append(row)
    for rows in standing.values():
        for row in rows:
            work.session.delete(row)
    return present


def _put_aside(
    work: Work, which: _Which, about: str | Sequence[str], texts: Sequence[UnitText]
) -> dict[tuple[str, str], Dismissal]:
    """Return what was put aside of these very texts by unit and key; end what was said of others."""
    digests = {text.unit_id: pair_digest(text.source.text, text.target) for text in texts}
    aside: dict[tuple[str, str], Dismissal] = {}
    for one in work.session.scalars(which.dismissals, {"about": about}):
        if one.digest == digests.get(one.unit_id):
            aside[one.unit_id, one.key] = one
        else:
            one.ended_at = work.now
    return aside


def _identity(row: FindingRow) -> object:
    spans = (tuple(span) if span else None for span in (row.source_span, row.target_span))
    return row.unit_id, row.key, *spans, row.fix


def _row(unit_id: str, finding: Finding, key: str) -> FindingRow:
    return FindingRow(
        unit_id=unit_id,
        code=finding.code,
        template=finding.template,
        facts=dict(finding.facts),
        source_span=list(finding.source_span) if finding.source_span else None,
        target_span=list(finding.target_span) if finding.target_span else None,
        fix=finding.fix,
        key=key,
    )


def _mark(row: FindingRow, dismissal: Dismissal | None) -> None:
    row.dismissed_by = dismissal.dismissed_by if dismissal else None
    row.dismissed_reason = dismissal.reason if dismissal else None
    row.dismissed_at = dismissal.dismissed_at if dismissal else None
