"""One unit of the memory: where it came from, what else its source has, and what people did to it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from service.domain.errors import NotFound
from service.domain.permissions import Actor
from service.domain.text import CodedText
from service.queries.memory import readable_by
from service.queries.releases import user_names
from service.queries.texts import codes_of
from service.queries.visibility import is_public, visible_to
from service.storage.models import MemoryChange, MemorySource, MemoryUnit, Publication, Release

LARGEST_ID = 2**63 - 1
OTHERS_SHOWN = 20
SIBLINGS_READ = 200


@dataclass(frozen=True, slots=True)
class Provenance:
    """The release that a unit came from, as far as its reader may know: by its title.

    `release_id` is None for a release that the reader does not see; `address` is the locale and slug under which
    everybody can read it.
    """

    title: str
    release_id: str | None = None
    address: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class KeptUnit:
    """A unit with the name of who approved it, or took it in."""

    unit: MemoryUnit
    approved_by: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody did to a unit: the target before it and after it, which are the same for most kinds."""

    change: MemoryChange
    name: str | None
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class UnitPage:
    """A unit of the memory, and what belongs to it.

    `siblings` are its counterparts in other languages, `others` different units of its source and locale, the newest
    first (`more` tells that there are still others); `history` has the newest change first.
    """

    kept: KeptUnit
    source_locale: str
    source: CodedText
    provenance: Provenance | None
    siblings: tuple[KeptUnit, ...]
    others: tuple[KeptUnit, ...]
    more: bool
    history: tuple[Change, ...]


def unit_page(session: Session, actor: Actor, unit_id: int, now: datetime) -> UnitPage:
    """Return one unit, in use or taken out; raise `NotFound` where there is none that the actor may read.

    Seven statements at most, however often its source was used.
    """
    row = None
    if 0 < unit_id <= LARGEST_ID:
        row = session.execute(
            select(MemoryUnit, MemorySource)
            .join(MemorySource, MemorySource.id == MemoryUnit.source_id)
            .where(MemoryUnit.id == unit_id, readable_by(actor))
        ).one_or_none()
    if row is None:
        raise NotFound
    unit, source = row
    siblings = _siblings(session, actor, unit)
    others = _others(session, actor, unit)
    changes = session.scalars(
        select(MemoryChange).where(MemoryChange.unit_id == unit.id).order_by(MemoryChange.id.desc())
    ).all()
    approvers = {each.approved_by for each in (unit, *siblings, *others)}
    names = user_names(session, approvers | {change.user_id for change in changes})
    return UnitPage(
        kept=_kept(unit, names),
        source_locale=source.source_locale,
        source=CodedText(source.source, codes_of(source.codes)),
        provenance=_provenance(session, actor, unit, now),
        siblings=tuple(_kept(each, names) for each in siblings),
        others=tuple(_kept(each, names) for each in others[:OTHERS_SHOWN]),
        more=len(others) > OTHERS_SHOWN,
        history=_history(unit, changes, names),
    )


def _kept(unit: MemoryUnit, names: dict[str, str]) -> KeptUnit:
    return KeptUnit(unit, names.get(unit.approved_by or ""))


def _siblings(session: Session, actor: Actor, unit: MemoryUnit) -> list[MemoryUnit]:
    """Return one unit for each other language, from the same release or the same file; best between its neighbours."""
    same: ColumnElement[bool] = MemoryUnit.release_id == unit.release_id
    if unit.release_id is None:
        same = MemoryUnit.release_id.is_(None) & (MemoryUnit.collection == unit.collection)
    rows = session.scalars(
        select(MemoryUnit)
        .where(
            MemoryUnit.source_id == unit.source_id,
            MemoryUnit.target_locale != unit.target_locale,
            MemoryUnit.retired_at.is_(None),
            same,
            readable_by(actor),
        )
        .order_by(MemoryUnit.target_locale, MemoryUnit.approved_at.desc(), MemoryUnit.id.desc())
        .limit(SIBLINGS_READ)
    )
    found: dict[str, MemoryUnit] = {}
    for other in rows:
        known = found.setdefault(other.target_locale, other)
        if known.context != unit.context and other.context == unit.context:
            found[other.target_locale] = other
    return list(found.values())


def _others(session: Session, actor: Actor, unit: MemoryUnit) -> Sequence[MemoryUnit]:
    return session.scalars(
        select(MemoryUnit)
        .where(
            MemoryUnit.source_id == unit.source_id,
            MemoryUnit.target_locale == unit.target_locale,
            MemoryUnit.id != unit.id,
            readable_by(actor),
        )
        .order_by(MemoryUnit.approved_at.desc(), MemoryUnit.id.desc())
        .limit(OTHERS_SHOWN + 1)
    ).all()


def _provenance(session: Session, actor: Actor, unit: MemoryUnit, now: datetime) -> Provenance | None:
    if unit.release_id is None:
        return None
    title = session.scalar(select(Release.title).where(Release.id == unit.release_id, visible_to(actor)))
    if title is not None:
        return Provenance(title, unit.release_id)
    published = session.execute(
        select(Publication.title, Publication.locale, Publication.slug).where(
            Publication.version_id == unit.version_id, is_public(now)
        )
    ).first()
    return Provenance(published.title, address=(published.locale, published.slug)) if published else None


def _history(unit: MemoryUnit, changes: Collection[MemoryChange], names: dict[str, str]) -> tuple[Change, ...]:
    found = []
    after = unit.target
    for change in changes:
        found.append(Change(change, names.get(change.user_id or ""), change.target, after))
        after = change.target
    return tuple(found)
