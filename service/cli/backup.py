"""The commands that save everything in the database to a file, and put such a file in its place again.

A backup is a zip with a manifest and the database: SQLite's own copy, or what pg_dump writes; both are consistent while
the desk runs. The secret key is not in it: whoever has a backup alone can read no endpoint's secret.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import click
from sqlalchemy import make_url

from service.cli import saving_postgresql, saving_sqlite
from service.cli.acting import sqlite_file
from service.cli.settings import read_settings
from service.config import Settings
from service.storage import migrate
from service.supervisor.lock import AlreadyRunning, hold

MANIFEST = "manifest.json"
CONTENT = {"sqlite": "perstolk.db", "postgresql": "perstolk.dump"}
KIND = "perstolk backup"
CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself."""

    kind: str
    made_at: str
    database: str
    sha256: str


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write everything in the database to FILE; the desk may run meanwhile."""
    settings = read_settings()
    database = _kind_of(settings)
    with _workplace(file.resolve().parent) as folder:
        content = folder / CONTENT[database]
        if database == "sqlite":
            saving_sqlite.save(_existing(settings), content)
        else:
            saving_postgresql.save(settings, content)
        manifest = Manifest(KIND, datetime.now(UTC).isoformat(timespec="seconds"), database, _digest(content))
        packed = folder / "packed.zip"
        with zipfile.ZipFile(packed, "w", compression=zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=2) + "\n")
            archive.write(content, content.name)
        packed.chmod(0o600)
        packed.replace(file)
    click.echo(
        f"Wrote {file} ({file.stat().st_size / 1e6:.1f} MB). Keep the secret key too, in another place.", err=True
    )


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Put the backup in FILE in the place of the database; stop the desk first."""
    settings = read_settings()
    database = _kind_of(settings)
    settings.var_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with hold(settings.var_dir), _workplace(settings.var_dir) as folder:
            content = _unpack(file, folder, database)
            if database == "sqlite":
                kept = saving_sqlite.put_in_place(content, _sqlite(settings))
                if kept is not None:
                    click.echo(f"The database as it was is kept in {kept}.", err=True)
            else:
                saving_postgresql.put_in_place(settings, content)
            migrate.upgrade(settings.database_url)
    except AlreadyRunning as error:
        raise click.ClickException(str(error)) from None
    click.echo("Restored.", err=True)


def _kind_of(settings: Settings) -> str:
    kind = make_url(settings.database_url).get_backend_name()
    if kind not in CONTENT:
        raise click.ClickException(f"Perstolk cannot back up a database of the kind {kind}.")
    return kind


def _sqlite(settings: Settings) -> Path:
    file = sqlite_file(settings.database_url)
    if file is None:
        raise click.ClickException("The database is not in a file.")
    return file


def _existing(settings: Settings) -> Path:
    file = _sqlite(settings)
    if not file.exists():
        raise click.ClickException(f"There is no database yet at {file}.")
    return file


@contextmanager
def _workplace(parent: Path) -> Iterator[Path]:
    """Give a folder of this user's alone, on the disk where the result will be."""
    try:
        folder = Path(tempfile.mkdtemp(prefix=".perstolk-", dir=parent))
    except OSError as error:
        raise click.ClickException(f"Nothing can be written in {parent}: {error.strerror}.") from None
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unpack(file: Path, folder: Path, database: str) -> Path:
    """Return the database out of the backup, whole and of the right kind."""
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = Manifest(**json.loads(archive.read(MANIFEST)))
            if manifest.kind != KIND:
                raise click.ClickException(f"{file} is not a backup of Perstolk.")
            if manifest.database != database:
                message = f"{file} was made from {manifest.database}, but this desk's database is {database}."
                raise click.ClickException(message)
            content = folder / CONTENT[database]
            with archive.open(content.name) as packed, content.open("wb") as unpacked:
                shutil.copyfileobj(packed, unpacked, CHUNK_BYTES)
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError):
        raise click.ClickException(f"{file} is not a backup of Perstolk, or not a whole one.") from None
    if _digest(content) != manifest.sha256:
        raise click.ClickException(f"{file} was changed since it was made.")
    return content


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return _digest_of(file)


def _digest_of(file: IO[bytes]) -> str:
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # typeshed wants a raw file
