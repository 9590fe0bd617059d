"""Keeping what was measured: how far each machine's draft was from the text that a person approved.

Rows name engines and pairs, never people. Whatever is measured again takes the place of what was measured before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from service.operations.context import Work
from service.queries.measuring import DraftedText, ToMeasure
from service.storage.models import Approval, DraftMeasure, Release, Version


@dataclass(frozen=True, slots=True)
class Measured:
    """One unit's distance: `chrf` and `ter` from 0 to 100, in tenths; an unchanged draft has 100 and 0."""

    unit: DraftedText
    unchanged: bool
    chrf: float
    ter: float


def record_measures(work: Work, asked: ToMeasure, measured: Sequence[Measured], *, last: bool) -> bool:
    """Keep the measures of some of an approval's units; the `last` ones end it.

    Returns False, with nothing written, when the approval counts no more: its text was changed meanwhile.
    """
    approval = _standing(work, asked.approval_id)
    if approval is None:
        return False
    insert = postgresql.insert if work.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    for each in sorted(measured, key=lambda it: it.unit.unit_id):
        values = {
            "origin": each.unit.origin.value,
            "engine": each.unit.engine,
            "engine_version": each.unit.engine_version,
            "source_locale": asked.source_locale,
            "target_locale": asked.target_locale,
            "unchanged": each.unchanged,
            "chrf": each.chrf,
            "ter": each.ter,
            "approved_at": approval.approved_at,
        }
        work.session.execute(
            insert(DraftMeasure)
            .values(unit_id=each.unit.unit_id, **values)
            .on_conflict_do_update(index_elements=[DraftMeasure.unit_id], set_=values)
        )
    if last:
        approval.measured_at = work.now
    return True


def _standing(work: Work, approval_id: str) -> Approval | None:
    """Return the approval if it still counts; its release is locked first, as by everybody who could void it."""
    owner = (
        select(Version.release_id)
        .join(Approval, Approval.version_id == Version.id)
        .where(Approval.id == approval_id)
        .scalar_subquery()
    )
    work.session.scalars(select(Release.id).where(Release.id == owner).with_for_update()).one_or_none()
    approval = work.session.get(Approval, approval_id, populate_existing=True)
    return approval if approval is not None and approval.voided_at is None else None
