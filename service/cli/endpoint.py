"""The command that adds receivers of webhooks."""

from __future__ import annotations

import json

import click

from service.cli.acting import COMMAND_LINE, opened_desk, person
from service.domain.events import EventType
from service.operations.endpoints import add_endpoint


@click.group()
def endpoint() -> None:
    """Add receivers of webhooks."""


@endpoint.command()
@click.argument("url")
@click.option(
    "--event",
    "events",
    multiple=True,
    type=click.Choice([event.value for event in EventType]),
    help="What it hears of; may be repeated.  [default: what is public]",
)
@click.option("--internal", is_flag=True, help="It may also hear of what is not public yet.")
@click.option("--description", default="", help="Whose receiver it is.")
@click.option("--as", "email", help="Who adds it, by e-mail address.  [default: the desk]")
def add(url: str, events: tuple[str, ...], description: str, email: str | None, *, internal: bool) -> None:
    """Add a receiver and print its id and secret as JSON, alone on standard output."""
    with opened_desk() as desk:
        actor = person(desk, email) if email else COMMAND_LINE
        with desk.begin(actor) as work:
            added, secret = add_endpoint(
                work,
                desk.vault,
                url=url,
                events=events,
                public=not internal,
                description=description,
            )
    click.echo(json.dumps({"id": added.id, "secret": secret}))
