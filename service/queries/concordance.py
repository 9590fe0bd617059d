"""The concordance: words and phrases in the sources and targets of the memory, all languages side by side.

The search's own table tells which sources have them, the newest first; those that it does not know yet are read as they
stand. What a person may not read neither shows nor counts as a find.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import BigInteger, Row, and_, column, func, select, table, text
from sqlalchemy.orm import Session

from service.domain.concordance import Marked, fits, mark, needles, pieces_of, trigrams
from service.domain.inline import plain
from service.domain.permissions import Actor
from service.domain.text import CodedText
from service.queries.memory import readable_by
from service.queries.memory_bodies import bodies
from service.queries.texts import codes_of
from service.queries.visibility import is_public, visible_to
from service.storage.models import MemorySource, MemoryUnit, MemoryUnlisted, Publication, Release, User

LOOKS = (500, 5_000, 20_000, 20_000)  # sources that are read for a page, until it is full
READ_UNLISTED = 5_000  # at most in one look
_LISTED = table(
    "memory_text", column("rowid", BigInteger), column("source_id", BigInteger), column("body"), column("memory_text")
)


@dataclass(frozen=True, slots=True)
class ConcordanceTarget:
    """A target as it was approved last, and how often it was (`uses`).

    `release_id` is None for a release that the reader does not see; `address` is the locale and slug under which
    everybody can read it, `title` that of the one or of the other; `approved_by` is a name.
    """

    unit_id: int
    locale: str
    marked: Marked
    uses: int
    collection: str
    release_id: str | None
    title: str
    address: tuple[str, str] | None
    revision: int | None
    approved_by: str | None
    approved_at: datetime


@dataclass(frozen=True, slots=True)
class ConcordanceRow:
    """A source with its different targets, by locale and the newest first."""

    source_id: int
    locale: str
    marked: Marked
    targets: tuple[ConcordanceTarget, ...]

    def of(self, locale: str) -> tuple[ConcordanceTarget, ...]:
        """Return its targets in a language."""
        return tuple(target for target in self.targets if target.locale == locale)


@dataclass(frozen=True, slots=True)
class Concordance:
    """A page of finds; `next` is where the list goes on. A page may be short, or empty, and not be the last."""

    rows: tuple[ConcordanceRow, ...] = ()
    next: int | None = None


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is looked for, by whom, in which language."""

    actor: Actor
    pieces: tuple[str, ...]
    locale: str | None


def concordance(
    session: Session,
    actor: Actor,
    query: str,
    now: datetime,
    *,
    locale: str | None = None,
    before: int | None = None,
    limit: int = 50,
) -> Concordance:
    """Return texts that have all that a query asks for, with their translations; five statements, at most twenty.

    Sources are in the order in which they came into the memory, the newest first. `locale` asks for texts of one
    language; `before` is the `next` of the page before.
    """
    wanted = _Wanted(actor, pieces_of(query), locale)
    rows: list[ConcordanceRow] = []
    for most in LOOKS if wanted.pieces else ():
        found, before = _look(session, wanted, before, count=limit + 1 - len(rows), most=most)
        rows += _rows(session, wanted, found, now)
        if len(rows) > limit:
            return Concordance(tuple(rows[:limit]), rows[limit - 1].source_id)
        if before is None:
            break
    return Concordance(tuple(rows), before if wanted.pieces else None)


def _look(
    session: Session, wanted: _Wanted, before: int | None, *, count: int, most: int
) -> tuple[list[int], int | None]:
    """Return the next sources with a text that fits, the newest first, and where to look further (None at the end)."""
    # What a worker lists in between is found in the second look.
    looks = (look(session, wanted, before, count=count, most=most) for look in (_unlisted, _listed))
    ids, floors = zip(*looks, strict=True)
    floor = max((floor for floor in floors if floor is not None), default=None)
    return sorted({it for found in ids for it in found if floor is None or it >= floor}, reverse=True), floor


def _listed(
    session: Session, wanted: _Wanted, before: int | None, *, count: int, most: int
) -> tuple[list[int], int | None]:
    """Return what fits of the sources that the search knows, and the last that was read where there are more."""
    asked = needles(wanted.pieces)
    if session.get_bind().dialect.name == "postgresql":
        # A plan that is kept for all words reads the whole table for a rare one.
        session.execute(text("SET LOCAL plan_cache_mode = force_custom_plan"))
        number = _LISTED.c.source_id
        conditions = [_LISTED.c.body.contains(it, autoescape=True) for it in asked]
    else:
        number = _LISTED.c.rowid
        phrases = ('"' + it.replace('"', '""') + '"' for it in trigrams(asked))
        conditions = [_LISTED.c.memory_text.op("MATCH")(" AND ".join(phrases))]
    if before is not None:
        conditions.append(number < before)
    statement = select(number, _LISTED.c.body).where(*conditions).order_by(number.desc()).limit(most)
    found: list[int] = []
    for read, (source_id, body) in enumerate(session.execute(statement), 1):
        if fits(body, wanted.pieces, wanted.locale):
            found.append(source_id)
        if len(found) == count or read == most:
            return found, source_id
    return found, None


def _unlisted(
    session: Session, wanted: _Wanted, before: int | None, *, count: int, most: int
) -> tuple[list[int], int | None]:
    """Return what fits of the sources that the search does not know, as `_listed` does."""
    noted = select(MemoryUnlisted.source_id).order_by(MemoryUnlisted.source_id.desc())
    if before is not None:
        noted = noted.where(MemoryUnlisted.source_id < before)
    most = min(most, READ_UNLISTED)
    ids = session.scalars(noted.limit(most)).all()
    if not ids:
        return [], None
    found: list[int] = []
    read = bodies(
        session,
        MemorySource.id.in_(select(MemoryUnlisted.source_id)),
        MemorySource.id.between(ids[-1], ids[0]),
        MemoryUnit.retired_at.is_(None),
        readable_by(wanted.actor),
    )
    for source_id, body in read:
        if fits(body, wanted.pieces, wanted.locale):
            found.append(source_id)
        if len(found) == count:
            return found, source_id
    return found, ids[-1] if len(ids) == most else None


def _rows(session: Session, wanted: _Wanted, ids: Sequence[int], now: datetime) -> list[ConcordanceRow]:
    """Return those of the sources that have all pieces in one text, with what may be read of each."""
    if not ids:
        return []
    same = (MemoryUnit.source_id, MemoryUnit.target_locale, MemoryUnit.target)
    newest = MemoryUnit.approved_at.desc(), MemoryUnit.id.desc()
    last = (
        select(
            MemoryUnit.id,
            func.row_number().over(partition_by=same, order_by=newest).label("place"),
            func.count().over(partition_by=same).label("uses"),
        )
        .where(MemoryUnit.source_id.in_(ids), MemoryUnit.retired_at.is_(None), readable_by(wanted.actor))
        .subquery()
    )
    statement = (
        select(
            MemoryUnit,
            MemorySource,
            last.c.uses,
            User.name.label("approver"),
            Release.id.label("release_id"),
            func.coalesce(Release.title, Publication.title, "").label("title"),
            Publication.slug,
        )
        .join(last, last.c.id == MemoryUnit.id)
        .join(MemorySource, MemorySource.id == MemoryUnit.source_id)
        .outerjoin(User, User.id == MemoryUnit.approved_by)
        .outerjoin(Release, and_(Release.id == MemoryUnit.release_id, visible_to(wanted.actor)))
        .outerjoin(Publication, and_(Publication.version_id == MemoryUnit.version_id, is_public(now)))
        .where(last.c.place == 1)
        .order_by(MemoryUnit.source_id.desc(), MemoryUnit.target_locale, *newest)
    )
    rows: list[ConcordanceRow] = []
    for source, units in groupby(session.execute(statement).all(), lambda row: row.MemorySource):
        codes = codes_of(source.codes)
        text = mark(plain(CodedText(source.source, codes)), wanted.pieces)
        row = ConcordanceRow(
            source.id, source.source_locale, text, tuple(_target(unit, wanted.pieces) for unit in units)
        )
        texts: tuple[ConcordanceRow | ConcordanceTarget, ...] = (row, *row.targets)
        if any(each.marked.spans and wanted.locale in {None, each.locale} for each in texts):
            rows.append(row)
    return rows


def _target(row: Row[Any], pieces: Sequence[str]) -> ConcordanceTarget:
    unit: MemoryUnit = row.MemoryUnit
    return ConcordanceTarget(
        unit_id=unit.id,
        locale=unit.target_locale,
        marked=mark(plain(CodedText(unit.target, codes_of(row.MemorySource.codes))), pieces),
        uses=row.uses,
        collection=unit.collection,
        release_id=row.release_id,
        title=row.title,
        address=(unit.target_locale, row.slug) if row.slug else None,
        revision=unit.revision,
        approved_by=row.approver,
        approved_at=unit.approved_at,
    )
