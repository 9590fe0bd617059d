"""What the tools for segments look at: earlier texts, identical sentences, what a revision of the source changed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from service.domain.errors import NotFound
from service.domain.inline import plain
from service.domain.permissions import Actor, may_review
from service.domain.revising import Fate, SegmentText, segment_changes
from service.domain.text import CodedText
from service.domain.workflow import UnitState
from service.queries.releases import user_names
from service.queries.texts import codes_of
from service.queries.visibility import visible_to
from service.storage.models import Release, SegmentRow, SourceRevision, Unit, UnitRevision, Version

DRAFTED = 2  # the row version of a unit with one save


def _whose_last_save_can_be_undone() -> Select[str]:
    """Return the statement for `undoable_units`, which stands ready: to write it costs more than to carry it out."""
    last, before, each = aliased(UnitRevision), aliased(UnitRevision), aliased(UnitRevision)
    newest = select(func.max(each.number)).where(each.unit_id == Unit.id).scalar_subquery()  # read off the index
    return (
        select(Unit.id)
        .join(last, (last.unit_id == Unit.id) & (last.number == newest) & (last.target == Unit.target))
        .join(before, (before.unit_id == Unit.id) & (before.number == last.number - 1))
        .where(
            Unit.id.in_(bindparam("units", expanding=True)),
            (Unit.state != UnitState.FINAL) | (before.target != Unit.target),
        )
    )


_UNDOABLE = _whose_last_save_can_be_undone()


def earlier_texts(session: Session, version: Version, units: Collection[Unit]) -> dict[str, str]:
    """Return, by unit, what stood for the source that a revision of it replaced, where that is another text now."""
    asked = {unit.changed_from: unit for unit in units if unit.changed_from and not unit.change_is_minor}
    if not asked:
        return {}
    rows = session.execute(
        select(SegmentRow.source, Unit.target)
        .join(Unit, Unit.segment_id == SegmentRow.id)
        .join(SourceRevision, SourceRevision.id == SegmentRow.revision_id)
        .where(
            Unit.version_id == version.id,
            SegmentRow.revision_id != version.revision_id,
            SegmentRow.source.in_(list(asked)),
            Unit.target != "",
        )
        .order_by(SourceRevision.number, SegmentRow.n)
    )
    stood = {row.source: row.target for row in rows}
    return {
        unit.id: stood[unit.changed_from]
        for unit in units
        if unit.changed_from in stood and stood[unit.changed_from] != unit.target
    }


def undoable_units(session: Session, units: Collection[Unit]) -> frozenset[str]:
    """Return the ids of the units whose last save can be undone, as `undo_unit` decides it; one statement at most."""
    asked = [unit.id for unit in units if unit.row_version > DRAFTED]
    if not asked:
        return frozenset()
    return frozenset(session.scalars(_UNDOABLE, {"units": asked}))


@dataclass(frozen=True, slots=True)
class SameSentence:
    """Another unit with the same source, and what stands there."""

    release: Release
    n: int
    unit: Unit
    confirmed_by: str | None
    written_by: str | None

    def is_anothers(self, actor: Actor) -> bool:
        """Tell whether another person wrote or confirmed what stands there."""
        people = {self.unit.text_by, self.unit.confirmed_by} - {None, actor.user_id}
        return bool(self.unit.target) and bool(people)


def same_sentences(session: Session, version: Version, unit: Unit) -> list[SameSentence]:
    """Return the other units of the version with the unit's source, in text order, that say or count otherwise."""
    other, here = aliased(SegmentRow), aliased(SegmentRow)
    rows = session.execute(
        select(Unit, other.n, Release)
        .join(other, other.id == Unit.segment_id)
        .join(here, (here.id == unit.segment_id) & (here.source_hash == other.source_hash))
        .join(Release, Release.id == version.release_id)
        .where(Unit.version_id == version.id, Unit.id != unit.id, other.revision_id == version.revision_id)
        .order_by(other.n)
    )
    return _told(session, unit, [(row[2], row[1], row[0]) for row in rows])


def same_elsewhere(
    session: Session, actor: Actor, version: Version, unit: Unit, *, limit: int = 50
) -> list[SameSentence]:
    """Return units of other unpublished releases in the language that have the unit's source and the actor reviews."""
    if not may_review(actor, version.locale):
        return []
    other, here = aliased(SegmentRow), aliased(SegmentRow)
    rows = session.execute(
        select(Unit, other.n, Release)
        .join(other, other.id == Unit.segment_id)
        .join(here, (here.id == unit.segment_id) & (here.source_hash == other.source_hash))
        .join(Version, (Version.id == Unit.version_id) & (Version.revision_id == other.revision_id))
        .join(Release, Release.id == Version.release_id)
        .where(
            Version.locale == version.locale,
            Version.id != version.id,
            Version.state.in_(("queued", "drafting", "in_review")),
            Release.published_at.is_(None),
            Release.withdrawn_at.is_(None),
            visible_to(actor),
        )
        .order_by(Release.created_at.desc(), other.n)
        .limit(limit)
    )
    return _told(session, unit, [(row[2], row[1], row[0]) for row in rows])


def _told(session: Session, unit: Unit, found: list[tuple[Release, int, Unit]]) -> list[SameSentence]:
    names = user_names(
        session, {other.text_by for _, _, other in found} | {other.confirmed_by for _, _, other in found}
    )
    confirmed = {"reviewed", "final"}
    return [
        SameSentence(release, n + 1, other, names.get(other.confirmed_by or ""), names.get(other.text_by or ""))
        for release, n, other in found
        if other.target != unit.target or other.state not in confirmed
    ]


@dataclass(frozen=True, slots=True)
class ActNote:
    """An act on many units of a version: how many it saved, and whether any of it can be undone still."""

    act: str
    changed: int
    undoable: bool


def act_note(session: Session, version: Version, act: str) -> ActNote | None:
    """Return what an act did to a version; None where it did nothing there."""
    later = aliased(UnitRevision)
    rows = session.execute(
        select(
            UnitRevision.unit_id,
            select(later.id)
            .where(later.unit_id == UnitRevision.unit_id, later.number > UnitRevision.number)
            .exists()
            .label("overtaken"),
        )
        .join(Unit, Unit.id == UnitRevision.unit_id)
        .where(UnitRevision.act == act, Unit.version_id == version.id)
    ).all()
    return ActNote(act, len(rows), not all(row.overtaken for row in rows)) if rows else None


@dataclass(frozen=True, slots=True)
class SourceChange:
    """What became of one segment between two revisions; `n` is its number in the newer one, `unit` its unit there."""

    fate: Fate
    old: str
    new: str
    n: int | None
    unit: Unit | None


@dataclass(frozen=True, slots=True)
class SourceChanges:
    """Everything that differs between two revisions of a release's source."""

    before: SourceRevision
    after: SourceRevision
    revisions: tuple[SourceRevision, ...]
    authors: dict[str, str]
    changes: tuple[SourceChange, ...]

    def count(self, fate: str) -> int:
        """Return how many segments have a fate."""
        return sum(change.fate == fate for change in self.changes)


def source_changes(
    session: Session, release: Release, version: Version, *, before: int | None, after: int | None
) -> SourceChanges | None:
    """Return what changed between two revisions, the last two unless others are asked for; None where there is one.

    A text that was only cut otherwise since counts as it was cut last, and is passed over where none is asked for.
    Raises `NotFound` for a revision that there is not. Four statements, whatever the length.
    """
    revisions = session.scalars(
        select(SourceRevision).where(SourceRevision.release_id == release.id).order_by(SourceRevision.number)
    ).all()
    if len(revisions) == 1:
        return None
    by_number = {revision.number: revision for revision in revisions}
    newer = by_number.get(release.revision if after is None else after)
    older = by_number.get(_before(revisions, newer) if before is None else before)
    if newer is None or older is None or older.number >= newer.number:
        raise NotFound
    cut = [each for each in revisions if each.number <= newer.number and each.digest == older.digest][-1]
    segments = session.scalars(
        select(SegmentRow).where(SegmentRow.revision_id.in_([cut.id, newer.id])).order_by(SegmentRow.n)
    ).all()
    old = [each for each in segments if each.revision_id == cut.id]
    new = [each for each in segments if each.revision_id == newer.id]
    units = {
        unit.segment_id: unit
        for unit in session.scalars(
            select(Unit)
            .join(SegmentRow, SegmentRow.id == Unit.segment_id)
            .where(Unit.version_id == version.id, SegmentRow.revision_id == newer.id)
        )
    }
    compared = segment_changes([_as_compared(each) for each in old], [_as_compared(each) for each in new])
    return SourceChanges(
        older,
        newer,
        tuple(revisions),
        user_names(session, {revision.author_id for revision in revisions}),
        tuple(
            SourceChange(
                change.fate,
                _words(old[change.old]) if change.old is not None else "",
                _words(new[change.new]) if change.new is not None else "",
                change.new + 1 if change.new is not None else None,
                units.get(new[change.new].id) if change.new is not None else None,
            )
            for change in compared
        ),
    )


def _before(revisions: Sequence[SourceRevision], newer: SourceRevision | None) -> int:
    """Return the number of the last revision before one that had another text, else of the one right before it."""
    if newer is None:
        return 0
    others = [each.number for each in revisions if each.number < newer.number and each.digest != newer.digest]
    return max(others, default=newer.number - 1)


def _words(segment: SegmentRow) -> str:
    return plain(CodedText(segment.source, codes_of(segment.codes)))


def _as_compared(segment: SegmentRow) -> SegmentText:
    return SegmentText(segment.source_hash, _words(segment))
