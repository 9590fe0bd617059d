"""A whole journey under a random schedule of faults: submitted, drafted, edited, approved, published at its hour, told.

Whoever acts here does what a careful program does: it asks again under the same key when nobody answered.
"""

from __future__ import annotations

import contextlib
import os
import random
import secrets
import signal
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import psycopg

from tests.faults.noting import Noted
from tests.faults.processes import again, kill_redis, process_of
from tests.journeys.steps import RELEASE, DeskProcesses, EmbeddedDesk, ScaledDesk, children_of, fresh, is_whole, kill
from tests.servers.base import Behaviour
from tests.servers.libretranslate import LibreTranslateServer
from tests.watching import alive, wait_for

LONG_SECONDS = 240.0
PAUSE_SECONDS = 0.3
LOCALE = "fr"


@dataclass
class Faults:
    """What can befall a desk; one thing at a time, for each waits until its process is there again."""

    office: DeskProcesses
    engine: LibreTranslateServer
    lock: threading.Lock = field(default_factory=threading.Lock)

    def strike(self, name: str) -> None:
        with self.lock, contextlib.suppress(AssertionError, ProcessLookupError, StopIteration, OSError):
            getattr(self, name)()

    def kill_a_child(self) -> None:
        kill(children_of(process_of(self.office, "drafting"))[:1])

    def kill_a_worker(self) -> None:
        self._end("drafting", signal.SIGKILL)

    def kill_the_clock(self) -> None:
        self._end("beat", signal.SIGKILL)

    def end_a_worker(self) -> None:
        self._end("drafting", signal.SIGTERM)

    def end_the_web_server(self) -> None:
        self._end("web", signal.SIGTERM)

    def _end(self, kind: str, number: signal.Signals) -> None:
        pid = process_of(self.office, kind)
        family = [pid, *children_of(pid)] if number is signal.SIGKILL else [pid]
        for each in family:
            os.kill(each, number)
        wait_for(lambda: not alive(pid), seconds=60)
        again(self.office, kind)

    def empty_the_broker(self) -> None:
        with closing(self.office.redis()) as client:
            client.flushall()

    def kill_the_broker(self) -> None:
        kill_redis(self.office)

    def let_the_engine_fail(self) -> None:
        self.engine.behave(Behaviour.HTTP_500)
        time.sleep(2)
        self.engine.behave(Behaviour.WELL)

    def trouble_the_database(self) -> None:
        if isinstance(self.office, EmbeddedDesk):
            path = self.office.database_url.removeprefix("sqlite:///")
            with closing(sqlite3.connect(path, isolation_level=None, timeout=15)) as other:
                other.execute("BEGIN IMMEDIATE")
                time.sleep(2)
                other.execute("ROLLBACK")
            return
        with psycopg.connect(self.office.database_url.replace("+psycopg", "")) as admin:
            admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")


NAMES = (
    "kill_a_child",
    "kill_a_worker",
    "kill_the_clock",
    "end_a_worker",
    "end_the_web_server",
    "empty_the_broker",
    "kill_the_broker",
    "let_the_engine_fail",
    "trouble_the_database",
)


@dataclass
class Journey:
    """One release on its way, and what it met; `drawn` is the seed's own chance."""

    office: DeskProcesses
    tokens: dict[str, str]
    noted: Noted
    drawn: random.Random
    release_id: str = ""

    def ask(self, who: str, method: str, path: str, *, expected: tuple[int, ...], **options: Any) -> httpx.Response:
        """Make a call until it is answered as expected."""
        ends = time.monotonic() + LONG_SECONDS
        headers = {"Authorization": f"Bearer {self.tokens[who]}", **options.pop("headers", {})}
        told = "nobody answered"
        while time.monotonic() < ends:
            with contextlib.suppress(httpx.HTTPError):
                answer = httpx.request(
                    method, f"{self.office.url}/api/v1{path}", headers=headers, timeout=30, **options
                )
                if answer.status_code in expected:
                    return answer
                told = f"{answer.status_code} {answer.text[:300]}"
            time.sleep(PAUSE_SECONDS)
        message = f"{method} {path}: {told}"
        raise AssertionError(message)

    def travel(self) -> None:
        """Go the whole way."""
        body, key = fresh(RELEASE.read_text(encoding="utf-8")), secrets.token_hex(8)
        taken = self.ask(
            "author",
            "POST",
            "/releases",
            expected=(201,),
            json={"body": body, "format": "text", "targets": [LOCALE]},
            headers={"Idempotency-Key": key},
        ).json()
        self.release_id = taken["id"]
        self.noted.accepted[self.release_id] = body
        place = f"/releases/{self.release_id}"
        self.wait(lambda: all(map(is_whole, self.ask("author", "GET", place, expected=(200,)).json()["versions"])))
        self.edit(f"{place}/versions/{LOCALE}")
        self.approve(f"{place}/versions/{LOCALE}")
        hour = datetime.now(UTC) + timedelta(seconds=self.drawn.uniform(2, 5))
        self.ask("publisher", "PATCH", place, expected=(200,), json={"embargo_at": hour.isoformat()})
        page = f"{self.office.url}/{LOCALE}/{taken['slug']}"
        self.ask("publisher", "POST", f"{place}/publish", expected=(200, 202))
        while datetime.now(UTC) < hour - timedelta(milliseconds=100):
            with contextlib.suppress(httpx.HTTPError):
                answer = httpx.get(page, timeout=5)
                if answer.status_code == 200 and datetime.now(UTC) < hour:
                    self.noted.early.append(page)
            time.sleep(PAUSE_SECONDS)
        self.wait(lambda: self.ask("author", "GET", place, expected=(200,)).json()["state"] == "published")

    def wait(self, question: Callable[[], bool]) -> None:
        ends = time.monotonic() + LONG_SECONDS
        while not question():
            assert time.monotonic() < ends, f"{self.release_id} does not go on"
            time.sleep(PAUSE_SECONDS)

    def edit(self, version: str) -> None:
        """Add a word to a segment; an answer that did not come is looked for in the text."""
        units = self.ask("first", "GET", f"{version}/units", expected=(200,)).json()["items"]
        unit = self.drawn.choice(units)
        text = f"{unit['target']} relu"
        answer = self.ask(
            "first",
            "PATCH",
            f"{version}/units/{unit['id']}",
            expected=(200, 412),
            json={"target": text},
            headers={"If-Match": f'"{unit["row_version"]}"'},
        )
        told = answer.json()
        if answer.status_code == 200 or told.get("theirs") == text:
            self.noted.edits.append((unit["id"], text))

    def approve(self, version: str) -> None:
        """Approve what is there, with a second pair of eyes."""
        for unit in self.ask("second", "GET", f"{version}/units", expected=(200,)).json()["items"]:
            for finding in unit["findings"]:
                place = f"{version}/findings/{finding['id']}/dismiss"
                self.ask("second", "POST", place, expected=(200, 404, 409, 422), json={"reason": "A stand-in."})

        def approved() -> bool:
            found = self.ask("second", "GET", version, expected=(200,)).json()
            if found["state"] == "approved":
                return True
            digest = {"digest": found["digest"]}
            answer = self.ask("second", "POST", f"{version}/approve", expected=(200, 409), json=digest)
            return answer.status_code == 200

        self.wait(approved)


def run_schedule(seed: int, faults: Faults, journey: Journey) -> tuple[str, ...]:
    """Let the journey go its way while faults strike; return which those were."""
    drawn = random.Random(seed)
    plan = [(drawn.uniform(0, 6), drawn.choice(NAMES)) for _ in range(drawn.randint(2, 4))]
    over = threading.Event()

    def strike() -> None:
        for wait, name in plan:
            if over.wait(wait):
                return
            faults.strike(name)

    thread = threading.Thread(target=strike, daemon=True)
    thread.start()
    try:
        journey.travel()
    finally:
        over.set()
        thread.join()
    return tuple(name for _, name in plan)


def live_workers(office: DeskProcesses) -> int:
    """Return how many workers a scaled desk has left."""
    return len([p for p in office.processes if p.poll() is None and "worker" in p.args])  # type: ignore[operator]


def strengthen(office: DeskProcesses) -> None:
    """Give a scaled desk its two workers back."""
    while isinstance(office, ScaledDesk) and live_workers(office) < 2:
        office.start_worker()
