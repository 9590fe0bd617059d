"""A PostgreSQL server for one run of tests, in a folder of its own: it may be stopped, killed and started again."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Self

from tests.journeys.steps import free_port

NOBODY_SPECIAL = "postgres"  # PostgreSQL refuses to run as root


def find_postgres() -> Path | None:
    """Return the directory of the newest server programs, or None."""
    beside = shutil.which("pg_ctl")
    installed = [Path(beside).parent] if beside else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return next((folder for folder in reversed(installed) if (folder / "initdb").exists()), None)


# The disk is there for the server alone, and goes with it.
SMALL_DISK = 'mount -t tmpfs -o size=$1m,mode=0700,uid=$(id -u "$2") tmpfs "$3" && shift 3 && exec "$@"'


def small_disk(folder: Path, *, megabytes: int) -> list[str]:
    """Return what to put before a command that is to find a disk of its own, so large, in a folder."""
    return ["unshare", "--mount", "sh", "-c", SMALL_DISK, "sh", str(megabytes), NOBODY_SPECIAL, str(folder)]


def may_mount(folder: Path) -> bool:
    """May this process have a disk of its own? Many containers may not."""
    if os.geteuid() != 0 or shutil.which("unshare") is None:
        return False
    command = [*small_disk(folder, megabytes=1), "true"]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


class OwnPostgres:
    """A server on loopback; use it as a context manager. With `disk_megabytes` there is a disk so small at `disk`."""

    def __init__(self, programs: Path, *, disk_megabytes: int = 0) -> None:
        """Choose the place, beside other tests' folders, which are closed to everybody else."""
        self._programs = programs
        self._disk_megabytes = disk_megabytes
        self.folder = Path(tempfile.mkdtemp(prefix="perstolk-postgres-"))
        self.port = free_port()
        self.disk = self.folder.with_name(f"{self.folder.name}-disk")
        self.url = f"postgresql+psycopg://desk@127.0.0.1:{self.port}/postgres"

    def __enter__(self) -> Self:
        if os.geteuid() == 0:
            shutil.chown(self.folder, NOBODY_SPECIAL)
        self.disk.mkdir()
        self._run("initdb", "--auth=trust", "--username=desk", "--encoding=UTF8", "--no-sync")
        settings = f"port = {self.port}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = ''\n"
        with (self.folder / "postgresql.conf").open("a") as file:
            file.write(settings + "shared_buffers = 32MB\nsynchronous_commit = on\n")
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        shutil.rmtree(self.folder)
        self.disk.rmdir()

    def start(self) -> None:
        """Start the server and wait until it takes connections."""
        self._run("pg_ctl", "--wait", f"--log={self.folder / 'server.log'}", "start")

    def stop(self, mode: str = "immediate") -> None:
        """Stop the server; `immediate` is as a crash of it."""
        self._run("pg_ctl", "--wait", f"--mode={mode}", "stop")

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._programs / program), f"--pgdata={self.folder}", *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", NOBODY_SPECIAL, "--", *command]
        if self._disk_megabytes:
            command = [*small_disk(self.disk, megabytes=self._disk_megabytes), *command]
        done = subprocess.run(command, check=False, capture_output=True, text=True, cwd="/", stdin=subprocess.DEVNULL)
        assert done.returncode == 0, done.stdout + done.stderr
