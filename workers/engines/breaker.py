"""Circuit breakers: an engine that fails is left alone for a while, by every worker.

What is remembered stands in Redis where there is one, so that one worker's failures spare the others; Redis may be
wiped or away at any moment, which only makes the engines be tried again. A breaker is known by the engine's name and
configuration (`Capabilities.key`).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol, TypeVar

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

Answer = TypeVar("Answer")


class Gate(StrEnum):
    """Whether an engine may be asked now."""

    OPEN = "open"
    TRIAL = "trial"  # it rested; one segment may be asked, and decides
    RESTING = "resting"
    OFF = "off"  # it refused its key; only another configuration helps


@dataclass(frozen=True, slots=True)
class Admission:
    """Whether an engine may be asked now; if not, for how long and why."""

    gate: Gate
    seconds: float = 0.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class BreakerTimes:
    """When a breaker trips, and how long what it remembers lasts."""

    failures: int = 3
    first_rest_seconds: float = 60.0
    longest_rest_seconds: float = 900.0
    trial_seconds: float = 60.0
    memory_seconds: float = 7_200.0
    off_seconds: float = 86_400.0

    def rest_seconds(self, openings: int) -> float:
        """Return how long the engine rests when its breaker trips for the `openings`-th time in a row."""
        doublings = min(max(openings, 1) - 1, 30)
        return min(self.first_rest_seconds * 2.0**doublings, self.longest_rest_seconds)

    def scaled(self, factor: float) -> BreakerTimes:
        """Return the same times with every rest made `factor` times as long."""
        return replace(
            self,
            first_rest_seconds=self.first_rest_seconds * factor,
            longest_rest_seconds=self.longest_rest_seconds * factor,
            trial_seconds=self.trial_seconds * factor,
        )


class Breakers(Protocol):
    """The breakers of all engines. No method raises, and each may be called from several threads."""

    def admit(self, engine: str) -> Admission:
        """Tell whether the engine may be asked; a trial is given to one caller only."""

    def record_success(self, engine: str) -> None:
        """Forget the engine's failures: it answered."""

    def record_failure(self, engine: str, reason: str) -> None:
        """Count a failure; the third in a row, or the first after a rest, makes the engine rest (again, longer)."""

    def rest(self, engine: str, seconds: float, reason: str) -> None:
        """Let the engine rest because it asked for it."""

    def switch_off(self, engine: str, reason: str) -> None:
        """Leave the engine alone until its configuration changes (or a day has passed)."""


@dataclass(slots=True)
class _State:
    failures: int = 0
    openings: int = 0
    rests_until: float = 0.0
    trial_until: float = 0.0
    off_until: float = 0.0
    reason: str = ""


class InMemoryBreakers:
    """Breakers of one process alone."""

    def __init__(self, times: BreakerTimes | None = None, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Start with every engine admitted."""
        self._times = times or BreakerTimes()
        self._clock = clock
        self._states: dict[str, _State] = {}
        self._lock = threading.Lock()

    def admit(self, engine: str) -> Admission:
        """Tell whether the engine may be asked; see `Breakers`."""
        with self._lock:
            now = self._clock()
            state = self._states.get(engine)
            if state is None:
                return Admission(Gate.OPEN)
            if state.off_until > now:
                return Admission(Gate.OFF, state.off_until - now, state.reason)
            held_until = max(state.rests_until, state.trial_until)
            if held_until > now:
                return Admission(Gate.RESTING, held_until - now, state.reason)
            if not state.openings:
                return Admission(Gate.OPEN)
            state.trial_until = now + self._times.trial_seconds
            return Admission(Gate.TRIAL, reason=state.reason)

    def record_success(self, engine: str) -> None:
        """Forget the engine's failures."""
        with self._lock:
            state = self._states.get(engine)
            if state is not None and state.rests_until <= self._clock():
                del self._states[engine]

    def record_failure(self, engine: str, reason: str) -> None:
        """Count a failure; see `Breakers`."""
        with self._lock:
            now = self._clock()
            state = self._states.setdefault(engine, _State())
            if state.rests_until > now:
                return  # what was under way when the breaker tripped does not count again
            state.failures += 1
            state.reason = reason
            if state.openings or state.failures >= self._times.failures:
                state.openings += 1
                state.rests_until = now + self._times.rest_seconds(state.openings)
                state.failures = 0
                state.trial_until = 0.0

    def rest(self, engine: str, seconds: float, reason: str) -> None:
        """Let the engine rest because it asked for it."""
        with self._lock:
            state = self._states.setdefault(engine, _State())
            state.rests_until = max(state.rests_until, self._clock() + seconds)
            state.openings = max(state.openings, 1)
            state.trial_until = 0.0
            state.reason = reason

    def switch_off(self, engine: str, reason: str) -> None:
        """Leave the engine alone until its configuration changes."""
        with self._lock:
            state = self._states.setdefault(engine, _State())
            state.off_until = self._clock() + self._times.off_seconds
            state.reason = reason


class RedisBreakers:
    """Breakers shared through Redis; while it is away, those of this process serve.

    Each fact is a key that expires by itself, and Redis measures the time, so workers whose clocks differ agree.
    """

    WAIT_SECONDS = 0.5
    AWAY_SECONDS = 5.0  # how long an unreachable Redis is not asked again

    def __init__(
        self,
        redis_client: Redis,
        times: BreakerTimes | None = None,
        *,
        prefix: str = "perstolk:breaker:",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Use the given client, whose own time limits hold, and fall back to memory."""
        self._redis = redis_client
        self._times = times or BreakerTimes()
        self._prefix = prefix
        self._clock = clock
        self._local = InMemoryBreakers(self._times, clock=clock)
        self._away_until = 0.0

    def admit(self, engine: str) -> Admission:
        """Tell whether the engine may be asked; see `Breakers`."""
        return self._shared(lambda: self._admit(engine), lambda: self._local.admit(engine))

    def record_success(self, engine: str) -> None:
        """Forget the engine's failures."""
        self._local.record_success(engine)
        self._shared(lambda: self._forget(engine), lambda: None)

    def record_failure(self, engine: str, reason: str) -> None:
        """Count a failure; see `Breakers`."""
        self._shared(lambda: self._count(engine, reason), lambda: self._local.record_failure(engine, reason))

    def rest(self, engine: str, seconds: float, reason: str) -> None:
        """Let the engine rest because it asked for it."""
        self._shared(lambda: self._rest(engine, seconds, reason), lambda: self._local.rest(engine, seconds, reason))

    def switch_off(self, engine: str, reason: str) -> None:
        """Leave the engine alone until its configuration changes."""
        self._shared(
            lambda: self._keep(engine, "off", reason, self._times.off_seconds),
            lambda: self._local.switch_off(engine, reason),
        )

    def _shared(self, ask: Callable[[], Answer], otherwise: Callable[[], Answer]) -> Answer:
        """Ask Redis, or this process where Redis is away; a Redis that failed is left alone for some seconds."""
        if self._clock() < self._away_until:
            return otherwise()
        try:
            return ask()
        except RedisError:
            self._away_until = self._clock() + self.AWAY_SECONDS
            return otherwise()

    def _key(self, engine: str, fact: str) -> str:
        return f"{self._prefix}{engine}:{fact}"

    def _keep(self, engine: str, fact: str, value: str, seconds: float) -> None:
        self._redis.set(self._key(engine, fact), value, px=_milliseconds(seconds))

    def _admit(self, engine: str) -> Admission:
        facts = ("off", "rest", "trial", "tripped")
        asked = self._redis.pipeline(transaction=False)
        for fact in facts:
            asked.get(self._key(engine, fact))
            asked.pttl(self._key(engine, fact))
        found = asked.execute()
        values = {fact: _text(found[2 * at]) for at, fact in enumerate(facts)}
        seconds = {fact: max(found[2 * at + 1], 0) / 1000 for at, fact in enumerate(facts)}
        if values["off"] is not None:
            return Admission(Gate.OFF, seconds["off"], values["off"])
        for fact in ("rest", "trial"):
            if (reason := values[fact]) is not None:
                return Admission(Gate.RESTING, seconds[fact], reason)
        if (reason := values["tripped"]) is None:
            return Admission(Gate.OPEN)
        trial_seconds = self._times.trial_seconds
        first = self._redis.set(self._key(engine, "trial"), reason, nx=True, px=_milliseconds(trial_seconds))
        if first:
            return Admission(Gate.TRIAL, reason=reason)
        return Admission(Gate.RESTING, trial_seconds, reason)

    def _forget(self, engine: str) -> None:
        if not self._redis.exists(self._key(engine, "rest")):
            self._redis.delete(*(self._key(engine, fact) for fact in ("failures", "tripped", "trial", "trips")))

    def _count(self, engine: str, reason: str) -> None:
        if self._redis.exists(self._key(engine, "rest")):
            return  # what was under way when the breaker tripped does not count again
        failures = self._increase(engine, "failures")
        tripped_before = self._redis.exists(self._key(engine, "tripped"))
        if tripped_before or failures >= self._times.failures:
            self._rest(engine, self._times.rest_seconds(self._increase(engine, "trips")), reason)

    def _increase(self, engine: str, fact: str) -> int:
        counted = self._redis.pipeline()
        counted.incr(self._key(engine, fact))
        counted.pexpire(self._key(engine, fact), _milliseconds(self._times.memory_seconds))
        return int(counted.execute()[0])

    def _rest(self, engine: str, seconds: float, reason: str) -> None:
        self._keep(engine, "rest", reason, seconds)
        self._keep(engine, "tripped", reason, seconds + self._times.memory_seconds)
        self._redis.delete(self._key(engine, "failures"), self._key(engine, "trial"))


def shared_breakers(redis_url: str, times: BreakerTimes | None = None) -> RedisBreakers:
    """Make breakers shared through the Redis at an address, which is waited for half a second at most.

    The client's own way of trying again, ten times and ever longer, would cost more than what is remembered is worth.
    """
    client = Redis.from_url(
        redis_url,
        socket_connect_timeout=RedisBreakers.WAIT_SECONDS,
        socket_timeout=RedisBreakers.WAIT_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )
    return RedisBreakers(client, times)


def _milliseconds(seconds: float) -> int:
    return max(1, round(seconds * 1000))


def _text(value: bytes | str | None) -> str | None:
    return value.decode() if isinstance(value, bytes) else value
