"""Short ways to units in the memory, as if versions had been approved, and to words that are listed."""

from __future__ import annotations

from itertools import count
from typing import Any

from sqlalchemy import select, text

from service.domain.segmentation import source_hash
from service.domain.text import CodedText
from service.operations.context import Work
from service.operations.memory_filing import Filed, file_sources, lock_memory, unlist
from service.operations.memory_listing import list_some
from service.storage.models import MemoryUnit, MemoryUnlisted
from service.uow import Desk

_NUMBERS = count(1)


def remember(desk: Desk, source: str | CodedText, /, *, source_locale: str = "nl", **targets: str) -> int:
    """Put a source with public targets by locale into the memory; return its id."""
    return remember_as(desk, source, targets, source_locale=source_locale, public=True)


def remember_as(
    desk: Desk, source: str | CodedText, targets: dict[str, str], *, source_locale: str = "nl", **facts: Any
) -> int:
    """Put a source with targets of a given kind into the memory; return its id."""
    with desk.begin() as work:
        return _put_in(work, source, targets, source_locale, facts)


def remember_many(desk: Desk, pairs: dict[str, str]) -> None:
    """Put Dutch sources with public French targets into the memory."""
    with desk.begin() as work:
        for source, target in pairs.items():
            _put_in(work, source, {"fr": target}, "nl", {"public": True})


def _put_in(
    work: Work, source: str | CodedText, targets: dict[str, str], source_locale: str, facts: dict[str, Any]
) -> int:
    text = source if isinstance(source, CodedText) else CodedText(source)
    filed = Filed(source_hash(text), text)
    lock_memory(work.session)
    source_id = file_sources(work, source_locale, [filed])[filed.source_hash]
    for locale, target in targets.items():
        unit = MemoryUnit(
            identity=f"made {next(_NUMBERS)}",
            source_id=source_id,
            target_locale=locale,
            target=target,
            **{"origin": "import", "collection": "samples", "approved_at": work.now, **facts},
        )
        work.session.add(unit)
    work.session.flush()
    unlist(work.session, {source_id})
    return source_id


def list_all(desk: Desk) -> None:
    """List everything that waits for it, as a worker would."""
    more = True
    while more:
        with desk.begin() as work:
            more = list_some(work)


def listed(desk: Desk) -> dict[int, str]:
    """Return the bodies that the search knows, by source."""
    key = "rowid" if desk.database.is_sqlite else "source_id"
    with desk.read() as reading:
        rows = reading.session.execute(text(f"SELECT {key}, body FROM memory_text ORDER BY {key}"))  # noqa: S608 - a name
        return {row[0]: row[1] for row in rows}


def waiting(desk: Desk) -> list[int]:
    """Return the sources that are not listed as they are."""
    with desk.read() as reading:
        return list(reading.session.scalars(select(MemoryUnlisted.source_id).order_by(MemoryUnlisted.source_id)))
