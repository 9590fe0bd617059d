"""The command that submits a release from a file, and waits until its drafts stand."""

from __future__ import annotations

import json
import sys
from pathlib import PurePath
from typing import BinaryIO

import click

from service.api import shapes
from service.cli.acting import opened_desk, person
from service.cli.progress import watch
from service.domain.embargo import parse_moment
from service.domain.permissions import Actor
from service.formats import ENDINGS, READERS, Upload, read_upload
from service.operations.releases import Submission, submit_release
from service.queries.releases import ReleaseRow, release_row
from service.uow import Desk
from service.web.drafting_words import REASONS, warning_words


@click.command()
@click.argument("file", type=click.File("rb"))
@click.option("--as", "email", required=True, help="Who submits it, by e-mail address.")
@click.option("--format", "form", type=click.Choice(list(READERS)), help="[default: by the file's ending, else text]")
@click.option("--title", help="The title.  [default: the one in the text]")
@click.option(
    "--target", "targets", multiple=True, help="A language to translate into; may be repeated.  [default: all]"
)
@click.option("--embargo", help="When it may leave, ISO 8601; without an offset in the office's time zone.")
@click.option("--confidential", is_flag=True, help="Only engines on the office's own machines may read it.")
@click.option("--wait", is_flag=True, help="Wait until the drafts stand; status 1 where one is not whole.")
@click.option("--json", "as_json", is_flag=True, help="Print the release as JSON, alone on standard output.")
def submit(
    file: BinaryIO,
    *,
    email: str,
    form: str | None,
    title: str | None,
    targets: tuple[str, ...],
    embargo: str | None,
    confidential: bool,
    wait: bool,
    as_json: bool,
) -> None:
    """Submit FILE (- for standard input) as a release."""
    with opened_desk() as desk:
        actor = person(desk, email)
        upload = _read(file, form, title, desk.office.source_locale)
        submission = Submission(
            document=upload.document,
            body=upload.body,
            format=upload.format,
            targets=targets or None,
            embargo_at=parse_moment(embargo, desk.office.timezone) if embargo else None,
            confidential=confidential,
        )
        with desk.begin(actor) as work:
            release_id = submit_release(work, submission)[0].id
        for warning in upload.document.warnings:
            click.echo(warning_words(warning, expected=desk.office.source_locale), err=True)
        click.echo(f"Submitted: {desk.office.public_url}/releases/{release_id}", err=as_json)
        row = watch(desk, actor, release_id) if wait else _row(desk, actor, release_id)
        if as_json:
            with desk.read() as reading:
                click.echo(json.dumps(shapes.whole_release(reading.session, row), ensure_ascii=False))
    if wait:
        _tell_how_it_ended(row)


def _read(file: BinaryIO, form: str | None, title: str | None, source_locale: str) -> Upload:
    """Read the file by its ending, or as `form`; standard input, and a file without an ending, is text."""
    name = getattr(file, "name", "")
    ending = PurePath(name).suffix.lower()
    if ending and ending not in ENDINGS and form is None:
        message = f"A file that ends in {ending} cannot be read; choose among {', '.join(ENDINGS)}, or give --format."
        raise click.ClickException(message)
    known = name if ending in ENDINGS else "text.txt"
    return read_upload(file.read(), known, form=form, title=title, source_locale=source_locale)


def _row(desk: Desk, actor: Actor, release_id: str) -> ReleaseRow:
    with desk.read() as reading:
        return release_row(reading.session, actor, release_id)


def _tell_how_it_ended(row: ReleaseRow) -> None:
    """Say why drafts are not whole, and leave with status 1 then."""
    unfinished = [it for it in row.versions if it.tally.empty]
    for it in unfinished:
        click.echo(f"{it.version.locale}: {it.tally.empty} of {it.tally.segments} segments are empty.", err=True)
        for outcome in it.version.outcomes:
            if outcome["kind"] != "answered":
                reason = outcome["reason"] or outcome["kind"]
                click.echo(f"    {outcome['engine']} {REASONS.get(reason, reason)}", err=True)
    if unfinished:
        click.echo("The desk tries again by itself; people can fill in the rest meanwhile.", err=True)
        sys.exit(1)
