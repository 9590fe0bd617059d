"""One child process: it cannot outlive its parent, is restarted with growing pauses, and stops for sure.

Each child leads a process group of its own, so that Ctrl-C reaches the supervisor alone, and so that what a
child started ends with it.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import structlog

RESTART_SECONDS = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
STEADY_SECONDS = 60.0  # a child that ran this long starts anew with the shortest pause
WRONG_SETTINGS = 2  # the status of a process that cannot use the settings, or its own command line
PR_SET_PDEATHSIG = 1

log = structlog.stdlib.get_logger(__name__)

_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@dataclass(frozen=True)
class Plan:
    """How one child is started and stopped.

    `hurry` is the signal that follows when the first one was not enough, and the one sent when the parent
    dies. `pass_fds` are inherited. `mend` runs before a restart, with the number of failures in a row.
    """

    name: str
    command: Sequence[str]
    hurry: signal.Signals = signal.SIGTERM
    pass_fds: Sequence[int] = ()
    mend: Callable[[int], None] | None = None


@dataclass
class Child:
    """A running child and its history.

    It `refuses` where its very first process could not use the settings: those that follow will not either. Later the
    settings may only have been changed for the worse, and what still runs is worth more than the end of all.
    """

    plan: Plan
    environment: Mapping[str, str]
    failures: int = 0
    refuses: bool = False
    _starts: int = 0
    _process: subprocess.Popen[bytes] | None = None
    _started_at: float = 0.0
    _due_at: float = field(default=0.0)

    @property
    def pid(self) -> int | None:
        """The process number, while there is one."""
        return self._process.pid if self._process else None

    @property
    def running(self) -> bool:
        """Is the process alive now?"""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start the process."""
        self._process = subprocess.Popen(  # noqa: S603 - the desk's own commands
            list(self.plan.command),
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=tuple(self.plan.pass_fds),
            preexec_fn=_tie_to_parent(self.plan.hurry),  # noqa: PLW1509 - the supervisor has one thread
        )
        self._started_at = time.monotonic()
        self._starts += 1

    def tend(self) -> None:
        """Notice a death, and start the process again when its pause is over."""
        now = time.monotonic()
        if self.running:
            return
        if self._process is not None:
            status = self._process.returncode
            self.kill()  # what it left behind in its group
            self._process = None
            self.refuses = status == WRONG_SETTINGS and self._starts == 1
            steady = now - self._started_at >= STEADY_SECONDS
            self.failures = 1 if steady else self.failures + 1
            pause = RESTART_SECONDS[min(self.failures, len(RESTART_SECONDS)) - 1]
            self._due_at = now + pause
            log.warning("process_died", process=self.plan.name, status=status, restart_in_seconds=pause)
        elif now >= self._due_at:
            if self.plan.mend:
                self.plan.mend(self.failures)
            self.start()

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the process itself, which tells its own children."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(number)

    def kill(self) -> None:
        """End the process and all of its group at once."""
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def stop(
    children: Sequence[Child],
    *,
    patience_seconds: float,
    hurry_seconds: float,
    now_or_never: Callable[[], bool],
) -> None:
    """Ask the children to end, then hurry them, then end them; no more waiting once `now_or_never()`."""
    for child in children:
        child.send(signal.SIGTERM)
    asked_at = time.monotonic()
    hurried = False
    while any(child.running for child in children):
        waited = time.monotonic() - asked_at
        if now_or_never() or waited >= patience_seconds + hurry_seconds:
            break
        if not hurried and waited >= patience_seconds:
            hurried = True
            for child in children:
                child.send(child.plan.hurry)
        time.sleep(0.02)
    for child in children:
        child.kill()


def _tie_to_parent(number: signal.Signals) -> Callable[[], None] | None:
    """Return what a new child does first, so that the system ends it with its parent; only Linux can.

    A shell's script has what it starts in the background ignore Ctrl-C and SIGQUIT, and whatever that starts as well.
    """
    if _libc is None:
        return None
    parent = os.getpid()

    def tie() -> None:
        signal.signal(number, signal.SIG_DFL)
        _libc.prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != parent:  # it died in between
            os._exit(1)

    return tie
