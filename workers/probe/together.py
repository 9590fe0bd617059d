"""Asking all engines at once, and waiting for none of them longer than for the others."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

from workers.engines.base import Deadline, Engine

Told = TypeVar("Told")


def ask_all(
    engines: Sequence[Engine],
    ask: Callable[[Engine], Told],
    *,
    seconds: float,
    otherwise: Callable[[Engine, str, str], Told],
) -> list[Told]:
    """Return what each engine told, in their order.

    `otherwise` makes an answer, from a reason and a detail, for one that does not tell within `seconds` and is left
    behind, and for one whose adapter breaks.
    """
    told: dict[int, Told] = {}

    def keep(place: int, engine: Engine) -> None:
        try:
            told[place] = ask(engine)
        except Exception as error:  # noqa: BLE001 - an adapter may stand on anything
            told[place] = otherwise(engine, "adapter_fault", type(error).__name__)

    threads = [threading.Thread(target=keep, args=asked, daemon=True) for asked in enumerate(engines)]
    for thread in threads:
        thread.start()
    deadline = Deadline(seconds)
    for thread in threads:
        thread.join(deadline.remaining())
    in_time = dict(told)
    return [
        in_time[place] if place in in_time else otherwise(engine, "timeout", "no answer in time")
        for place, engine in enumerate(engines)
    ]
