"""Saving and restoring PostgreSQL by its own programs, which must be on the PATH."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import click
from sqlalchemy import URL, make_url

from service.config import Settings, child_environment


def save(settings: Settings, dump: Path) -> None:
    """Write what pg_dump makes of the database: one moment of it, while others write."""
    _run("pg_dump", settings, "--format=custom", "--no-owner", "--no-privileges", f"--file={dump}")


def put_in_place(settings: Settings, dump: Path) -> None:
    """Replace what is in the database by the dump, all of it or nothing."""
    options = ("--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error")
    _run("pg_restore", settings, *options, str(dump))


def _run(program: str, settings: Settings, *arguments: str) -> None:
    """Run the program against the settings' database; the password goes by the environment, where no `ps` shows it."""
    executable = shutil.which(program)
    if executable is None:
        raise click.ClickException(f"There is no {program} on the PATH. Install PostgreSQL's client programs.")
    url = make_url(settings.database_url)
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own program, with this desk's settings
        [executable, "--no-password", *_connection(url), *arguments],
        env={**child_environment(settings), **({"PGPASSWORD": str(url.password)} if url.password else {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it did not say why"])[-1]
        raise click.ClickException(f"{program} failed: {last}")


def _connection(url: URL) -> list[str]:
    """Return where the database is, in the programs' own options."""
    given = {"host": url.host, "port": url.port, "username": url.username, "dbname": url.database}
    return [f"--{name}={value}" for name, value in given.items() if value is not None]
