"""A worker's part in another draft of one unit: claim it, hold it, save what came, or why nothing did."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from service.domain.characters import clean_draft
from service.domain.drafts import DraftResult, DraftSegment, EngineOutcome, OutcomeKind
from service.domain.workflow import VersionState
from service.operations import leases
from service.operations.claiming_drafts import (
    DRAFT_LEASE_SECONDS,
    MAX_CLAIMS,
    DraftWork,
    describe,
    outcome_json,
)
from service.operations.context import Work
from service.operations.engines import count_draft
from service.storage.models import Alternative, Release, SegmentRow, Unit, Version


@dataclass(frozen=True, slots=True)
class AlternativeWork:
    """A claimed alternative: what is to be drafted, and whom to ask.

    With `engine` nobody else is asked; without it everybody but `present`, whose draft is there, and those in
    `answered`, whose other drafts are, only after the rest.
    """

    draft: DraftWork
    engine: str | None
    present: str | None
    answered: frozenset[str]


def claim_alternative(work: Work, alternative_id: str) -> AlternativeWork | None:
    """Claim an alternative; None when it is not due, taken, has failed too often, or nobody can use it any more."""
    version = _locked(work, alternative_id)
    if version is None:
        return None
    token = leases.claim(work, Alternative, alternative_id, seconds=DRAFT_LEASE_SECONDS)
    if token is None:
        return None
    alternative = work.session.get_one(Alternative, alternative_id, populate_existing=True)
    unit = work.session.get_one(Unit, alternative.unit_id, populate_existing=True)
    segment = work.session.get_one(SegmentRow, unit.segment_id)
    outdated = segment.revision_id != version.revision_id or segment.source_hash != alternative.source_hash
    if outdated or version.state == VersionState.WITHDRAWN:
        work.session.delete(alternative)
        return None
    if alternative.attempts > MAX_CLAIMS:
        _finish(work, alternative_id, token, [EngineOutcome("desk", OutcomeKind.FAILED, reason="workers_failed")])
        return None
    draft = describe(work, version, [(unit, segment)], job_id=alternative_id, token=token)
    named = alternative.engine is not None
    return AlternativeWork(
        draft=replace(
            draft,
            segments=tuple(_to_ask(each, unit, named=named) for each in draft.segments),
            anew=True,
            memory=not named,
            present=frozenset({unit.target}),
        ),
        engine=alternative.engine,
        present=unit.engine,
        answered=_answered(work, unit),
    )


def hold_alternative(work: Work, alternative_id: str, token: str) -> bool:
    """Prolong the lease of a drafting that goes on; tell whether it is still ours."""
    return leases.hold(work, Alternative, alternative_id, token, seconds=DRAFT_LEASE_SECONDS)


def save_alternative(work: Work, alternative_id: str, token: str, result: DraftResult) -> bool:
    """Write what came; False (and nothing written) when the lease is no longer ours, or the alternative is gone."""
    alternative = work.session.get(Alternative, alternative_id)
    version = _locked(work, alternative_id)
    if version is None or alternative is None:
        return False
    if not result.drafted:
        ours = _finish(work, alternative_id, token, result.outcomes or (_nobody(alternative.engine),))
    else:
        ours = _keep(work, alternative_id, token, result)
    if ours:
        release = work.session.get_one(Release, version.release_id)
        count_draft(work, result, source_locale=release.source_locale, target_locale=version.locale)
    return ours


def _keep(work: Work, alternative_id: str, token: str, result: DraftResult) -> bool:
    drafted = result.drafted[0]
    return _finish(
        work,
        alternative_id,
        token,
        result.outcomes,
        target=clean_draft(drafted.target),
        raw=drafted.raw,
        origin=drafted.origin.kind.value,
        score=drafted.origin.score,
        answered_by=drafted.origin.engine,
        engine_version=drafted.origin.engine_version,
        milliseconds=drafted.milliseconds,
        warnings=list(drafted.warnings),
    )


def _locked(work: Work, alternative_id: str) -> Version | None:
    """Return the version, its release locked: before the alternative, as every other operation does."""
    version = work.session.scalar(
        select(Version)
        .join(Unit, Unit.version_id == Version.id)
        .join(Alternative, Alternative.unit_id == Unit.id)
        .where(Alternative.id == alternative_id)
    )
    if version is None:
        return None
    work.session.execute(select(Release.id).where(Release.id == version.release_id).with_for_update())
    return work.session.get_one(Version, version.id, populate_existing=True)


def _to_ask(segment: DraftSegment, unit: Unit, *, named: bool) -> DraftSegment:
    """Leave out what terms alone make of a segment, where an engine was named or that text stands there already."""
    return replace(segment, composed="") if named or segment.composed == unit.target else segment


def _answered(work: Work, unit: Unit) -> frozenset[str]:
    statement = select(Alternative.answered_by).where(Alternative.unit_id == unit.id)
    return frozenset(name for name in work.session.scalars(statement) if name)


def _nobody(engine: str | None) -> EngineOutcome:
    """Say why nobody was asked: the engine that was named is none of this worker's, or there is only the present."""
    if engine is not None:
        return EngineOutcome(engine, OutcomeKind.UNUSABLE, reason="no_such_engine")
    return EngineOutcome("desk", OutcomeKind.UNUSABLE, reason="no_other_engine")


def _finish(
    work: Work, alternative_id: str, token: str, outcomes: list[EngineOutcome] | tuple[EngineOutcome, ...], **rest: Any
) -> bool:
    written = [outcome_json(outcome) for outcome in outcomes]
    return leases.finish(
        work, Alternative, alternative_id, token, due_at=None, answered_at=work.now, outcomes=written, **rest
    )
