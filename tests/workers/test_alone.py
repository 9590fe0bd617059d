"""Work that one worker at a time does: told in a Redis of the test's own, and of everybody while it is away."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.supervisor.children import Child, Plan, stop
from service.supervisor.redis import answers, redis_command
from tests.watching import wait_for
from workers.alone import Alone


@pytest.fixture
def redis_url(tmp_path: Path) -> Iterator[str]:
    server = Child(Plan("redis", redis_command(tmp_path)), {})
    server.start()
    wait_for(lambda: answers(tmp_path))
    yield f"unix://{tmp_path / 'redis.sock'}"
    stop([server], patience_seconds=5.0, hurry_seconds=1.0, now_or_never=lambda: True)


def test_a_second_worker_is_told_that_somebody_is_at_it_until_that_one_ends(redis_url: str) -> None:
    one, other = Alone(redis_url), Alone(redis_url)

    with (
        one.at("checking", seconds=60) as first,
        other.at("checking", seconds=60) as second,
        other.at("something else", seconds=60) as elsewhere,
    ):
        pass
    with other.at("checking", seconds=60) as afterwards:
        pass

    assert (True, False, True, True) == (first, second, elsewhere, afterwards)


def test_who_died_at_it_is_forgotten(redis_url: str) -> None:
    with Alone(redis_url).at("checking", seconds=0.05):
        time.sleep(0.1)
        with Alone(redis_url).at("checking", seconds=60) as second:
            pass

    assert second


def test_work_that_is_handed_on_is_taken_up_by_nobody_else(redis_url: str) -> None:
    one, other = Alone(redis_url), Alone(redis_url)
    with one.at("memory", seconds=60):
        one.hand_on("memory", seconds=60)

    with other.at("memory", seconds=60) as by_the_clock:
        pass
    with other.at("memory", seconds=60, handed_on=True) as asked:
        pass
    with one.at("memory", seconds=60) as afterwards:
        pass

    assert (False, True, True) == (by_the_clock, asked, afterwards)


def test_what_was_handed_on_to_somebody_who_died_is_forgotten(redis_url: str) -> None:
    one = Alone(redis_url)
    with one.at("memory", seconds=60):
        one.hand_on("memory", seconds=0.05)
    time.sleep(0.1)

    with one.at("memory", seconds=60) as by_the_clock:
        pass

    assert by_the_clock


def test_without_redis_everybody_may(tmp_path: Path) -> None:
    nowhere = Alone(f"unix://{tmp_path / 'redis.sock'}")

    with nowhere.at("checking", seconds=60) as first, nowhere.at("checking", seconds=60) as second:
        nowhere.hand_on("checking", seconds=60)

    assert (True, True) == (first, second)
