"""Work that one worker at a time does, while the others do what waits on it; told in Redis, which may be away."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import LockError, RedisError
from redis.retry import Retry

WAIT_SECONDS = 0.5
PREFIX = "perstolk:alone:"

log = structlog.stdlib.get_logger(__name__)


class Alone:
    """Tells who is at work, for all workers together. While Redis is away everybody may: the work itself bears that."""

    def __init__(self, redis_url: str) -> None:
        """Prepare; nothing is connected yet."""
        self._client = Redis.from_url(
            redis_url,
            socket_connect_timeout=WAIT_SECONDS,
            socket_timeout=WAIT_SECONDS,
            retry=Retry(NoBackoff(), 0),
        )

    @contextmanager
    def at(self, work: str, *, seconds: float, handed_on: bool = False) -> Iterator[bool]:
        """Tell whether nobody else is at this work; who dies at it is forgotten after so many seconds.

        Work that was `handed_on` is taken up by whoever was asked to.
        """
        lock = self._client.lock(f"{PREFIX}{work}", timeout=seconds, blocking=False, thread_local=False)
        held = False
        try:
            if handed_on:
                self._client.delete(f"{PREFIX}{work}")
            held = lock.acquire()
            free = held
        except RedisError:
            log.warning("redis_away", work=work)
            free = True
        try:
            yield free
        finally:
            if held:
                with contextlib.suppress(LockError, RedisError):
                    lock.release()

    def hand_on(self, work: str, *, seconds: float) -> None:
        """Keep everybody from this work but the one who is asked to go on with it; called while at it."""
        with contextlib.suppress(RedisError):
            self._client.set(f"{PREFIX}{work}", "handed on", px=int(1000 * seconds))
