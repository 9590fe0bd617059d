"""Workers that die by SIGKILL at a chosen step, so that every step can be the last one of a process.

Run as a program it reads orders, one JSON object a line, and forks a worker for each; it answers with the signal that
ended it. The product knows nothing of failpoints: they are put around its functions here.
"""

from __future__ import annotations

import functools
import importlib
import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from sqlalchemy import event, select

from service.dispatch import RecordingDispatcher
from service.storage.models import Delivery
from service.uow import Desk
from tests.desk_fixtures import StillClock, make_desk
from tests.faults.working import compose
from workers.composition import _Process
from workers.tasks.delivery import deliver
from workers.tasks.drafting import draft
from workers.tasks.sweeping import sweep

# Where a worker dies: module, function, before or after which call of it.
FAILPOINTS: dict[str, tuple[str, str, str, int]] = {
    "found, not yet begun": ("workers.tasks.sweeping", "publish_one", "before", 1),
    "claimed": ("service.operations.leases", "claim", "after", 1),
    "first language frozen": ("service.operations.publishing", "_freeze", "after", 1),
    "last language frozen": ("service.operations.publishing", "_freeze", "after", 3),
    "announced": ("service.operations.outbox", "emit_of_release", "after", 1),
    "committing": ("", "", "before", 2),  # the first commit is the sweeper's own
    "committed": ("workers.tasks.sweeping", "publish_one", "after", 1),
    "event made": ("service.operations.delivering", "hears", "before", 1),
    "relayed": ("workers.tasks.sweeping", "relay_some", "after", 1),
    "taken to send": ("workers.tasks.delivery", "send", "before", 1),
    "sent, not on record": ("workers.tasks.delivery", "send", "after", 1),
    "on record": ("workers.tasks.delivery", "record_attempt", "after", 1),
    "drafting": ("workers.tasks.drafting", "draft_version", "before", 1),
}
PUBLISHING = [name for name in FAILPOINTS if name != "drafting"]


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def plant(desk: Desk, failpoint: str) -> None:
    """Let this process die at the failpoint."""
    module_name, name, when, count = FAILPOINTS[failpoint]
    calls = iter(range(1, 1000))

    def come(_session: object = None) -> None:
        if next(calls) == count:
            die()

    if not module_name:
        event.listen(desk.database._writing, "before_commit", come)
        return
    module = importlib.import_module(module_name)
    original: Callable[..., Any] = getattr(module, name)

    @functools.wraps(original)
    def around(*arguments: Any, **named: Any) -> Any:
        if when == "before":
            come()
        result = original(*arguments, **named)
        if when == "after":
            come()
        return result

    setattr(module, name, around)


def work(order: dict[str, Any]) -> None:
    """Be a worker that does what is due, until it dies."""
    clock = StillClock(datetime.fromisoformat(order["now"]))
    desk = make_desk(order["database"], RecordingDispatcher(), clock)
    _Process.parts = compose(desk, Path(order["folder"]))
    plant(desk, order["failpoint"])
    if order["job"]:
        draft(order["job"])
        return
    sweep()
    clock.forward(seconds=1)
    sweep()
    clock.forward(seconds=1)
    sweep()
    for delivery_id in _pending(desk):
        deliver(delivery_id)


def _pending(desk: Desk) -> list[str]:
    with desk.read() as reading:
        return list(reading.session.scalars(select(Delivery.id).where(Delivery.state == "pending")))


class Mortals:
    """The program, seen from a test."""

    def __enter__(self) -> Self:
        self._program = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.dying"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        return self

    def __exit__(self, *_: object) -> None:
        assert self._program.stdin
        assert self._program.stdout
        self._program.stdin.close()
        self._program.wait(10)
        self._program.stdout.close()

    def die(self, desk: Desk, now: datetime, failpoint: str, folder: Path, *, job: str = "") -> int:
        """Let a worker die at the failpoint; return the signal that ended it, 0 if it came to its end."""
        order = {
            "database": desk.database.url,
            "now": now.isoformat(),
            "failpoint": failpoint,
            "folder": str(folder),
            "job": job,
        }
        assert self._program.stdin
        assert self._program.stdout
        self._program.stdin.write(json.dumps(order) + "\n")
        self._program.stdin.flush()
        return int(self._program.stdout.readline())


def main() -> None:
    """Fork a worker for each order."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what it says is no answer
            try:
                work(json.loads(line))
            except BaseException:  # noqa: BLE001 - a fork must not come back into the parent's loop
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
