"""A whole desk on one machine, from its start to its end: Redis first and last, the others between.

What stands ready before the processes start (the database's schema, the first account) is handed in by the
command line, and so is the list of processes, which a test may replace.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType
from typing import Self, TextIO

import structlog

from service.config import Settings, child_environment
from service.dispatch import CLOCK, DELIVERY, DRAFTING
from service.settings.values import own_address
from service.supervisor.children import WRONG_SETTINGS, Child, Plan, stop
from service.supervisor.commands import beat_command, web_command, worker_command
from service.supervisor.listening import is_ready, listen
from service.supervisor.lock import hold
from service.supervisor.redis import START_SECONDS, NoRedis, answers, redis_command, set_aside, stop_stale

DELIVERY_THREADS = 128  # twice what slow endpoints may take together (`domain.retry`)
LOOP_SECONDS = 0.1
READY_WARNING_SECONDS = 60.0
STARTING_FAILURES = 4  # a web server that dies this often before it ever answered will not answer
PATIENCE_SECONDS = 4.0  # three waits that together stay below ten seconds
HURRY_SECONDS = 2.0
REDIS_SECONDS = 2.5

Preparation = Callable[[Settings], Sequence[str]]
Plans = Callable[[Settings, int], Sequence[Plan]]

log = structlog.stdlib.get_logger(__name__)


def plans(settings: Settings, listen_fd: int) -> Sequence[Plan]:
    """List the processes of a desk, beside its Redis.

    Drafting waits on engines and is bound by them, so it has processes of its own; the clock and the
    deliveries share threads, so that no slow engine can hold up a publication.
    """
    return (
        Plan("web", web_command(listen_fd=listen_fd), pass_fds=(listen_fd,)),
        Plan(
            "worker",
            worker_command(name="clock", queues=(CLOCK, DELIVERY), concurrency=DELIVERY_THREADS, pool="threads"),
            hurry=signal.SIGQUIT,
        ),
        Plan(
            "drafting",
            worker_command(name="drafting", queues=(DRAFTING,), concurrency=settings.workers),
            hurry=signal.SIGQUIT,
        ),
        Plan("beat", beat_command(settings.var_dir)),
    )


@dataclass
class Stopping:
    """How often the desk was asked to stop: once means in order, twice means at once."""

    asked: int = 0
    _before: dict[signal.Signals, signal.Handlers | Callable[[int, FrameType | None], object] | int | None] = field(
        default_factory=dict
    )

    def __enter__(self) -> Self:
        """Take the signals."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            self._before[number] = signal.signal(number, self._count)
        return self

    def __exit__(self, *_error: object) -> None:
        """Give the signals back."""
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _count(self, _number: int, _frame: FrameType | None) -> None:
        self.asked += 1


def run(settings: Settings, *, prepare: Preparation, terminal: TextIO, plans: Plans = plans) -> int:
    """Run a desk until it is asked to stop; return the status for the shell.

    `prepare` is called once Redis answers and returns lines for the person at the terminal, which are shown
    there and kept nowhere. Raises `AlreadyRunning`, `CannotListen` or `NoRedis` before anything has started.
    """
    with Stopping() as stopping, hold(settings.var_dir), listen(settings.host, settings.port) as listener:
        port = listener.getsockname()[1]
        if port != settings.port:
            settings = _with_port(settings, port)
        environment = child_environment(settings)
        redis = _start_redis(settings, environment, stopping)
        children: list[Child] = []
        try:
            terminal.writelines(f"{line}\n" for line in prepare(settings))
            terminal.flush()
            for plan in plans(settings, listener.fileno()):
                child = Child(plan, environment)
                child.start()
                children.append(child)
            return _watch([*redis, *children], settings, stopping, terminal)
        finally:
            at_once = _asked_again(stopping)
            stop(children, patience_seconds=PATIENCE_SECONDS, hurry_seconds=HURRY_SECONDS, now_or_never=at_once)
            stop(redis, patience_seconds=REDIS_SECONDS, hurry_seconds=0, now_or_never=at_once)


def _asked_again(stopping: Stopping) -> Callable[[], bool]:
    """Return the question whether somebody has lost patience since the stop began."""
    return lambda: stopping.asked > 1


def _with_port(settings: Settings, port: int) -> Settings:
    """Put the port that the system chose where port 0 was asked for."""
    given = settings.public_url == own_address(settings.host, settings.port)
    public_url = own_address(settings.host, port) if given else settings.public_url
    return settings.model_copy(update={"port": port, "public_url": public_url})


def _start_redis(settings: Settings, environment: dict[str, str], stopping: Stopping) -> list[Child]:
    """Start the desk's own Redis and wait until it answers; none where the settings name another one."""
    if not settings.own_redis:
        return []
    var_dir = settings.var_dir

    def mend(failures: int) -> None:
        if failures > 1:
            log.warning("redis_starts_empty", kept="redis-set-aside")
            set_aside(var_dir)

    stop_stale(var_dir)
    redis = Child(Plan("redis", redis_command(var_dir), mend=mend), environment)
    redis.start()
    deadline = time.monotonic() + START_SECONDS
    while not answers(var_dir):
        redis.tend()
        if stopping.asked or time.monotonic() > deadline:
            redis.kill()
            message = f"The desk's own Redis does not start; {var_dir / 'redis.log'} says why."
            raise NoRedis(message)
        time.sleep(0.02)
    return [redis]


def _watch(children: Sequence[Child], settings: Settings, stopping: Stopping, terminal: TextIO) -> int:
    """Tend the children until the desk is asked to stop, and say when it is ready."""
    started_at = time.monotonic()
    ready = warned = False
    while not stopping.asked:
        for child in children:
            child.tend()
            if child.refuses:
                terminal.write(f"The process {child.plan.name} cannot start so; the lines above say why.\n")
                return WRONG_SETTINGS
            if not ready and child.plan.name == "web" and child.failures >= STARTING_FAILURES:
                terminal.write("The web server does not start; the lines above say why.\n")
                return 1
        if not ready and is_ready(settings.host, settings.port):
            ready = True
            terminal.write(f"Perstolk is ready: {settings.public_url}  (Ctrl-C stops it)\n")
            terminal.flush()
        if not ready and not warned and time.monotonic() - started_at > READY_WARNING_SECONDS:
            warned = True
            log.warning("not_ready_yet", seconds=int(READY_WARNING_SECONDS))
        time.sleep(LOOP_SECONDS)
    terminal.write("Stopping. Press Ctrl-C again to stop at once.\n")
    terminal.flush()
    return 0
