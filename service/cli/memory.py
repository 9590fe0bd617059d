"""The commands on the translation memory: a TMX file taken in, and all that is public written out as one."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import PurePath
from signal import SIG_IGN, SIGINT, signal
from typing import BinaryIO

import click

from service.cli.acting import COMMAND_LINE, opened_desk, person
from service.cli.bars import Advance, bar, shown, size_of
from service.domain.locales import parse_locale
from service.domain.memory_choice import only_in
from service.domain.memory_files import Filed, LeftOut
from service.domain.permissions import Actor, may_keep_memory
from service.formats.tmx import read_tmx, write_tmx
from service.operations.memory_import import Imported, MemoryImport
from service.queries.memory_export import last_source, public_memory
from service.uow import Desk

MOST_TOLD = 20  # of what is not taken


@click.group()
def memory() -> None:
    """Take translation memories in, and write the desk's own out."""


@memory.command("import")
@click.argument("file", type=click.File("rb"))
@click.option("--source", help="The language to take texts from.  [default: the office's]")
@click.option("--as", "email", help="Who takes it in, by e-mail address.  [default: the command line]")
def import_(file: BinaryIO, source: str | None, email: str | None) -> None:
    """Take in FILE, a translation memory as TMX (- for standard input).

    What is there already stays as it is: an import that broke off is simply taken again. With --as, texts in languages
    that the person does not keep are left out.
    """
    with opened_desk() as desk:
        actor = person(desk, email) if email else COMMAND_LINE
        source_locale = parse_locale(source) if source else desk.office.source_locale
        taking = _Taking(desk, actor, source_locale, PurePath(getattr(file, "name", "")).name)
        finished = False
        try:
            with shown() as progress, bar(progress, "taking in", size_of(file)) as read:
                taking.take(file, read)
            finished = True
        finally:
            if finished or taking.imported != Imported():
                taking.tell()


class _Taking:
    """A file on its way in, and what is to be told of it."""

    def __init__(self, desk: Desk, actor: Actor, source_locale: str, name: str) -> None:
        """Begin with nothing taken."""
        self._desk = desk
        self._actor = actor
        self._source_locale = source_locale
        self._import = MemoryImport(source_locale, name)
        self._left_out: list[LeftOut] = []

    @property
    def imported(self) -> Imported:
        """What has been taken so far."""
        return self._import.imported

    def take(self, file: BinaryIO, read: Advance) -> None:
        """Take all of it in."""
        filed = self._own(read_tmx(file, self._source_locale, self._locales(), progress=read))
        try:
            # Ctrl-C is for this process alone: the helper ends with what it has in hand.
            with ProcessPoolExecutor(1, get_context("spawn"), signal, (SIGINT, SIG_IGN)) as helper:
                for part in self._import.take_all(lambda: self._desk.begin(self._actor), filed, helper=helper):
                    left_out = [one for one in part if isinstance(one, LeftOut)]
                    self._left_out += left_out[: MOST_TOLD - len(self._left_out)]
        except BrokenExecutor as error:
            message = "The process that helps with a long file was ended, perhaps for want of memory. Take it in again."
            raise click.ClickException(message) from error

    def _locales(self) -> list[str]:
        """Return the languages of the office."""
        office = self._desk.office
        return [office.source_locale, *office.target_locales]

    def _own(self, filed: Iterator[Filed]) -> Iterator[Filed]:
        """Leave out the texts in languages that the person does not keep; who keeps none is refused by the import."""
        others = [locale for locale in self._locales() if locale != self._source_locale]
        own = [locale for locale in others if may_keep_memory(self._actor, {locale})]
        return only_in(filed, own) if own else filed

    def tell(self) -> None:
        """Say what became of the file, and what could not be taken."""
        for one in self._left_out:
            of = f" ({one.locale})" if one.locale else ""
            click.echo(f"Line {one.line}{of}: {one.reason}", err=True)
        more = self.imported.refused - len(self._left_out)
        if more > 0:
            click.echo(f"… and {more} more.", err=True)
        counts = self.imported
        texts = "text" if counts.added == 1 else "texts"
        left = "it was" if counts.unchanged == 1 else "they were"
        click.echo(f"{counts.added} {texts} added, {counts.unchanged} left as {left}, {counts.refused} not taken.")


@memory.command()
@click.option("--output", type=click.File("wb"), default="-", help="[default: standard output]")
def export(output: BinaryIO) -> None:
    """Write what is public of the memory as TMX 1.4; “memory import” reads it back."""
    with (
        opened_desk() as desk,
        desk.read() as reading,
        shown() as progress,
        bar(progress, "writing", last_source(reading.session)) as wrote,
    ):
        sources = public_memory(reading.session, progress=wrote)
        output.writelines(write_tmx(sources, desk.office.source_locale))
