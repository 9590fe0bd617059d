"""The memory as it may leave the house: what is public and nobody took out, source by source."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.domain.memory_files import FiledTarget, KeptSource, KeptTarget, Provenance
from service.domain.text import CodedText
from service.queries.texts import codes_of
from service.storage.models import MemorySource, MemoryUnit

EXPORTED_AT_ONCE = 500  # sources


def public_memory(session: Session, *, progress: Callable[[int], None] | None = None) -> Iterator[KeptSource]:
    """Yield the sources that have public targets, with these, the oldest first, some at a time.

    `progress` is called now and then with the id of a source up to which all are yielded; see `last_source`.
    """
    after = 0
    while True:
        sources = session.execute(
            select(MemorySource.id, MemorySource.source_locale, MemorySource.source, MemorySource.codes)
            .where(MemorySource.id > after)
            .order_by(MemorySource.id)
            .limit(EXPORTED_AT_ONCE)
        ).all()
        targets = _targets(session, [row.id for row in sources])
        for row in sources:
            if row.id in targets:
                text = CodedText(row.source, codes_of(row.codes))
                yield KeptSource(row.source_locale, text, tuple(targets[row.id]))
        if len(sources) < EXPORTED_AT_ONCE:
            return
        after = sources[-1].id
        if progress is not None:
            progress(after)


def last_source(session: Session) -> int:
    """Return the highest id of a source, 0 where there is none: how far an export goes."""
    return session.scalar(select(func.max(MemorySource.id))) or 0


def _targets(session: Session, source_ids: Sequence[int]) -> dict[int, list[KeptTarget]]:
    rows = session.execute(
        select(
            MemoryUnit.source_id,
            MemoryUnit.target_locale,
            MemoryUnit.target,
            MemoryUnit.context,
            MemoryUnit.collection,
            MemoryUnit.confirmed,
            MemoryUnit.release_id,
            MemoryUnit.revision,
            MemoryUnit.approved_by,
            MemoryUnit.approved_at,
        )
        .where(MemoryUnit.source_id.in_(source_ids), MemoryUnit.public, MemoryUnit.retired_at.is_(None))
        .order_by(MemoryUnit.source_id, MemoryUnit.target_locale, MemoryUnit.id)
    )
    found: dict[int, list[KeptTarget]] = {}
    for row in rows:
        told = FiledTarget(row.target_locale, row.target, row.approved_at, row.confirmed, row.context)
        came_from = Provenance(row.release_id, row.revision, row.collection, row.approved_by)
        found.setdefault(row.source_id, []).append(KeptTarget(told, came_from))
    return found
