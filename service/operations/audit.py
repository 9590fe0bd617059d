"""Writing the audit: every change of state leaves an entry in the same transaction.

An entry names ids, states and codes; never a text, a title or a secret.
"""

from __future__ import annotations

from typing import Any

from service.operations.context import Work
from service.storage.audit_chain import PENDING
from service.storage.models import AuditEntry


def record(work: Work, action: str, subject: str, *, release_id: str | None = None, **facts: Any) -> None:
    """Note that the actor did `action` to `subject` (an id); chained and written when the work commits."""
    entry = AuditEntry(
        at=work.now,
        actor_id=work.actor.user_id,
        via=work.actor.via,
        action=action,
        subject=subject,
        release_id=release_id,
        facts=facts,
    )
    work.session.info.setdefault(PENDING, []).append(entry)
