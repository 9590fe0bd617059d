"""How large the load is, from the environment, so that a test can run a small one."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Self

PREFIX = "LOAD_"


@dataclass(frozen=True, slots=True)
class Sizes:
    """The load: `LOAD_RELEASES` and so on replace a number, `LOAD_DATABASE_URL` the desk's own SQLite.

    `per_second` submissions fall due each second; `pace_seconds` is what a reviewer thinks between two saves, on
    average; `published` releases go all the way; `broken` of the endpoints misbehave; `idle` releases are submitted and
    `idle_saves` made one after another before the load, to compare with.
    """

    releases: int = 1_000
    per_second: float = 20.0
    reviewers: int = 50
    pace_seconds: float = 6.0
    endpoints: int = 200
    broken: int = 10
    published: int = 30
    idle: int = 20
    idle_saves: int = 100
    patience_seconds: float = 1_800.0
    database_url: str = ""

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Return the sizes of the environment over the usual ones; raise `ValueError` for a name that none has."""
        kinds = {f"{PREFIX}{field.name.upper()}": (field.name, type(field.default)) for field in fields(cls)}
        given = {name: value for name, value in environment.items() if name.startswith(PREFIX)}
        unknown = sorted(set(given) - set(kinds))
        if unknown:
            message = f"{', '.join(unknown)}: the sizes are {', '.join(kinds)}"
            raise ValueError(message)
        return cls(**{kinds[name][0]: kinds[name][1](value) for name, value in given.items()})
