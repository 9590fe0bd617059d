"""The commands about receivers of webhooks: add one, send one a range again."""

from __future__ import annotations

import json

import click

from service.cli.acting import COMMAND_LINE, opened_desk, person
from service.domain.embargo import parse_moment
from service.domain.events import EventType
from service.operations.endpoints import add_endpoint
from service.operations.replaying import Range
from service.operations.replaying import replay as send_range_again


@click.group()
def endpoint() -> None:
    """Add receivers of webhooks, and send them again what they missed."""


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
@click.option("--receipts", is_flag=True, help="It says where it has put what it is sent, and is asked for it.")
@click.option("--description", default="", help="Whose receiver it is.")
@click.option("--as", "email", help="Who adds it, by e-mail address.  [default: the desk]")
def add(
    url: str, events: tuple[str, ...], description: str, email: str | None, *, internal: bool, receipts: bool
) -> None:
    """Add a receiver and print its id and secret as JSON, alone on standard output."""
    with opened_desk() as desk:
        actor = person(desk, email) if email else COMMAND_LINE
        with desk.begin(actor) as work:
            added, secret = add_endpoint(
                work,
                desk.vault,
                url=url,
                events=events or None,
                public=not internal,
                receipts=receipts,
                description=description,
            )
    click.echo(json.dumps({"id": added.id, "secret": secret}))


@endpoint.command()
@click.argument("endpoint_id")
@click.option("--since", help="From when on, ISO 8601; without an offset in the office's time zone.")
@click.option("--until", help="Until when.")
@click.option("--release", help="Of which release, by its id or its short name.")
@click.option("--first", type=click.IntRange(min=0), help="From which number of the release's sequence on.")
@click.option("--last", type=click.IntRange(min=0), help="To which number.")
@click.option("--as", "email", help="Who asks for it, by e-mail address.  [default: the desk]")
def replay(
    *,
    endpoint_id: str,
    since: str | None,
    until: str | None,
    release: str | None,
    first: int | None,
    last: int | None,
    email: str | None,
) -> None:
    """Send a receiver what happened in a range again, and print how many deliveries that makes."""
    with opened_desk() as desk:
        actor = person(desk, email) if email else COMMAND_LINE
        asked = Range(
            since=parse_moment(since, desk.office.timezone) if since else None,
            until=parse_moment(until, desk.office.timezone) if until else None,
            release=release,
            first=first,
            last=last,
        )
        with desk.begin(actor) as work:
            count = send_range_again(work, endpoint_id, asked)
    click.echo(count)
