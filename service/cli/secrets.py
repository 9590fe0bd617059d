"""The command that locks the secrets in the database with a new key."""

from __future__ import annotations

import click

from service.cli.acting import COMMAND_LINE, opened_desk
from service.operations.keys import renew_secrets


@click.group()
def secrets() -> None:
    """Look after the secrets that the database keeps."""


@secrets.command()
def renew() -> None:
    """Lock every secret with the present PERSTOLK_SECRET_KEY; the old key is in PERSTOLK_OLD_SECRET_KEYS."""
    with opened_desk() as desk, desk.begin(COMMAND_LINE) as work:
        renewal = renew_secrets(work, desk.vault)
    click.echo(f"{renewal.renewed} secrets are locked with the present key.", err=True)
    if renewal.lost:
        message = (
            "These endpoints have a secret that no known key reads. Name its key in PERSTOLK_OLD_SECRET_KEYS, or give "
            f"them a new secret: {', '.join(renewal.lost)}"
        )
        raise click.ClickException(message)
