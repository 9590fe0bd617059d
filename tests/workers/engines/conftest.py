"""What the tests of engines share: a Redis of their own, and the offline engine's toy models, trained once."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from service.supervisor.redis import redis_executable
from tests.toys.folders import Toy, train_both
from tests.watching import wait_for


@pytest.fixture(scope="session")
def toys(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Toy]:
    return train_both(tmp_path_factory.mktemp("toys"))


@pytest.fixture(scope="session")
def shelf(toys: dict[str, Toy], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with both toys, which no test changes."""
    directory = tmp_path_factory.mktemp("models")
    for name, toy in toys.items():
        toy.write_argos(directory / name)
    return directory


@pytest.fixture(scope="session")
def redis_client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[redis.Redis]:
    directory: Path = tmp_path_factory.mktemp("redis")
    path = directory / "redis.sock"
    server = subprocess.Popen(
        [redis_executable(), "--port", "0", "--unixsocket", str(path), "--dir", str(directory), "--save", ""],
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for(path.exists)
        with redis.Redis(unix_socket_path=str(path), socket_timeout=5) as client:
            yield client
    finally:
        server.terminate()
        server.wait()
