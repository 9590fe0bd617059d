"""Checking versions in review whose text has changed, and all of them when the rules have: terms, severities, code."""

from __future__ import annotations

import time

import structlog
from celery import shared_task

from service.operations.checking import claim_check, record_check, run_whole
from service.queries.checking import unchecked_versions, whole_check
from service.uow import Desk
from workers.composition import parts

VERSIONS_AT_ONCE = 50
WORK_SECONDS = 5.0  # the next run goes on from there, so that drafts do not wait long
FORGOTTEN_SECONDS = 60.0  # longer than any run, for the last version of it may be a long text

log = structlog.stdlib.get_logger(__name__)


@shared_task(name="workers.check_versions")
def check_versions() -> None:
    """Check some of the versions that wait for it; the text that was changed last comes first.

    One worker at a time does. Each save and each draft asks for this: where fifty people save, every worker would check
    without end what others just changed, and none would draft.
    """
    here = parts()
    with here.alone.at("checking", seconds=FORGOTTEN_SECONDS) as free:
        ends = time.monotonic() + WORK_SECONDS
        while free and (left := ends - time.monotonic()) > 0 and check_some(here.desk, seconds=left):
            pass  # some may have been changed meanwhile, and their nudges found us at work


def check_some(desk: Desk, *, seconds: float) -> int:
    """Check versions for so many seconds at most, and return how many; one that fails holds up no other."""
    ends = time.monotonic() + seconds
    with desk.read() as reading:
        waiting = unchecked_versions(reading.session, desk.office, reading.now, limit=VERSIONS_AT_ONCE)
    checked = 0
    for version_id in waiting:
        try:
            checked += check_one(desk, version_id)
        except Exception:
            log.exception("work_failed", kind="checking", id=version_id)
        if time.monotonic() > ends:
            break
    return checked


def check_one(desk: Desk, version_id: str) -> bool:
    """Check one version, with no transaction open meanwhile; tell whether what was found is recorded."""
    with desk.begin() as work:
        if not claim_check(work, version_id):
            return False
    with desk.read() as reading:
        asked = whole_check(reading.session, desk.office, version_id)
    found = run_whole(asked)
    with desk.begin() as work:
        return record_check(work, asked, found)
