"""Keeping a lease while the engines are asked, so that it can be short for those who die."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog

from service.operations.context import Work
from service.uow import Desk

log = structlog.stdlib.get_logger(__name__)


class LeaseLost(Exception):  # noqa: N818 - an end, not an error
    """Somebody else has the work now; what this process still holds must not be written."""


@contextmanager
def kept_alive(desk: Desk, hold: Callable[[Work], bool], *, every: float) -> Iterator[None]:
    """Call `hold` in a transaction of its own, each time after `every` seconds, until the block ends."""
    over = threading.Event()

    def prolong() -> None:
        while not over.wait(every):
            try:
                with desk.begin() as work:
                    hold(work)
            except Exception:
                log.exception("lease_not_prolonged")

    thread = threading.Thread(target=prolong, name="lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
