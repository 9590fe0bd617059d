"""Waiting for drafts in sight of a person: a bar for each language on a terminal, plain lines anywhere else."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from service.domain.permissions import Actor
from service.domain.workflow import VersionState
from service.queries.releases import ReleaseRow, release_row
from service.uow import Desk

LOOK_SECONDS = 0.3
PATIENCE_SECONDS = 15.0
UNDER_WAY = frozenset({VersionState.QUEUED.value, VersionState.DRAFTING.value})

Show = Callable[[ReleaseRow], None]


def watch(desk: Desk, actor: Actor, release_id: str) -> ReleaseRow:
    """Show how the drafts grow, on standard error, and return the release once none is under way any more."""
    began = time.monotonic()
    hinted = False
    with _shown() as show:
        while True:
            with desk.read() as reading:
                row = release_row(reading.session, actor, release_id)
            show(row)
            states = {it.version.state for it in row.versions}
            if not states & UNDER_WAY:
                return row
            if not hinted and states == {VersionState.QUEUED} and time.monotonic() - began > PATIENCE_SECONDS:
                hinted = True
                click.echo("No worker has begun yet. Is the desk running? (perstolk doctor tells.)", err=True)
            time.sleep(LOOK_SECONDS)


@contextmanager
def _shown() -> Iterator[Show]:
    """Give what shows a release: bars where somebody looks, otherwise a line for each change."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _Lines()
        return
    columns = (
        TextColumn("{task.description:<8}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[state]}"),
    )
    with Progress(*columns, console=console) as progress:
        yield _Bars(progress)


class _Lines:
    """Writes a version's line whenever it has changed."""

    def __init__(self) -> None:
        """Begin with nothing written."""
        self._written: dict[str, str] = {}

    def __call__(self, row: ReleaseRow) -> None:
        """Write what has changed."""
        for it in row.versions:
            line = f"{it.version.locale}  {it.version.state}  {it.tally.drafted}/{it.tally.segments}"
            if self._written.get(it.version.locale) != line:
                self._written[it.version.locale] = line
                click.echo(line, err=True)


class _Bars:
    """Moves a bar for each version."""

    def __init__(self, progress: Progress) -> None:
        """Begin without bars."""
        self._progress = progress
        self._bars: dict[str, TaskID] = {}

    def __call__(self, row: ReleaseRow) -> None:
        """Move the bars."""
        for it in row.versions:
            locale = it.version.locale
            if locale not in self._bars:
                self._bars[locale] = self._progress.add_task(locale, total=it.tally.segments, state="")
            self._progress.update(
                self._bars[locale],
                completed=it.tally.drafted,
                total=it.tally.segments,
                state=it.version.state,
            )
