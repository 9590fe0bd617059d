"""What a reviewer should know before they approve, beside the text and its findings."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.checks import Severity
from service.domain.checks.described import FACTS
from service.domain.fact_table import FactCell, FactRow
from service.queries.comments import Thread, threads_of
from service.queries.facts import WaiverRow, version_facts
from service.queries.releases import user_names
from service.queries.rules import OfficeRules
from service.storage.models import FactWaiver, Release, Version


@dataclass(frozen=True, slots=True)
class DifferingFact:
    """A fact that the language tells otherwise; `blocks` where it keeps the version from being approved."""

    row: FactRow
    cell: FactCell
    waiver: WaiverRow | None
    blocks: bool


def differing_of(session: Session, release: Release, version: Version, rules: OfficeRules) -> tuple[DifferingFact, ...]:
    """Return the facts that the version does not tell as the source does, with their waivers; five statements.

    None where the office does not mind facts; those that block are the ones that `differing_facts` counts.
    """
    severity = rules.rules.severities.get(FACTS.code, FACTS.severity)
    if severity is None:
        return ()
    waivers = session.scalars(
        select(FactWaiver).where(
            FactWaiver.release_id == release.id,
            FactWaiver.locale == version.locale,
            FactWaiver.ended_at.is_(None),
        )
    ).all()
    names = user_names(session, {waiver.waived_by for waiver in waivers})
    by_token = {waiver.token: WaiverRow(waiver, names.get(waiver.waived_by)) for waiver in waivers}
    found = []
    for row in version_facts(session, release, version):
        cell = row.cells[version.locale]
        if cell.severity is None:
            continue
        waiver = by_token.get(cell.token)
        is_error = severity is Severity.ERROR and cell.severity is Severity.ERROR
        found.append(DifferingFact(row, cell, waiver, blocks=is_error and waiver is None))
    return tuple(found)


def threads_to_settle(session: Session, release: Release, version: Version) -> list[Thread]:
    """Return the open threads about the version, its units, or the whole release; two statements."""
    mine = {None, version.id}
    return [each for each in threads_of(session, release) if each.open and each.first.comment.version_id in mine]
