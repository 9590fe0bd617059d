"""The command that adds people."""

from __future__ import annotations

import secrets
import sys

import click

from service.cli.acting import COMMAND_LINE, opened_desk
from service.domain.locales import INTERFACE_LOCALES
from service.domain.permissions import Role
from service.operations.accounts import add_user

ONE_TIME_BYTES = 15


@click.group()
def user() -> None:
    """Add people."""


@user.command()
@click.argument("email")
@click.option("--name", required=True, help="The person's name.")
@click.option(
    "--role",
    "roles",
    required=True,
    multiple=True,
    type=click.Choice([role.value for role in Role]),
    help="May be repeated.",
)
@click.option("--locale", "locales", multiple=True, help="What a reviewer reviews; may be repeated.  [default: all]")
@click.option(
    "--language", default="nl", show_default=True, type=click.Choice(list(INTERFACE_LOCALES)), help="Of the pages."
)
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input, one line.")
def add(
    email: str, name: str, roles: tuple[str, ...], locales: tuple[str, ...], language: str, *, password_stdin: bool
) -> None:
    """Add a person; without --password-stdin, print a one-time password that they change when they sign in."""
    if password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
        if not password:
            raise click.UsageError("There is no password on standard input.")
    else:
        password = secrets.token_urlsafe(ONE_TIME_BYTES)
    with opened_desk() as desk, desk.begin(COMMAND_LINE) as work:
        added = add_user(
            work,
            email=email,
            name=name,
            roles=roles,
            locales=locales,
            password=password,
            language=language,
            one_time=not password_stdin,
        )
    click.echo(f"Added {added.email}.", err=not password_stdin)
    if not password_stdin:
        click.echo("Their one-time password, shown only here:", err=True)
        click.echo(password)
