from __future__ import annotations

import os
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from service.supervisor.children import Child, Plan
from service.supervisor.listening import CannotListen, listen
from service.supervisor.lock import hold
from tests.watching import alive, wait_for


def test_a_lock_outlives_nobody(tmp_path: Path) -> None:
    with hold(tmp_path):
        pass

    with hold(tmp_path):
        held = (tmp_path / "perstolk.lock").read_text()

    assert f"{os.getpid()}\n" == held


def test_a_port_in_use_is_named_with_what_to_do() -> None:
    with closing(listen("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(CannotListen, match=f"Port {port} .*PERSTOLK_PORT="):
            listen("127.0.0.1", port)


def test_the_pause_before_a_restart_grows() -> None:
    child = Child(Plan("ends", [sys.executable, "-c", ""]), {})
    pauses: list[float] = []

    child.start()
    for _ in range(3):
        wait_for(lambda: not child.running)
        began = time.monotonic()
        child.tend()
        while not child.running and time.monotonic() - began < 5:
            child.tend()
            if child.pid is not None:
                break
        pauses.append(time.monotonic() - began)
    child.kill()

    assert sorted(pauses) == pauses
    assert pauses[0] >= 0.2
    assert pauses[2] >= 1.0


@pytest.mark.parametrize("statuses, refuses", [((2,), True), ((1,), False), ((0,), False), ((1, 2), False)], ids=str)
def test_only_the_first_process_of_a_child_can_say_that_none_will_start(
    tmp_path: Path, statuses: tuple[int, ...], *, refuses: bool
) -> None:
    left = tmp_path / "left"
    left.write_text("".join(map(str, statuses)))
    program = (
        f"import pathlib; left = pathlib.Path({str(left)!r}); now, rest = left.read_text()[:1], left.read_text()[1:];"
        "left.write_text(rest); raise SystemExit(int(now))"
    )
    child = Child(Plan("ends", [sys.executable, "-c", program]), dict(os.environ))

    child.start()
    for _ in statuses:
        wait_for(lambda: child.pid or child.tend() or child.pid)  # its pause is over
        wait_for(lambda: not child.running)
        child.tend()

    assert refuses == child.refuses
    assert "" == left.read_text()


def test_a_child_takes_what_it_started_along(tmp_path: Path) -> None:
    noted = tmp_path / "pid"
    program = (
        "import subprocess, sys, pathlib, time;"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
        f"pathlib.Path({str(noted)!r}).write_text(str(child.pid)); time.sleep(60)"
    )
    child = Child(Plan("parent", [sys.executable, "-c", program]), dict(os.environ))
    child.start()
    wait_for(lambda: noted.exists() and noted.read_text())

    child.kill()

    wait_for(lambda: not alive(int(noted.read_text())))
