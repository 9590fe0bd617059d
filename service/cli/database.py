"""The commands for the database's schema."""

from __future__ import annotations

import click

from service.cli.settings import read_settings
from service.storage import migrate


@click.group()
def db() -> None:
    """Upgrade or check the database's schema."""


@db.command()
def upgrade() -> None:
    """Bring the schema up to this version of Perstolk; does nothing when it is."""
    settings = read_settings()
    settings.var_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    migrate.upgrade(settings.database_url)


@db.command()
def check() -> None:
    """Say whether the schema is the one that this version of Perstolk needs; status 1 when it is not."""
    settings = read_settings()
    if not migrate.is_current(settings.database_url):
        message = "The database's schema is not the one of this version. Run: perstolk db upgrade"
        raise click.ClickException(message)
    click.echo("The database's schema is current.")
