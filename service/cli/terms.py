"""The commands on the term base: a list taken in, and all of it written out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

import click
from rich.progress import Progress

from service.cli.acting import COMMAND_LINE, opened_desk, person
from service.cli.bars import bar, shown, size_of
from service.domain.errors import Stale
from service.domain.memory_files import LeftOut
from service.domain.permissions import Actor
from service.domain.term_files import BadTermList, FiledConcept
from service.formats.tbx import read_tbx, write_tbx
from service.formats.terms_csv import read_terms, write_terms
from service.formats.xml_stream import is_xml
from service.operations.term_import import AT_ONCE, Taken, TermImport
from service.operations.terms import demand_keeper
from service.queries.term_bases import term_stamp
from service.queries.term_import import preview_terms
from service.queries.terms import every_concept, term_details, term_locales
from service.uow import Desk

MOST_TOLD = 20  # of what is not taken
CHANGED_MEANWHILE = (
    "Somebody changed the term base while the list was taken in. Take it in again: what is in already stays as it is."
)


@click.group()
def terms() -> None:
    """Take lists of terms in, and write the term base out."""


@terms.command("import")
@click.argument("file", type=click.File("rb"))
@click.option("--as", "email", help="Who takes it in, by e-mail address.  [default: the desk]")
def import_(file: BinaryIO, email: str | None) -> None:
    """Take in FILE, a list of terms as CSV or TBX (- for standard input).

    The first line of a CSV names a column for each language, such as nl,fr,de,en, and any of concept, status,
    do_not_translate, checked, definition, domain, authority and authority_date. What a list leaves empty stays as it
    is.
    """
    with opened_desk() as desk:
        taking = _Taking(desk, person(desk, email) if email else COMMAND_LINE)
        finished = False
        try:
            with shown() as progress:
                taking.take(file, progress)
            finished = True
        finally:
            if finished or taking.taken != Taken():
                taking.tell()


class _Taking:
    """A list on its way in, and what is to be told of it."""

    def __init__(self, desk: Desk, actor: Actor) -> None:
        """Begin with nothing taken."""
        self._desk = desk
        self._actor = actor
        self._import = TermImport()
        self._left_out: list[LeftOut] = []
        self._more = 0

    @property
    def taken(self) -> Taken:
        """What has been taken so far."""
        return self._import.taken

    def take(self, file: BinaryIO, progress: Progress) -> None:
        """Take all of it in, or nothing where it cannot be read to its end or something of it is others' to change."""
        demand_keeper(self._actor)
        with bar(progress, "reading", size_of(file)) as read:
            listed = list(self._listed(file, read))
        with bar(progress, "checking", len(listed)) as checked:
            self._check(listed, checked)
        with bar(progress, "taking in", len(listed)) as took:
            for first in range(0, len(listed), AT_ONCE):
                self._take(listed[first : first + AT_ONCE])
                took(min(first + AT_ONCE, len(listed)))

    def _listed(self, file: BinaryIO, progress: Callable[[int], None]) -> Iterator[FiledConcept]:
        """Yield the concepts of a file; keep what of a TBX is left out, to be told."""
        office = self._desk.office
        locales = (office.source_locale, *office.target_locales)
        if not is_xml(file):
            with self._desk.read() as reading:
                others = term_locales(reading.session)
            yield from read_terms(file, locales, others=others, progress=progress)
            return
        for one in read_tbx(file, locales, progress=progress):
            if isinstance(one, FiledConcept):
                yield one
            elif len(self._left_out) < MOST_TOLD:
                self._left_out.append(one)
            else:
                self._more += 1

    def _check(self, listed: Sequence[FiledConcept], progress: Callable[[int], None]) -> None:
        """Find every line that cannot be taken before the first is; a transaction for all would hold everybody up."""
        office = self._desk.office
        with self._desk.read() as reading:
            stamp = term_stamp(reading.session)  # before the rest: a change in between is seen when the list is taken
            would = preview_terms(
                reading.session,
                listed,
                self._actor,
                source_locale=office.source_locale,
                targets=office.target_locales,
                progress=progress,
            )
        if would.refused:
            raise BadTermList(would.refused)
        self._import = TermImport(stamp=stamp, meant=would.meant)

    def _take(self, filed: Sequence[FiledConcept]) -> None:
        try:
            with self._desk.begin(self._actor) as work:
                self._import.take(work, filed)
        except Stale as error:
            raise Stale(error.code, CHANGED_MEANWHILE) from None

    def tell(self) -> None:
        """Say what became of the list, and what could not be taken."""
        for one in self._left_out:
            of = f" ({one.locale})" if one.locale else ""
            click.echo(f"Line {one.line}{of}: {one.reason}", err=True)
        if self._more:
            click.echo(f"… and {self._more} more.", err=True)
        taken = self.taken
        concepts = "concept" if taken.added == 1 else "concepts"
        left = "it was" if taken.unchanged == 1 else "they were"
        click.echo(f"{taken.added} {concepts} added, {taken.changed} changed, {taken.unchanged} left as {left}.")


@terms.command()
@click.option("--format", "format_", type=click.Choice(["csv", "tbx"]), default="csv", show_default=True)
@click.option("--output", type=click.File("wb"), default="-", help="[default: standard output]")
def export(format_: str, output: BinaryIO) -> None:
    """Write the term base as a list that “terms import” reads back: as CSV, or as TBX-Basic for other tools."""
    with opened_desk() as desk, desk.read() as reading:
        office = (desk.office.source_locale, *desk.office.target_locales)
        concepts = ((row.concept.id, row.draft) for row in every_concept(reading.session))
        if format_ == "tbx":
            output.writelines(write_tbx(concepts, desk.office.source_locale))
            return
        locales = tuple(dict.fromkeys((*office, *term_locales(reading.session))))
        lines = write_terms(concepts, locales, details=term_details(reading.session))
        output.writelines(line.encode() for line in lines)
