"""Drafting a version: claim it, ask memory and engines with no transaction open, save batch by batch, finish."""

from __future__ import annotations

from collections.abc import Sequence

import structlog
from celery import shared_task

from service.domain.drafts import DraftedUnit, MemoryMatch
from service.operations.drafting import (
    DRAFT_LEASE_SECONDS,
    DraftWork,
    finish_draft,
    hold_draft,
    save_draft,
    start_draft,
)
from service.queries.engines import asked_in_order
from service.queries.memory import draft_matches, offered_to
from service.uow import Desk
from workers.composition import Parts, parts
from workers.drafting.pipeline import DraftRequest, draft_version
from workers.engines.base import Engine
from workers.tasks.leasing import LeaseLost, kept_alive
from workers.tasks.watching import look_at_engines

log = structlog.stdlib.get_logger(__name__)


@shared_task(name="workers.draft_version")
def draft(job_id: str) -> None:
    """Draft the version that the job is about, if it is due and nobody has it."""
    here = parts()
    engines = here.engines  # before anything is claimed: where they cannot be made, nobody holds the work
    with here.desk.begin() as work:
        drafting = start_draft(work, job_id)
    if drafting is None:
        return
    try:
        with kept_alive(
            here.desk,
            lambda work: hold_draft(work, drafting.job_id, drafting.token),
            every=DRAFT_LEASE_SECONDS / 4,
        ):
            result = draft_version(
                request_of(here, drafting),
                preferred_first(in_order(here, engines, drafting), drafting.preferred_engine),
                save=lambda units: _save(here.desk, drafting, units),
                breakers=here.breakers,
                limits=here.limits,
                answers=None if drafting.anew else here.answers,
            )
        with here.desk.begin() as work:
            scale = here.settings.retry_scale
            ours = finish_draft(work, drafting.job_id, drafting.token, result, schedule_scale=scale)
        look_at_engines(here, result.outcomes)
        if not ours:
            log.warning("lease_lost", job=job_id, version=drafting.version_id)
    except LeaseLost:
        log.warning("lease_lost", job=job_id, version=drafting.version_id)


def in_order(here: Parts, engines: Sequence[Engine], drafting: DraftWork) -> tuple[Engine, ...]:
    """Return the engines as the office named them, or else those that reviewers change least before the others."""
    if here.settings.engines is not None:
        return tuple(engines)
    by_name = {engine.capabilities.name: engine for engine in engines}
    pair = drafting.source_locale, drafting.target_locale
    with here.desk.read() as reading:
        order = asked_in_order(reading.session, tuple(by_name), *pair, reading.now)
    log.info("engines_in_order", version_id=drafting.version_id, source=pair[0], target=pair[1], order=list(order))
    return tuple(by_name[name] for name in order)


def preferred_first(engines: Sequence[Engine], preferred: str | None) -> tuple[Engine, ...]:
    """Return the engines with the one that somebody asked for before all others."""
    return tuple(sorted(engines, key=lambda engine: preferred is not None and engine.capabilities.name != preferred))


def request_of(here: Parts, drafting: DraftWork) -> DraftRequest:
    """Return a claimed piece of drafting as the pipeline takes it, with what the memory has now."""
    matches: dict[str, MemoryMatch] = {}
    if drafting.memory:
        with here.desk.read() as reading:
            offered = offered_to(drafting.release_id, reading.now)
            pair = drafting.source_locale, drafting.target_locale
            matches = draft_matches(reading.session, drafting.segments, *pair, offered, unlike=drafting.present)
    return DraftRequest(
        source_locale=drafting.source_locale,
        target_locale=drafting.target_locale,
        confidential=drafting.confidential,
        segments=drafting.segments,
        memory=matches,
        external_allowed=here.settings.external_engines_for_embargoed,
        glossary=drafting.glossary,
    )


def _save(desk: Desk, drafting: DraftWork, units: Sequence[DraftedUnit]) -> None:
    with desk.begin() as work:
        ours = save_draft(work, drafting.job_id, drafting.token, units)
    if not ours:
        raise LeaseLost
