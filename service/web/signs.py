"""Signs of health: questions about the database, its schema, the broker and the clock, each answered in one line.

They are asked by `/readyz` and by `perstolk doctor`. No question raises, none takes longer than about a second, and no
answer holds an address or a word of a release.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from service.config import Settings
from service.queries.upkeep import last_beat
from service.storage.migrate import engine_is_current
from service.uow import Desk

BEAT = "beat"
BEAT_SECONDS = 15  # the clock ticks every second; a worker that is busy may be a few late
BROKER_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Sign:
    """One part of the desk: whether it works, and what there is to say about it."""

    name: str
    ok: bool
    detail: str


def database(_settings: Settings, desk: Desk) -> Sign:
    """Ask whether the database answers."""
    try:
        with desk.read() as reading:
            reading.session.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        return Sign("database", ok=False, detail=f"does not answer ({_kind(error)})")
    return Sign("database", ok=True, detail="answers")


def migrations(_settings: Settings, desk: Desk) -> Sign:
    """Ask whether the schema is the one that this code knows."""
    try:
        current = engine_is_current(desk.database)
    except SQLAlchemyError as error:
        return Sign("migrations", ok=False, detail=f"cannot be told ({_kind(error)})")
    return Sign("migrations", current, "current" if current else "out of date: run perstolk db upgrade")


def broker(settings: Settings, _desk: Desk) -> Sign:
    """Ask whether Redis answers."""
    try:
        with Redis.from_url(
            settings.redis_url,
            socket_timeout=BROKER_SECONDS,
            socket_connect_timeout=BROKER_SECONDS,
            retry=Retry(NoBackoff(), retries=0),
        ) as client:
            client.ping()
    except (RedisError, OSError, ValueError) as error:
        return Sign("broker", ok=False, detail=f"does not answer ({_kind(error)})")
    return Sign("broker", ok=True, detail="answers")


def beat(_settings: Settings, desk: Desk) -> Sign:
    """Ask whether the clock ticks and a worker hears it."""
    try:
        with desk.read() as reading:
            last = last_beat(reading.session, BEAT)
            now = reading.now
    except SQLAlchemyError as error:
        return Sign("beat", ok=False, detail=f"cannot be told ({_kind(error)})")
    if last is None:
        return Sign("beat", ok=False, detail="was never heard")
    age = now - last
    return Sign("beat", age < timedelta(seconds=BEAT_SECONDS), f"heard {max(0, round(age.total_seconds()))} s ago")


# What `/readyz` asks, in the order in which one depends on another.
SIGNS: tuple[Callable[[Settings, Desk], Sign], ...] = (database, migrations, broker, beat)


def _kind(error: BaseException) -> str:
    """Name an error by its class: its message may hold an address."""
    return type(error).__name__
