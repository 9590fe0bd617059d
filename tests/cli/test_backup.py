from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from service.cli import saving_postgresql
from service.queries.accounts import people
from service.storage.session import Database
from service.supervisor.lock import hold
from tests.cli.conftest import Perstolk

FIRST, LATER = "first@office.example", "later@office.example"


def add(perstolk: Perstolk, email: str) -> None:
    added = perstolk("user", "add", email, "--name", "N", "--role", "author")
    assert 0 == added.exit_code, added.output


def emails(database_url: str) -> set[str]:
    database = Database(database_url)
    with database.reading() as session:
        found = {user.email for user in people(session)}
    database.dispose()
    return found


def test_a_restored_backup_is_what_there_was_and_the_present_is_kept(
    perstolk: Perstolk, var_dir: Path, tmp_path: Path
) -> None:
    file = tmp_path / "backup.zip"
    add(perstolk, FIRST)
    saved = perstolk("backup", str(file))
    add(perstolk, LATER)

    restored = perstolk("restore", str(file))

    kept = next(var_dir.glob("perstolk.db.before-restore-*"))
    assert (0, 0) == (saved.exit_code, restored.exit_code), saved.output + restored.output
    assert {FIRST} == emails(f"sqlite:///{var_dir / 'perstolk.db'}")
    assert {FIRST, LATER} == emails(f"sqlite:///{kept}")


def test_a_backup_is_its_owners_alone_and_without_the_key(perstolk: Perstolk, var_dir: Path, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    add(perstolk, FIRST)

    perstolk("backup", str(file))

    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
    assert ["manifest.json", "perstolk.db"] == names
    assert 0o600 == file.stat().st_mode & 0o777
    assert [file.name] == [path.name for path in tmp_path.iterdir() if path.is_file()]


def test_a_desk_that_runs_is_not_restored(perstolk: Perstolk, var_dir: Path, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    perstolk("backup", str(file))

    with hold(var_dir):
        refused = perstolk("restore", str(file))

    assert 1 == refused.exit_code
    assert "already runs" in refused.stderr


def changed(file: Path) -> None:
    """Put another database into the backup, under the same manifest."""
    with zipfile.ZipFile(file) as archive:
        manifest = archive.read("manifest.json")
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("manifest.json", manifest)
        archive.writestr("perstolk.db", b"SQLite format 3\x00 and then nothing")


def cut(file: Path) -> None:
    """Lose the end of the file."""
    file.write_bytes(file.read_bytes()[:-200])


@pytest.mark.parametrize("spoil, sentence", [(changed, "was changed since"), (cut, "not a whole one")])
def test_a_spoilt_backup_changes_nothing(
    perstolk: Perstolk, var_dir: Path, tmp_path: Path, spoil: object, sentence: str
) -> None:
    file = tmp_path / "backup.zip"
    add(perstolk, FIRST)
    perstolk("backup", str(file))
    add(perstolk, LATER)
    spoil(file)  # type: ignore[operator]

    refused = perstolk("restore", str(file))

    assert 1 == refused.exit_code
    assert sentence in refused.stderr
    assert {FIRST, LATER} == emails(f"sqlite:///{var_dir / 'perstolk.db'}")


@pytest.mark.postgresql
def test_postgresql_is_saved_and_restored_by_its_own_programs(
    perstolk: Perstolk, postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if shutil.which("pg_dump") is None:
        pytest.skip("no pg_dump on the PATH")
    monkeypatch.setenv("PERSTOLK_DATABASE_URL", postgres_url)
    monkeypatch.setenv("PERSTOLK_SECRET_KEY", "a secret key for tests only")
    file = tmp_path / "backup.zip"
    add(perstolk, FIRST)
    saved = perstolk("backup", str(file))
    add(perstolk, LATER)

    restored = perstolk("restore", str(file))

    assert (0, 0) == (saved.exit_code, restored.exit_code), saved.output + restored.output
    assert {FIRST} == emails(postgres_url)


def test_a_machine_without_the_programs_says_what_to_install(
    perstolk: Perstolk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PERSTOLK_DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:9/nothing")
    monkeypatch.setenv("PERSTOLK_SECRET_KEY", "a secret key for tests only")
    monkeypatch.setattr(saving_postgresql.shutil, "which", lambda _program: None)

    refused = perstolk("backup", str(tmp_path / "backup.zip"))

    assert 1 == refused.exit_code
    assert "Install PostgreSQL's client programs" in refused.stderr
