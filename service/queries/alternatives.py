"""Other drafts of units as they are shown, and the engines that one can be asked of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.storage.models import Alternative, EngineState, SegmentRow, Unit, Version

WAITING, THERE, FAILED = "waiting", "there", "failed"


def state_of(alternative: Alternative) -> str:
    """Return whether the draft is waited for, there, or failed."""
    if alternative.due_at is not None:
        return WAITING
    return THERE if alternative.target else FAILED


def alternatives_of(session: Session, version: Version, *, unit_id: str | None = None) -> dict[str, list[Alternative]]:
    """Return the alternatives of a version's present text by unit, newest first; one statement."""
    statement = (
        select(Alternative)
        .join(Unit, Unit.id == Alternative.unit_id)
        .join(SegmentRow, SegmentRow.id == Unit.segment_id)
        .where(Unit.version_id == version.id, SegmentRow.revision_id == version.revision_id)
        .order_by(Alternative.asked_at.desc(), Alternative.id.desc())
    )
    if unit_id is not None:
        statement = statement.where(Unit.id == unit_id)
    found: dict[str, list[Alternative]] = {}
    for alternative in session.scalars(statement):
        found.setdefault(alternative.unit_id, []).append(alternative)
    return found


@dataclass(frozen=True, slots=True)
class EngineChoice:
    """An engine that can be named, and whether it may see texts that stay in the office."""

    name: str
    runs_in_office: bool


def engine_choices(session: Session) -> Sequence[EngineChoice]:
    """Return the engines that the workers have, in the order in which they are asked."""
    rows = session.execute(select(EngineState.name, EngineState.runs_in_office).order_by(EngineState.place))
    return [EngineChoice(row.name, row.runs_in_office) for row in rows]
