"""Keeping a unit's findings in step with its text."""

from __future__ import annotations

from sqlalchemy import delete

from service.domain.checks import RULES_REVISION, run_checks
from service.domain.text import CodedText
from service.operations.context import Work
from service.queries.texts import codes_of
from service.storage.models import FindingRow, SegmentRow, Unit


def refresh_findings(work: Work, unit: Unit, segment: SegmentRow, *, source_locale: str, target_locale: str) -> None:
    """Run the checks over the unit's present text and replace its findings; an empty unit has none."""
    work.session.execute(delete(FindingRow).where(FindingRow.unit_id == unit.id))
    if not unit.target:
        return
    source = CodedText(segment.source, codes_of(segment.codes))
    for finding in run_checks(source, unit.target, source_locale=source_locale, target_locale=target_locale):
        work.session.add(
            FindingRow(
                unit_id=unit.id,
                code=finding.code,
                severity=finding.severity.value,
                template=finding.template,
                facts=dict(finding.facts),
                source_span=list(finding.source_span) if finding.source_span else None,
                target_span=list(finding.target_span) if finding.target_span else None,
                fix=finding.fix,
                rules_revision=RULES_REVISION,
            )
        )
