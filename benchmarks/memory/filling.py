"""Filling a memory as an import does, and what people write to it meanwhile."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.synchronize import Event

from benchmarks.memory.desks import desk_at
from benchmarks.memory.texts import Texts
from service.domain.memory_files import FiledTarget, FiledUnit
from service.domain.text import CodedText
from service.operations.memory_import import MemoryImport
from service.operations.memory_listing import list_some
from service.operations.memory_ranking import file_some_anew, grown_locales, take_ranking
from service.queries.memory_import import AT_ONCE
from service.uow import Desk


def fill(desk: Desk, texts: Texts, first: int, last: int) -> float:
    """Take the sentences of these numbers in; return how many units a second, without the making of the sentences."""
    taking = MemoryImport("nl", "benchmark")
    spent = 0.0
    for start in range(first, last, AT_ONCE):
        units = [_filed(texts, number) for number in range(start, min(start + AT_ONCE, last))]
        began = time.perf_counter()
        if start == 0:
            with desk.begin() as work:
                taking.prepare(work, [_filed(texts, number) for number in range(min(last, 10_000))])
        with desk.begin() as work:
            taking.imported += taking.take(work, units)
        spent += time.perf_counter() - began
    return taking.imported.added / spent


def order_words(desk: Desk) -> None:
    """Bring the list of frequent words in step with the memory, and file by it what is filed by another."""
    with desk.read() as reading:
        grown = grown_locales(reading.session)
    for each in grown:
        with desk.begin() as work:
            take_ranking(work, each)
    more = True
    while more:
        with desk.begin() as work:
            more = file_some_anew(work)


def list_words(desk: Desk) -> float:
    """List the words of what was taken in, as workers do behind an import; return the seconds."""
    began = time.perf_counter()
    more = True
    while more:
        with desk.begin() as work:
            more = list_some(work)
    return time.perf_counter() - began


@contextmanager
def writer_beside(url: str, first: int) -> Iterator[None]:
    """Take thirty-one sentences in, again and again, in another process."""
    context = multiprocessing.get_context("spawn")
    at_work, enough = context.Event(), context.Event()
    writer = context.Process(target=_write, args=(url, first, at_work, enough))
    writer.start()
    at_work.wait(30)
    try:
        yield
    finally:
        enough.set()
        writer.join(30)


def _write(url: str, first: int, at_work: Event, enough: Event) -> None:
    desk, texts = desk_at(url), Texts()
    taking = MemoryImport("nl", "beside")
    while not enough.is_set():
        units = [_filed(texts, number) for number in range(first, first + 31)]
        with desk.begin() as work:
            taking.take(work, units)
        first += 31
        at_work.set()
    desk.database.dispose()


def _filed(texts: Texts, number: int) -> FiledUnit:
    pair = texts.pair(number)
    targets = tuple(FiledTarget(locale, target) for locale, target in pair.targets.items())
    return FiledUnit(number + 1, CodedText(pair.source), targets)
