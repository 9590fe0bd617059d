"""One desk at a time on one variable directory.

The lock is the system's own, which lets it go when its holder dies, however it dies.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK_FILE = "perstolk.lock"


class AlreadyRunning(Exception):  # noqa: N818 - a state, told to a person
    """Another desk holds the variable directory; the sentence says which process, and what to do."""


@contextmanager
def hold(var_dir: Path) -> Iterator[None]:
    """Hold the variable directory, made first if there is none, or raise `AlreadyRunning`."""
    var_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(var_dir / LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(descriptor, 32).decode("ascii", "replace").strip() or "unknown"
            message = (
                f"Perstolk already runs on {var_dir} (process {holder}). Stop that one first, or give this "
                "one another directory with PERSTOLK_VAR_DIR."
            )
            raise AlreadyRunning(message) from None
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode("ascii"))
        yield
    finally:
        os.close(descriptor)
