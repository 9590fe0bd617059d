from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from unittest.mock import create_autospec

import pytest
from click.testing import Result
from sqlalchemy import text
from sqlalchemy.orm import Session

from service.queries.upkeep import cleans_itself
from service.storage.session import Database
from tests.cli.conftest import Perstolk
from tests.servers.libretranslate import LibreTranslateServer


def verdicts(done: Result) -> dict[str, str]:
    return {line.split()[1]: line.split()[0] for line in done.stdout.splitlines()}


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> LibreTranslateServer:
    monkeypatch.setenv("PERSTOLK_ENGINES", "libretranslate")
    return LibreTranslateServer()


def test_each_part_gets_a_line_and_a_broken_one_status_one(
    perstolk: Perstolk, engine: LibreTranslateServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with engine:
        monkeypatch.setenv("PERSTOLK_LIBRETRANSLATE_URL", engine.url)
        done = perstolk("doctor")

    assert 1 == done.exit_code
    assert {
        "settings": "ok",
        "database": "ok",
        "migrations": "ok",
        "broker": "BROKEN",  # this desk does not run
        "beat": "BROKEN",
        "clock": "ok",
        "audit": "ok",
        "disk": "ok",
        "work": "ok",
        "breakers": "ok",
        "endpoints": "ok",
        "mail": "ok",
        "libretranslate": "ok",
    } == verdicts(done)
    assert [] == engine.translations


def test_an_engine_that_is_away_is_told(
    perstolk: Perstolk, engine: LibreTranslateServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with engine:
        monkeypatch.setenv("PERSTOLK_LIBRETRANSLATE_URL", engine.url)
    done = perstolk("doctor")

    assert "BROKEN" == verdicts(done)["libretranslate"]
    assert "refused_connection" in done.stdout


def test_a_database_that_does_not_look_after_itself_is_told(
    perstolk: Perstolk, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PERSTOLK_LIBRETRANSLATE_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("PERSTOLK_SECRET_KEY", "sixteen characters of chance")
    monkeypatch.setenv("PERSTOLK_DATABASE_URL", postgres_url)
    database = Database(postgres_url)
    with database.reading() as session:
        is_on = session.scalar(text("SHOW autovacuum"))
    database.dispose()

    told = perstolk("doctor").stdout

    assert "PostgreSQL" in told
    assert (is_on == "off") is ("autovacuum is OFF" in told)


@pytest.mark.parametrize("said, well", [("on", True), ("off", False)])
def test_the_switch_of_postgresql_is_read(said: str, *, well: bool) -> None:
    session = create_autospec(Session, instance=True)
    session.get_bind.return_value.dialect.name = "postgresql"
    session.scalar.return_value = said

    assert well is cleans_itself(session)


def test_settings_that_cannot_be_used_are_told_by_name(perstolk: Perstolk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERSTOLK_WORKERS", "none")

    done = perstolk("doctor")

    assert 1 == done.exit_code
    assert "PERSTOLK_WORKERS" in done.stdout


def test_an_audit_that_was_changed_is_told(
    perstolk: Perstolk, engine: LibreTranslateServer, var_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PERSTOLK_LIBRETRANSLATE_URL", "http://127.0.0.1:9")
    perstolk("user", "add", "an@office.example", "--name", "An", "--role", "author")
    database = Database(f"sqlite:///{var_dir / 'perstolk.db'}")
    with database.writing() as session:
        triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_entry'"
        for name in session.scalars(text(triggers)).all():
            session.execute(text(f"DROP TRIGGER {name}"))
        session.execute(text("UPDATE audit_entry SET action = 'user.removed'"))
    database.dispose()

    done = perstolk("doctor")

    assert "BROKEN" == verdicts(done)["audit"]


def test_the_probe_tells_every_engine_at_once(tmp_path: Path) -> None:
    with LibreTranslateServer() as engine:
        environment = {
            **os.environ,
            "PERSTOLK_VAR_DIR": str(tmp_path),
            "PERSTOLK_ENGINES": "libretranslate,google",
            "PERSTOLK_LIBRETRANSLATE_URL": engine.url,
            "PERSTOLK_GOOGLE_URL": "http://127.0.0.1:9",
        }
        told = subprocess.run(
            [sys.executable, "-m", "workers.probe"], env=environment, check=True, capture_output=True, text=True
        )

    assert [("libretranslate", True, True), ("google", False, False)] == [
        (it["name"], it["ok"], it["runs_in_office"]) for it in json.loads(told.stdout)
    ]
