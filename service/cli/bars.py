"""Bars on standard error that show how far a long piece of work is; nothing where nobody looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

Advance = Callable[[int], None]


@contextmanager
def shown() -> Iterator[Progress]:
    """Give bars on standard error where somebody looks."""
    columns = (TextColumn("{task.description:<10}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        yield progress


@contextmanager
def bar(progress: Progress, words: str, total: int | None) -> Iterator[Advance]:
    """Give what moves a bar."""
    task = progress.add_task(words, total=total)
    yield lambda done: progress.update(task, completed=done)


def size_of(file: BinaryIO) -> int | None:
    """Return how many bytes there are to read, where that can be told."""
    if not file.seekable():
        return None
    size = file.seek(0, 2)
    file.seek(0)
    return size
