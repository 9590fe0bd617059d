"""The commands on the term base: a list taken in, and all of it written out."""

from __future__ import annotations

from typing import BinaryIO, TextIO

import click

from service.cli.acting import COMMAND_LINE, opened_desk, person
from service.cli.bars import bar, shown, size_of
from service.formats.terms_csv import read_terms, write_terms
from service.operations.term_import import AT_ONCE, TermImport
from service.queries.terms import every_concept, term_locales


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
    with opened_desk() as desk, shown() as progress:
        actor = person(desk, email) if email else COMMAND_LINE
        with bar(progress, "reading", size_of(file)) as read:
            filed = read_terms(file, progress=read)
        taking = TermImport()
        with bar(progress, "taking in", len(filed)) as took:
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
