"""The seam to the workers: one task sent by its name, best effort, so that work begins at once.

Nothing depends on it: what there is to do is a row in the database, and the clock finds that row within
seconds. So a send is bounded in time, never raises, and is not tried again for a while after it failed. Which
queue a task goes to is written here too, because both sides of the seam must agree on it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Protocol

import structlog
from celery import Celery

RELAY_TASK = "workers.relay_outbox"
CHECK_TASK = "workers.check_versions"
CLOCK, DRAFTING, DELIVERY = "clock", "drafting", "delivery"
QUEUES = (CLOCK, DRAFTING, DELIVERY)
QUEUE_BY_PREFIX = {
    "workers.check_": DRAFTING,
    "workers.draft_": DRAFTING,
    "workers.keep_": DRAFTING,
    "workers.measure_": DRAFTING,
    "workers.watch_": DRAFTING,
    "workers.deliver_": DELIVERY,
    "workers.fetch_": DELIVERY,
    "workers.mail_": DELIVERY,
}

REST_SECONDS = 5.0
CONNECT_SECONDS = 0.1
ANSWER_SECONDS = 0.1

log = structlog.stdlib.get_logger(__name__)


class Dispatcher(Protocol):
    """Whoever can tell the workers that there is something to do."""

    def nudge(self) -> None:
        """Ask the workers to look at the outbox now."""

    def send(self, task_name: str, *ids: str) -> None:
        """Send a task by its name with ids as its only arguments."""


class NullDispatcher:
    """Tells nobody; the clock will find the work."""

    def nudge(self) -> None:
        """Do nothing."""

    def send(self, task_name: str, *ids: str) -> None:
        """Do nothing."""


class RecordingDispatcher:
    """Keeps what was sent, in order, as `(task_name, *ids)`."""

    def __init__(self) -> None:
        """Begin with nothing sent."""
        self.sent: list[tuple[str, ...]] = []

    def nudge(self) -> None:
        """Record the relay task."""
        self.send(RELAY_TASK)

    def send(self, task_name: str, *ids: str) -> None:
        """Record the task."""
        self.sent.append((task_name, *ids))


class CeleryDispatcher:
    """Sends through the broker at `redis_url`, within about two tenths of a second or not at all."""

    def __init__(self, redis_url: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Prepare the producer; nothing connects before the first send."""
        self._producer = Celery("perstolk-producer", set_as_current=False)
        self._producer.conf.update(producer_options(redis_url))
        self._clock = clock
        self._resting_until = float("-inf")

    def nudge(self) -> None:
        """Ask the workers to look at the outbox now."""
        self.send(RELAY_TASK)

    def send(self, task_name: str, *ids: str) -> None:
        """Send a task, unless the broker failed within the last seconds."""
        if self._clock() < self._resting_until:
            return
        try:
            self._producer.send_task(task_name, args=list(ids), queue=queue_of(task_name), retry=False)
        except Exception as error:  # noqa: BLE001 - whatever the broker does, the caller's work is already safe
            self._resting_until = self._clock() + REST_SECONDS
            log.warning(
                "broker_unreachable",
                task=task_name,
                error=type(error).__qualname__,
                rest_seconds=REST_SECONDS,
            )


def queue_of(task_name: str) -> str:
    """Name the queue of a task: what waits on others or takes its time has its own, all the rest runs by the clock."""
    for prefix, queue in QUEUE_BY_PREFIX.items():
        if task_name.startswith(prefix):
            return queue
    return CLOCK


def broker_url(redis_url: str) -> str:
    """Write a Redis address the way Celery reads it, which has its own name for a unix socket."""
    if redis_url.startswith("unix://"):
        return "redis+socket://" + redis_url.removeprefix("unix://")
    return redis_url


def producer_options(redis_url: str) -> dict[str, Any]:
    """Return the Celery settings of a producer that gives up quickly.

    `retry=False` alone blocks for about six seconds on a broker that is down; `max_retries` with short socket
    timeouts makes it a tenth of a second.
    """
    return {
        "broker_url": broker_url(redis_url),
        "broker_connection_timeout": CONNECT_SECONDS,
        "broker_connection_retry": False,
        "broker_pool_limit": 8,
        "broker_transport_options": {
            "max_retries": 0,
            "socket_connect_timeout": CONNECT_SECONDS,
            "socket_timeout": ANSWER_SECONDS,
        },
        "task_publish_retry": False,
        "task_ignore_result": True,
        "task_serializer": "json",
        "accept_content": ["json"],
    }
