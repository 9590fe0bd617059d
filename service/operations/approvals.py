"""Voiding approvals: whatever touches an approved text ends the approval, here and nowhere else."""

from __future__ import annotations

from sqlalchemy import delete, select, update

from service.domain.workflow import UnitState
from service.operations import audit, outbox
from service.operations.context import Work
from service.storage.models import Approval, MemoryUnit, Release, SegmentRow, Unit, Version


def void_approval(work: Work, version: Version, because: str) -> bool:
    """End the version's standing approval, take its pairs out of the memory; tell whether there was one."""
    standing = work.session.scalars(
        select(Approval).where(Approval.version_id == version.id, Approval.voided_at.is_(None))
    ).all()
    if not standing:
        return False
    for approval in standing:
        approval.voided_at = work.now
        approval.voided_because = because
    segments = select(SegmentRow.id).where(SegmentRow.revision_id == version.revision_id)
    work.session.flush()
    for confirmed, state in ((True, UnitState.REVIEWED), (False, UnitState.TRANSLATED)):
        work.session.execute(
            update(Unit)
            .where(
                Unit.version_id == version.id,
                Unit.segment_id.in_(segments),
                Unit.state == UnitState.FINAL,
                Unit.confirmed_by.is_not(None) if confirmed else Unit.confirmed_by.is_(None),
            )
            .values(state=state, row_version=Unit.row_version + 1)
            .execution_options(synchronize_session="fetch")
        )
    work.session.execute(delete(MemoryUnit).where(MemoryUnit.version_id == version.id))
    audit.record(
        work,
        "approval.voided",
        version.id,
        release_id=version.release_id,
        locale=version.locale,
        because=because,
    )
    release = work.session.get_one(Release, version.release_id)
    outbox.emit_of_release(work, "version.reopened", release, locale=version.locale, reason=because)
    return True
