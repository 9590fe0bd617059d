"""The texts of the memory's sources as they are filed to be searched; see `domain.concordance`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from service.domain.concordance import body_of
from service.domain.inline import plain
from service.domain.text import CodedText
from service.queries.texts import codes_of
from service.storage.models import MemorySource, MemoryUnit


def bodies(session: Session, *units: ColumnElement[bool]) -> Iterator[tuple[int, str]]:
    """Yield sources with their bodies, made of the units that meet the conditions, the newest source first."""
    statement = (
        select(MemorySource.id, MemorySource.source_locale, MemorySource.source, MemorySource.codes)
        .add_columns(MemoryUnit.target_locale, MemoryUnit.target)
        .join(MemoryUnit, MemoryUnit.source_id == MemorySource.id)
        .where(*units)
        .order_by(MemorySource.id.desc(), MemoryUnit.id)
    )
    for source_id, of_source in groupby(session.execute(statement), lambda row: int(row.id)):
        texts: dict[tuple[str, str], None] = {}
        for row in of_source:
            codes = codes_of(row.codes)
            texts[row.source_locale, plain(CodedText(row.source, codes))] = None
            texts[row.target_locale, plain(CodedText(row.target, codes))] = None
        yield source_id, body_of(texts)
