"""Breakers that all workers share: what is remembered stands in Redis, so that one worker's failures spare the others.

Redis may be wiped or away at any moment, which only makes the engines be tried again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from workers.engines.breaker import Admission, BreakerTimes, Gate, InMemoryBreakers

Answer = TypeVar("Answer")


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

    def look(self, engine: str) -> Admission:
        """Tell how the engine stands; see `Breakers`."""
        return self._shared(lambda: self._standing(engine), lambda: self._local.look(engine))

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
        admission = self._standing(engine)
        if admission.gate is not Gate.TRIAL:
            return admission
        trial_seconds, reason = self._times.trial_seconds, admission.reason
        first = self._redis.set(self._key(engine, "trial"), reason, nx=True, px=_milliseconds(trial_seconds))
        return admission if first else Admission(Gate.RESTING, trial_seconds, reason)

    def _standing(self, engine: str) -> Admission:
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
        reason = values["tripped"]
        return Admission(Gate.OPEN) if reason is None else Admission(Gate.TRIAL, reason=reason)

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
