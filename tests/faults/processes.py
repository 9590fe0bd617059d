"""Finding, stopping and starting the processes of a desk, whichever kind it is."""

from __future__ import annotations

import os
import re
import shutil
import signal
from pathlib import Path

from service.supervisor.redis import answers, redis_command
from tests.journeys.steps import DeskProcesses, EmbeddedDesk, children_of, kill, perstolk
from tests.watching import alive, wait_for

NEEDLES = {"web": "web", "beat": "beat", "drafting": "--hostname=drafting@%h", "clock": "--hostname=clock@%h"}


def process_of(desk: DeskProcesses, kind: str) -> int:
    """Return the number of the desk's web server, clock (`beat`) or a worker (`drafting`, `clock`)."""
    if isinstance(desk, EmbeddedDesk):
        # The supervisor starts what ended, but what ended more than once only after a pause.
        wait_for(lambda: bool(_under_the_supervisor(desk, kind)), seconds=60)
        return _under_the_supervisor(desk, kind)[0]
    name = kind if kind in {"web", "beat"} else "worker"
    return next(p.pid for p in desk.processes if p.poll() is None and name in p.args)  # type: ignore[operator]


def _under_the_supervisor(desk: EmbeddedDesk, kind: str) -> list[int]:
    return [pid for pid in children_of(desk.processes[0].pid) if NEEDLES[kind] in _command(pid)]


def _command(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
    except FileNotFoundError:
        return []


def end(desk: DeskProcesses, kind: str, number: signal.Signals = signal.SIGTERM) -> None:
    """End a process with a signal; the supervisor starts another, and where there is none this does."""
    pid = process_of(desk, kind)
    os.kill(pid, number)
    wait_for(lambda: not alive(pid), seconds=60)
    again(desk, kind)


def again(desk: DeskProcesses, kind: str) -> None:
    """Start in a scaled desk what a supervisor would."""
    if isinstance(desk, EmbeddedDesk):
        return
    for process in desk.processes:
        process.poll()
    if kind in {"web", "beat"}:
        desk.spawn(*perstolk(kind))
    else:
        desk.start_worker()  # type: ignore[attr-defined]


def kill_redis(desk: DeskProcesses) -> None:
    """Kill the broker; where no supervisor starts it again it comes back empty."""
    pid = desk.redis_pid()
    kill([pid])
    wait_for(lambda: not alive(pid))
    if not isinstance(desk, EmbeddedDesk):
        shutil.rmtree(desk.var_dir / "redis", ignore_errors=True)
        desk.spawn(*redis_command(desk.var_dir))
    wait_for(lambda: answers(desk.var_dir), seconds=30)


def who_asks(family: list[int], port: int) -> list[int]:
    """Return those of the processes that have a connection to a port of this machine."""
    peers = set()
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        fields = line.split()
        if fields[3] == "01" and int(fields[2].split(":")[1], 16) == port:
            peers.add(fields[9])
    return [pid for pid in family if peers & _sockets(pid)]


def _sockets(pid: int) -> set[str]:
    found = set()
    try:
        for link in Path(f"/proc/{pid}/fd").iterdir():
            match = re.match(r"socket:\[(\d+)\]", str(link.readlink()))
            if match:
                found.add(match[1])
    except OSError:
        return found
    return found
