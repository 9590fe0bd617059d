"""Whose turn it is to write to a SQLite file, among all the processes of a desk.

SQLite alone lets whoever finds the file taken look again, after ever longer pauses: seven processes that write without
rest leave it idle between two of them, and a person waits as long as the machines do. Here they take turns by locks of
the system, which a process that dies lets go. Drafting goes last: of those who draft one at a time may ask for its
turn. But nobody goes on for ever: a process that has had some turns in a row leaves the file alone for as long as it
takes the others to look.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Lock

LOOK_SECONDS = 0.002
DRAFTERS_LOOK_SECONDS = 0.004
IN_A_ROW = 3
GIVE_WAY_SECONDS = 0.005


class Turns:
    """The turns at one file. `file` is None for a database in memory, `background` true for those who draft."""

    def __init__(self, file: Path | None, *, background: bool, patience_seconds: float) -> None:
        """Keep the names of the locks; they are opened for each turn, so that a fork shares none."""
        self._mine = Lock()
        self._patience = patience_seconds
        self._pause = DRAFTERS_LOOK_SECONDS if background else LOOK_SECONDS
        self._row = 0
        self._ended = float("-inf")
        self._turn = file.with_name(f"{file.name}-turn") if file else None
        self._asking = file.with_name(f"{file.name}-drafters-turn") if file and background else None

    @contextmanager
    def take(self) -> Iterator[float]:
        """Wait for a turn, first in this process, then among all of them; give the seconds that were waited.

        Whoever has waited as long as the patience lasts goes on without one, and SQLite decides.
        """
        begun = time.monotonic()
        ends = begun + self._patience
        with ExitStack() as held:
            if self._mine.acquire(timeout=self._patience):
                held.callback(self._mine.release)
            if self._turn:
                self._give_way()
                with _locked(self._asking, self._pause, ends):
                    held.enter_context(_locked(self._turn, self._pause, ends))
                held.callback(self._note_the_end)
            yield time.monotonic() - begun

    def _give_way(self) -> None:
        """Leave the others a moment, after some turns with none between them."""
        self._row = self._row + 1 if time.monotonic() - self._ended < GIVE_WAY_SECONDS else 0
        if self._row >= IN_A_ROW:
            self._row = 0
            time.sleep(GIVE_WAY_SECONDS)

    def _note_the_end(self) -> None:
        self._ended = time.monotonic()


@contextmanager
def _locked(path: Path | None, pause: float, ends: float) -> Iterator[None]:
    """Hold the lock of a file, where there is one that can be had, and in time."""
    descriptor = _lock(path, pause, ends) if path else None
    try:
        yield
    finally:
        if descriptor is not None:
            # Also where a process that was forked meanwhile has a copy of the descriptor.
            fcntl.flock(descriptor, fcntl.LOCK_UN)
            os.close(descriptor)


def _lock(path: Path, pause: float, ends: float) -> int | None:
    """Return the descriptor that holds the lock; None where it cannot be had, or not in time."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if os.geteuid() == 0:
            _give_to_the_owner(descriptor, path.parent)
    except OSError:
        return None
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > ends:
                break
            time.sleep(pause)
        except OSError:
            break
        else:
            return descriptor
    os.close(descriptor)
    return None


def _give_to_the_owner(descriptor: int, folder: Path) -> None:
    """Let root, who may do a command first, leave no lock that the desk's own user cannot open."""
    owner = folder.stat()
    if os.fstat(descriptor).st_uid != owner.st_uid:
        os.fchown(descriptor, owner.st_uid, owner.st_gid)
