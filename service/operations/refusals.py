"""Refused acts on record: an operation marks the error that it ends with, and the seam writes it down afterwards.

The transaction of the act is rolled back with everything in it, so the entry is one of its own. What somebody tries
again and again is written once an hour, and no caller fills the audit by a loop.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import select

from service.domain.errors import DeskError, NotAllowed, Refused
from service.domain.refusals import Refusal, RefusedAct
from service.operations import audit
from service.operations.context import Work
from service.storage.models import AuditEntry, Release, Version

WINDOW = timedelta(hours=1)
MOST = 20  # of one actor within the window
OWN_TEXT = "four_eyes"


@contextmanager
def noting(act: RefusedAct, of: Release | Version) -> Iterator[None]:
    """Mark an error that forbids the act to its actor; one that only says that it is not time for it stays as it is."""
    release_id, locale = (of.release_id, of.locale) if isinstance(of, Version) else (of.id, None)
    subject = of.id  # read now: behind the error is no row any more
    try:
        yield
    except DeskError as error:
        reason = _forbidden(error)
        if reason is not None:
            error.refusal = Refusal(act, subject, release_id, reason, locale)
        raise


def _forbidden(error: DeskError) -> str | None:
    if isinstance(error, NotAllowed):
        return error.code
    if isinstance(error, Refused) and any(reason.code == OWN_TEXT for reason in error.reasons):
        return OWN_TEXT
    return None


def record_refusal(work: Work, refusal: Refusal) -> None:
    """Write a refused act down, unless the same stands there already, or too many of the actor's."""
    lately = work.session.execute(
        select(AuditEntry.action, AuditEntry.subject)
        .where(
            AuditEntry.action.in_(list(RefusedAct)),
            AuditEntry.actor_id == work.actor.user_id,
            AuditEntry.at > work.now - WINDOW,
        )
        .limit(MOST)
    ).all()
    if len(lately) >= MOST or (refusal.act, refusal.subject) in {(each.action, each.subject) for each in lately}:
        return
    facts = {} if refusal.locale is None else {"locale": refusal.locale}
    audit.record(work, refusal.act, refusal.subject, release_id=refusal.release_id, reason=refusal.reason, **facts)
