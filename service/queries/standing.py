"""How every unit of a version stands, in the few words that an open editor asks for again and again."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.errors import NotFound
from service.domain.permissions import Actor
from service.domain.workflow import UnitState
from service.queries.visibility import visible_to
from service.storage.models import Release, SegmentRow, Unit, Version


@dataclass(frozen=True, slots=True)
class Standing:
    """The version's state and present source, and the row version of each unit, in the order of the text."""

    state: str
    revision_id: str
    units: dict[str, int]
    confirmed: int


def version_standing(session: Session, actor: Actor, release_id: str, locale: str) -> Standing:
    """Return how a version stands, in two statements; raise `NotFound` where the actor may not see it."""
    version = session.execute(
        select(Version.id, Version.state, Version.revision_id)
        .join(Release, Release.id == Version.release_id)
        .where(Release.id == release_id, Version.locale == locale, visible_to(actor))
    ).first()
    if version is None:
        raise NotFound
    units = session.execute(
        select(Unit.id, Unit.row_version, Unit.state)
        .join(SegmentRow, SegmentRow.id == Unit.segment_id)
        .where(Unit.version_id == version.id, SegmentRow.revision_id == version.revision_id)
        .order_by(SegmentRow.n)
    ).all()
    confirmed = sum(1 for unit in units if unit.state in (UnitState.REVIEWED, UnitState.FINAL))
    return Standing(version.state, version.revision_id, {unit.id: unit.row_version for unit in units}, confirmed)
