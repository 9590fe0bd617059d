"""Reading the address of the database; what is wrong is told without the password."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine

from service.config import SettingsError, load_settings
from service.settings.database_address import read_database_url


@pytest.mark.parametrize(
    "address, facts",
    [
        ("sqlite:////srv/desk/perstolk.db", ("sqlite", None, None, None, None, "/srv/desk/perstolk.db")),
        ("sqlite:///desk.db", ("sqlite", None, None, None, None, "desk.db")),
        ("postgresql+psycopg://desk:pw@db:5433/desk", ("postgresql+psycopg", "desk", "pw", "db", 5433, "desk")),
        ("postgresql://desk@db/desk", ("postgresql+psycopg", "desk", None, "db", None, "desk")),
        ("postgres://desk:p%40ss@db/desk", ("postgresql+psycopg", "desk", "p@ss", "db", None, "desk")),
        ("postgres://desk:p/w#d@db/desk", ("postgresql+psycopg", "desk", "p/w#d", "db", None, "desk")),
        ("postgresql://[::1]:5432/desk", ("postgresql+psycopg", None, None, "::1", 5432, "desk")),
        ("postgresql:///desk?host=/run/postgresql", ("postgresql+psycopg", None, None, None, None, "desk")),
    ],
)
def test_an_address_is_read_as_sqlalchemy_takes_it(address: str, facts: tuple[object, ...]) -> None:
    url = create_engine(read_database_url(address)).url

    assert facts == (url.drivername, url.username, url.password, url.host, url.port, url.database)


@pytest.mark.parametrize(
    "address",
    [
        "hunter2",
        "/srv/hunter2.db",
        "mysql://desk:hunter2@db/desk",
        "postgresql+psycopg2://desk:hunter2@db/desk",
        "postgresql:desk:hunter2@db/desk",
        "postgresql://desk:hunter2@db:port/desk",
        "postgresql://desk:hunter2@db:70000/desk",
        "postgresql://desk:of@hunter2@db/desk",
        "postgresql://desk:of@hunter2/of@db/desk",
        "sqlite://hunter2.db",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite:///hunter2.db?mode=ro",
    ],
)
def test_a_wrong_address_is_refused_at_start_and_not_repeated(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PERSTOLK_VAR_DIR", str(tmp_path))
    monkeypatch.setenv("PERSTOLK_SECRET_KEY", "a secret key for tests only")
    monkeypatch.setenv("PERSTOLK_DATABASE_URL", address)

    with pytest.raises(SettingsError) as refused:
        load_settings()

    assert str(refused.value).startswith("PERSTOLK_DATABASE_URL cannot be used: it is sqlite:/// and")
    assert "hunter2" not in str(refused.value)
