"""Fixtures that give a test a whole desk: on SQLite and on PostgreSQL, with people and a clock that stands still.

Each test has a database of its own, copied from one that was migrated once.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from argon2 import PasswordHasher
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, selectinload

from service.dispatch import RecordingDispatcher
from service.domain.checks.described import ALL_CHECKS
from service.domain.office import Office
from service.domain.permissions import Actor
from service.operations import credentials
from service.operations.accounts import add_user
from service.queries.accounts import actor_for
from service.storage import migrate
from service.storage.counts import miscounted
from service.storage.models import CheckSetting, User
from service.storage.session import Database
from service.storage.vault import Vault
from service.uow import Desk
from tests.postgres_spares import Spares

POSTGRES = os.environ.get("TEST_POSTGRES", "postgresql://root@127.0.0.1:5432/postgres")
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@dataclass
class StillClock:
    """A clock that moves only when it is told to."""

    moment: datetime = NOON

    def __call__(self, _session: Session) -> datetime:
        """Return the moment."""
        return self.moment

    def forward(self, **spans: float) -> datetime:
        """Move on by a `timedelta`'s arguments and return the new moment."""
        self.moment += timedelta(**spans)
        return self.moment


def _postgres_admin() -> psycopg.Connection[tuple[object, ...]] | None:
    try:
        return psycopg.connect(POSTGRES, autocommit=True, connect_timeout=2)
    except psycopg.OperationalError:
        return None


def _postgres_url(name: str) -> str:
    base = POSTGRES.rsplit("/", 1)[0].replace("postgresql://", "postgresql+psycopg://", 1)
    return f"{base}/{name}"


# What most tests' drafts can be held to: they are the Dutch sentences themselves, behind a mark of the language.
CHECKS_IN_FORCE = frozenset({"empty", "inline_codes", "numbers", "length"})


def _make_template(url: str) -> None:
    """Migrate a database, for offices that silenced the checks which no such draft would pass."""
    migrate.upgrade(url)
    database = Database(url)
    with database.writing() as session:
        silenced = {check.code for check in ALL_CHECKS} - CHECKS_IN_FORCE
        session.add_all(CheckSetting(code=code, severity="off", set_at=NOON) for code in sorted(silenced))
    database.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    _make_template(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def sqlite_template_with_people(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file of an office that has its people."""
    url = sqlite_copy(sqlite_template, tmp_path_factory.mktemp("template-with-people"))
    _hire(url)
    return Path(url.removeprefix("sqlite:///"))


@pytest.fixture(scope="session")
def postgres_admin() -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A connection that makes and drops databases; skips where no server answers."""
    admin = _postgres_admin()
    if admin is None:
        pytest.skip("no PostgreSQL answers at TEST_POSTGRES (default 127.0.0.1:5432)")
    yield admin
    admin.close()


@pytest.fixture(scope="session")
def postgres_template(postgres_admin: psycopg.Connection[tuple[object, ...]]) -> Iterator[str]:
    """The name of a migrated PostgreSQL database."""
    name = f"perstolk_template_{secrets.token_hex(4)}"
    postgres_admin.execute(f"CREATE DATABASE {name}".encode())
    _make_template(_postgres_url(name))
    yield name
    postgres_admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())


@pytest.fixture(scope="session")
def postgres_template_with_people(
    postgres_template: str, postgres_admin: psycopg.Connection[tuple[object, ...]]
) -> Iterator[str]:
    """The name of a migrated PostgreSQL database of an office that has its people."""
    name = f"{postgres_template}_people"
    postgres_admin.execute(f"CREATE DATABASE {name} TEMPLATE {postgres_template}".encode())
    _hire(_postgres_url(name))
    yield name
    postgres_admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())


def sqlite_copy(template: Path, folder: Path) -> str:
    """Copy the migrated file and return the copy's address."""
    path = folder / "desk.db"
    shutil.copy(template, path)
    return f"sqlite:///{path}"


def _of_the_template(request: pytest.FixtureRequest, name: str) -> str:
    """Return the name of the fixture that has the people already, for a test that asks for them anyway."""
    return f"{name}_with_people" if {"people", "lite_people"} & set(request.fixturenames) else name


@pytest.fixture
def sqlite_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a migrated SQLite database of the test's own."""
    return sqlite_copy(request.getfixturevalue(_of_the_template(request, "sqlite_template")), tmp_path)


@pytest.fixture(scope="session")
def postgres_spares(postgres_template: str, postgres_admin: psycopg.Connection[tuple[object, ...]]) -> Iterator[Spares]:
    """Copies of the template that tests use one after another."""
    yield from _spares(postgres_template, postgres_admin)


@pytest.fixture(scope="session")
def postgres_spares_with_people(
    postgres_template_with_people: str, postgres_admin: psycopg.Connection[tuple[object, ...]]
) -> Iterator[Spares]:
    """Copies of the template that has the people."""
    yield from _spares(postgres_template_with_people, postgres_admin)


def _spares(template: str, admin: psycopg.Connection[tuple[object, ...]]) -> Iterator[Spares]:
    spares = Spares(POSTGRES.rsplit("/", 1)[0], template, admin)
    yield spares
    spares.drop()


@pytest.fixture
def postgres_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a migrated PostgreSQL database of the test's own."""
    spares: Spares = request.getfixturevalue(_of_the_template(request, "postgres_spares"))
    name = spares.take()
    yield _postgres_url(name)
    spares.give_back(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a migrated database: the test runs once on each kind."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture
def clock() -> StillClock:
    """A clock that stands at noon on 2 March 2026 (UTC)."""
    return StillClock()


@pytest.fixture
def dispatcher() -> RecordingDispatcher:
    """What would have been sent to the workers."""
    return RecordingDispatcher()


def make_desk(url: str, dispatcher: RecordingDispatcher, clock: StillClock, **office: object) -> Desk:
    """Compose a desk on the database, with an office's policies changed as given."""
    return Desk(
        Database(url),
        office=Office(**{"webhook_allow_networks": ("127.0.0.0/8",), **office}),  # type: ignore[arg-type]
        vault=Vault("a secret key for tests only"),
        dispatcher=dispatcher,
        clock=clock,
    )


def _look_back_on(desk: Desk) -> None:
    """Let go of a desk, and see that its versions tell what they come to, whatever the test did."""
    try:
        with desk.read() as reading:
            wrong = miscounted(reading.session)
    except SQLAlchemyError:  # a test may have taken the database away
        wrong = []
    desk.database.dispose()
    assert [] == wrong


@pytest.fixture
def desk(database_url: str, dispatcher: RecordingDispatcher, clock: StillClock) -> Iterator[Desk]:
    """A desk on each kind of database."""
    made = make_desk(database_url, dispatcher, clock)
    yield made
    _look_back_on(made)


@pytest.fixture
def lite_desk(sqlite_url: str, dispatcher: RecordingDispatcher, clock: StillClock) -> Iterator[Desk]:
    """A desk on SQLite alone, for what does not depend on the kind of database."""
    made = make_desk(sqlite_url, dispatcher, clock)
    yield made
    _look_back_on(made)


PASSWORD = "correct horse battery staple 9"
# With little effort: what argon2 costs is tested by itself.
HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PASSWORD_HASH = HASHER.hash(PASSWORD)


@pytest.fixture(scope="session", autouse=True)
def _little_effort() -> Iterator[None]:
    """Spare each of a hundred wrong passwords what it is to cost."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(credentials, "HASHER", HASHER)
        patch.setattr(credentials, "NOBODYS_HASH", HASHER.hash("a password of nobody"))
        yield


@dataclass
class People:
    """The people of a test's office, as actors."""

    author: Actor
    other_author: Actor
    reviewer: Actor
    second_reviewer: Actor
    french_reviewer: Actor
    publisher: Actor
    admin: Actor
    auditor: Actor
    passwords: dict[str, str] = field(default_factory=dict)


def people_of(desk: Desk) -> People | None:
    """Find the people of an office that has them."""
    with desk.read() as reading:
        users = reading.session.scalars(select(User).options(selectinload(User.grants))).all()
        return People(**{user.email.partition("@")[0]: actor_for(user, via="web") for user in users}) if users else None


def make_people(desk: Desk) -> People:
    """Give the office one person for each part: `…@office.example`, all with the same password."""
    wanted: dict[str, tuple[list[str], list[str]]] = {
        "author": (["author"], []),
        "other_author": (["author"], []),
        "reviewer": (["reviewer"], []),
        "second_reviewer": (["reviewer"], ["fr", "de", "en"]),
        "french_reviewer": (["reviewer"], ["fr"]),
        "publisher": (["publisher"], []),
        "admin": (["admin"], []),
        "auditor": (["auditor"], []),
    }
    made: dict[str, Actor] = {}
    with desk.begin() as work:
        for name, (roles, locales) in wanted.items():
            user = add_user(
                work,
                email=f"{name}@office.example",
                name=name.replace("_", " ").title(),
                roles=roles,
                locales=locales,
                language="en",
            )
            user.password_hash = PASSWORD_HASH
            made[name] = actor_for(user, via="web")
    return People(**made)


def _hire(url: str) -> None:
    desk = make_desk(url, RecordingDispatcher(), StillClock())
    make_people(desk)
    desk.database.dispose()


@pytest.fixture
def people(desk: Desk) -> People:
    """People in `desk`'s office."""
    return people_of(desk) or make_people(desk)


@pytest.fixture
def lite_people(lite_desk: Desk) -> People:
    """People in `lite_desk`'s office."""
    return people_of(lite_desk) or make_people(lite_desk)


MakeRelease = Callable[..., str]
