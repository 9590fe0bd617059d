"""Whether slow receivers delay the others: a release published to 1,000 endpoints, 50 of which answer after 10 s.

A real desk publishes: its database, its Redis, its clock and the worker that sends. The receivers share one server on
loopback, each with a path of its own. What is compared is the time to the last of the 950 quick deliveries, with the
other 50 slow and with them quick.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import func, select

from benchmarks.receivers import SLOW_SECONDS, Kind, Receivers
from benchmarks.rows import Row
from service.config import Settings, child_environment
from service.dispatch import CLOCK, DELIVERY
from service.domain.checks.described import ALL_CHECKS
from service.operations.endpoints import add_endpoint
from service.operations.publishing import request_publication
from service.storage import migrate
from service.storage.models import CheckSetting, Delivery
from service.supervisor.children import Child, Plan, stop
from service.supervisor.commands import beat_command, worker_command
from service.supervisor.desk import DELIVERY_THREADS
from service.supervisor.redis import answers, redis_command
from service.uow import Desk, open_desk
from tests.desk_fixtures import CHECKS_IN_FORCE, NOON, People, make_people
from tests.operations.making import TEXT, approve, draft, submit

ENDPOINTS, SLOW = 1_000, 50
PATIENCE_SECONDS = 300.0
LOOK_SECONDS = 0.2
TIMES = "\u00d7"
KEY = "a key for benchmarks"


def run() -> list[Row]:
    """Publish with quick receivers, with slow ones, and with slow ones that the desk knows by then."""
    receivers = Receivers()
    with tempfile.TemporaryDirectory() as folder, _running(Path(folder)) as desk:
        people = make_people(desk)
        with desk.begin(people.admin) as work:
            for number in range(ENDPOINTS):
                add_endpoint(work, desk.vault, url=receivers.url(number))
        _published(desk, people, receivers, slow=False)  # starts the worker's threads and opens its connections
        quick = _published(desk, people, receivers, slow=False)
        first = _published(desk, people, receivers, slow=True)
        known = _published(desk, people, receivers, slow=True)
    name = f"{ENDPOINTS - SLOW} quick deliveries"
    return [
        Row(f"{name}, all {ENDPOINTS} receivers quick", quick, "s"),
        Row(f"{name} beside {SLOW} that take {SLOW_SECONDS:g} s", first, "s"),
        Row(f"with slow ones ÷ without, {ENDPOINTS} endpoints", first / quick, TIMES, 1.3),
        Row("the same once the slow ones are known", known / quick, TIMES, 1.3),
    ]


def _published(desk: Desk, people: People, receivers: Receivers, *, slow: bool) -> float:
    """Publish a release; return the seconds to the last quick delivery, once everything is delivered."""
    release_id = submit(desk, people.author, text=TEXT)
    draft(desk, release_id)
    approve(desk, people.reviewer, release_id)
    _await_all(desk)
    receivers.kinds = dict.fromkeys(range(SLOW), Kind.SLOW) if slow else {}
    receivers.forget()
    begun = time.monotonic()
    with desk.begin(people.publisher) as work:
        request_publication(work, release_id)
    while (last := _last_quick(receivers)) is None:
        if time.monotonic() - begun > PATIENCE_SECONDS:
            message = f"the quick deliveries did not come in {PATIENCE_SECONDS:g} s"
            raise TimeoutError(message)
        time.sleep(LOOK_SECONDS)
    _await_all(desk)
    return last - begun


def _last_quick(receivers: Receivers) -> float | None:
    """Return when the last of the quick ones heard of it, by the monotonic clock; None while one has not."""
    came = dict(receivers.first)
    quick = [came.get(number) for number in range(SLOW, ENDPOINTS)]
    return None if None in quick else max(moment for moment in quick if moment is not None)


def _await_all(desk: Desk) -> None:
    """Wait until no delivery is under way."""
    ends = time.monotonic() + PATIENCE_SECONDS
    while True:
        with desk.read() as reading:
            open_ones = reading.session.scalar(select(func.count()).where(Delivery.state == "pending"))
        if not open_ones:
            return
        if time.monotonic() > ends:
            message = f"{open_ones} deliveries are still under way"
            raise TimeoutError(message)
        time.sleep(LOOK_SECONDS)


@contextmanager
def _running(folder: Path) -> Iterator[Desk]:
    """Run what sends, as a desk does: a Redis of its own, the worker of the clock and the deliveries, the clock."""
    settings = Settings(secret_key=KEY, var_dir=folder, webhook_allow_networks="127.0.0.0/8")  # type: ignore[arg-type]
    migrate.upgrade(settings.database_url)
    given = {name: value for name, value in os.environ.items() if not name.startswith("PERSTOLK_")}
    environment = {
        **given,
        **{name: value for name, value in child_environment(settings).items() if name.startswith("PERSTOLK_")},
        "PERSTOLK_SECRET_KEY": KEY,
        "PERSTOLK_WEBHOOK_ALLOW_NETWORKS": "127.0.0.0/8",
    }
    worker = worker_command(name="clock", queues=(CLOCK, DELIVERY), concurrency=DELIVERY_THREADS, pool="threads")
    desk = open_desk(settings)
    with desk.begin() as work:
        silenced = sorted({check.code for check in ALL_CHECKS} - CHECKS_IN_FORCE)
        work.session.add_all(CheckSetting(code=code, severity="off", set_at=NOON) for code in silenced)
    with ExitStack() as ending:
        ending.callback(desk.database.dispose)
        for name, command in (
            ("redis", redis_command(folder)),
            ("worker", worker),
            ("beat", beat_command(folder)),
        ):
            child = Child(Plan(name, command), environment)
            child.start()
            ending.callback(stop, [child], patience_seconds=5.0, hurry_seconds=1.0, now_or_never=lambda: True)
            while name == "redis" and not answers(folder):
                time.sleep(LOOK_SECONDS / 10)
        yield desk
