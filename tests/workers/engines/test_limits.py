"""How often an engine is asked: never more often than it bears, by however many, and nobody else waits for it."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from redis import Redis

from tests.servers.libretranslate import LibreTranslateServer
from workers.engines.base import Capabilities, Deadline, Rate
from workers.engines.libretranslate import LibreTranslate
from workers.engines.limits import HOLD_SECONDS, InMemorySlots, Limits, OwnLimit, RedisSlots, Slots, shared_limits

RATE = Rate(3, 0.4)


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def engine(name: str = "slow", rate: Rate | None = RATE) -> Capabilities:
    return Capabilities(name, runs_in_office=True, rate=rate)


def test_a_slot_is_held_until_the_rate_s_seconds_after_the_answer() -> None:
    clock = Clock()
    slots = InMemorySlots(clock=clock)
    rate = Rate(1, 2.0)

    assert 0 == slots.enter("e", "a", rate)
    clock.now += 10
    assert 0 < slots.enter("e", "b", rate)
    slots.leave("e", "a", rate)
    clock.now += 1.9
    assert pytest.approx(0.1) == slots.enter("e", "b", rate)
    clock.now += 0.2
    assert 0 == slots.enter("e", "b", rate)


def test_a_worker_that_died_gives_its_slot_back() -> None:
    clock = Clock()
    slots = InMemorySlots(clock=clock)
    slots.enter("e", "dead", Rate(1, 2.0))

    clock.now += 2.0 + HOLD_SECONDS + 0.1

    assert 0 == slots.enter("e", "b", Rate(1, 2.0))


def test_an_engine_without_a_rate_is_not_counted() -> None:
    limits = Limits()

    for _ in range(100):
        with limits.slot(engine(rate=None), Deadline(0.0)):
            pass


def test_the_office_s_own_rate_comes_before_the_engine_s() -> None:
    limits = Limits(rates={"slow": Rate(1, 3600.0)})

    with limits.slot(engine(), Deadline(5.0)):
        pass

    with pytest.raises(OwnLimit), limits.slot(engine(), Deadline(5.0)):
        pass


def test_nobody_waits_for_a_slot_that_cannot_come_in_time() -> None:
    waited: list[float] = []
    limits = Limits(rates={"slow": Rate(1, 3600.0)}, sleep=waited.append)
    with limits.slot(engine(), Deadline(5.0)):
        pass

    with pytest.raises(OwnLimit), limits.slot(engine(), Deadline(60.0)):
        pass

    assert [] == waited


@pytest.fixture(params=["memory", "redis"])
def slots(request: pytest.FixtureRequest) -> Slots:
    if request.param == "memory":
        return InMemorySlots()
    prefix = f"test-slots:{time.monotonic_ns()}:"
    return RedisSlots(request.getfixturevalue("redis_client"), prefix=prefix)


def test_eight_threads_never_ask_a_limited_engine_too_often_and_do_not_slow_another(slots: Slots) -> None:
    came: list[float] = []
    lock = threading.Lock()
    asking = threading.local()
    waited: set[str] = set()

    def sleep(seconds: float) -> None:
        waited.add(asking.name)
        time.sleep(seconds)

    def note(text: str, _source: str, _target: str) -> str:
        with lock:
            came.append(time.monotonic())
        return f"fr {text}"

    with LibreTranslateServer(translate=note) as limited, LibreTranslateServer() as other:
        limits = Limits(slots, {"limited": RATE, "other": Rate(1_000)}, sleep=sleep)
        asked = {"limited": LibreTranslate(limited.url), "other": LibreTranslate(other.url)}

        def ask(number: int) -> None:
            for name in ("other", "limited"):
                asking.name = name
                with limits.slot(engine(name, rate=None), Deadline(60.0)):
                    asked[name].translate([f"zin {number}"], source="nl", target="fr", deadline=Deadline(60.0))

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(ask, range(16)))

        assert 16 == len(limited.translations) == len(other.translations)
    came.sort()
    assert all(after - before > RATE.seconds for before, after in zip(came, came[RATE.requests :], strict=False))
    assert {"limited"} == waited


def test_two_processes_share_their_slots(redis_client: Redis) -> None:
    prefix = f"test-slots:{time.monotonic_ns()}:"
    first, second = RedisSlots(redis_client, prefix=prefix), RedisSlots(redis_client, prefix=prefix)

    assert 0 == first.enter("e", "a", Rate(1, 30.0))
    assert 0 < second.enter("e", "b", Rate(1, 30.0))
    first.leave("e", "a", Rate(1, 30.0))
    assert 0 < second.enter("e", "b", Rate(1, 30.0)) <= 30.1


def test_without_redis_each_process_counts_alone() -> None:
    limits = shared_limits("redis://127.0.0.1:1/0", {"slow": (1, 3600.0)})

    with limits.slot(engine(), Deadline(5.0)):
        pass

    with pytest.raises(OwnLimit), limits.slot(engine(), Deadline(5.0)):
        pass
