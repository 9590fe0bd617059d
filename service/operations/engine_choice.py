"""Naming an engine: a person may ask for one, if the workers know it."""

from __future__ import annotations

import re

from sqlalchemy import select

from service.domain.errors import N_, Invalid
from service.operations.context import Work
from service.storage.models import EngineState

_NAME = re.compile(r"[a-z0-9-]{1,60}")


def chosen_engine(work: Work, name: str | None) -> str | None:
    """Return the engine that was asked for, or None where none was; raise `Invalid` for one that there is not.

    Until a worker has told which engines it has, every name that could be one passes; the worker then says no.
    """
    if not name:
        return None
    known = set(work.session.scalars(select(EngineState.name)))
    if name not in known if known else not _NAME.fullmatch(name):
        raise Invalid("unknown_engine", N_("The desk has no engine of that name."), field="engine")
    return name
