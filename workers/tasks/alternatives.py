"""Drafting one unit another time: claim it, ask whom the person wants to hear, save what came or why nothing did."""

from __future__ import annotations

from collections.abc import Sequence

import structlog
from celery import shared_task

from service.operations.claiming_alternatives import (
    AlternativeWork,
    claim_alternative,
    hold_alternative,
    save_alternative,
)
from service.operations.claiming_drafts import DRAFT_LEASE_SECONDS
from workers.composition import parts
from workers.drafting.pipeline import draft_version
from workers.engines.base import Engine
from workers.tasks.drafting import in_order, request_of
from workers.tasks.leasing import kept_alive
from workers.tasks.watching import look_at_engines

log = structlog.stdlib.get_logger(__name__)


@shared_task(name="workers.draft_alternative")
def draft_alternative(alternative_id: str) -> None:
    """Make the other draft that somebody asked for, if it is due and nobody has it; no kept answer is taken."""
    here = parts()
    engines = here.engines  # before anything is claimed, as in drafting
    with here.desk.begin() as work:
        asked = claim_alternative(work, alternative_id)
    if asked is None:
        return
    token = asked.draft.token
    with kept_alive(
        here.desk, lambda work: hold_alternative(work, alternative_id, token), every=DRAFT_LEASE_SECONDS / 4
    ):
        result = draft_version(
            request_of(here, asked.draft),
            engines_for(asked, in_order(here, engines, asked.draft)),
            save=lambda _units: None,
            breakers=here.breakers,
            limits=here.limits,
        )
    with here.desk.begin() as work:
        ours = save_alternative(work, alternative_id, token, result)
    look_at_engines(here, result.outcomes)
    if not ours:
        log.warning("lease_lost", alternative=alternative_id)


def engines_for(asked: AlternativeWork, engines: Sequence[Engine]) -> tuple[Engine, ...]:
    """Return whom to ask: the engine that was named, or the others than the present one, the unheard first."""
    if asked.engine is not None:
        return tuple(engine for engine in engines if engine.capabilities.name == asked.engine)
    others = [engine for engine in engines if engine.capabilities.name != asked.present]
    return tuple(sorted(others, key=lambda engine: engine.capabilities.name in asked.answered))
