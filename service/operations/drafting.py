"""Drafting a version: claim the work, save what came in batches, finish; each a short transaction of its own.

Between them the worker calls engines with no transaction open. Only machine text that nobody has touched is ever
written over, and only by the holder of the lease.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.engine import CursorResult

from service.domain import permissions
from service.domain.drafts import (
    DraftedUnit,
    DraftResult,
    DraftSegment,
    EngineOutcome,
    MemoryMatch,
    OutcomeKind,
)
from service.domain.embargo import is_confidential
from service.domain.retry import next_draft_attempt
from service.domain.text import CodedText
from service.domain.workflow import Action, UnitState, VersionState, next_state
from service.operations import audit, leases, outbox
from service.operations.context import Work
from service.operations.findings import refresh_findings
from service.operations.loading import demand, locked_version
from service.operations.settling import settle
from service.queries.texts import codes_of
from service.storage.models import (
    DraftJob,
    MemoryUnit,
    Publication,
    Release,
    SegmentRow,
    SourceRevision,
    Unit,
    UnitRevision,
    Version,
)

MAX_CLAIMS = 6
DRAFT_LEASE_SECONDS = 20  # short, so that a dead worker's text is soon another's; the living prolong it
EXACT_SCORE = 100


@dataclass(frozen=True, slots=True)
class DraftWork:
    """A claimed piece of drafting: its lease, and everything that the engines need to know."""

    job_id: str
    token: str
    version_id: str
    release_id: str
    source_locale: str
    target_locale: str
    confidential: bool
    segments: tuple[DraftSegment, ...]
    memory: dict[str, MemoryMatch]


def start_draft(work: Work, job_id: str) -> DraftWork | None:
    """Claim the job and return what is to be drafted; None when it is not due, taken, or has failed too often."""
    if work.session.get(DraftJob, job_id) is None:
        return None
    release, version = _locked_by_job(work, job_id)
    token = leases.claim(work, DraftJob, job_id, seconds=DRAFT_LEASE_SECONDS)
    if token is None:
        return None
    job = work.session.get_one(DraftJob, job_id, populate_existing=True)
    if version.state in (VersionState.WITHDRAWN, VersionState.APPROVED, VersionState.PUBLISHED):
        leases.finish(work, DraftJob, job_id, token, due_at=None)
        return None
    if job.attempts > MAX_CLAIMS:
        _give_up(work, job, token, release, version)
        return None
    if version.state in (VersionState.QUEUED, VersionState.DRAFTING):
        version.state = next_state(VersionState(version.state), Action.START_DRAFT)
        settle(work, release)
    open_units = work.session.execute(
        select(Unit, SegmentRow)
        .join(SegmentRow, SegmentRow.id == Unit.segment_id)
        .where(
            Unit.version_id == version.id,
            SegmentRow.revision_id == version.revision_id,
            _draftable(job.scope),
        )
        .order_by(SegmentRow.n)
    ).all()
    return DraftWork(
        job_id=job_id,
        token=token,
        version_id=version.id,
        release_id=release.id,
        source_locale=release.source_locale,
        target_locale=version.locale,
        confidential=is_confidential(
            embargo_at=release.embargo_at,
            confidential=release.confidential,
            published=_is_public_revision(work, release, version),
            now=work.now,
        ),
        segments=tuple(
            DraftSegment(unit.id, CodedText(segment.source, codes_of(segment.codes))) for unit, segment in open_units
        ),
        memory=_exact_matches(work, release, version, [(unit.id, segment) for unit, segment in open_units]),
    )


def _locked_by_job(work: Work, job_id: str) -> tuple[Release, Version]:
    """Return what the job is about, the release locked: before the job itself, as every other operation does."""
    version_id = work.session.scalars(select(DraftJob.version_id).where(DraftJob.id == job_id)).one()
    owner = select(Version.release_id).where(Version.id == version_id).scalar_subquery()
    release = work.session.scalars(
        select(Release).where(Release.id == owner).with_for_update().execution_options(populate_existing=True)
    ).one()
    return release, work.session.get_one(Version, version_id, populate_existing=True)


def _is_public_revision(work: Work, release: Release, version: Version) -> bool:
    """Tell whether this very source has left; a correction that is being prepared is as secret as its release."""
    left = (
        select(Publication.id)
        .join(SourceRevision, SourceRevision.number == Publication.revision)
        .where(
            Publication.release_id == release.id,
            SourceRevision.id == version.revision_id,
            SourceRevision.release_id == release.id,
        )
        .limit(1)
    )
    return work.session.scalar(left) is not None


def _draftable(scope: str) -> Any:
    untouched = (Unit.text_by.is_(None), Unit.confirmed_by.is_(None))
    if scope == "untouched":
        return or_(
            Unit.state == UnitState.INITIAL,
            (Unit.state == UnitState.TRANSLATED) & untouched[0] & untouched[1],
        )
    return (Unit.state == UnitState.INITIAL) & untouched[0]


def _exact_matches(
    work: Work, release: Release, version: Version, units: Sequence[tuple[str, SegmentRow]]
) -> dict[str, MemoryMatch]:
    """Return approved targets of equal segments; those of unpublished releases stay with their own release."""
    hashes = {segment.source_hash for _, segment in units}
    if not hashes:
        return {}
    rows = work.session.execute(
        select(MemoryUnit.source_hash, MemoryUnit.target)
        .where(
            MemoryUnit.source_hash.in_(hashes),
            MemoryUnit.source_locale == release.source_locale,
            MemoryUnit.target_locale == version.locale,
            or_(MemoryUnit.public, MemoryUnit.release_id == release.id),
        )
        .order_by(MemoryUnit.approved_at)
    )
    newest = {row.source_hash: row.target for row in rows}
    return {
        unit_id: MemoryMatch(newest[segment.source_hash], EXACT_SCORE)
        for unit_id, segment in units
        if segment.source_hash in newest
    }


def hold_draft(work: Work, job_id: str, token: str) -> bool:
    """Prolong the lease of a drafting that goes on; tell whether it is still ours."""
    return leases.hold(work, DraftJob, job_id, token, seconds=DRAFT_LEASE_SECONDS)


def save_draft(work: Work, job_id: str, token: str, units: Sequence[DraftedUnit]) -> bool:
    """Write a batch of drafts and prolong the lease; False (and nothing written) when the lease is no longer ours."""
    release, version = _locked_by_job(work, job_id)
    if not hold_draft(work, job_id, token):
        return False
    job = work.session.get_one(DraftJob, job_id, populate_existing=True)
    for drafted in units:
        written: CursorResult[Any] = work.session.execute(  # type: ignore[assignment]
            update(Unit)
            .where(Unit.id == drafted.unit_id, Unit.version_id == version.id, _draftable(job.scope))
            .values(
                target=drafted.target,
                state=UnitState.TRANSLATED,
                origin=drafted.origin.kind.value,
                engine=drafted.origin.engine,
                engine_version=drafted.origin.engine_version,
                score=drafted.origin.score,
                draft=drafted.target,
                draft_raw=drafted.raw,
                drafted_at=work.now,
                warnings=list(drafted.warnings),
                row_version=Unit.row_version + 1,
            )
            .execution_options(synchronize_session=False)
        )
        if written.rowcount == 1:
            unit = work.session.get_one(Unit, drafted.unit_id, populate_existing=True)
            segment = work.session.get_one(SegmentRow, unit.segment_id)
            add_unit_revision(work, unit, segment.source, user_id=None)
            refresh_findings(work, unit, segment, source_locale=release.source_locale, target_locale=version.locale)
    return True


def add_unit_revision(
    work: Work, unit: Unit, source: str, *, user_id: str | None, operation_id: str | None = None
) -> None:
    """Append the unit's present text to its history."""
    last = work.session.scalar(select(func.max(UnitRevision.number)).where(UnitRevision.unit_id == unit.id)) or 0
    work.session.add(
        UnitRevision(
            unit_id=unit.id,
            number=last + 1,
            source=source,
            target=unit.target,
            state=unit.state,
            origin=unit.origin,
            engine=unit.engine,
            score=unit.score,
            user_id=user_id,
            operation_id=operation_id,
            at=work.now,
        )
    )
    work.session.flush()


def finish_draft(work: Work, job_id: str, token: str, result: DraftResult, *, schedule_scale: float = 1.0) -> bool:
    """End the drafting: the version goes to review, what stayed empty is due again by itself.

    Returns False, with nothing written, when the lease is no longer ours.
    """
    release, version = _locked_by_job(work, job_id)
    job = work.session.get_one(DraftJob, job_id, populate_existing=True)
    rounds = job.rounds + 1 if result.missing else 0
    due_at: datetime | None = None
    if result.missing:
        wait = next_draft_attempt(rounds, now=work.now) - work.now
        due_at = work.now + wait * schedule_scale
    if not leases.finish(work, DraftJob, job_id, token, due_at=due_at, rounds=rounds, attempts=0, scope="empty"):
        return False
    first = version.drafted_at is None
    if version.state == VersionState.DRAFTING:
        version.state = next_state(VersionState.DRAFTING, Action.FINISH_DRAFT)
    version.drafted_at = work.now
    version.outcomes = [outcome_json(outcome) for outcome in result.outcomes]
    version.row_version += 1
    version.updated_at = work.now
    settle(work, release)
    audit.record(
        work,
        "version.drafted",
        version.id,
        release_id=release.id,
        locale=version.locale,
        drafted=len(result.drafted),
        missing=len(result.missing),
    )
    if first or (result.drafted and not result.missing):
        outbox.emit_of_release(work, "version.drafted", release, locale=version.locale)
    return True


def outcome_json(outcome: EngineOutcome) -> dict[str, Any]:
    """Return an engine's outcome as it is stored and shown."""
    return {
        "engine": outcome.engine,
        "kind": outcome.kind.value,
        "filled": outcome.filled,
        "reason": outcome.reason,
        "detail": outcome.detail,
    }


def _give_up(work: Work, job: DraftJob, token: str, release: Release, version: Version) -> None:
    """Hand a text that no worker survives to a person, with the reason, so that the queue flows on."""
    leases.finish(work, DraftJob, job.id, token, due_at=None, attempts=0, failed_at=work.now)
    if version.state in (VersionState.QUEUED, VersionState.DRAFTING):
        version.state = VersionState.IN_REVIEW
    version.outcomes = [outcome_json(EngineOutcome("desk", OutcomeKind.FAILED, reason="workers_failed"))]
    settle(work, release)
    audit.record(work, "version.draft_failed", version.id, release_id=release.id, locale=version.locale)


def redraft(work: Work, release_id: str, locale: str, *, only_empty: bool = False) -> Version:
    """Ask for new drafts of everything that no person touched (or only of what is still empty), at once."""
    release, version = locked_version(work, release_id, locale)
    demand(permissions.may_review(work.actor, locale) or permissions.may_revise(work.actor, release.author_id))
    next_state(VersionState(version.state), Action.REDRAFT)
    job = work.session.scalars(select(DraftJob).where(DraftJob.version_id == version.id).with_for_update()).one()
    job.scope = "empty" if only_empty else "untouched"
    job.due_at = work.now
    job.rounds = 0
    job.attempts = 0
    job.failed_at = None
    job.hinted_until = None
    work.nudge = True
    audit.record(work, "version.redraft_requested", version.id, release_id=release.id, locale=locale)
    return version
