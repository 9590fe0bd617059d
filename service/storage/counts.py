"""What a version's units and findings come to, kept with the version, for every list asks it of every version.

Whatever is flushed is noted, and counted anew in the same transaction before it commits; what is written past the
session's own objects is noted by whoever writes it (`note`). The counts are of the present text alone: units of an
earlier one stay with their version, and count for nothing.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BindParameter, and_, bindparam, case, func, inspect, select, update
from sqlalchemy.orm import Session, aliased
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.util import identity_key

from service.storage.base import Base
from service.storage.models import FindingRow, SegmentRow, Unit, Version

PENDING = "versions_to_count"

_there = aliased(Version)
_ASKED: BindParameter[str] = bindparam("versions", expanding=True)
_OF_PRESENT = and_(SegmentRow.id == Unit.segment_id, SegmentRow.revision_id == _there.revision_id)


def _sum(condition: Any) -> Any:
    return func.sum(case((condition, 1), else_=0))


_open = FindingRow.dismissed_at.is_(None)
_UNITS = (
    select(
        _there.id,
        func.count().label("segment_count"),
        _sum(Unit.target == "").label("empty_count"),
        _sum(Unit.state.in_(("reviewed", "final"))).label("confirmed_count"),
    )
    .join(Unit, Unit.version_id == _there.id)
    .join(SegmentRow, _OF_PRESENT)
    .where(_there.id.in_(_ASKED))
    .group_by(_there.id)
    .subquery()
)
_FOUND = (
    select(
        _there.id,
        _sum(and_(_open, FindingRow.severity == "error")).label("error_count"),
        _sum(and_(_open, FindingRow.severity == "warning")).label("warning_count"),
        _sum(and_(_open, FindingRow.severity == "info")).label("note_count"),
        _sum(FindingRow.dismissed_at.is_not(None)).label("dismissed_count"),
    )
    .join(Unit, Unit.version_id == _there.id)
    .join(FindingRow, FindingRow.unit_id == Unit.id)
    .join(SegmentRow, _OF_PRESENT)
    .where(_there.id.in_(_ASKED))
    .group_by(_there.id)
    .subquery()
)
_COUNTS = [column for part in (_UNITS, _FOUND) for column in part.c if column.name != "id"]
_COUNTED = (
    select(_there.id, *(func.coalesce(column, 0).label(column.name) for column in _COUNTS))
    .outerjoin(_UNITS, _UNITS.c.id == _there.id)
    .outerjoin(_FOUND, _FOUND.c.id == _there.id)
    .where(_there.id.in_(_ASKED))
)
_NAMES = tuple(column.name for column in _COUNTS)
_VERSION = Base.metadata.tables["version"]
_present = _COUNTED.subquery()
_KEEP = (
    update(_VERSION)
    .where(_VERSION.c.id == _present.c.id)
    .values({column.name: _present.c[column.name] for column in _COUNTS})
    .returning(_VERSION.c.id, *(_VERSION.c[column.name] for column in _COUNTS))
)


def note(session: Session, version_id: str) -> None:
    """Have a version counted anew before the commit: units or findings of it were written past the session."""
    session.info.setdefault(PENDING, set()).add(version_id)


def note_flushed(session: Session, _context: object) -> None:
    """Note every version of which a flush wrote a unit, a finding or the revision; called after each flush.

    The versions of units that the session does not hold are looked up together, in one statement.
    """
    unknown: set[str] = set()
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, Unit):
            note(session, row.version_id)
        elif isinstance(row, FindingRow):
            unit: Unit | None = session.identity_map.get(identity_key(Unit, row.unit_id))
            if unit is None:
                unknown.add(row.unit_id)
            else:
                note(session, unit.version_id)
        elif isinstance(row, Version) and inspect(row).attrs.revision_id.history.has_changes():
            note(session, row.id)
    if unknown:
        with session.no_autoflush:
            for version_id in session.scalars(select(Unit.version_id).where(Unit.id.in_(unknown)).distinct()):
                note(session, version_id)


def settle(session: Session) -> None:
    """Count anew what was noted, so that versions in this session tell what they come to now; one statement."""
    session.flush()
    versions: set[str] | None = session.info.pop(PENDING, None)
    if versions:
        for counted in session.connection().execute(_KEEP, {"versions": sorted(versions)}).mappings().all():
            version = session.identity_map.get(identity_key(Version, counted["id"]))
            if version is not None:
                for name in _NAMES:
                    set_committed_value(version, name, counted[name])


def miscounted(session: Session) -> list[str]:
    """Return the ids of versions whose counts are not what their units and findings come to: none, ever."""
    every = {"versions": session.scalars(select(Version.id)).all()}
    kept = select(Version.id, *(getattr(Version, column.name) for column in _COUNTS))
    told = {row.id: tuple(row) for row in session.execute(kept)}
    return [row.id for row in session.execute(_COUNTED, every) if told[row.id] != tuple(row)]
