"""A worker whose clock is off. Python itself loads this at the start of a process whose PYTHONPATH has the folder.

`CLOCK_OFF` names a file that holds the seconds by which the clocks of workers are off. There is no such file, and the
clocks are right. Each worker that takes the seconds says so beside it. What the operating system and the database
tell the worker is not touched: a machine's kernel has one clock, and SQLite asks it as well.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
import time
from pathlib import Path
from typing import Any

_USUAL = dt.datetime


class _AsUsual(type):
    """A class whose instances are all moments, whoever made them."""

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, _USUAL)

    def __subclasscheck__(cls, subclass: type) -> bool:
        return issubclass(subclass, _USUAL)


def put_off(seconds: float) -> None:
    """Let everything in this process that asks Python for the time be told another."""
    usual_time, usual_nanoseconds = time.time, time.time_ns
    time.time = lambda: usual_time() + seconds
    time.time_ns = lambda: usual_nanoseconds() + int(seconds * 1e9)
    off = dt.timedelta(seconds=seconds)

    class Elsewhen(_USUAL, metaclass=_AsUsual):
        def __new__(cls, *parts: Any, **named: Any) -> Any:
            return _USUAL(*parts, **named)

        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> Any:
            return _USUAL.now(tz) + off

        @classmethod
        def utcnow(cls) -> Any:
            return _USUAL.now(dt.UTC).replace(tzinfo=None) + off

        @classmethod
        def today(cls) -> Any:
            return _USUAL.now() + off

        @classmethod
        def fromtimestamp(cls, *parts: Any, **named: Any) -> Any:
            return _USUAL.fromtimestamp(*parts, **named)

        @classmethod
        def fromisoformat(cls, text: str) -> Any:
            return _USUAL.fromisoformat(text)

        @classmethod
        def strptime(cls, text: str, form: str) -> Any:
            return _USUAL.strptime(text, form)

        @classmethod
        def combine(cls, *parts: Any, **named: Any) -> Any:
            return _USUAL.combine(*parts, **named)

    dt.datetime = Elsewhen  # type: ignore[misc]


def start() -> None:
    """Put this process's clock off, where it is a worker and a file says by how much."""
    told = Path(os.environ.get("CLOCK_OFF", ""))
    if "worker" not in sys.orig_argv or not told.is_file():
        return
    put_off(float(told.read_text()))
    with told.with_suffix(".taken").open("a") as taken:
        taken.write(f"{os.getpid()} {time.time()}\n")


start()
