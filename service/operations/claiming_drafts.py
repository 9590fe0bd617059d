"""Claiming a drafting job: what is to be drafted, and everything that the engines need to know about it.

The claim is a short transaction of its own; what comes of the work is saved by `drafting`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import or_, select

from service.domain.drafts import NO_GLOSSARY, DraftSegment, EngineOutcome, Glossary, OutcomeKind
from service.domain.inline import plain
from service.domain.matching.identities import context_of
from service.domain.term_base import TermBase
from service.domain.term_composing import compose_from_terms
from service.domain.term_pieces import protected_spans
from service.domain.text import CodedText
from service.domain.workflow import Action, UnitState, VersionState, next_state
from service.operations import audit, leases
from service.operations.context import Work
from service.operations.notices import tell_failed
from service.operations.settling import settle
from service.queries.secrecy import stays_in_office
from service.queries.term_bases import term_base
from service.queries.texts import codes_of
from service.storage.models import (
    DraftJob,
    Release,
    SegmentRow,
    Unit,
    Version,
)

MAX_CLAIMS = 6
DRAFT_LEASE_SECONDS = 20  # short, so that a dead worker's text is soon another's; the living prolong it


@dataclass(frozen=True, slots=True)
class DraftWork:
    """A claimed piece of drafting: its lease, and everything that the engines need to know.

    `glossary` is what the term base says for the pair. `preferred_engine` is asked before all others; `anew` says that
    answers which were given before are not wanted. Of the memory nothing is wanted that says what `present` holds, and
    nothing at all without `memory`.
    """

    job_id: str
    token: str
    version_id: str
    release_id: str
    source_locale: str
    target_locale: str
    confidential: bool
    segments: tuple[DraftSegment, ...]
    preferred_engine: str | None = None
    anew: bool = False
    memory: bool = True
    present: frozenset[str] = frozenset()
    glossary: Glossary = NO_GLOSSARY


def start_draft(work: Work, job_id: str) -> DraftWork | None:
    """Claim the job and return what is to be drafted; None when it is not due, taken, or has failed too often."""
    if work.session.get(DraftJob, job_id) is None:
        return None
    release, version = locked_by_job(work, job_id)
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
            draftable(job.scope),
        )
        .order_by(SegmentRow.n)
    ).all()
    units = [(unit, segment) for unit, segment in open_units]
    described = describe(work, version, units, job_id=job_id, token=token)
    return replace(described, preferred_engine=job.engine, anew=job.scope == "untouched")


def describe(
    work: Work, version: Version, units: Sequence[tuple[Unit, SegmentRow]], *, job_id: str, token: str
) -> DraftWork:
    """Return what a worker needs to know to draft these units, whatever job they are drafted for."""
    release = work.session.get_one(Release, version.release_id)
    base = term_base(work.session, release.source_locale, version.locale)
    return DraftWork(
        job_id=job_id,
        token=token,
        version_id=version.id,
        release_id=release.id,
        source_locale=release.source_locale,
        target_locale=version.locale,
        confidential=stays_in_office(work.session, release, version, work.now),
        segments=_with_context(
            work,
            version,
            [(segment.n, _with_terms(unit, segment, base, release, version)) for unit, segment in units],
        ),
        glossary=base.glossary,
    )


def _with_context(
    work: Work, version: Version, segments: Sequence[tuple[int, DraftSegment]]
) -> tuple[DraftSegment, ...]:
    """Return the segments with the texts around them, which may well be drafted already."""
    columns = SegmentRow.n, SegmentRow.source, SegmentRow.codes, SegmentRow.source_hash
    rows = work.session.execute(select(*columns).where(SegmentRow.revision_id == version.revision_id)).all()
    texts = {row.n: plain(CodedText(row.source, codes_of(row.codes))) for row in rows}
    hashes = {row.n: row.source_hash for row in rows}
    return tuple(
        replace(
            segment,
            before=texts.get(n - 1, ""),
            after=texts.get(n + 1, ""),
            context=context_of(hashes.get(n - 1, ""), hashes.get(n + 1, "")),
        )
        for n, segment in segments
    )


def _with_terms(unit: Unit, segment: SegmentRow, base: TermBase, release: Release, version: Version) -> DraftSegment:
    """Return a segment with the words that stay as they are, and its target where terms alone make it up."""
    source = CodedText(segment.source, codes_of(segment.codes))
    hits = base.find(source)
    composed = compose_from_terms(source, hits, release.source_locale, version.locale)
    return DraftSegment(unit.id, source, protected_spans(source, hits), composed)


def locked_by_job(work: Work, job_id: str) -> tuple[Release, Version]:
    """Return what the job is about, the release locked: before the job itself, as every other operation does."""
    version_id = work.session.scalars(select(DraftJob.version_id).where(DraftJob.id == job_id)).one()
    owner = select(Version.release_id).where(Version.id == version_id).scalar_subquery()
    release = work.session.scalars(
        select(Release).where(Release.id == owner).with_for_update().execution_options(populate_existing=True)
    ).one()
    return release, work.session.get_one(Version, version_id, populate_existing=True)


def draftable(scope: str) -> Any:
    """Return the condition for the units that a job of this scope may write: nothing that a person touched."""
    untouched = (Unit.text_by.is_(None), Unit.confirmed_by.is_(None))
    if scope == "untouched":
        return or_(
            Unit.state == UnitState.INITIAL,
            (Unit.state == UnitState.TRANSLATED) & untouched[0] & untouched[1],
        )
    return (Unit.state == UnitState.INITIAL) & untouched[0]


def _give_up(work: Work, job: DraftJob, token: str, release: Release, version: Version) -> None:
    """Hand a text that no worker survives to a person, with the reason, so that the queue flows on."""
    leases.finish(work, DraftJob, job.id, token, due_at=None, attempts=0, engine=None, failed_at=work.now)
    if version.state in (VersionState.QUEUED, VersionState.DRAFTING):
        version.state = VersionState.IN_REVIEW
    version.outcomes = [outcome_json(EngineOutcome("desk", OutcomeKind.FAILED, reason="workers_failed"))]
    settle(work, release)
    audit.record(work, "version.draft_failed", version.id, release_id=release.id, locale=version.locale)
    tell_failed(work, "draft", version.id, release=release, locale=version.locale)


def outcome_json(outcome: EngineOutcome) -> dict[str, Any]:
    """Return an engine's outcome as it is stored and shown."""
    return {
        "engine": outcome.engine,
        "kind": outcome.kind.value,
        "filled": outcome.filled,
        "reason": outcome.reason,
        "detail": outcome.detail,
        "milliseconds": outcome.milliseconds,
    }
