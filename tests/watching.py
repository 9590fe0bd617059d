"""What the tests of processes share: waiting for something, and telling whether a process lives."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

START_SECONDS = 20.0


def wait_for(question: Callable[[], object], *, seconds: float = START_SECONDS) -> None:
    deadline = time.monotonic() + seconds
    while not question():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def alive(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False
