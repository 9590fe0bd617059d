"""Fault 4: the broker is emptied, killed, away for a minute, or silent. Submitting answers all the while."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from tests.faults.noting import Noted
from tests.faults.processes import kill_redis
from tests.journeys.steps import DRAFT_SECONDS, DeskProcesses, Program, has_begun, is_whole, suspended
from tests.servers.libretranslate import LibreTranslateServer
from tests.watching import wait_for

AWAY_SECONDS = 60
ANSWER_SECONDS = 3


def submit(author: Program, noted: Noted) -> tuple[str, float]:
    """Submit a release; return its id, and the seconds that took."""
    began = time.monotonic()
    release_id = str(author.submit(targets=["fr"])["id"])
    noted.accepted[release_id] = None
    return release_id, time.monotonic() - began


@contextmanager
def emptied(office: DeskProcesses) -> Iterator[None]:
    with closing(office.redis()) as client:
        client.flushall()
    yield


@contextmanager
def killed(office: DeskProcesses) -> Iterator[None]:
    kill_redis(office)
    yield


@contextmanager
def paused(office: DeskProcesses) -> Iterator[None]:
    with closing(office.redis()) as client:
        client.client_pause(5000, all=True)
    yield


@contextmanager
def away(office: DeskProcesses) -> Iterator[None]:
    ends = time.monotonic() + AWAY_SECONDS
    with suspended(office.redis_pid()):
        yield
        time.sleep(max(0.0, ends - time.monotonic()))


@pytest.mark.fault(
    4, "the broker emptied, killed, silent, away for 60 s", "a submission answered in 3 s, drafted afterwards"
)
@pytest.mark.parametrize("suffer", [emptied, killed, paused, away])
def test_the_broker(office: DeskProcesses, engine: LibreTranslateServer, noted: Noted, suffer: object) -> None:
    author = office.program("author@office.example")
    engine.latency = 0.3
    first = author.submit()
    noted.accepted[first["id"]] = None
    wait_for(lambda: any(has_begun(it) for it in author.release(first["id"])["versions"]), seconds=DRAFT_SECONDS)

    with suffer(office):  # type: ignore[operator]
        engine.latency = 0.02
        second, seconds = submit(author, noted)
        third, more_seconds = submit(author, noted)
    for release_id in (first["id"], second, third):
        author.wait_for_versions(release_id, is_whole)

    assert seconds < ANSWER_SECONDS
    assert more_seconds < ANSWER_SECONDS
    assert {1} == set(office.machine_revisions(first["id"]).values())
