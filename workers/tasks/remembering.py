"""Keeping the memory's own order: the lists by which it files sources, and the words by which they are searched."""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog
from celery import shared_task
from sqlalchemy.exc import DBAPIError

from service.operations.memory_filing import bundle_some
from service.operations.memory_listing import compose_some, list_some
from service.operations.memory_ranking import file_some_anew, grown_locales, take_ranking
from service.queries.memory_postings import room_for_loose
from service.storage.compacting import compact_memory
from service.uow import Desk
from workers.composition import parts

GO_ON_TASK = "workers.keep_memory_on"
MEMORY = "memory"
WORK_SECONDS = 5.0  # the next run goes on from there, behind the drafts that wait, so that they do not wait long
FORGOTTEN_SECONDS = 60.0  # longer than any run, for the words of a large memory may have to be counted

log = structlog.stdlib.get_logger(__name__)


@shared_task(name="workers.keep_memory")
def keep_memory() -> None:
    """Begin with what is to be done, unless a worker is at it."""
    _keep(handed_on=False)


@shared_task(name=GO_ON_TASK)
def keep_memory_on() -> None:
    """Go on where the last run ended."""
    _keep(handed_on=True)


def _keep(*, handed_on: bool) -> None:
    """Do some of what is to be done, and ask for the next run where something is left.

    One worker at a time does: the clock starts no second row of runs, which would stand before every draft.
    """
    here = parts()
    with here.alone.at(MEMORY, seconds=FORGOTTEN_SECONDS, handed_on=handed_on) as free:
        if free and not keep(here.desk, seconds=WORK_SECONDS):
            here.alone.hand_on(MEMORY, seconds=FORGOTTEN_SECONDS)
            here.desk.dispatcher.send(GO_ON_TASK)


def keep(desk: Desk, *, seconds: float) -> bool:
    """Keep the memory for so many seconds at most; tell whether nothing is left to do.

    Every part is a short transaction of its own. Once all words are listed, so that no file is being taken in, most of
    what stands by itself is bundled, and the room that a large file took is given back.
    """
    ends = time.monotonic() + seconds
    with desk.read() as reading:
        grown, loose = grown_locales(reading.session), not room_for_loose(reading.session)
    for each in grown:
        with desk.begin() as work:
            take_ranking(work, each)
        log.info("memory_ranked", source=each.source_locale, sources=each.sources)
    open_steps: list[Callable[[Desk], bool]] = [_file, _list]
    if loose:
        open_steps.append(_bundle)
    _go_on(desk, open_steps, ends)
    if not open_steps:
        with desk.read() as reading:
            open_steps = [] if room_for_loose(reading.session, at_rest=True) > 0 else [_bundle]
        _go_on(desk, open_steps, ends)
    if not open_steps:
        _compact(desk)
    return not open_steps


def _file(desk: Desk) -> bool:
    with desk.begin() as work:
        return file_some_anew(work)


def _list(desk: Desk) -> bool:
    with desk.read() as reading:
        composed = compose_some(reading.session)
    if not composed.noted:
        return False
    with desk.begin() as work:
        return list_some(work, composed)


def _bundle(desk: Desk) -> bool:
    with desk.begin() as work:
        return bundle_some(work)


def _compact(desk: Desk) -> None:
    try:
        if compact_memory(desk.database):
            log.info("memory_compacted")
    except DBAPIError as error:  # the next run comes by here again
        log.info("memory_not_compacted", error=type(error.orig).__name__)


def _go_on(desk: Desk, open_steps: list[Callable[[Desk], bool]], ends: float) -> None:
    """Do the steps in turn until each has nothing left to do, or the time is over."""
    while open_steps:
        for step in tuple(open_steps):
            if not step(desk):
                open_steps.remove(step)
        if time.monotonic() > ends:
            break
