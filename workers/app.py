"""The Celery application: how tasks travel, which queue takes them, and what a crash may cost (nothing).

A message carries ids and is only a hint; what there is to do stands in the database. The tasks themselves are
in `workers.tasks`, the clock in `workers.schedule`.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

from celery import Celery, signals
from celery.exceptions import CPendingDeprecationWarning
from celery.platforms import SecurityWarning
from kombu.entity import Exchange, Queue
from kombu.transport import redis as transport
from redis.exceptions import ConnectionError as BrokerLostError

from service.config import Settings
from service.dispatch import CLOCK, QUEUES, broker_url, queue_of
from service.logs import configure_logs
from workers.schedule import beat_schedule

LEASE_SECONDS = 120
SOFT_LIMIT_SECONDS = 90
HARD_LIMIT_SECONDS = 100
VISIBILITY_SECONDS = 300


class Channel(transport.Channel):
    """A channel that says of a broker that died that the connection is lost, which a worker survives.

    On a channel that is closed already the library's own asks None for the address (kombu 5.7), and a worker with a
    message in its hands ends itself as if the code were wrong.
    """

    def _connparams(self, asynchronous: bool = False) -> Any:  # noqa: FBT001, FBT002 - the library's own signature
        if self.connection is None or self.connection.client is None:
            message = "the channel is closed"
            raise BrokerLostError(message)
        return super()._connparams(asynchronous)  # type: ignore[no-untyped-call]


def make_celery(settings: Settings, *, after_fork: Callable[[], None] | None = None) -> Celery:
    """Make the application of one worker or beat process.

    `after_fork` runs in each new pool process before its first task: what the parent opened must be let go
    there.
    """
    # Celery's advice to whoever runs it as root is about pickled messages; only JSON is accepted here.
    warnings.filterwarnings("ignore", category=SecurityWarning)
    # Each lost connection would bring its advice on the setting that `options` decides.
    warnings.filterwarnings("ignore", category=CPendingDeprecationWarning)
    transport.Transport.Channel = Channel
    celery = Celery("perstolk", set_as_current=True)
    celery.conf.update(options(settings))
    signals.setup_logging.connect(_own_logs, weak=False, dispatch_uid="perstolk-logs")
    if after_fork is not None:

        def let_go(**_facts: Any) -> None:
            after_fork()

        signals.worker_process_init.connect(let_go, weak=False, dispatch_uid="perstolk-after-fork")
    return celery


def options(settings: Settings) -> dict[str, Any]:
    """Return the Celery settings, chosen so that no work is lost or held up.

    The limits stand in a row: a task ends before its lease does, and the lease before the broker hands the
    message to somebody else.
    """
    return {
        "broker_url": broker_url(settings.redis_url),
        "broker_connection_retry": True,
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,
        "broker_transport_options": {
            "visibility_timeout": VISIBILITY_SECONDS,
            "unacked_restore_interval": 10,
            "unacked_restore_throttle": 1,
            "socket_connect_timeout": 5,
            "socket_timeout": 30,
            "socket_keepalive": True,
            "health_check_interval": 25,
        },
        "task_queues": [Queue(name, Exchange(name), routing_key=name) for name in QUEUES],
        "task_default_queue": CLOCK,
        "task_routes": (route,),
        "task_create_missing_queues": False,
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "task_ignore_result": True,
        "task_publish_retry": False,
        "task_soft_time_limit": SOFT_LIMIT_SECONDS,
        "task_time_limit": HARD_LIMIT_SECONDS,
        "task_serializer": "json",
        "accept_content": ["json"],
        "worker_prefetch_multiplier": 1,
        # The broker is only transport: what runs may finish, for its results go to the database.
        "worker_cancel_long_running_tasks_on_connection_loss": False,
        "worker_hijack_root_logger": False,
        "worker_redirect_stdouts": False,
        "worker_enable_remote_control": True,
        "enable_utc": True,
        "timezone": "UTC",
        "beat_schedule": beat_schedule(),
        "beat_schedule_filename": str(settings.var_dir / "beat-schedule"),
    }


def route(name: str, *_rest: Any, **_facts: Any) -> dict[str, str]:
    """Send each task to the queue that its name says, whoever sends it."""
    return {"queue": queue_of(name)}


def _own_logs(**_facts: Any) -> None:
    """Take the place of Celery's own logging, which would write texts and its own format."""
    configure_logs()
