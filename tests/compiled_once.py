"""Statements that are compiled once for all tests.

Each test has an engine of its own, and a new engine compiles every statement anew, which costs a sixth of all tests'
time. A compiled statement belongs to its dialect; so engines of one kind share the first one's.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy
from sqlalchemy import Engine, event

STATEMENTS = 3_000  # that are kept; the desk has fewer

_FIRST: dict[str, Engine] = {}


def create_engine(url: str, **options: Any) -> Engine:
    """Make an engine as SQLAlchemy does, and let it have what was compiled before."""
    engine = sqlalchemy.create_engine(url, query_cache_size=STATEMENTS, **options)
    first = _FIRST.get(engine.dialect.name)
    if first is None:  # a dialect knows its server once it has been connected
        event.listen(engine, "first_connect", lambda *_: _FIRST.setdefault(engine.dialect.name, engine))
    else:
        engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache
    return engine
