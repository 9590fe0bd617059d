"""What a version's units and findings come to, kept with the version, for every list asks it of every version.

Whatever is flushed is noted, and counted anew in the same transaction before it commits; what is written past the
session's own objects is noted by whoever writes it (`note`). The counts are of the present text alone: units of an
earlier one stay with their version, and count for nothing.

Who saves a segment has its version followed (`follow`): what the save changes is added to the counts, which is written
with the version itself. The check of the whole version, which comes after each change of a text, counts anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Subquery,
    and_,
    bindparam,
    func,
    inspect,
    literal_column,
    select,
    update,
)
from sqlalchemy.orm import Session, aliased
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.util import identity_key

from service.storage.base import Base
from service.storage.models import FindingRow, SegmentRow, Unit, Version

PENDING = "versions_to_count"
FOLLOWED = "versions_followed"

CONFIRMED = frozenset({"reviewed", "final"})
_OF_SEVERITY = {"error": "error_count", "warning": "warning_count", "info": "note_count"}

_there = aliased(Version)
_SEVERAL: BindParameter[str] = bindparam("versions", expanding=True)
_ONE: BindParameter[str] = bindparam("version")
_OF_PRESENT = and_(SegmentRow.id == Unit.segment_id, SegmentRow.revision_id == _there.revision_id)


def _is(column: Any, *words: str) -> Any:
    """Hold a column against words that stand in the statement itself: every save would hand them over anew."""
    return column.in_([literal_column(f"'{word}'") for word in words])


def _those(condition: Any) -> Any:
    return func.count().filter(condition)


_open = FindingRow.dismissed_at.is_(None)


def _counted(which: ColumnElement[bool]) -> Subquery:
    """Return what some versions come to; `which` is a condition on `_there`."""
    units = (
        select(
            _there.id,
            func.count().label("segment_count"),
            _those(_is(Unit.target, "")).label("empty_count"),
            _those(_is(Unit.state, *sorted(CONFIRMED))).label("confirmed_count"),
        )
        .join(Unit, Unit.version_id == _there.id)
        .join(SegmentRow, _OF_PRESENT)
        .where(which)
        .group_by(_there.id)
        .subquery()
    )
    found = (
        select(
            _there.id,
            _those(and_(_open, _is(FindingRow.severity, "error"))).label("error_count"),
            _those(and_(_open, _is(FindingRow.severity, "warning"))).label("warning_count"),
            _those(and_(_open, _is(FindingRow.severity, "info"))).label("note_count"),
            _those(FindingRow.dismissed_at.is_not(None)).label("dismissed_count"),
        )
        .join(Unit, Unit.version_id == _there.id)
        .join(FindingRow, FindingRow.unit_id == Unit.id)
        .join(SegmentRow, _OF_PRESENT)
        .where(which)
        .group_by(_there.id)
        .subquery()
    )
    counts = (column for part in (units, found) for column in part.c if column.name != "id")
    none: ColumnElement[int] = literal_column("0")
    return (
        select(_there.id, *(func.coalesce(column, none).label(column.name) for column in counts))
        .outerjoin(units, units.c.id == _there.id)
        .outerjoin(found, found.c.id == _there.id)
        .where(which)
        .subquery()
    )


_VERSION = Base.metadata.tables["version"]


def _keeping(which: ColumnElement[bool]) -> Any:
    counted = _counted(which)
    names = [column.name for column in counted.c if column.name != "id"]
    return (
        update(_VERSION)
        .where(_VERSION.c.id == counted.c.id)
        .values({name: counted.c[name] for name in names})
        .returning(_VERSION.c.id, *(_VERSION.c[name] for name in names))
    )


_KEEP = _keeping(_there.id.in_(_SEVERAL))
_KEEP_ONE = _keeping(_there.id == _ONE)
_COUNTED = _counted(_there.id.in_(_SEVERAL))
_NAMES = tuple(column.name for column in _COUNTED.c if column.name != "id")


def note(session: Session, version_id: str) -> None:
    """Have a version counted anew before the commit: units or findings of it were written past the session."""
    session.info.setdefault(PENDING, set()).add(version_id)


def follow(session: Session, version: Version) -> None:
    """Add to the counts of a version what this session changes in units of its present text and in their findings.

    The version has to have been read below the lock of its release.
    """
    session.info.setdefault(FOLLOWED, {})[version.id] = version


def add_changes(session: Session, _context: object, _instances: object) -> None:
    """Add to the counts of the versions that are followed what a flush is about to write; called before each."""
    followed: dict[str, Version] = session.info.get(FOLLOWED, {})
    if not followed:
        return
    for row in (*session.new, *session.dirty, *session.deleted):
        version = followed.get(_version_of(session, row) or "")
        if version is None:
            continue
        try:
            before = () if row in session.new else _part_of(row, _before)
        except LookupError:  # it was never read
            note(session, version.id)
            continue
        after = () if row in session.deleted else _part_of(row, _now)
        for name in {*before, *after}:
            if more := (name in after) - (name in before):
                setattr(version, name, getattr(version, name) + more)


def _version_of(session: Session, row: object) -> str | None:
    """Return the id of the version that a unit or a finding belongs to; None where the session cannot tell."""
    if isinstance(row, FindingRow):
        row = session.identity_map.get(identity_key(Unit, row.unit_id))
    return row.version_id if isinstance(row, Unit) else None


def _part_of(row: Unit | FindingRow, said: Callable[[object, str], Any]) -> Sequence[str]:
    """Return the counts that a unit or a finding is part of, by what is `said` of it."""
    if isinstance(row, FindingRow):
        return ("dismissed_count" if said(row, "dismissed_at") else _OF_SEVERITY[said(row, "severity")],)
    parts = ["segment_count"]
    if not said(row, "target"):
        parts.append("empty_count")
    if said(row, "state") in CONFIRMED:
        parts.append("confirmed_count")
    return parts


def _now(row: object, name: str) -> Any:
    return getattr(row, name)


def _before(row: object, name: str) -> Any:
    """Return what the database has; raise `LookupError` where another value was put there unread."""
    history = inspect(row).attrs[name].history
    return (history.deleted or history.unchanged)[0]


def note_flushed(session: Session, _context: object) -> None:
    """Note every version of which a flush wrote a unit, a finding or the revision; called after each flush.

    The versions of units that the session does not hold are looked up together, in one statement.
    """
    unknown: set[str] = set()
    followed = session.info.get(FOLLOWED, {})
    for row in (*session.new, *session.dirty, *session.deleted):
        version_id = _version_of(session, row)
        if version_id is not None:
            if version_id not in followed:
                note(session, version_id)
        elif isinstance(row, FindingRow):
            unknown.add(row.unit_id)
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
        several: dict[str, Any] = {"versions": sorted(versions)}
        keep, asked = (_KEEP, several) if len(versions) > 1 else (_KEEP_ONE, {"version": next(iter(versions))})
        for counted in session.connection().execute(keep, asked).mappings().all():
            version = session.identity_map.get(identity_key(Version, counted["id"]))
            if version is not None:
                for name in _NAMES:
                    set_committed_value(version, name, counted[name])


def miscounted(session: Session) -> list[str]:
    """Return the ids of versions whose counts are not what their units and findings come to: none, ever."""
    every = {"versions": session.scalars(select(Version.id)).all()}
    kept = select(Version.id, *(getattr(Version, name) for name in _NAMES))
    told = {row.id: tuple(row) for row in session.execute(kept)}
    return [row.id for row in session.execute(select(_COUNTED), every) if told[row.id] != tuple(row)]
