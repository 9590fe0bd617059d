"""Drafting a version: save what came in batches, finish, ask again; each a short transaction of its own.

A job is claimed in `claiming_drafts`; between claim and save the worker calls engines with no transaction open. Only
machine text that nobody has touched is ever written over, and only by the holder of the lease.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, select

from service.domain import permissions
from service.domain.characters import clean_draft
from service.domain.drafts import DraftedUnit, DraftResult
from service.domain.retry import next_draft_attempt
from service.domain.workflow import Action, UnitState, VersionState, next_state
from service.operations import audit, leases, outbox
from service.operations.claiming_drafts import (
    DRAFT_LEASE_SECONDS,
    MAX_CLAIMS,
    DraftWork,
    draftable,
    locked_by_job,
    outcome_json,
    start_draft,
)
from service.operations.context import Work
from service.operations.engine_choice import chosen_engine
from service.operations.engines import count_draft
from service.operations.findings import refresh_drafted
from service.operations.loading import demand, locked_version, saves_of_unit
from service.operations.notices import tell_ready
from service.operations.settling import settle
from service.queries.rules import office_rules
from service.storage.models import DraftJob, SegmentRow, Unit, UnitRevision, Version

__all__ = [
    "DRAFT_LEASE_SECONDS",
    "MAX_CLAIMS",
    "DraftWork",
    "add_unit_revision",
    "finish_draft",
    "hold_draft",
    "outcome_json",
    "redraft",
    "save_draft",
    "start_draft",
]


def hold_draft(work: Work, job_id: str, token: str) -> bool:
    """Prolong the lease of a drafting that goes on; tell whether it is still ours."""
    return leases.hold(work, DraftJob, job_id, token, seconds=DRAFT_LEASE_SECONDS)


def save_draft(work: Work, job_id: str, token: str, units: Sequence[DraftedUnit]) -> bool:
    """Write a batch of drafts and prolong the lease; False (and nothing written) when the lease is no longer ours."""
    release, version = locked_by_job(work, job_id)
    if not hold_draft(work, job_id, token):
        return False
    job = work.session.get_one(DraftJob, job_id, populate_existing=True)
    rules = office_rules(work.session, work.office, release.source_locale, version.locale)
    given = {drafted.unit_id: drafted for drafted in units}
    asked = select(Unit, SegmentRow, saves_of_unit()).join(SegmentRow, SegmentRow.id == Unit.segment_id)
    mine = asked.where(Unit.id.in_(given), Unit.version_id == version.id, draftable(job.scope))
    found = work.session.execute(mine.execution_options(populate_existing=True)).all()
    for unit, segment, saves in found:
        _write(unit, given[unit.id], work.now)
        add_unit_revision(work, unit, segment.source, user_id=None, number=saves + 1)
        version.checked_with = None
    refresh_drafted(work, [(unit, segment) for unit, segment, _ in found], rules)
    return True


def _write(unit: Unit, drafted: DraftedUnit, now: datetime) -> None:
    unit.target = unit.draft = clean_draft(drafted.target)
    unit.state = UnitState.TRANSLATED
    unit.origin = drafted.origin.kind.value
    unit.engine = drafted.origin.engine
    unit.engine_version = drafted.origin.engine_version
    unit.score = drafted.origin.score
    unit.draft_raw = drafted.raw
    unit.draft_ms = drafted.milliseconds
    unit.drafted_at = now
    unit.warnings = list(drafted.warnings)
    unit.row_version += 1


def add_unit_revision(
    work: Work,
    unit: Unit,
    source: str,
    *,
    user_id: str | None,
    operation_id: str | None = None,
    act: str | None = None,
    number: int | None = None,
) -> None:
    """Append the unit's present text to its history; `act` is what the saves of one act on many have in common.

    The `number` is the next one, which is looked up unless it is given.
    """
    if number is None:
        number = (work.session.scalar(_LAST_NUMBER, {"unit": unit.id}) or 0) + 1
    work.session.add(
        UnitRevision(
            unit_id=unit.id,
            number=number,
            source=source,
            target=unit.target,
            state=unit.state,
            origin=unit.origin,
            engine=unit.engine,
            score=unit.score,
            user_id=user_id,
            operation_id=operation_id,
            act=act,
            at=work.now,
        )
    )


_LAST_NUMBER = select(func.max(UnitRevision.number)).where(UnitRevision.unit_id == bindparam("unit"))


def finish_draft(work: Work, job_id: str, token: str, result: DraftResult, *, schedule_scale: float = 1.0) -> bool:
    """End the drafting: the version goes to review, what stayed empty is due again by itself.

    Returns False, with nothing written, when the lease is no longer ours.
    """
    release, version = locked_by_job(work, job_id)
    job = work.session.get_one(DraftJob, job_id, populate_existing=True)
    rounds = job.rounds + 1 if result.missing else 0
    due_at: datetime | None = None
    if result.missing:
        wait = next_draft_attempt(rounds, now=work.now) - work.now
        due_at = work.now + wait * schedule_scale
    usual = {"scope": "empty", "engine": None}
    if not leases.finish(work, DraftJob, job_id, token, due_at=due_at, rounds=rounds, attempts=0, **usual):
        return False
    first = version.drafted_at is None
    if version.state == VersionState.DRAFTING:
        version.state = next_state(VersionState.DRAFTING, Action.FINISH_DRAFT)
        tell_ready(work, release, version)
    version.drafted_at = work.now
    version.outcomes = [outcome_json(outcome) for outcome in result.outcomes]
    version.row_version += 1
    version.updated_at = work.now
    count_draft(work, result, source_locale=release.source_locale, target_locale=version.locale)
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


def redraft(
    work: Work, release_id: str, locale: str, *, engine: str | None = None, only_empty: bool = False
) -> Version:
    """Ask for new drafts of everything that no person touched (or only of what is still empty), at once.

    `engine` is asked before all others; raise `Invalid` where there is none of that name.
    """
    release, version = locked_version(work, release_id, locale)
    demand(permissions.may_review(work.actor, locale) or permissions.may_revise(work.actor, release.author_id))
    next_state(VersionState(version.state), Action.REDRAFT)
    job = work.session.scalars(select(DraftJob).where(DraftJob.version_id == version.id).with_for_update()).one()
    job.scope = "empty" if only_empty else "untouched"
    job.engine = chosen_engine(work, engine)
    job.due_at = work.now
    job.lease_token = None  # whoever drafts now was told something else
    job.lease_until = None
    job.rounds = 0
    job.attempts = 0
    job.failed_at = None
    job.hinted_until = None
    work.nudge = True
    audit.record(work, "version.redraft_requested", version.id, release_id=release.id, locale=locale, engine=job.engine)
    return version
