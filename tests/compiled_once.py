"""Statements and templates that are compiled once for all tests.

Each test has an engine of its own, and a new engine compiles every statement anew, which costs a sixth of all tests'
time. A compiled statement belongs to its dialect; so engines of one kind share the first one's. Many tests have an
application of their own as well, which would compile each template that it shows.
"""

from __future__ import annotations

from types import CodeType
from typing import Any

import sqlalchemy
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
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


class Templates(BytecodeCache):
    """Compiled templates in memory, by their names, places and texts."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what was compiled of the same text."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        assert bucket.code is not None
        self._codes[bucket.key, bucket.checksum] = bucket.code
