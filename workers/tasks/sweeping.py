"""Looking for what is due: by a nudge after a commit, and every second by the clock.

Outbox rows and publications are done here and now, since they only need the database; drafts and deliveries wait on
others, so that hints go to their own queues.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from threading import Lock

import structlog
from celery import shared_task

from service.dispatch import CHECK_TASK, Dispatcher
from service.operations.context import Work
from service.operations.delivering import all_endpoints, fan_out
from service.operations.publishing import publish_due
from service.operations.upkeep import Due, beat, find_due, forget_old
from service.queries.checking import unchecked_versions
from service.storage.models import Endpoint
from workers.composition import parts

HEARTBEAT = "beat"
RELAY_SECONDS = 0.1
_looking, _next = Lock(), Lock()

log = structlog.stdlib.get_logger(__name__)


@shared_task(name="workers.relay_outbox")
def relay_outbox() -> None:
    """Do what a commit has just made due; which versions are to be checked is found by the task for that."""
    if sweep() is None:
        return
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


def sweep() -> Due | None:
    """Publish, hint at drafts and deliveries, and pass the outbox on; one failing piece holds up no other.

    Whoever waits for a hint gets it before the outbox is passed on, which may take a while. Returns None where somebody
    else in this process is about to look anyway.
    """
    due = _look()
    if due is None:
        return None
    for release_id in due.publications:
        _alone("publication", release_id, publish_one)
    _hint(parts().desk.dispatcher, due)
    rows = list(due.outbox)
    while rows:
        del rows[: relay_some(rows)]
    return due


def _look() -> Due | None:
    """Find what is due, one thread at a time, with one more that waits to see what came meanwhile.

    A hundred nudges within a second are one look: each look writes, and among all threads of a worker they would have
    the database to themselves.
    """
    if not _next.acquire(blocking=False):
        return None
    try:
        _looking.acquire()
    finally:
        _next.release()
    try:
        with parts().desk.begin() as work:
            return find_due(work)
    finally:
        _looking.release()


def _hint(dispatcher: Dispatcher, due: Due) -> None:
    for alternative_id in due.alternatives:  # first, for somebody sits there and waits
        dispatcher.send("workers.draft_alternative", alternative_id)
    for job_id in due.drafts:
        dispatcher.send("workers.draft_version", job_id)
    for delivery_id in due.deliveries:
        dispatcher.send("workers.deliver_event", delivery_id)
    for receipt_id in due.receipts:
        dispatcher.send("workers.fetch_receipt", receipt_id)
    if due.is_full:
        dispatcher.nudge()


def publish_one(release_id: str) -> None:
    """Publish a release whose hour has come."""
    with parts().desk.begin() as work:
        publish_due(work, release_id)


def relay_some(rows: Sequence[str]) -> int:
    """Turn outbox rows into events and their deliveries, and return how many, at least one.

    They share a transaction for as long as nobody minds, because to wait for the database takes longer than a row does.
    What fails is undone alone.
    """
    ends = time.monotonic() + RELAY_SECONDS
    count = 0
    try:
        with parts().desk.begin() as work:
            endpoints = all_endpoints(work)
            for row in rows:
                count += 1
                relay_one(work, row, endpoints)
                if time.monotonic() > ends:
                    break
    except Exception:
        log.exception("work_failed", kind="outbox", ids=list(rows[:count]))
    return max(1, count)


def relay_one(work: Work, row: str, endpoints: Sequence[Endpoint]) -> None:
    """Turn an outbox row into an event and its deliveries, or into nothing."""
    try:
        with work.session.begin_nested():
            fan_out(work, row, endpoints)
    except Exception:
        log.exception("work_failed", kind="outbox", id=row)


def _alone(kind: str, row_id: str, act: Callable[[str], None]) -> None:
    try:
        act(row_id)
    except Exception:
        log.exception("work_failed", kind=kind, id=row_id)
