"""Secrets at rest under a new key: each is read with whichever key locked it, and locked with the present one."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from service.domain import permissions
from service.domain.errors import Conflict
from service.operations import audit
from service.operations.context import Work
from service.operations.loading import demand
from service.storage.models import Endpoint
from service.storage.vault import Vault


@dataclass(frozen=True, slots=True)
class Renewal:
    """How many secrets were locked anew, and the ids of the endpoints of which one cannot be read with any key."""

    renewed: int
    lost: tuple[str, ...]


def renew_secrets(work: Work, vault: Vault) -> Renewal:
    """Lock every endpoint's secrets with the present key; what cannot be read stays as it is.

    Running it again changes nothing. Afterwards the old keys are needed no more.
    """
    demand(permissions.may_manage_endpoints(work.actor))
    renewed, lost = 0, []
    for endpoint in work.session.scalars(select(Endpoint).order_by(Endpoint.id).with_for_update()):
        try:
            secret = vault.renew(endpoint.secret)
            old_secret = vault.renew(endpoint.old_secret) if endpoint.old_secret else endpoint.old_secret
        except Conflict:
            if endpoint.deleted_at is None:
                lost.append(endpoint.id)
            continue
        renewed += (secret != endpoint.secret) + (old_secret != endpoint.old_secret)
        endpoint.secret, endpoint.old_secret = secret, old_secret
    if renewed:
        audit.record(work, "secrets.renewed", "endpoints", secrets=renewed)
    return Renewal(renewed, tuple(lost))
