"""Where people want blocks cut into segments, and what came of which unit when they cut them otherwise.

Cuts belong to a block's own text and to its language: every text that has the block is cut alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Row, select
from sqlalchemy.orm import Session, aliased

from service.domain.segmentation import block_hash, segment_document
from service.domain.text import Document, Segment
from service.domain.workflow import VersionState
from service.queries.releases import user_names
from service.storage.models import SegmentCut, SegmentRow, Unit, UnitDescent, UnitRevision, Version

_AT_ONCE = 500


def cut_document(session: Session, document: Document, locale: str) -> tuple[Segment, ...]:
    """Return a text's segments, cut as people want it where they said so; one statement for 500 blocks."""
    hashes = sorted({block_hash(block.content) for block in document.blocks})
    cuts: dict[str, list[int]] = {}
    for first in range(0, len(hashes), _AT_ONCE):
        rows = session.execute(
            select(SegmentCut.text_hash, SegmentCut.cuts).where(
                SegmentCut.locale == locale, SegmentCut.text_hash.in_(hashes[first : first + _AT_ONCE])
            )
        )
        cuts.update({row.text_hash: row.cuts for row in rows})
    return segment_document(document, locale, cuts=cuts)


def acts_of_cuts(session: Session, version: Version) -> dict[str, str]:
    """Return, by unit of the version that a cut made, the act that did it; one statement."""
    rows = session.execute(
        select(UnitDescent.unit_id, UnitDescent.act)
        .join(Unit, Unit.id == UnitDescent.unit_id)
        .where(Unit.version_id == version.id)
    )
    return {row.unit_id: row.act for row in rows}


def left_by_a_cut(session: Session, version: Version, unit_id: str) -> Unit | None:
    """Return the unit of the version's present text that another one went into; None where the other did not go."""
    seen: set[str] = set()
    here = unit_id
    while here not in seen:
        seen.add(here)
        found: Row[Unit, str] | None = session.execute(
            select(Unit, SegmentRow.revision_id)
            .join(UnitDescent, UnitDescent.unit_id == Unit.id)
            .join(SegmentRow, SegmentRow.id == Unit.segment_id)
            .where(UnitDescent.from_id == here, Unit.version_id == version.id)
            .order_by(SegmentRow.n)
            .limit(1)
        ).one_or_none()
        if found is None:
            return None
        unit, revision_id = found
        if revision_id == version.revision_id:
            return unit
        here = unit.id
    return None


def writers_of(session: Session, version: Version) -> dict[str, frozenset[str]]:
    """Return, by unit of the present text, everybody who wrote what it says; two statements.

    A text that was joined has the writers of all that went into it, until somebody changes it.
    """
    first = aliased(UnitRevision)
    descents: dict[str, list[str]] = defaultdict(list)
    rows = session.execute(
        select(UnitDescent.unit_id, UnitDescent.from_id)
        .join(Unit, Unit.id == UnitDescent.unit_id)
        .join(first, (first.unit_id == Unit.id) & (first.act == UnitDescent.act))
        .where(Unit.version_id == version.id, first.target == Unit.target)
    )
    for row in rows:
        descents[row.unit_id].append(row.from_id)
    units = session.execute(
        select(Unit.id, Unit.text_by, SegmentRow.revision_id)
        .join(SegmentRow, SegmentRow.id == Unit.segment_id)
        .where(Unit.version_id == version.id)
    ).all()
    by_hand = {unit.id: {unit.text_by} - {None} for unit in units}
    return {
        unit.id: frozenset(by_hand[unit.id].union(*(by_hand[each] for each in _before(unit.id, descents))))
        for unit in units
        if unit.revision_id == version.revision_id
    }


def _before(unit_id: str, descents: dict[str, list[str]]) -> set[str]:
    """Return every unit that one came of, near or far."""
    found: set[str] = set()
    waiting = list(descents.get(unit_id, ()))
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting += descents.get(each, ())
    return found


@dataclass(frozen=True, slots=True)
class EarlierUnit:
    """A unit that went into another one by a cut: its source, and its saves, newest first, with who made them."""

    source: str
    saves: tuple[tuple[UnitRevision, str | None], ...]


def earlier_units(session: Session, unit_id: str) -> tuple[EarlierUnit, ...]:
    """Return the units that one came of, in text order, the nearest cut alone; three statements."""
    rows = session.execute(
        select(Unit.id, SegmentRow.source)
        .join(UnitDescent, UnitDescent.from_id == Unit.id)
        .join(SegmentRow, SegmentRow.id == Unit.segment_id)
        .where(UnitDescent.unit_id == unit_id)
        .order_by(SegmentRow.n)
    ).all()
    ids: Collection[str] = [row.id for row in rows]
    saves: dict[str, list[UnitRevision]] = defaultdict(list)
    for save in session.scalars(
        select(UnitRevision).where(UnitRevision.unit_id.in_(ids)).order_by(UnitRevision.number.desc())
    ):
        saves[save.unit_id].append(save)
    names = user_names(session, {save.user_id for each in saves.values() for save in each})
    return tuple(
        EarlierUnit(row.source, tuple((save, names.get(save.user_id or "")) for save in saves[row.id])) for row in rows
    )


@dataclass(frozen=True, slots=True)
class OtherVersion:
    """Another language of a release: whether it is approved, or out already."""

    locale: str
    state: str

    @property
    def approved(self) -> bool:
        """Has somebody approved it?"""
        return self.state == VersionState.APPROVED

    @property
    def out(self) -> bool:
        """Is it published, or was it?"""
        return self.state in {VersionState.PUBLISHED, VersionState.WITHDRAWN}


def other_versions(session: Session, version: Version) -> tuple[OtherVersion, ...]:
    """Return the other languages of a version's release; one statement."""
    rows = session.execute(
        select(Version.locale, Version.state)
        .where(Version.release_id == version.release_id, Version.id != version.id)
        .order_by(Version.locale)
    )
    return tuple(OtherVersion(row.locale, row.state) for row in rows)
