"""Giving a version back: the claim on it ends, and it is free again."""

from __future__ import annotations

from service.domain import permissions
from service.domain.errors import N_, WrongState
from service.operations import audit
from service.operations.context import Work
from service.operations.loading import demand, locked_version
from service.storage.models import Version


def give_back(work: Work, release_id: str, locale: str) -> Version:
    """End the actor's own claim; without one, nothing changes.

    Raises `WrongState` where somebody else has it: that claim can be taken over or handed over, not given back.
    """
    release, version = locked_version(work, release_id, locale)
    demand(permissions.may_review(work.actor, locale))
    until = version.claimed_until
    if until is not None and until > work.now and version.claimed_by != work.actor.user_id:
        raise WrongState("not_yours", N_("Somebody else has this version; take it over, or hand it over."))
    if version.claimed_by == work.actor.user_id:
        version.claimed_by = None
        version.claimed_until = None
        audit.record(work, "version.given_back", version.id, release_id=release.id, locale=locale)
    return version
