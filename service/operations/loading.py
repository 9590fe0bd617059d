"""Fetching what an operation decides about: locked in one order, and only what the actor may see.

A token that may write and not read finds it too: whoever asks for a release demands the scope of the act next.

The release's row is the lock of everything below it; whoever changes a version, a unit or a publication takes it
first, so that an approval and an edit can never pass each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ScalarSelect, String, and_, bindparam, exists, func, select

from service.domain import permissions
from service.domain.errors import N_, Conflict, NotAllowed, NotFound, Stale
from service.domain.permissions import Actor, acting
from service.operations.context import Work
from service.queries.cuts import left_by_a_cut
from service.queries.rules import RulesStand, rules_stand
from service.queries.visibility import PEOPLE, visible_to
from service.storage.models import BlockRow, Dismissal, FindingRow, Release, SegmentRow, Unit, UnitRevision, Version

# The row version that somebody saw, or several of which any will do; None asks for no check.
Seen = int | frozenset[int] | None

CUT_MEANWHILE = N_("Somebody joined or divided these segments meanwhile. Nothing was changed; look at them again.")


# Put together once: most of what a short statement costs is its making.
_VERSION = (
    select(Version)
    .where(Version.release_id == bindparam("release"), Version.locale == bindparam("locale"))
    .execution_options(populate_existing=True)
)
_UNIT = (
    select(Unit)
    .join(SegmentRow, SegmentRow.id == Unit.segment_id)
    .where(
        Unit.id == bindparam("unit"),
        Unit.version_id == bindparam("version"),
        SegmentRow.revision_id == bindparam("revision"),
    )
    .execution_options(populate_existing=True)
)


def saves_of_unit() -> ScalarSelect[int]:
    """Return the column that counts the saves in the history of a statement's unit."""
    saves = select(func.coalesce(func.max(UnitRevision.number), 0)).where(UnitRevision.unit_id == Unit.id)
    return saves.correlate(Unit).scalar_subquery()


@lru_cache(PEOPLE)
def _in_hand(actor: Actor) -> Any:
    return (
        select(
            Release,
            Version,
            Unit,
            SegmentRow,
            BlockRow,
            saves_of_unit(),
            exists()
            .where(UnitRevision.unit_id == Unit.id, UnitRevision.operation_id == bindparam("operation", type_=String))
            .correlate(Unit),
            exists().where(FindingRow.unit_id == Unit.id).correlate(Unit),
            exists().where(Dismissal.unit_id == Unit.id, Dismissal.ended_at.is_(None)).correlate(Unit),
            *rules_stand(),
        )
        .join(Version, Version.release_id == Release.id)
        .join(Unit, Unit.version_id == Version.id)
        .join(SegmentRow, and_(SegmentRow.id == Unit.segment_id, SegmentRow.revision_id == Version.revision_id))
        .join(BlockRow, BlockRow.id == SegmentRow.block_id)
        .where(
            Release.id == bindparam("release"),
            Version.locale == bindparam("locale"),
            Unit.id == bindparam("unit"),
            visible_to(acting(actor)),
        )
        .execution_options(populate_existing=True)
    )


_LOCK = select(Release.id).where(Release.id == bindparam("release")).with_for_update()


@lru_cache(PEOPLE)
def _release(actor: Actor) -> Any:
    return (
        select(Release)
        .where(Release.id == bindparam("release"), visible_to(acting(actor)))
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def locked_release(work: Work, release_id: str) -> Release:
    """Return the release, locked until the commit; raise `NotFound` where the actor may not see it."""
    release: Release | None = work.session.scalar(_release(work.actor), {"release": release_id})
    if release is None:
        raise NotFound
    return release


def locked_version(work: Work, release_id: str, locale: str) -> tuple[Release, Version]:
    """Return the release, locked, and its version in the locale; raise `NotFound` where there is none."""
    release = locked_release(work, release_id)
    return release, _version_of(work, release, locale)


def _version_of(work: Work, release: Release, locale: str) -> Version:
    version: Version | None = work.session.scalar(_VERSION, {"release": release.id, "locale": locale})
    if version is None:
        raise NotFound
    return version


def unit_of(work: Work, version: Version, unit_id: str) -> Unit:
    """Return a unit of the version's current text; raise `NotFound` for any other id.

    Raises `Conflict` for one that went into another when segments were joined or divided.
    """
    asked = {"unit": unit_id, "version": version.id, "revision": version.revision_id}
    unit = work.session.scalar(_UNIT, asked)
    if unit is None:
        if left_by_a_cut(work.session, version, unit_id) is not None:
            raise Conflict("cut_meanwhile", CUT_MEANWHILE)
        raise NotFound
    return unit


@dataclass(frozen=True, slots=True)
class UnitInHand:
    """A unit that is to be saved, with all that a save decides about, below a release that is locked.

    `saves` counts what its history holds; `is_done` says that the save with this operation id was made before;
    `has_findings` says that there are some of it, `has_aside` that some were put aside; `rules` is how those stand that
    its text is held to.
    """

    release: Release
    version: Version
    unit: Unit
    segment: SegmentRow
    block: BlockRow
    saves: int
    is_done: bool
    has_findings: bool
    has_aside: bool
    rules: RulesStand


def unit_in_hand(
    work: Work, release_id: str, locale: str, unit_id: str, *, operation_id: str | None = None
) -> UnitInHand:
    """Return a unit of the version's current text, for whoever reviews the locale; one statement behind the lock.

    Raises as `locked_version`, `demand` and `unit_of` do.
    """
    if work.session.get_bind().dialect.name != "sqlite":  # there, whoever writes has the whole file
        work.session.execute(_LOCK, {"release": release_id})
    asked = {"release": release_id, "locale": locale, "unit": unit_id, "operation": operation_id}
    found = work.session.execute(_in_hand(work.actor), asked).first()
    if found is None:
        _, version = locked_version(work, release_id, locale)
        demand(permissions.may_review(work.actor, locale))
        unit_of(work, version, unit_id)
        raise NotFound
    demand(permissions.may_review(work.actor, locale))
    *held, changes, settings = found
    return UnitInHand(*held, RulesStand(changes, settings))  # type: ignore[call-arg]


def is_seen(seen: Seen, row_version: int) -> bool:
    """Tell whether a row is at the version that somebody saw, or at one of several; None asks for no check."""
    if seen is None or isinstance(seen, int):
        return seen is None or seen == row_version
    return row_version in seen


def demand_seen(unit: Unit, row_version: Seen, *, mine: str | None) -> None:
    """Raise `Stale` with both texts unless the unit is still at `row_version`; None asks for no check.

    `mine` is None where no text was sent: there is nothing to choose from then.
    """
    if not is_seen(row_version, unit.row_version):
        raise Stale(
            "stale_unit",
            N_("Somebody saved this segment before you; both texts are shown, choose one."),
            mine=mine,
            theirs=unit.target,
            row_version=unit.row_version,
        )


def demand(allowed: bool, code: str = "not_allowed") -> None:  # noqa: FBT001 - reads as a sentence
    """Raise `NotAllowed` unless the rule said yes."""
    if not allowed:
        raise NotAllowed(code, N_("Your role does not allow this."))
