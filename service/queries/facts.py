"""The facts of a release in all its languages, from the present texts, with what people waived."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.checks import Severity
from service.domain.checks.described import FACTS
from service.domain.fact_matrix import Version as Translation
from service.domain.fact_table import FactCell, FactRow, blocking_cells, fact_table
from service.domain.text import CodedText
from service.queries.releases import user_names, version_order
from service.queries.rules import OfficeRules, office_severities
from service.queries.texts import codes_of
from service.storage.models import FactWaiver, Release, SegmentRow, SourceRevision, Unit, Version


@dataclass(frozen=True, slots=True)
class WaiverRow:
    """A waiver that counts, with the name of who gave it."""

    waiver: FactWaiver
    name: str | None


@dataclass(frozen=True, slots=True)
class ReleaseFacts:
    """The rows with what is beside them: the unit of each segment by locale, and what was waived by locale and token.

    `severity` is what a row that is an error weighs in this office, None where the office silenced them.
    """

    rows: tuple[FactRow, ...]
    locales: tuple[str, ...]
    units: Mapping[str, Sequence[str]]
    waivers: Mapping[tuple[str, str], WaiverRow]
    severity: Severity | None

    def waived(self, locale: str, cell: FactCell) -> WaiverRow | None:
        """Return the waiver of a cell, if somebody gave one."""
        return self.waivers.get((locale, cell.token))

    def weighs(self, locale: str, cell: FactCell) -> str:
        """Return what a cell weighs: a severity, `waived`, or nothing where it agrees or the office does not mind."""
        if cell.severity is None or self.severity is None:
            return ""
        if self.waived(locale, cell):
            return "waived"
        return self.severity.value if cell.severity is Severity.ERROR else cell.severity.value

    @property
    def differing(self) -> int:
        """How many rows have a cell that weighs something and that nobody waived."""
        open_rows = (
            any(self.weighs(locale, cell) not in {"", "waived"} for locale, cell in row.cells.items())
            for row in self.rows
        )
        return sum(open_rows)


def release_facts(session: Session, release: Release) -> ReleaseFacts:
    """Return the facts of a release as its texts stand now; six statements, however many languages and facts."""
    source, translations, units = _texts(session, release)
    rows = fact_table(source, release.source_locale, translations)
    waivers = session.scalars(
        select(FactWaiver).where(FactWaiver.release_id == release.id, FactWaiver.ended_at.is_(None))
    ).all()
    names = user_names(session, {waiver.waived_by for waiver in waivers})
    return ReleaseFacts(
        rows,
        tuple(translation.locale for translation in translations),
        units,
        {(each.locale, each.token): WaiverRow(each, names.get(each.waived_by)) for each in waivers},
        office_severities(session).get(FACTS.code, FACTS.severity),
    )


def version_facts(session: Session, release: Release, version: Version) -> tuple[FactRow, ...]:
    """Return the facts of a release in one of its languages alone; three statements."""
    source, translations, _ = _texts(session, release, version)
    return fact_table(source, release.source_locale, translations)


def differing_facts(session: Session, release: Release, version: Version, rules: OfficeRules) -> int:
    """Return how many facts keep a version from being approved: errors that nobody waived, as its text stands now."""
    if rules.rules.severities.get(FACTS.code, FACTS.severity) is not Severity.ERROR:
        return 0
    wrong = blocking_cells(version_facts(session, release, version), version.locale)
    if not wrong:
        return 0
    waived = set(
        session.scalars(
            select(FactWaiver.token).where(
                FactWaiver.release_id == release.id,
                FactWaiver.locale == version.locale,
                FactWaiver.ended_at.is_(None),
            )
        )
    )
    return sum(cell.token not in waived for cell in wrong)


def _texts(
    session: Session, release: Release, version: Version | None = None
) -> tuple[list[CodedText], list[Translation], dict[str, list[str]]]:
    """Return the source's segments, and of each version its targets and the ids of its units in the same order."""
    segments = session.execute(
        select(SegmentRow.id, SegmentRow.source, SegmentRow.codes)
        .join(SourceRevision, SourceRevision.id == SegmentRow.revision_id)
        .where(SourceRevision.release_id == release.id, SourceRevision.number == release.revision)
        .order_by(SegmentRow.n)
    ).all()
    places = {segment.id: place for place, segment in enumerate(segments)}
    wanted = (
        [version]
        if version is not None
        else session.scalars(select(Version).where(Version.release_id == release.id)).all()
    )
    in_order = sorted(wanted, key=lambda it: version_order(it.locale))
    targets: dict[str, list[str | None]] = {it.id: [None] * len(segments) for it in in_order}
    units: dict[str, list[str]] = {it.id: [""] * len(segments) for it in in_order}
    for unit in session.execute(
        select(Unit.id, Unit.version_id, Unit.segment_id, Unit.target).where(Unit.version_id.in_(targets))
    ):
        place = places.get(unit.segment_id)
        if place is not None:
            targets[unit.version_id][place] = unit.target or None
            units[unit.version_id][place] = unit.id
    source = [CodedText(segment.source, codes_of(segment.codes)) for segment in segments]
    translations = [Translation(it.locale, targets[it.id]) for it in in_order]
    return source, translations, {it.locale: units[it.id] for it in in_order}
