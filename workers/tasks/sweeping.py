"""Looking for what is due: by a nudge after a commit, and every second by the clock.

Outbox rows and publications are done here and now, since they only need the database; drafts and deliveries wait on
others, so that hints go to their own queues.
"""

from __future__ import annotations

from collections.abc import Callable

import structlog
from celery import shared_task

from service.dispatch import CHECK_TASK
from service.operations.delivering import fan_out
from service.operations.publishing import publish_due
from service.operations.upkeep import Due, beat, find_due, forget_old
from service.queries.checking import unchecked_versions
from workers.composition import parts

HEARTBEAT = "beat"

log = structlog.stdlib.get_logger(__name__)


@shared_task(name="workers.relay_outbox")
def relay_outbox() -> None:
    """Do what a commit has just made due; which versions are to be checked is found by the task for that."""
    sweep()
    desk = parts().desk
    with desk.read() as reading:
        unchecked = unchecked_versions(reading.session, desk.office, reading.now, limit=1)
    if unchecked:
        desk.dispatcher.send(CHECK_TASK)


@shared_task(name="workers.tick")
def tick() -> None:
    """Do what is due by the clock, and give a sign of life."""
    with parts().desk.begin() as work:
        beat(work, HEARTBEAT)
    sweep()


@shared_task(name="workers.forget_old")
def forget() -> None:
    """Delete what has served its time."""
    with parts().desk.begin() as work:
        forget_old(work)


def sweep() -> Due:
    """Publish, pass the outbox on, and hint at drafts and deliveries; one failing piece holds up no other."""
    desk = parts().desk
    with desk.begin() as work:
        due = find_due(work)
    for release_id in due.publications:
        _alone("publication", release_id, publish_one)
    for outbox_id in due.outbox:
        _alone("outbox", outbox_id, relay_one)
    for alternative_id in due.alternatives:  # first, for somebody sits there and waits
        desk.dispatcher.send("workers.draft_alternative", alternative_id)
    for job_id in due.drafts:
        desk.dispatcher.send("workers.draft_version", job_id)
    for delivery_id in due.deliveries:
        desk.dispatcher.send("workers.deliver_event", delivery_id)
    return due


def publish_one(release_id: str) -> None:
    """Publish a release whose hour has come."""
    with parts().desk.begin() as work:
        publish_due(work, release_id)


def relay_one(outbox_id: str) -> None:
    """Turn an outbox row into an event and its deliveries."""
    with parts().desk.begin() as work:
        fan_out(work, outbox_id)


def _alone(kind: str, row_id: str, act: Callable[[str], None]) -> None:
    try:
        act(row_id)
    except Exception:
        log.exception("work_failed", kind=kind, id=row_id)
