"""Drafting a version: claim it, ask memory and engines with no transaction open, save batch by batch, finish."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import structlog
from celery import shared_task

from service.domain.drafts import DraftedUnit
from service.operations.drafting import (
    DRAFT_LEASE_SECONDS,
    DraftWork,
    finish_draft,
    hold_draft,
    save_draft,
    start_draft,
)
from service.uow import Desk
from workers.composition import parts
from workers.drafting.pipeline import DraftRequest, draft_version

log = structlog.stdlib.get_logger(__name__)


class LeaseLost(Exception):  # noqa: N818 - an end, not an error
    """Somebody else has the work now; what this process still holds must not be written."""


@shared_task(name="workers.draft_version")
def draft(job_id: str) -> None:
    """Draft the version that the job is about, if it is due and nobody has it."""
    here = parts()
    with here.desk.begin() as work:
        drafting = start_draft(work, job_id)
    if drafting is None:
        return
    try:
        with _kept_alive(here.desk, drafting):
            result = draft_version(
                _request(drafting, external_allowed=here.settings.external_engines_for_embargoed),
                here.engines,
                save=lambda units: _save(here.desk, drafting, units),
                breakers=here.breakers,
            )
        with here.desk.begin() as work:
            finish_draft(work, drafting.job_id, drafting.token, result, schedule_scale=here.settings.retry_scale)
    except LeaseLost:
        log.warning("lease_lost", job=job_id, version=drafting.version_id)


def _request(drafting: DraftWork, *, external_allowed: bool) -> DraftRequest:
    return DraftRequest(
        source_locale=drafting.source_locale,
        target_locale=drafting.target_locale,
        confidential=drafting.confidential,
        segments=drafting.segments,
        memory=drafting.memory,
        external_allowed=external_allowed,
    )


def _save(desk: Desk, drafting: DraftWork, units: Sequence[DraftedUnit]) -> None:
    with desk.begin() as work:
        ours = save_draft(work, drafting.job_id, drafting.token, units)
    if not ours:
        raise LeaseLost


@contextmanager
def _kept_alive(desk: Desk, drafting: DraftWork) -> Iterator[None]:
    """Prolong the lease while the engines are asked, so that it can be short for those who die."""
    over = threading.Event()

    def prolong() -> None:
        while not over.wait(DRAFT_LEASE_SECONDS / 4):
            try:
                with desk.begin() as work:
                    hold_draft(work, drafting.job_id, drafting.token)
            except Exception:
                log.exception("lease_not_prolonged", job=drafting.job_id)

    thread = threading.Thread(target=prolong, name="lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
