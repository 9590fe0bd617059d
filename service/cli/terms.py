"""The commands on the term base: a list taken in, and all of it written out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, TextIO

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from service.cli.acting import COMMAND_LINE, opened_desk, person
from service.formats.terms_csv import read_terms, write_terms
from service.operations.term_import import AT_ONCE, TermImport
from service.queries.terms import every_concept, term_locales

Advance = Callable[[int], None]


@click.group()
def terms() -> None:
    """Take lists of terms in, and write the term base out."""


@terms.command("import")
@click.argument("file", type=click.File("rb"))
@click.option("--as", "email", help="Who takes it in, by e-mail address.  [default: the desk]")
def import_(file: BinaryIO, email: str | None) -> None:
    """Take in FILE, a list of terms as CSV (- for standard input).

    Its first line names a column for each language, such as nl,fr,de,en, and any of concept, status, do_not_translate,
    checked, definition, domain, authority and authority_date. What a list leaves empty stays as it is.
    """
    with opened_desk() as desk, _shown() as progress:
        actor = person(desk, email) if email else COMMAND_LINE
        with _bar(progress, "reading", _size(file)) as read:
            filed = read_terms(file, progress=read)
        taking = TermImport()
        with _bar(progress, "taking in", len(filed)) as took:
            for first in range(0, len(filed), AT_ONCE):
                with desk.begin(actor) as work:
                    taking.take(work, filed[first : first + AT_ONCE])
                took(min(first + AT_ONCE, len(filed)))
    taken = taking.taken
    click.echo(f"{taken.added} concepts added, {taken.changed} changed, {taken.unchanged} left as they were.")


@terms.command()
@click.option("--output", type=click.File("w", encoding="utf-8"), default="-", help="[default: standard output]")
def export(output: TextIO) -> None:
    """Write the term base as a list that “terms import” reads back."""
    with opened_desk() as desk, desk.read() as reading:
        office = (desk.office.source_locale, *desk.office.target_locales)
        locales = tuple(dict.fromkeys((*office, *term_locales(reading.session))))
        concepts = ((row.concept.id, row.draft) for row in every_concept(reading.session))
        output.writelines(write_terms(concepts, locales))


def _size(file: BinaryIO) -> int | None:
    """Return how many bytes there are to read, where that can be told."""
    if not file.seekable():
        return None
    size = file.seek(0, 2)
    file.seek(0)
    return size


@contextmanager
def _shown() -> Iterator[Progress]:
    """Give bars on standard error where somebody looks."""
    columns = (TextColumn("{task.description:<10}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        yield progress


@contextmanager
def _bar(progress: Progress, words: str, total: int | None) -> Iterator[Advance]:
    """Give what moves a bar."""
    bar = progress.add_task(words, total=total)
    yield lambda done: progress.update(bar, completed=done)
