"""What has to be known before a version's pairs are put into the memory; on PostgreSQL, one question for all of it."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import NamedTuple, cast

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from service.domain.matching.identities import filed_as
from service.domain.matching.postings import Ranking
from service.queries.memory_import import known_sources
from service.queries.memory_rankings import asked_now, last_asked, stand_of
from service.storage.bulk import next_ids, one_of, read_rows, reserve_ids
from service.storage.models import MemorySource, MemoryUnit

_IDS = {model: cast("Table", model.__table__).c.id for model in (MemorySource, MemoryUnit)}
_POSTGRESQL = f"""
    SELECT
        ARRAY(SELECT DISTINCT source_id FROM memory_unit WHERE version_id = %s),
        (SELECT json_object_agg(source_hash, id) FROM memory_source
            WHERE source_locale = %s AND source_hash IN ({one_of("postgresql", "text", "%s")})),
        ({stand_of("postgresql", "%s")}),
        {next_ids("memory_source", "id", "%s")},
        {next_ids("memory_unit", "id", "%s")}
"""  # noqa: S608 - of ours


class Beforehand(NamedTuple):
    """How the memory stands, which its reader has locked.

    `own` are the ids of the sources that the version has units of, `known` those of the sources that are there by their
    hashes; `ranking` is the one that new sources are filed by. Ids are free for as many sources and units as were
    asked about.
    """

    own: set[int]
    known: dict[str, int]
    ranking: Ranking
    source_ids: Sequence[int]
    unit_ids: Sequence[int]


def beforehand(
    session: Session, version_id: str, source_locale: str, hashes: Collection[str], *, units: int
) -> Beforehand:
    """Return how the memory stands for a version whose sources have these hashes, and which has so many units."""
    if session.get_bind().dialect.name != "postgresql":
        return Beforehand(
            set(session.scalars(select(MemoryUnit.source_id).where(MemoryUnit.version_id == version_id))),
            known_sources(session, source_locale, hashes),
            asked_now(session, source_locale).rankings[-1],
            reserve_ids(session, _IDS[MemorySource], len(hashes)),
            reserve_ids(session, _IDS[MemoryUnit], units),
        )
    wanted = {filed_as(source_hash): source_hash for source_hash in hashes}
    listed = json.dumps(sorted(wanted))
    bound = version_id, source_locale, listed, source_locale, len(hashes), units
    ((own, known, stand, source_ids, unit_ids),) = read_rows(session.connection(), _POSTGRESQL, bound)
    asked = last_asked(session, source_locale)
    if asked.stand != stand:
        asked = asked_now(session, source_locale)
    there = {wanted[name]: source_id for name, source_id in (known or {}).items()}
    return Beforehand(set(own), there, asked.rankings[-1], source_ids, unit_ids)
