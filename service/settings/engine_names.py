"""The engines by their names: which there are, what each of the desk's own needs, and the office's lists of them.

Nothing of an engine is loaded for it; what they are, and how they are made, is in the workers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from importlib.metadata import entry_points

GROUP = "perstolk.engines"  # the entry points by which other packages offer theirs

# In the default order, each with the setting without which it cannot be asked.
OWN_ENGINES: Mapping[str, str | None] = {
    "libretranslate": "LIBRETRANSLATE_URL",
    "ctranslate2": "CTRANSLATE2_DIR",
    "deepl": "DEEPL_API_KEY",
    "microsoft": "MICROSOFT_API_KEY",
    "google": None,
    "mymemory": None,
}

_NAME = re.compile(r"[a-z0-9-]{1,60}")


def installed_names() -> tuple[str, ...]:
    """Return the names that other packages offer engines under, in alphabetical order; nothing of them is loaded."""
    return tuple(sorted({entry.name for entry in entry_points(group=GROUP) if _NAME.fullmatch(entry.name)}))


def read_order(entries: Iterable[str]) -> Mapping[str, bool]:
    """Return the names of an office's list in its order, and for which of them the office vouches by `@office`.

    The desk's own come first, so that no package can take the place of one. Raises `ValueError` with a sentence.
    """
    named: dict[str, bool] = {}
    for entry in entries:
        name, mark, place = entry.partition("@")
        _demand_engine(name)
        if mark and place != "office":
            message = f"{entry} is named, but only @office can stand behind a name"
            raise ValueError(message)
        if mark and name in OWN_ENGINES:
            message = f"{entry} is named, but {name} finds out by itself where it runs; take @office out"
            raise ValueError(message)
        if named.setdefault(name, bool(mark)) is not bool(mark):
            message = f"{name} is named with @office and without"
            raise ValueError(message)
    return named


def read_rates(parts: Iterable[str]) -> dict[str, tuple[int, float]]:
    """Read parts such as `deepl=5/s` and `mymemory=100/h` into requests and seconds for each engine.

    Raises `ValueError` with a sentence.
    """
    rates: dict[str, tuple[int, float]] = {}
    for part in parts:
        read = re.fullmatch(r"([\w-]+)\s*=\s*([1-9]\d{0,5})\s*/\s*([smh])", part)
        if read is None:
            message = f"{part} is not a rate; examples are deepl=5/s and mymemory=100/h"
            raise ValueError(message)
        _demand_engine(read[1])
        rates[read[1]] = int(read[2]), {"s": 1.0, "m": 60.0, "h": 3600.0}[read[3]]
    return rates


def _demand_engine(name: str) -> None:
    """Raise `ValueError` for a name that no engine bears, with those that there are."""
    if name in OWN_ENGINES:  # which spares a look at every package
        return
    installed = installed_names()
    if name not in installed:
        there_are = ", ".join(dict.fromkeys((*OWN_ENGINES, *installed)))
        message = f"{name} is no engine; there are {there_are}"
        raise ValueError(message)
