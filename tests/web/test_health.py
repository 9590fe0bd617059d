from __future__ import annotations

import os
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from redis import Redis
from redis.exceptions import RedisError

from service.app import create_app
from service.config import Settings
from service.domain.permissions import Actor
from service.operations.tokens import issue_token
from service.operations.upkeep import beat
from service.uow import Desk
from tests.desk_fixtures import People, StillClock, make_desk
from tests.operations.making import submit

REDIS = os.environ.get("TEST_REDIS", "redis://127.0.0.1:6379/15")
PROXIED = {"X-Forwarded-For": "192.0.2.7"}


@pytest.fixture
def redis_url() -> str:
    try:
        with Redis.from_url(REDIS, socket_connect_timeout=1) as client:
            client.ping()
    except RedisError:
        pytest.skip("no Redis answers at TEST_REDIS (default 127.0.0.1:6379)")
    return REDIS


def client_of(desk: Desk, folder: Path, **settings: str) -> FlaskClient:
    chosen = Settings(secret_key="a secret key for tests only", var_dir=folder, **settings)  # type: ignore[arg-type]
    return create_app(chosen, desk=desk).test_client()


def token_of(desk: Desk, actor: Actor, *scopes: str) -> str:
    with desk.begin(actor) as work:
        return issue_token(work, user_id=actor.user_id or "", name="figures", scopes=scopes)[1]


@pytest.mark.redis
def test_a_whole_desk_is_ready(lite_desk: Desk, tmp_path: Path, redis_url: str) -> None:
    with lite_desk.begin() as work:
        beat(work, "beat")

    answer = client_of(lite_desk, tmp_path, redis_url=redis_url).get("/readyz")

    assert 200 == answer.status_code
    assert dict.fromkeys(("database", "migrations", "broker", "beat"), True) == {
        name: check["ok"] for name, check in answer.get_json()["checks"].items()
    }


@pytest.mark.redis
@pytest.mark.parametrize("seconds, expected", [(14, 200), (16, 503)])
def test_a_clock_that_fell_silent_is_noticed(
    lite_desk: Desk, clock: StillClock, tmp_path: Path, redis_url: str, seconds: int, expected: int
) -> None:
    with lite_desk.begin() as work:
        beat(work, "beat")
    clock.forward(seconds=seconds)

    answer = client_of(lite_desk, tmp_path, redis_url=redis_url).get("/readyz")

    assert expected == answer.status_code


def test_a_desk_without_broker_and_clock_is_alive_but_not_ready(lite_desk: Desk, tmp_path: Path) -> None:
    client = client_of(lite_desk, tmp_path)

    alive, ready = client.get("/healthz"), client.get("/readyz")

    assert (200, 503) == (alive.status_code, ready.status_code)
    assert {"database": True, "migrations": True, "broker": False, "beat": False} == {
        name: check["ok"] for name, check in ready.get_json()["checks"].items()
    }


def test_a_database_without_a_schema_is_told_and_no_address_of_it(tmp_path: Path, clock: StillClock) -> None:
    desk = make_desk(f"sqlite:///{tmp_path / 'empty.db'}", dispatcher=None, clock=clock)  # type: ignore[arg-type]

    answer = client_of(desk, tmp_path).get("/readyz")
    desk.database.dispose()

    checks = answer.get_json()["checks"]
    assert 503 == answer.status_code
    assert (True, False) == (checks["database"]["ok"], checks["migrations"]["ok"])
    assert str(tmp_path) not in answer.text


def test_figures_count_what_is_there_and_hold_no_word_of_it(
    lite_desk: Desk, lite_people: People, tmp_path: Path
) -> None:
    submit(lite_desk, lite_people.author)

    figures = client_of(lite_desk, tmp_path).get("/metrics").text

    assert 'perstolk_versions{locale="fr",state="queued"} 1.0' in figures
    assert 'perstolk_due_work{kind="draft"} 3.0' in figures
    assert "brug" not in figures


@pytest.mark.parametrize(
    "who, scopes, expected",
    [
        (None, (), 401),
        ("author", (), 403),
        ("french_reviewer", (), 403),
        ("admin", ("submit",), 403),
        ("admin", ("read",), 200),
        ("auditor", (), 200),
        ("publisher", (), 200),
    ],
)
def test_figures_from_elsewhere_take_a_token_that_sees_everything(
    lite_desk: Desk, lite_people: People, tmp_path: Path, who: str | None, scopes: tuple[str, ...], expected: int
) -> None:
    headers = dict(PROXIED)
    if who is not None:
        headers["Authorization"] = f"Bearer {token_of(lite_desk, getattr(lite_people, who), *scopes)}"

    answer = client_of(lite_desk, tmp_path).get("/metrics", headers=headers)

    assert expected == answer.status_code


def test_an_address_that_is_not_this_machines_gets_no_figures(lite_desk: Desk, tmp_path: Path) -> None:
    answer = client_of(lite_desk, tmp_path).get("/metrics", environ_base={"REMOTE_ADDR": "192.0.2.7"})

    assert 401 == answer.status_code
