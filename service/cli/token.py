"""The command that issues tokens to programs."""

from __future__ import annotations

import click

from service.cli.acting import COMMAND_LINE, opened_desk, person
from service.domain.permissions import Scope
from service.operations.tokens import LONGEST_DAYS, issue_token


@click.group()
def token() -> None:
    """Issue tokens for programs."""


@token.command()
@click.argument("email")
@click.option("--name", required=True, help="What the token is for.")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice([scope.value for scope in Scope]),
    help="May be repeated.  [default: all]",
)
@click.option("--days", type=click.IntRange(1, LONGEST_DAYS), help="How long it lasts.  [default: until it is revoked]")
def issue(email: str, name: str, scopes: tuple[str, ...], days: int | None) -> None:
    """Issue a token to a person and print it, this once and alone on standard output."""
    with opened_desk() as desk:
        owner = person(desk, email)
        with desk.begin(COMMAND_LINE) as work:
            _, text = issue_token(work, user_id=owner.user_id or "", name=name, scopes=scopes, days=days)
    click.echo(text)
