"""Waiving a fact that a language tells otherwise: for who reviews it, with a reason that stays on record.

A waiver counts for the pair of spellings that it was given for. Once either side says something else, it counts no
more, and the fact keeps the version from being approved until it is corrected or waived anew.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from service.domain import permissions
from service.domain.errors import N_, Invalid, WrongState
from service.domain.workflow import Action, VersionState, next_state
from service.operations import audit
from service.operations.context import Work
from service.operations.loading import demand, locked_version
from service.operations.reasons import given_reason
from service.queries.facts import version_facts
from service.storage.models import FactWaiver, Release, Version


def waive_fact(work: Work, release_id: str, locale: str, token: str, reason: str) -> FactWaiver:
    """Waive the fact whose cell in the language bears the token.

    Raises `Invalid` where no fact that differs bears it now, `WrongState` where it is waived already.
    """
    release, version = _locked(work, release_id, locale)
    row = next(
        (
            row
            for row in version_facts(work.session, release, version)
            if locale in row.differing and row.cells[locale].token == token
        ),
        None,
    )
    if row is None:
        raise Invalid("unknown_fact", N_("This fact is told otherwise now; look at the facts again."))
    if _standing(work, release, locale, token):
        raise WrongState("already_waived", N_("This fact is waived already."))
    waiver = FactWaiver(
        release_id=release.id,
        locale=locale,
        token=token,
        kind=row.kind.value,
        spelling=row.spelling,
        spellings=list(row.cells[locale].spellings),
        reason=given_reason(reason),
        waived_by=work.actor.user_id,
        waived_at=work.now,
    )
    work.session.add(waiver)
    work.session.flush()
    audit.record(work, "fact.waived", waiver.id, release_id=release.id, locale=locale, kind=waiver.kind)
    return waiver


def take_back_waiver(work: Work, release_id: str, locale: str, token: str) -> None:
    """Let a waiver count no more; that it once did stays on record."""
    release, _ = _locked(work, release_id, locale)
    standing = _standing(work, release, locale, token)
    if not standing:
        raise WrongState("not_waived", N_("This fact is not waived."))
    for waiver in standing:
        waiver.ended_by = work.actor.user_id
        waiver.ended_at = work.now
        audit.record(work, "fact.waiver_ended", waiver.id, release_id=release.id, locale=locale, kind=waiver.kind)


def _locked(work: Work, release_id: str, locale: str) -> tuple[Release, Version]:
    release, version = locked_version(work, release_id, locale)
    demand(permissions.may_review(work.actor, locale))
    next_state(VersionState(version.state), Action.EDIT)
    return release, version


def _standing(work: Work, release: Release, locale: str, token: str) -> Sequence[FactWaiver]:
    return work.session.scalars(
        select(FactWaiver).where(
            FactWaiver.release_id == release.id,
            FactWaiver.locale == locale,
            FactWaiver.token == token,
            FactWaiver.ended_at.is_(None),
        )
    ).all()
