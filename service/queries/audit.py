"""Reading the audit, and telling whether its chain is whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.errors import N_, NotAllowed
from service.domain.permissions import Actor, may_audit
from service.queries.releases import user_names
from service.storage.audit_chain import FIRST_HASH, entry_hash, fields_of
from service.storage.models import AuditEntry

CHECKED_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class AuditRow:
    """An entry with the name of who acted (None where no person did), and of whom it was done to, if to a person."""

    entry: AuditEntry
    name: str | None
    about: str | None = None


def entries(
    session: Session, actor: Actor, *, before: int | None = None, action: str | None = None, limit: int = 100
) -> list[AuditRow]:
    """Return entries, newest first; raise `NotAllowed` for anybody but auditors and administrators."""
    if not may_audit(actor):
        raise NotAllowed("not_allowed", N_("Your role does not allow this."))
    statement = select(AuditEntry).order_by(AuditEntry.number.desc()).limit(limit)
    if before is not None:
        statement = statement.where(AuditEntry.number < before)
    if action:
        statement = statement.where(AuditEntry.action == action)
    rows: Sequence[AuditEntry] = session.scalars(statement).all()
    names = user_names(session, {row.actor_id for row in rows} | {row.subject for row in rows})
    return [AuditRow(row, names.get(_who(row)), names.get(row.subject)) for row in rows]


def _who(row: AuditEntry) -> str:
    """Return the id of who acted; before that was noted, whoever signed in stood only as whom it was about."""
    return row.actor_id or (row.subject if row.action == "sign_in.opened" else "")


def actions(session: Session) -> Sequence[str]:
    """Return every kind of act that is on record, in order."""
    return session.scalars(select(AuditEntry.action).distinct().order_by(AuditEntry.action)).all()


def first_broken_entry(session: Session) -> int | None:
    """Return the number of the first entry whose hash does not fit, or None when the chain is whole."""
    previous, expected = FIRST_HASH, 1
    for entry in _in_order(session):
        if entry.number != expected or entry.hash != entry_hash(previous, fields_of(entry)):
            return expected
        previous, expected = entry.hash, expected + 1
    return None


def _in_order(session: Session) -> Iterator[AuditEntry]:
    """Yield every entry, a part at a time: a cursor needs a transaction, which readers have on SQLite alone."""
    statement = select(AuditEntry).order_by(AuditEntry.number).limit(CHECKED_AT_ONCE)
    part = session.scalars(statement).all()
    while part:
        yield from part
        part = session.scalars(statement.where(AuditEntry.number > part[-1].number)).all()
