from __future__ import annotations

import socket
import time
from pathlib import Path

import pytest
import redis

from tests.watching import wait_for
from workers.engines.breaker import Admission, Breakers, BreakerTimes, Gate, InMemoryBreakers
from workers.engines.shared_breaker import RedisBreakers, shared_breakers

ENGINE = "libretranslate:1a2b"
TIMES = BreakerTimes(failures=3, first_rest_seconds=60, longest_rest_seconds=900, trial_seconds=30)
QUICK = BreakerTimes(failures=3, first_rest_seconds=0.1, longest_rest_seconds=0.1, trial_seconds=30)


class Clock:
    """The time of a test, which passes only when told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Shared:
    """Breakers in Redis, whose clock passes by shortening what is left of each key's life."""

    def __init__(self, client: redis.Redis) -> None:
        client.flushall()
        self.client = client
        self.breakers: Breakers = RedisBreakers(client, TIMES)

    def pass_time(self, seconds: float) -> None:
        for key in self.client.scan_iter():
            left = self.client.pttl(key) - round(seconds * 1000)
            if left > 0:
                self.client.pexpire(key, left)
            else:
                self.client.delete(key)


class Alone:
    """Breakers in memory, with a clock of the test's own."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.breakers: Breakers = InMemoryBreakers(TIMES, clock=self.clock)

    def pass_time(self, seconds: float) -> None:
        self.clock.now += seconds


@pytest.fixture(params=["alone", "shared"])
def place(request: pytest.FixtureRequest) -> Alone | Shared:
    if request.param == "alone":
        return Alone()
    return Shared(request.getfixturevalue("redis_client"))


def fail(breakers: Breakers, times: int = 3) -> None:
    for _ in range(times):
        breakers.record_failure(ENGINE, "timeout")


def test_an_unknown_engine_is_admitted(place: Alone | Shared) -> None:
    assert Admission(Gate.OPEN) == place.breakers.admit(ENGINE)


@pytest.mark.parametrize("failures, gate", [(1, Gate.OPEN), (2, Gate.OPEN), (3, Gate.RESTING)])
def test_the_third_failure_in_a_row_trips_it(place: Alone | Shared, failures: int, gate: Gate) -> None:
    fail(place.breakers, failures)

    assert gate == place.breakers.admit(ENGINE).gate


def test_an_answer_makes_failures_forgotten(place: Alone | Shared) -> None:
    fail(place.breakers, 2)
    place.breakers.record_success(ENGINE)
    fail(place.breakers, 2)

    assert Gate.OPEN == place.breakers.admit(ENGINE).gate


def test_what_rests_tells_for_how_long_and_why(place: Alone | Shared) -> None:
    fail(place.breakers)

    admission = place.breakers.admit(ENGINE)

    assert "timeout" == admission.reason
    assert 55 < admission.seconds <= 60


def test_one_engine_resting_leaves_the_others_alone(place: Alone | Shared) -> None:
    fail(place.breakers)

    assert Gate.OPEN == place.breakers.admit("google").gate
    assert Gate.OPEN == place.breakers.admit("libretranslate:another-key").gate


def test_after_the_rest_one_caller_gets_the_trial(place: Alone | Shared) -> None:
    fail(place.breakers)
    place.pass_time(60)

    gates = [place.breakers.admit(ENGINE).gate for _ in range(3)]

    assert [Gate.TRIAL, Gate.RESTING, Gate.RESTING] == gates


def test_a_trial_that_nobody_ended_is_given_again(place: Alone | Shared) -> None:
    fail(place.breakers)
    place.pass_time(60)
    place.breakers.admit(ENGINE)
    place.pass_time(30)

    assert Gate.TRIAL == place.breakers.admit(ENGINE).gate


def test_a_trial_that_is_answered_admits_all(place: Alone | Shared) -> None:
    fail(place.breakers)
    place.pass_time(60)
    place.breakers.admit(ENGINE)
    place.breakers.record_success(ENGINE)

    gates = [place.breakers.admit(ENGINE).gate for _ in range(2)]

    assert [Gate.OPEN, Gate.OPEN] == gates


def test_each_failed_trial_doubles_the_rest_up_to_its_longest(place: Alone | Shared) -> None:
    fail(place.breakers)
    rests = [round(place.breakers.admit(ENGINE).seconds)]
    for _ in range(5):
        place.pass_time(rests[-1] + 1)
        place.breakers.admit(ENGINE)
        place.breakers.record_failure(ENGINE, "timeout")
        rests.append(round(place.breakers.admit(ENGINE).seconds))

    assert [60, 120, 240, 480, 900, 900] == rests


def test_failures_that_were_under_way_when_it_tripped_do_not_lengthen_the_rest(place: Alone | Shared) -> None:
    fail(place.breakers, 9)
    place.pass_time(60)

    assert Gate.TRIAL == place.breakers.admit(ENGINE).gate


def test_an_engine_that_asks_for_a_rest_gets_it_at_once(place: Alone | Shared) -> None:
    place.breakers.rest(ENGINE, 7, "rate_limited")
    asked = place.breakers.admit(ENGINE)
    place.pass_time(8)

    assert (Gate.RESTING, "rate_limited") == (asked.gate, asked.reason)
    assert 5 < asked.seconds <= 7
    assert Gate.TRIAL == place.breakers.admit(ENGINE).gate


def test_an_answer_that_was_under_way_does_not_end_the_rest(place: Alone | Shared) -> None:
    fail(place.breakers)
    place.breakers.record_success(ENGINE)

    assert Gate.RESTING == place.breakers.admit(ENGINE).gate


def test_a_refused_key_is_off_until_the_configuration_changes(place: Alone | Shared) -> None:
    place.breakers.switch_off(ENGINE, "bad_key")
    place.pass_time(3600)

    off = place.breakers.admit(ENGINE)

    assert (Gate.OFF, "bad_key") == (off.gate, off.reason)
    assert Gate.OPEN == place.breakers.admit("libretranslate:new-key").gate


def test_who_only_looks_takes_no_trial(place: Alone | Shared) -> None:
    fail(place.breakers)
    resting = place.breakers.look(ENGINE)
    place.pass_time(61)

    seen = [place.breakers.look(ENGINE).gate for _ in range(2)]
    admitted = [place.breakers.admit(ENGINE).gate for _ in range(2)]

    assert (Gate.RESTING, "timeout") == (resting.gate, resting.reason)
    assert [Gate.TRIAL, Gate.TRIAL] == seen
    assert [Gate.TRIAL, Gate.RESTING] == admitted


def test_a_look_tells_who_is_off_and_who_was_never_heard_of(place: Alone | Shared) -> None:
    place.breakers.switch_off(ENGINE, "bad_key")

    off = place.breakers.look(ENGINE)

    assert (Gate.OFF, "bad_key") == (off.gate, off.reason)
    assert Admission(Gate.OPEN) == place.breakers.look("google")


def test_what_one_worker_learns_spares_the_others(redis_client: redis.Redis) -> None:
    redis_client.flushall()
    one, other = RedisBreakers(redis_client, TIMES), RedisBreakers(redis_client, TIMES)

    fail(one)

    assert Gate.RESTING == other.admit(ENGINE).gate


def test_a_wiped_redis_only_makes_the_engine_be_tried_again(redis_client: redis.Redis) -> None:
    breakers = RedisBreakers(redis_client, TIMES)
    fail(breakers)
    redis_client.flushall()

    assert Admission(Gate.OPEN) == breakers.admit(ENGINE)


def test_everything_kept_in_redis_ends_by_itself(redis_client: redis.Redis) -> None:
    redis_client.flushall()
    breakers = RedisBreakers(redis_client, TIMES)
    fail(breakers, 2)
    fail(breakers)
    breakers.switch_off("google", "bad_key")

    lives = [redis_client.pttl(key) for key in redis_client.scan_iter()]

    assert lives
    assert min(lives) > 0


def test_without_redis_this_process_remembers_alone(tmp_path: Path) -> None:
    breakers = shared_breakers(f"unix://{tmp_path}/nobody.sock", QUICK)

    fail(breakers)
    resting = breakers.admit(ENGINE).gate
    wait_for(lambda: breakers.admit(ENGINE).gate is Gate.TRIAL, seconds=2)
    breakers.record_success(ENGINE)

    assert Gate.RESTING == resting
    assert Gate.OPEN == breakers.admit(ENGINE).gate


def test_a_redis_that_hangs_costs_its_wait_once(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(tmp_path / "silent.sock"))
        silent.listen()
        breakers = shared_breakers(f"unix://{tmp_path}/silent.sock", QUICK)

        began = time.monotonic()
        fail(breakers, 9)
        seconds = time.monotonic() - began

    assert RedisBreakers.WAIT_SECONDS <= seconds < 5 * RedisBreakers.WAIT_SECONDS  # of nine
