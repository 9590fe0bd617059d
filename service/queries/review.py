"""What a reviewer works with: one version's units with everything beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from service.domain.checks import Severity
from service.domain.errors import NotFound
from service.domain.text import InlineCode
from service.domain.workflow import UnitState
from service.queries.releases import user_names
from service.queries.texts import codes_of
from service.storage.models import (
    BlockRow,
    FindingRow,
    SegmentRow,
    Unit,
    UnitRevision,
    User,
    Version,
)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit with its segment, the block it stands in, and its findings."""

    n: int
    unit: Unit
    segment: SegmentRow
    block: BlockRow
    findings: tuple[FindingRow, ...]
    written_by: str | None
    names: Mapping[str, str]

    @property
    def has_error(self) -> bool:
        """Did a check find an error that nobody has put aside?"""
        return any(found.severity == "error" and found.dismissed_at is None for found in self.findings)

    def dismissed_by(self, finding: FindingRow) -> str:
        """Return the name of who put a finding aside."""
        return self.names.get(finding.dismissed_by or "", "?")


@dataclass(frozen=True, slots=True)
class UnitBrief:
    """What a page needs to know of every unit of a version; `n` counts from 1, `changed` is about its source."""

    id: str
    n: int
    kind: str
    state: str
    row_version: int
    source: str
    source_hash: str
    draft: str
    target: str
    engine: str | None
    changed: bool
    change_is_minor: bool

    @property
    def is_open(self) -> bool:
        """Has nobody confirmed it yet?"""
        return self.state in _OPEN


_OPEN = frozenset({UnitState.INITIAL, UnitState.TRANSLATED})


# Put together once: most of what a short statement costs is its making.
_OF_VERSION = Unit.version_id == bindparam("version"), SegmentRow.revision_id == bindparam("revision")
_BRIEFS = (
    select(
        Unit.id,
        SegmentRow.n + 1,
        BlockRow.kind,
        Unit.state,
        Unit.row_version,
        SegmentRow.source,
        SegmentRow.source_hash,
        Unit.draft,
        Unit.target,
        Unit.engine,
        Unit.changed_from.is_not(None),
        Unit.change_is_minor,
    )
    .join(SegmentRow, SegmentRow.id == Unit.segment_id)
    .join(BlockRow, BlockRow.id == SegmentRow.block_id)
    .where(*_OF_VERSION)
    .order_by(SegmentRow.n)
)
_CODES = select(Unit.id, SegmentRow.codes).join(SegmentRow, SegmentRow.id == Unit.segment_id).where(*_OF_VERSION)
_ROWS = (
    select(Unit, SegmentRow, BlockRow, User.name)
    .join(SegmentRow, SegmentRow.id == Unit.segment_id)
    .join(BlockRow, BlockRow.id == SegmentRow.block_id)
    .outerjoin(User, User.id == Unit.text_by)
    .where(*_OF_VERSION)
    .order_by(SegmentRow.n)
)
_FINDINGS = (
    select(FindingRow)
    .join(Unit, Unit.id == FindingRow.unit_id)
    .join(SegmentRow, SegmentRow.id == Unit.segment_id)
    .where(*_OF_VERSION)
)
_ONE = Unit.id == bindparam("unit")
_SOME = SegmentRow.n.between(bindparam("first"), bindparam("last"))
_ROWS_OF = {"all": _ROWS, "one": _ROWS.where(_ONE), "some": _ROWS.where(_SOME)}
_FINDINGS_OF = {"all": _FINDINGS, "one": _FINDINGS.where(_ONE), "some": _FINDINGS.where(_SOME)}


def unit_briefs(session: Session, version: Version) -> list[UnitBrief]:
    """Return the units of the version's present text in order, without what lies beside them; one statement."""
    rows: Iterable[Any] = session.execute(_BRIEFS, {"version": version.id, "revision": version.revision_id})
    return [UnitBrief(*row) for row in rows]


def codes_of_units(session: Session, version: Version) -> dict[str, tuple[InlineCode, ...]]:
    """Return the inline codes of the source of every unit of the version's present text; one statement."""
    rows = session.execute(_CODES, {"version": version.id, "revision": version.revision_id})
    return {unit_id: codes_of(codes) for unit_id, codes in rows}


def unit_rows(
    session: Session, version: Version, *, unit_id: str | None = None, between: tuple[int, int] | None = None
) -> list[UnitRow]:
    """Return the units of the version's present text in order, the title first; two statements.

    Where something was put aside, a third one tells who did.

    `between` names the first and the last that are wanted, counted from 1.
    """
    which = "all"
    asked: dict[str, str | int] = {"version": version.id, "revision": version.revision_id}
    if unit_id is not None:
        which = "one"
        asked["unit"] = unit_id
    elif between is not None:
        which = "some"
        asked |= {"first": between[0] - 1, "last": between[1] - 1}
    rows = session.execute(_ROWS_OF[which], asked).all()
    findings: dict[str, list[FindingRow]] = {}
    for finding in session.scalars(_FINDINGS_OF[which], asked) if rows else ():
        findings.setdefault(finding.unit_id, []).append(finding)
    dismissed_by = {finding.dismissed_by for each in findings.values() for finding in each}
    names: dict[str, str] = {unit.text_by: name for unit, _, _, name in rows if unit.text_by}
    names |= user_names(session, dismissed_by - names.keys())
    return [
        UnitRow(
            segment.n + 1,
            unit,
            segment,
            block,
            tuple(sorted(findings.get(unit.id, ()), key=_by_weight)),
            name,
            names,
        )
        for unit, segment, block, name in rows
    ]


def unit_row(
    session: Session,
    unit: Unit,
    segment: SegmentRow,
    block: BlockRow,
    findings: Iterable[FindingRow],
    *,
    known: Mapping[str, str],
) -> UnitRow:
    """Return the row of a unit that is in hand with its findings; one statement where names are not `known`."""
    wanted = {unit.text_by, *(finding.dismissed_by for finding in findings)} - known.keys()
    names = {**known, **user_names(session, wanted)}
    ordered = tuple(sorted(findings, key=_by_weight))
    return UnitRow(segment.n + 1, unit, segment, block, ordered, names.get(unit.text_by or ""), names)


_WEIGHTS = {severity.value: place for place, severity in enumerate(Severity)}


def _by_weight(finding: FindingRow) -> tuple[object, ...]:
    """Order findings by what they weigh, then by where they stand in the target."""
    return _WEIGHTS[finding.severity], finding.target_span or [-1, -1], finding.code, finding.id


def unit_of_finding(session: Session, finding_id: str) -> str:
    """Return the id of the unit that a finding is about; raise `NotFound` where the finding is gone."""
    unit_id = session.scalar(select(FindingRow.unit_id).where(FindingRow.id == finding_id))
    if unit_id is None:
        raise NotFound
    return unit_id


def unit_history(session: Session, unit_id: str) -> list[tuple[UnitRevision, str | None]]:
    """Return every save of a unit, newest first, with the name of who made it (None for a machine)."""
    revisions = session.scalars(
        select(UnitRevision).where(UnitRevision.unit_id == unit_id).order_by(UnitRevision.number.desc())
    ).all()
    names = user_names(session, {revision.user_id for revision in revisions})
    return [(revision, names.get(revision.user_id or "")) for revision in revisions]
