"""Where the releases of a small office stand, and what may be done with each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select

from service.domain.workflow import Action, UnitState, VersionState, may_move
from service.storage.models import DraftJob, Release, Unit, Version
from service.uow import Desk


@dataclass(frozen=True)
class Standing:
    """Where a release stands, as a look at its rows tells."""

    id: str
    job_id: str
    state: str
    out: bool
    withdrawn: bool
    asked_for: bool
    sent_back: bool
    draft_due: bool
    to_confirm: bool

    def may(self, action: Action) -> bool:
        """Tell whether the action starts from where the release's version is."""
        return may_move(VersionState(self.state), action)


def standings(desk: Desk, release_ids: Iterable[str]) -> list[Standing]:
    """Return where each of these stands, in their order; they have one language each."""
    to_confirm = exists().where(Unit.version_id == Version.id, Unit.state == UnitState.TRANSLATED)
    with desk.read() as reading:
        rows = reading.session.execute(
            select(Release, Version, DraftJob, to_confirm)
            .join(Version, Version.release_id == Release.id)
            .join(DraftJob, DraftJob.version_id == Version.id)
        ).all()
        now = reading.now
    by_id = {
        release.id: Standing(
            release.id,
            job.id,
            version.state,
            out=release.published_at is not None,
            withdrawn=release.withdrawn_at is not None,
            asked_for=release.publish_requested_at is not None,
            sent_back=version.changes_reason is not None,
            draft_due=_is_due(job, now),
            to_confirm=unconfirmed,
        )
        for release, version, job, unconfirmed in rows
    }
    return [by_id[release_id] for release_id in release_ids]


def _is_due(job: DraftJob, now: datetime) -> bool:
    return job.due_at is not None and job.due_at <= now and (job.lease_until is None or job.lease_until <= now)
