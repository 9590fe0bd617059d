"""The desk as a command uses it: opened, told apart from a desk without a schema, and its errors told in a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from sqlalchemy import make_url

from service.cli.settings import read_settings
from service.config import Settings
from service.domain.errors import DeskError
from service.domain.permissions import Actor, Grant, Role
from service.logs import configure_logs
from service.queries.accounts import actor_for, user_by_email
from service.storage import migrate
from service.uow import Desk, open_desk

VIA = "cli"
# Who has a shell on the desk's machine administers it; the audit says that it was by the command line.
COMMAND_LINE = Actor(user_id=None, name="Command line", grants=frozenset({Grant(Role.ADMIN)}), via=VIA)


@contextmanager
def opened_desk(settings: Settings | None = None) -> Iterator[Desk]:
    """Give the desk, with its schema checked; leave the command with status 1 where an operation refuses."""
    configure_logs()
    settings = settings or read_settings()
    _check_schema(settings)
    desk = open_desk(settings)
    try:
        yield desk
    except DeskError as error:
        raise click.ClickException(str(error)) from None
    finally:
        desk.database.dispose()


def person(desk: Desk, email: str) -> Actor:
    """Return the person with the address as an actor; leave the command where there is none."""
    with desk.read() as reading:
        user = user_by_email(reading.session, email)
        if user is None:
            raise click.ClickException(f"There is no account {email}. Add it with: perstolk user add")
        if user.disabled_at is not None:
            raise click.ClickException(f"The account {email} is closed.")
        return actor_for(user, via=VIA)


def _check_schema(settings: Settings) -> None:
    """Make the schema in a new SQLite file; refuse any other database that is not current."""
    file = sqlite_file(settings.database_url)
    if file is not None and not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        migrate.upgrade(settings.database_url)
    if not migrate.is_current(settings.database_url):
        raise click.ClickException("The database's schema is not the one of this version. Run: perstolk db upgrade")


def sqlite_file(database_url: str) -> Path | None:
    """Return the file of a SQLite database, or None for any other kind."""
    url = make_url(database_url)
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None
