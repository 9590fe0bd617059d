"""Reading the address of Redis; what is wrong is told without the password."""

from __future__ import annotations

import pytest
from kombu import Connection
from redis import Redis

from service.config import SettingsError, load_settings
from service.dispatch import broker_url
from service.settings.redis_address import read_redis_url


@pytest.mark.parametrize(
    "address",
    [
        "redis://",
        "redis://redis",
        "redis://redis:6379//",
        "redis://redis:6379/0",
        "rediss://desk:p%2Fss@[::1]:6380/1",
        "unix:///run/redis.sock",
        "unix://desk:secret@/run/redis.sock?db=1",
    ],
)
def test_what_is_taken_can_be_read_by_whoever_connects(address: str) -> None:
    assert address == read_redis_url(address)
    Redis.from_url(address).close()
    Connection(broker_url(address)).release()


@pytest.mark.parametrize(
    "address",
    [
        "amqp://hunter2@localhost",
        "redis:6379",
        "unix:/hunter2.sock",
        "redis://desk:hunter2/x@redis:6379/0",
        "redis://desk:hunter2@redis:port/0",
        "redis://desk:hunter2@redis:99999/0",
        "redis://desk:hunter2@redis:6379/first",
        "redis://desk:hunter2@[::1/0",
        "unix://",
        "unix://hunter2.sock",
        "unix://hunter2/redis.sock",
    ],
)
def test_an_address_that_cannot_be_read_is_refused(
    address: str, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setenv("PERSTOLK_VAR_DIR", str(tmp_path_factory.mktemp("var")))
    monkeypatch.setenv("PERSTOLK_REDIS_URL", address)

    with pytest.raises(SettingsError, match="PERSTOLK_REDIS_URL") as refusal:
        load_settings(embedded=True)

    assert "hunter2" not in str(refusal.value)
