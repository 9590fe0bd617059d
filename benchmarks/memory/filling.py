"""Filling a memory as an import does, and what people write to it and read of it meanwhile."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import cache
from multiprocessing.synchronize import Event

from benchmarks.memory.desks import desk_at
from benchmarks.memory.lookups import look_up, questions
from benchmarks.memory.texts import Pair, Texts
from service.domain.memory_files import FiledTarget, FiledUnit
from service.domain.text import CodedText
from service.operations.memory_filing import bundle_some
from service.operations.memory_import import MemoryImport
from service.operations.memory_listing import list_some
from service.operations.memory_ranking import file_some_anew, grown_locales, take_ranking
from service.storage.compacting import compact_memory
from service.uow import Desk

MADE_AT_ONCE, MADE_BY_ONE = 100_000, 10_000


def fill(desk: Desk, texts: Texts, first: int, last: int) -> float:
    """Take a file of the sentences of these numbers in; return how many units a second, without their making."""
    taking = MemoryImport("nl", "benchmark")
    made = _Made(texts, first, last)
    began = time.perf_counter()
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as helper:
        for _ in taking.take_all(desk.begin, made, helper=helper):
            pass
    return taking.imported.added / (time.perf_counter() - began - made.seconds)


class _Made:
    """The sentences of these numbers, very many made at a time, while nothing else is done; and how long that took."""

    def __init__(self, texts: Texts, first: int, last: int) -> None:
        self.seconds = 0.0
        self._texts = texts
        self._parts = [(start, min(start + MADE_AT_ONCE, last)) for start in range(first, last, MADE_AT_ONCE)]

    def __iter__(self) -> Iterator[FiledUnit]:
        for first, last in self._parts:
            began = time.perf_counter()
            units = self._units(first, last)
            self.seconds += time.perf_counter() - began
            yield from units

    def _units(self, first: int, last: int) -> list[FiledUnit]:
        if last - first < MADE_AT_ONCE:
            return [_filed(self._texts.pair(number), number) for number in range(first, last)]
        starts = range(first, last, MADE_BY_ONE)
        with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
            parts = pool.map(_pairs, starts, [start + MADE_BY_ONE for start in starts])
            made = [each for part in parts for each in part]
        return [_filed(Pair(source, targets), number) for number, (source, targets) in enumerate(made, first)]


@cache
def _texts() -> Texts:
    return Texts()


def _pairs(first: int, last: int) -> list[tuple[str, dict[str, str]]]:
    """Return plain values, which go from one process to another five times as fast as the objects made of them."""
    return [(pair.source, pair.targets) for pair in _texts().pairs(first, last)]


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


def bundle(desk: Desk) -> float:
    """Bundle what still stands by itself, and give back its room, as workers do behind a file; return the seconds."""
    began = time.perf_counter()
    more = True
    while more:
        with desk.begin() as work:
            more = bundle_some(work)
    compact_memory(desk.database)
    return time.perf_counter() - began


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
    with _beside(_write, url, first):
        yield


@contextmanager
def reader_beside(url: str, sources: int) -> Iterator[None]:
    """Look sentences up, one after another, in another process."""
    with _beside(_read, url, sources):
        yield


@contextmanager
def _beside(act: Callable[[str, int, Event, Event], None], url: str, number: int) -> Iterator[None]:
    context = multiprocessing.get_context("spawn")
    at_work, enough = context.Event(), context.Event()
    other = context.Process(target=act, args=(url, number, at_work, enough))
    other.start()
    at_work.wait(30)
    try:
        yield
    finally:
        enough.set()
        other.join(30)


def _read(url: str, sources: int, at_work: Event, enough: Event) -> None:
    desk = desk_at(url)
    alike, unknown, _ = questions(Texts(), sources)
    while not enough.is_set():
        for question in alike + unknown:
            look_up(desk, question)
            at_work.set()
            if enough.is_set():
                break
    desk.database.dispose()


def _write(url: str, first: int, at_work: Event, enough: Event) -> None:
    desk, texts = desk_at(url), Texts()
    taking = MemoryImport("nl", "beside")
    while not enough.is_set():
        units = [_filed(texts.pair(number), number) for number in range(first, first + 31)]
        with desk.begin() as work:
            taking.take(work, units)
        first += 31
        at_work.set()
    desk.database.dispose()


def _filed(pair: Pair, number: int) -> FiledUnit:
    targets = tuple(FiledTarget(locale, target) for locale, target in pair.targets.items())
    return FiledUnit(number + 1, CodedText(pair.source), targets)
