"""Rate limits: an engine is asked no more often than it bears, by all workers together.

A request holds a slot from before it is sent until the rate's seconds after its answer. Measured at the engine, no
window of that length ever sees more requests than the rate allows, however long each of them was on its way.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Protocol

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from workers.engines.base import Capabilities, Deadline, EngineUnavailable, Rate

LONGEST_WAIT_SECONDS = 20.0
HOLD_SECONDS = 90.0  # a worker that dies gives its slots back after this
SHORTEST_PAUSE, LONGEST_PAUSE = 0.01, 0.25


class OwnLimit(EngineUnavailable):
    """The office's own limit for an engine is used up; nothing is wrong with the engine."""

    def __init__(self) -> None:
        """Name it as the engine's own limit would be named."""
        super().__init__("rate_limited", "the limit for this engine is used up")


class Slots(Protocol):
    """Where slots are counted."""

    def enter(self, engine: str, slot: str, rate: Rate) -> float:
        """Take a slot and return 0, or return the seconds until one may be free."""

    def leave(self, engine: str, slot: str, rate: Rate) -> None:
        """Let the slot go, once the rate's seconds are over."""


class InMemorySlots:
    """Slots of one process alone."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Start with every slot free."""
        self._clock = clock
        self._held: dict[str, dict[str, float]] = {}
        self._lock = threading.Lock()

    def enter(self, engine: str, slot: str, rate: Rate) -> float:
        """Take a slot; see `Slots`."""
        with self._lock:
            now = self._clock()
            held = {name: until for name, until in self._held.get(engine, {}).items() if until > now}
            self._held[engine] = held
            if len(held) < rate.requests:
                held[slot] = now + rate.seconds + HOLD_SECONDS
                return 0.0
            return min(held.values()) - now

    def leave(self, engine: str, slot: str, rate: Rate) -> None:
        """Let the slot go; see `Slots`."""
        with self._lock:
            if slot in (held := self._held.get(engine, {})):
                held[slot] = self._clock() + rate.seconds


_ENTER = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
if redis.call('ZCARD', KEYS[1]) < tonumber(ARGV[2]) then
  redis.call('ZADD', KEYS[1], now + ARGV[3] + ARGV[4], ARGV[1])
  redis.call('PEXPIRE', KEYS[1], ARGV[3] + ARGV[4])
  return 0
end
return redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')[2] - now
"""
_LEAVE = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
return redis.call('ZADD', KEYS[1], 'XX', now + ARGV[2] + 1, ARGV[1])
"""


class RedisSlots:
    """Slots shared through Redis, which measures the time; while it is away, those of this process serve."""

    WAIT_SECONDS = 0.5
    AWAY_SECONDS = 5.0

    def __init__(
        self, client: Redis, *, prefix: str = "perstolk:slots:", clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Use the given client, whose own time limits hold."""
        self._prefix = prefix
        self._clock = clock
        self._enter = client.register_script(_ENTER)
        self._leave = client.register_script(_LEAVE)
        self._local = InMemorySlots(clock=clock)
        self._away_until = 0.0

    def enter(self, engine: str, slot: str, rate: Rate) -> float:
        """Take a slot; see `Slots`."""
        if self._clock() >= self._away_until:
            try:
                arguments: list[str | int] = [
                    slot,
                    rate.requests,
                    _milliseconds(rate.seconds),
                    _milliseconds(HOLD_SECONDS),
                ]
                return int(self._enter(keys=[self._prefix + engine], args=arguments)) / 1000
            except RedisError:
                self._away_until = self._clock() + self.AWAY_SECONDS
        return self._local.enter(engine, slot, rate)

    def leave(self, engine: str, slot: str, rate: Rate) -> None:
        """Let the slot go; see `Slots`."""
        self._local.leave(engine, slot, rate)
        if self._clock() >= self._away_until:
            try:
                self._leave(keys=[self._prefix + engine], args=[slot, _milliseconds(rate.seconds)])
            except RedisError:
                self._away_until = self._clock() + self.AWAY_SECONDS


class Limits:
    """The limits of all engines: each one's own, unless the office says another."""

    def __init__(
        self,
        slots: Slots | None = None,
        rates: Mapping[str, Rate] | None = None,
        *,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Count in `slots`; `rates` are the office's own, by the engines' names."""
        self._slots = slots or InMemorySlots()
        self._rates = dict(rates or {})
        self._sleep = sleep

    @contextmanager
    def slot(self, capabilities: Capabilities, deadline: Deadline) -> Iterator[None]:
        """Hold a slot for one request, waiting for it within reason; raise `OwnLimit` where there is none."""
        rate = self._rates.get(capabilities.name, capabilities.rate)
        if rate is None:
            yield
            return
        name = secrets.token_hex(8)
        patience = min(deadline.remaining(), LONGEST_WAIT_SECONDS)
        while (wait := self._slots.enter(capabilities.key, name, rate)) > 0:
            # A slot whose request is under way is free earlier than it says; one that waits out its seconds is not.
            pause = min(max(wait, SHORTEST_PAUSE), LONGEST_PAUSE)
            patience -= pause
            if patience < 0 or (rate.seconds >= wait > patience):
                raise OwnLimit
            self._sleep(pause)
        try:
            yield
        finally:
            self._slots.leave(capabilities.key, name, rate)


def shared_limits(redis_url: str, rates: Mapping[str, tuple[int, float]]) -> Limits:
    """Make limits shared through the Redis at an address; `rates` are requests and seconds by engine."""
    client = Redis.from_url(
        redis_url,
        socket_connect_timeout=RedisSlots.WAIT_SECONDS,
        socket_timeout=RedisSlots.WAIT_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )
    return Limits(RedisSlots(client), {name: Rate(*rate) for name, rate in rates.items()})


def _milliseconds(seconds: float) -> int:
    return max(1, round(seconds * 1000))
