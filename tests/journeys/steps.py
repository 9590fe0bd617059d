"""A real desk in processes of its own, and the steps that people and programs take at it.

`EmbeddedDesk` is one `perstolk run`; `ScaledDesk` is PostgreSQL, a Redis, a web server, two workers and a clock. Both
are driven from outside only: by commands, by HTTP, and by signals to their processes.
"""

from __future__ import annotations

import itertools
import json
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
from redis import Redis
from sqlalchemy import func, select

from service.config import PREFIX
from service.settings.redis_address import own_redis_socket
from service.storage.models import Unit, UnitRevision, Version
from service.storage.session import Database
from service.supervisor.redis import answers, redis_command
from tests.journeys import people
from tests.watching import alive, wait_for

ROOT = Path(__file__).parents[2]
REAL_RELEASE = ROOT.parent / "shared" / "data" / "releases" / "verlinden-2024-01-25" / "nl.txt"
RELEASE = REAL_RELEASE if REAL_RELEASE.is_file() else Path(__file__).parent / "persbericht.txt"
LOCALES = ("fr", "de", "en")
TRUSTED = httpx.create_ssl_context()  # made once: reading the list takes longer than most answers
START_SECONDS = 90.0
DRAFT_SECONDS = 90.0


class DeskProcesses:
    """What both kinds of desk share: settings, commands, people, and the processes that may be killed."""

    def __init__(self, folder: Path, engine_url: str, *, port: int = 0) -> None:
        """Keep the settings; nothing is started yet."""
        self.folder = folder
        self.var_dir = folder / "var"
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "desk.log"
        self.processes: list[subprocess.Popen[bytes]] = []
        self.settings = {
            "PERSTOLK_VAR_DIR": str(self.var_dir),
            "PERSTOLK_PORT": str(self.port),
            "PERSTOLK_ENGINES": "libretranslate",
            "PERSTOLK_LIBRETRANSLATE_URL": engine_url,
            "PERSTOLK_WEBHOOK_ALLOW_NETWORKS": "127.0.0.0/8",
            "PERSTOLK_RETRY_SCALE": "0.02",
        }
        self._programs: dict[str, Program] = {}

    @property
    def environment(self) -> dict[str, str]:
        """What the desk's processes are given: its own settings, and none of whoever runs the tests."""
        return {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)} | self.settings

    @property
    def database_url(self) -> str:
        return self.settings.get("PERSTOLK_DATABASE_URL", f"sqlite:///{self.var_dir / 'perstolk.db'}")

    @property
    def redis_socket(self) -> Path:
        return own_redis_socket(self.var_dir)

    def redis(self) -> Redis:
        return Redis(unix_socket_path=str(self.redis_socket))

    def redis_pid(self) -> int:
        with closing(self.redis()) as client:
            return int(client.info("server")["process_id"])

    def drafting_family(self) -> list[int]:
        """The numbers of one worker that drafts and of its children, the parent first."""
        raise NotImplementedError

    def spawn(self, *command: str) -> subprocess.Popen[bytes]:
        """Start one of the desk's commands; its output goes to the log."""
        with self.log.open("ab") as output:
            process = subprocess.Popen(
                command,
                env=self.environment,
                stdout=output,
                stderr=output,
                cwd=ROOT,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def command(self, *arguments: str, stdin: str = "", status: int = 0) -> str:
        """Run a command of the desk to its end, and return what it wrote to standard output."""
        done = subprocess.run(
            perstolk(*arguments),
            env=self.environment,
            cwd=ROOT,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            timeout=DRAFT_SECONDS,
        )
        assert status == done.returncode, done.stdout + done.stderr
        return done.stdout

    def wait_until_ready(self) -> None:
        try:
            wait_for(lambda: self._get("/readyz") == 200, seconds=START_SECONDS)
        except AssertionError:
            raise AssertionError(self.log.read_text()[-4000:]) from None

    def _get(self, path: str) -> int:
        try:
            return httpx.get(self.url + path, timeout=5, verify=TRUSTED).status_code
        except httpx.HTTPError:
            return 0

    def add_people(self) -> None:
        people.add_people(self.database_url)

    def program(self, email: str) -> Program:
        """Return a program that acts for the person."""
        if email not in self._programs:
            self._programs[email] = Program(self.url, people.issue(self.database_url, email))
        return self._programs[email]

    def machine_revisions(self, release_id: str) -> dict[str, int]:
        """Return how often a machine wrote each unit of the release."""
        database = Database(self.database_url)
        try:
            with database.reading() as session:
                rows = session.execute(
                    select(Unit.id, func.count(UnitRevision.id))
                    .join(Version, Version.id == Unit.version_id)
                    .outerjoin(UnitRevision, (UnitRevision.unit_id == Unit.id) & UnitRevision.user_id.is_(None))
                    .where(Version.release_id == release_id)
                    .group_by(Unit.id)
                )
                return {unit: count for unit, count in rows}  # noqa: C416 - rows are no pairs to mypy
        finally:
            database.dispose()

    def stop(self) -> None:
        for program in self._programs.values():
            program.close()
        for process in reversed(self.processes):
            if process.poll() is None:
                process.terminate()
        for process in self.processes:
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


class EmbeddedDesk(DeskProcesses):
    """One command, SQLite, a Redis of its own."""

    def start(self) -> None:
        self.spawn(*perstolk("run"))
        self.wait_until_ready()

    def drafting_family(self) -> list[int]:
        return family_of(self.processes[0].pid, "drafting")


class ScaledDesk(DeskProcesses):
    """PostgreSQL and Redis, a web server, two workers for everything, a clock."""

    def __init__(self, folder: Path, engine_url: str, database_url: str) -> None:
        super().__init__(folder, engine_url)
        self.settings |= {
            "PERSTOLK_DATABASE_URL": database_url,
            "PERSTOLK_REDIS_URL": f"unix://{self.redis_socket}",
            "PERSTOLK_SECRET_KEY": secrets.token_urlsafe(32),
        }

    def start(self) -> None:
        self.var_dir.mkdir(mode=0o700)
        self.spawn(*redis_command(self.var_dir))
        wait_for(lambda: answers(self.var_dir))
        self.command("db", "upgrade")
        self.spawn(*perstolk("web"))
        for _ in range(2):
            self.start_worker()
        self.spawn(*perstolk("beat"))
        self.wait_until_ready()

    def start_worker(self) -> None:
        self.spawn(*perstolk("worker", "--concurrency", "3"))

    def drafting_family(self) -> list[int]:
        worker = next(p for p in self.processes if p.poll() is None and "worker" in p.args)  # type: ignore[operator]
        return [worker.pid, *children_of(worker.pid)]


class Program:
    """A program at the REST interface, with a person's token."""

    def __init__(self, url: str, token: str) -> None:
        """Keep the address and the token."""
        self._client = httpx.Client(
            limits=httpx.Limits(keepalive_expiry=2.0),
            base_url=f"{url}/api/v1",
            headers={"Authorization": f"Bearer {token}"},
            timeout=30,
        )

    def close(self) -> None:
        """Let go of its connections."""
        self._client.close()

    def call(self, method: str, path: str, *, expected: int = 200, **options: Any) -> Any:
        """Make a call and return what was answered."""
        answer = self._client.request(method, path, **options)
        assert expected == answer.status_code, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    def submit(self, **facts: Any) -> dict[str, Any]:
        """Submit the release as JSON, with sentences that the memory does not know yet."""
        body = {"body": fresh(RELEASE.read_text(encoding="utf-8")), "format": "text", **facts}
        found: dict[str, Any] = self.call("POST", "/releases", expected=201, json=body)
        return found

    def release(self, release_id: str) -> dict[str, Any]:
        found: dict[str, Any] = self.call("GET", f"/releases/{release_id}")
        return found

    def version(self, release_id: str, locale: str) -> dict[str, Any]:
        found: dict[str, Any] = self.call("GET", f"/releases/{release_id}/versions/{locale}")
        return found

    def units(self, release_id: str, locale: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.call("GET", f"/releases/{release_id}/versions/{locale}/units")["items"]
        return found

    def write(self, release_id: str, locale: str, unit: dict[str, Any], **changes: Any) -> dict[str, Any]:
        """Save a unit as it was read."""
        path = f"/releases/{release_id}/versions/{locale}/units/{unit['id']}"
        found: dict[str, Any] = self.call("PATCH", path, json=changes, headers={"If-Match": f'"{unit["row_version"]}"'})
        return found

    def wait_for_versions(self, release_id: str, question: Any, *, seconds: float = DRAFT_SECONDS) -> dict[str, Any]:
        """Wait until the question holds for every version, and return the release."""
        wait_for(lambda: all(question(it) for it in self.release(release_id)["versions"]), seconds=seconds)
        return self.release(release_id)

    def approve_all(self, release_id: str) -> dict[str, str]:
        """Put findings aside, confirm and approve every version; return the digests by locale."""
        digests = {}
        for locale in LOCALES:
            path = f"/releases/{release_id}/versions/{locale}"
            for unit in self.units(release_id, locale):
                for finding in unit["findings"]:
                    if finding["severity"] == "warning":
                        self.call("POST", f"{path}/findings/{finding['id']}/dismiss", json={"reason": "A stand-in."})
            self.call("POST", f"{path}/confirm")
            digests[locale] = self.version(release_id, locale)["digest"]
            self.call("POST", f"{path}/approve", json={"digest": digests[locale]})
        return digests


_numbers = itertools.count(1)
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_CONSONANTS, _VOWELS = "bcdfghjklmnpqrstvwxz", "aeiouy"  # twenty and six: it takes sixty releases to come round


def fresh(text: str) -> str:
    """Give every sentence and heading words that no earlier release had, so that each one must be drafted.

    Another number would not do: the memory mends it. Letters are exchanged in words of four letters and more.
    """
    number = next(_numbers)
    moved = "".join(
        letters[(place + number) % len(letters)] for letters in (_CONSONANTS, _VOWELS) for place in range(len(letters))
    )
    letters = str.maketrans(_CONSONANTS + _VOWELS, moved)
    lines = (
        line if line.startswith("Persbericht") else _LONG_WORD.sub(lambda found: found[0].translate(letters), line)
        for line in text.splitlines()
    )
    return "\n".join(lines) + "\n"


def is_whole(version: dict[str, Any]) -> bool:
    """Is the version drafted to its last segment?"""
    return version["state"] == "in_review" and version["progress"]["empty"] == 0


def has_begun(version: dict[str, Any]) -> bool:
    """Is the version drafted in part?"""
    return 0 < version["progress"]["drafted"] < version["progress"]["segments"]


def perstolk(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "service", *arguments]


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def children_of(pid: int) -> list[int]:
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], check=False, capture_output=True, text=True
    ).stdout
    return [int(child) for child in listed.split()]


def family_of(supervisor: int, name: str) -> list[int]:
    """Return the child of the supervisor whose command names it so, and that child's children."""
    for pid in children_of(supervisor):
        command = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
        if any(name in part for part in command):
            return [pid, *children_of(pid)]
    return []


def kill(pids: Sequence[int]) -> None:
    """End processes as a power cut would."""
    for pid in pids:
        if alive(pid):
            os.kill(pid, signal.SIGKILL)


@contextmanager
def suspended(pid: int) -> Iterator[None]:
    """Stop a process for a while, so that it hangs rather than refuses."""
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def page(url: str) -> httpx.Response:
    """Read a public page as anybody."""
    return httpx.get(url, timeout=10, verify=TRUSTED)


def add_receiver(desk: DeskProcesses, url: str, *events: str, internal: bool = False) -> dict[str, str]:
    """Add a receiver by the command line; return its id and secret."""
    given = [part for event in events for part in ("--event", event)]
    made: dict[str, str] = json.loads(
        desk.command("endpoint", "add", url, *given, *(["--internal"] if internal else []))
    )
    return made


def seconds_of(began: float) -> float:
    """Return the seconds since a moment of the steady clock."""
    return time.monotonic() - began
