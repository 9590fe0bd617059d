"""A worker inside the test's own process: the real tasks over the test's desk, engines and receivers on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_network
from pathlib import Path
from typing import Any

from service.config import Settings
from service.operations.upkeep import Due
from service.uow import Desk
from tests.desk_fixtures import StillClock
from workers.composition import Parts, _Process
from workers.engines.base import Engine
from workers.engines.breaker import InMemoryBreakers
from workers.engines.limits import Limits
from workers.http import OutboundClient
from workers.tasks.delivery import deliver
from workers.tasks.drafting import draft
from workers.tasks.sweeping import sweep

HINT_SECONDS = 11  # a hint is given once in ten seconds
MOST_ROUNDS = 40


def compose(desk: Desk, folder: Path, *engines: Engine, **settings: Any) -> Parts:
    """Return the parts of a worker's process, of which nothing is shared with another process but the database."""
    made = Parts(Settings(secret_key="a secret key for tests only", var_dir=folder, **settings))  # type: ignore[arg-type]
    made.__dict__.update(
        desk=desk,
        engines=engines,
        breakers=InMemoryBreakers(),
        limits=Limits(),
        outbound=OutboundClient([ip_network("127.0.0.0/8")]),
    )
    return made


@contextmanager
def working(desk: Desk, folder: Path, *engines: Engine, **settings: Any) -> Iterator[None]:
    """Let this process be a worker over the desk."""
    _Process.parts = compose(desk, folder, *engines, **settings)
    try:
        yield
    finally:
        _Process.parts = None


def work_once() -> Due:
    """Do what is due now, once; return what that was."""
    due = sweep()
    for job_id in due.drafts:
        draft(job_id)
    for delivery_id in due.deliveries:
        deliver(delivery_id)
    return due


def work_off(clock: StillClock, *, minutes: float = 0) -> int:
    """Do what is due, and what becomes due by it within so many minutes, until nothing is; return the rounds."""
    ends = clock.moment.timestamp() + minutes * 60
    for rounds in range(MOST_ROUNDS):
        due = work_once()
        if not any((due.outbox, due.drafts, due.publications, due.deliveries)) and clock.moment.timestamp() > ends:
            return rounds
        clock.forward(seconds=max(HINT_SECONDS, minutes * 60 / 10))
    message = "the work has no end"
    raise AssertionError(message)
