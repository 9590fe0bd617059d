"""Turns at a SQLite file: one writer at a time among all processes, people before workers, and no end of waiting."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from service.storage.session import Database
from service.storage.turns import Turns
from tests.watching import wait_for

HOLD_SECONDS = 0.01
PEOPLE, WORKERS = "people", "workers"
# Two objects are to each other as two processes are: the system's lock belongs to the opened file.
HOLDER = """
import sys, time
from pathlib import Path
from service.storage.turns import Turns
with Turns(Path(sys.argv[1]), background=False, patience_seconds=5).take():
    print("mine", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "desk.db"


def turns(file: Path, *, background: bool = False, patience_seconds: float = 10.0) -> Turns:
    return Turns(file, background=background, patience_seconds=patience_seconds)


@pytest.mark.parametrize("background", [False, True])
def test_a_second_process_waits_until_the_first_has_written(file: Path, *, background: bool) -> None:
    order: list[str] = []

    def second() -> None:
        with turns(file, background=background).take():
            order.append("second")

    thread = Thread(target=second)
    with turns(file, background=background).take():
        thread.start()
        thread.join(0.2)
        order.append("first")
    thread.join()

    assert ["first", "second"] == order


def test_four_workers_that_never_rest_leave_people_their_turns(file: Path) -> None:
    over, taken = Event(), Counter[str]()

    def write(who: str) -> None:
        mine = turns(file, background=who == WORKERS)
        while not over.is_set():
            with mine.take():
                taken[who] += 1
                time.sleep(HOLD_SECONDS)

    threads = [Thread(target=write, args=(who,)) for who in (WORKERS, WORKERS, WORKERS, WORKERS, PEOPLE)]
    for thread in threads:
        thread.start()
    wait_for(lambda: taken.total() >= 150)
    over.set()
    for thread in threads:
        thread.join()

    assert taken[WORKERS] > taken.total() / 10
    assert taken[PEOPLE] > taken.total() / 3  # a fifth, were all of them alike


def test_who_has_waited_long_enough_goes_on_and_sqlite_decides(file: Path) -> None:
    with turns(file).take():
        begun = time.monotonic()
        with turns(file, patience_seconds=0.1).take():
            waited = time.monotonic() - begun

    assert 0.1 <= waited < 5


def test_a_process_that_dies_lets_its_turn_go(file: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(file)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        holder.stdout.readline()
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait()
        begun = time.monotonic()
        with turns(file).take():
            waited = time.monotonic() - begun

    assert waited < 1


def test_where_no_lock_can_be_had_there_is_no_waiting(tmp_path: Path) -> None:
    file = tmp_path / "nowhere" / "desk.db"
    with turns(file).take():
        begun = time.monotonic()
        with turns(file).take():
            waited = time.monotonic() - begun

    assert waited < 1


def test_the_database_of_a_worker_asks_behind_the_others(sqlite_url: str) -> None:
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    seen = []
    for background in (False, True):
        database = Database(sqlite_url, background=background)
        with database.writing():
            pass
        database.dispose()
        seen.append(file.with_name(f"{file.name}-drafters-turn").exists())

    assert [False, True] == seen


def test_who_waited_for_a_turn_waits_no_second_time_for_sqlite(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.storage.session.BUSY_MILLISECONDS", 1_500)
    database = Database(sqlite_url)
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    with closing(sqlite3.connect(file, isolation_level=None)) as other, turns(file).take():
        other.execute("BEGIN IMMEDIATE")
        begun = time.monotonic()
        with pytest.raises(OperationalError, match="locked"), database.writing() as session:
            session.execute(text("SELECT 1"))
        waited = time.monotonic() - begun
        other.execute("ROLLBACK")
    with database.writing() as session:
        left = session.scalar(text("PRAGMA busy_timeout"))
    database.dispose()

    assert 1.5 <= waited < 2.9  # twice as long would be 3
    assert 1_500 <= left


def test_a_turn_that_root_takes_leaves_the_lock_to_whose_desk_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    folder.mkdir()
    if os.geteuid() == 0:
        os.chown(folder, 65_534, 65_534)
    desk = folder.stat()

    with Turns(folder / "desk.db", background=False, patience_seconds=1).take():
        lock = (folder / "desk.db-turn").stat()

    assert (desk.st_uid, desk.st_gid) == (lock.st_uid, lock.st_gid)
