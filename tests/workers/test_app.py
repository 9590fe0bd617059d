from __future__ import annotations

from pathlib import Path

import pytest
from celery import Celery

from service.config import Settings
from workers.app import (
    HARD_LIMIT_SECONDS,
    LEASE_SECONDS,
    SOFT_LIMIT_SECONDS,
    VISIBILITY_SECONDS,
    make_celery,
    options,
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(secret_key="a secret for tests alone", var_dir=tmp_path)


@pytest.fixture
def celery(settings: Settings) -> Celery:
    return make_celery(settings)


def test_a_task_ends_before_its_lease_and_the_lease_before_the_message_returns() -> None:
    limits = [SOFT_LIMIT_SECONDS, HARD_LIMIT_SECONDS, LEASE_SECONDS, VISIBILITY_SECONDS]

    assert sorted(set(limits)) == limits


@pytest.mark.parametrize(
    "name, expected",
    [
        ("task_acks_late", True),
        ("task_reject_on_worker_lost", True),
        ("worker_prefetch_multiplier", 1),
        ("task_ignore_result", True),
        ("task_publish_retry", False),
        ("accept_content", ["json"]),
        ("task_serializer", "json"),
        ("task_soft_time_limit", 90),
        ("task_time_limit", 100),
    ],
)
def test_celery_keeps_to_the_settings_that_lose_nothing(celery: Celery, name: str, expected: object) -> None:
    assert expected == celery.conf[name]


def test_a_killed_workers_messages_return_soon(settings: Settings) -> None:
    transport = options(settings)["broker_transport_options"]

    assert (300, 10, 1) == (
        transport["visibility_timeout"],
        transport["unacked_restore_interval"],
        transport["unacked_restore_throttle"],
    )


@pytest.mark.parametrize(
    "task, queue",
    [("workers.tick", "clock"), ("workers.draft_version", "drafting"), ("workers.deliver_due", "delivery")],
)
def test_every_sender_routes_a_task_by_its_name(celery: Celery, task: str, queue: str) -> None:
    routed = celery.amqp.router.route({}, task)

    assert queue == routed["queue"].name


def test_the_clock_ticks_each_second_and_a_tick_outlives_a_clock_that_is_an_hour_off(celery: Celery) -> None:
    tick = celery.conf.beat_schedule["tick"]

    assert ("workers.tick", 1.0) == (tick["task"], tick["schedule"])
    assert 3600 < tick["options"]["expires"] <= 7200
