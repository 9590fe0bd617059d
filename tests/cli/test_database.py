"""What the commands say where the database is away, is not there, or is another one."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from service.storage.session import Database
from tests.cli.conftest import Perstolk
from tests.desk_fixtures import POSTGRES

AWAY = "postgresql://desk:hunter2@127.0.0.1:9/desk"
PERSON = "an@office.example"
# Every command that asks the database. `doctor` tells the same among its lines; `web`, `worker` and `beat` start
# without it, since it may come later.
COMMANDS = {
    "db check": (),
    "db upgrade": (),
    "user add": (PERSON, "--name", "An", "--role", "author"),
    "token issue": (PERSON, "--name", "site"),
    "submit": ("FILE", "--as", PERSON),
    "endpoint add": ("https://news.example/hooks",),
    "endpoint replay": ("end_1",),
    "secrets renew": (),
    "terms import": ("FILE",),
    "terms export": (),
    "memory import": ("FILE",),
    "memory export": (),
}


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let the commands use another database."""

    def use(address: str) -> None:
        monkeypatch.setenv("PERSTOLK_DATABASE_URL", address)
        monkeypatch.setenv("PERSTOLK_SECRET_KEY", "a secret key for tests only")
        monkeypatch.setenv("PERSTOLK_PORT", "0")

    return use


@pytest.mark.parametrize("command", COMMANDS)
def test_a_database_that_is_away_is_told_in_a_sentence_without_its_password(
    perstolk: Perstolk, use: Callable[[str], None], tmp_path: Path, command: str
) -> None:
    use(AWAY)
    file = tmp_path / "file.txt"
    file.write_text("nl,fr\npers,presse\n", encoding="utf-8")

    done = perstolk(*command.split(), *(str(file) if it == "FILE" else it for it in COMMANDS[command]))

    assert 1 == done.exit_code
    assert "Error: The database does not answer (OperationalError). See that it runs, and" in done.stderr
    assert 1 == len(done.stderr.splitlines())
    assert "hunter2" not in done.output


@pytest.mark.slow
def test_a_desk_without_its_database_does_not_start_and_leaves_nothing_running(
    perstolk: Perstolk, use: Callable[[str], None], var_dir: Path
) -> None:
    use(AWAY)

    done = perstolk("run")

    assert 1 == done.exit_code
    assert "Error: The database does not answer (OperationalError)." in done.stderr
    assert "Traceback" not in done.stderr
    assert "hunter2" not in done.output
    assert not (var_dir / "redis.sock").exists()


@pytest.mark.postgresql
@pytest.mark.parametrize("command", ["check", "upgrade"])
def test_a_server_without_the_database_is_told_so(
    perstolk: Perstolk, use: Callable[[str], None], postgres_template: str, command: str
) -> None:
    use(f"{POSTGRES.rsplit('/', 1)[0]}/perstolk_none_{secrets.token_hex(4)}")

    done = perstolk("db", command)

    assert 1 == done.exit_code
    assert "Error: The database does not answer (OperationalError)." in done.stderr


@pytest.mark.parametrize("command", ["db check", "db upgrade", "memory export", "backup FILE"])
def test_a_file_that_is_no_database_is_told_so(
    perstolk: Perstolk, use: Callable[[str], None], tmp_path: Path, command: str
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("This is a letter, and no database. " * 200, encoding="utf-8")
    use(f"sqlite:///{letter}")

    done = perstolk(*command.replace("FILE", str(tmp_path / "backup.zip")).split())

    assert 1 == done.exit_code
    assert "Error: The database failed (DatabaseError)." in done.stderr
    assert "database_failed" in done.stderr
    assert "no database" not in done.stderr


def test_a_database_of_a_newer_version_is_told_so(perstolk: Perstolk, var_dir: Path) -> None:
    with closing(sqlite3.connect(var_dir / "perstolk.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()

    done = perstolk("db", "upgrade")

    assert 1 == done.exit_code
    assert "a newer version of Perstolk made it" in done.stderr


def test_the_schema_is_made_and_then_told_to_be_current(
    perstolk: Perstolk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PERSTOLK_VAR_DIR", str(tmp_path / "new"))

    made = perstolk("db", "upgrade")
    checked = perstolk("db", "check")

    assert (0, 0) == (made.exit_code, checked.exit_code), made.output + checked.output
    assert "The database's schema is current.\n" == checked.stdout


def test_a_fault_that_is_not_the_databases_stays_one(perstolk: Perstolk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise LookupError

    monkeypatch.setattr(Database, "__init__", broken)

    done = perstolk("db", "check")

    assert isinstance(done.exception, LookupError)
