"""The concordance: words and phrases in the sources and targets of the memory, all languages side by side.

The search's own table tells which sources have them, the newest first; those that it does not know yet are read as they
stand. Where these are too many for one page, what the table tells of older ones is given ahead of its turn. What a
person may not read neither shows nor counts as a find.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Row, and_, column, func, select, table
from sqlalchemy.orm import Session

from service.domain.concordance import MOST_AHEAD, Marked, Place, fits, mark, needles, pieces_of, trigrams
from service.domain.inline import plain
from service.domain.permissions import Actor
from service.domain.text import CodedText
from service.queries.memory import readable_by
from service.queries.memory_bodies import bodies
from service.queries.texts import codes_of
from service.queries.visibility import is_public, visible_to
from service.storage.models import MemorySource, MemoryUnit, MemoryUnlisted, Publication, Release, User
from service.storage.prepared import unprepared

LOOKS = (500, 5_000, 20_000, 20_000)  # sources that are read for a page, until it is full
READ_UNLISTED = 1_500  # at most in one look: their texts are made while somebody waits
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
    next: Place | None = None


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is looked for, by whom, in which language; `ahead` are sources that were given already."""

    actor: Actor
    pieces: tuple[str, ...]
    locale: str | None
    ahead: frozenset[int]

    def has(self, source_id: int, body: str) -> bool:
        """Tell whether a source with such a body is a find."""
        return source_id not in self.ahead and fits(body, self.pieces, self.locale)


class _Found(NamedTuple):
    """Sources with a text that fits, the newest first, and where to look further: None at the end.

    `waits` tells that more of what the search does not know yet is to be read there.
    """

    ids: list[int]
    floor: int | None
    waits: bool = False


def concordance(
    session: Session,
    actor: Actor,
    query: str,
    now: datetime,
    *,
    locale: str | None = None,
    after: Place | None = None,
    limit: int = 50,
) -> Concordance:
    """Return texts that have all that a query asks for, with their translations; five statements, some thirty at most.

    Sources are in the order in which they came into the memory, the newest first; but a page that so many others stand
    before that wait to be listed ends with finds ahead of their turn. Each source comes once. `locale` asks for texts
    of one language; `after` is the `next` of the page before.
    """
    pieces = pieces_of(query)
    if not pieces:
        return Concordance()
    before, given = (after.before, after.ahead) if after else (None, ())
    wanted = _Wanted(actor, pieces, locale, frozenset(given))
    rows: list[ConcordanceRow] = []
    waits = False
    for most in LOOKS:
        found, before, waits = _look(session, wanted, before, count=limit + 1 - len(rows), most=most)
        rows += _rows(session, wanted, found, now)
        if len(rows) > limit:
            return Concordance(tuple(rows[:limit]), _place(rows[limit - 1].source_id, given))
        if before is None:
            break
    if before is None:
        return Concordance(tuple(rows))
    place = _place(before, given)
    room = min(limit - len(rows), MOST_AHEAD - len(place.ahead))
    if waits and room > 0:
        early = _early(session, wanted, before, now, count=room)
        rows += early
        place = Place(before, (*place.ahead, *(row.source_id for row in early)))
    return Concordance(tuple(rows), place)


def _early(session: Session, wanted: _Wanted, before: int, now: datetime, *, count: int) -> list[ConcordanceRow]:
    """Return what the search knows behind a place, whatever else stands there."""
    rows: list[ConcordanceRow] = []
    for most in LOOKS:
        found = _listed(session, wanted, before, count=count - len(rows), most=most)
        rows += _rows(session, wanted, found.ids, now)
        if found.floor is None or len(rows) == count:
            break
        before = found.floor
    return rows


def _place(before: int, given: Sequence[int]) -> Place:
    """Return where to go on; what was given ahead and is passed by now is not met again."""
    return Place(before, tuple(source_id for source_id in given if source_id < before))


def _look(session: Session, wanted: _Wanted, before: int | None, *, count: int, most: int) -> _Found:
    """Return the next finds of all sources, in their order."""
    # What a worker lists in between is found in the second look.
    unlisted = _unlisted(session, wanted, before, count=count, most=most)
    listed = _listed(session, wanted, before, count=count, most=most)
    floor = max((each.floor for each in (unlisted, listed) if each.floor is not None), default=None)
    ids = {it for it in (*unlisted.ids, *listed.ids) if floor is None or it >= floor}
    return _Found(sorted(ids, reverse=True), floor, unlisted.floor is not None)


def _listed(session: Session, wanted: _Wanted, before: int | None, *, count: int, most: int) -> _Found:
    """Return what fits of the sources that the search knows, and the last that was read where there are more."""
    asked = needles(wanted.pieces)
    if session.get_bind().dialect.name == "postgresql":
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
    with unprepared(session):  # a plan that is kept for all words reads the whole table for a rare one
        rows = session.execute(statement)
    for read, (source_id, body) in enumerate(rows, 1):
        if wanted.has(source_id, body):
            found.append(source_id)
        if len(found) == count or read == most:
            return _Found(found, source_id)
    return _Found(found, None)


def _unlisted(session: Session, wanted: _Wanted, before: int | None, *, count: int, most: int) -> _Found:
    """Return what fits of the sources that the search does not know, as `_listed` does."""
    noted = select(MemoryUnlisted.source_id).order_by(MemoryUnlisted.source_id.desc())
    if before is not None:
        noted = noted.where(MemoryUnlisted.source_id < before)
    most = min(most, READ_UNLISTED)
    ids = session.scalars(noted.limit(most)).all()
    if not ids:
        return _Found([], None)
    found: list[int] = []
    read = bodies(
        session,
        MemorySource.id.in_(select(MemoryUnlisted.source_id)),
        MemorySource.id.between(ids[-1], ids[0]),
        MemoryUnit.retired_at.is_(None),
        readable_by(wanted.actor),
    )
    for source_id, body in read:
        if wanted.has(source_id, body):
            found.append(source_id)
        if len(found) == count:
            return _Found(found, source_id)
    return _Found(found, ids[-1] if len(ids) == most else None)


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
