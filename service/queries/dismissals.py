"""What was put aside in a version, by whom and why, also what counts no more."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from service.queries.releases import user_names
from service.storage.models import Dismissal, SegmentRow, Unit, Version


@dataclass(frozen=True, slots=True)
class DismissalRow:
    """A finding that somebody put aside; `n` is the segment's number, None where the source has it no more."""

    dismissal: Dismissal
    n: int | None
    name: str | None


def dismissals_of(session: Session, version: Version) -> list[DismissalRow]:
    """Return everything that was ever put aside in the version, oldest first; two statements."""
    rows = session.execute(
        select(Dismissal, case((SegmentRow.revision_id == version.revision_id, SegmentRow.n)))
        .join(Unit, Unit.id == Dismissal.unit_id)
        .join(SegmentRow, SegmentRow.id == Unit.segment_id)
        .where(Unit.version_id == version.id)
        .order_by(Dismissal.dismissed_at, Dismissal.id)
    ).all()
    names = user_names(session, {dismissal.dismissed_by for dismissal, _ in rows})
    return [
        DismissalRow(dismissal, None if n is None else n + 1, names.get(dismissal.dismissed_by))
        for dismissal, n in rows
    ]
