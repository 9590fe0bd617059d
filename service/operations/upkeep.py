"""The sweeper's part in the database: hints for what is due, signs of life, forgetting what has served its time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from service.domain.events import PUBLIC_EVENTS
from service.operations import leases
from service.operations.context import Work
from service.storage.models import (
    Alternative,
    EngineAnswer,
    Heartbeat,
    Notice,
    OutboxRow,
    Receipt,
    Release,
    SignIn,
    SignInFailure,
    WaitingFile,
)

HINTS_AT_ONCE = 200
OUTBOX_AT_ONCE = 25
"""So few that whoever passes them on is done before the hint at the last of them has run out."""

DRAFTS_AHEAD = 32
"""Drafts that wait in the broker's queue, at most; each that ends has the next one looked for."""

_INSIDE = OutboxRow.topic.not_in(sorted(PUBLIC_EVENTS))
"""What the office tells itself waits for what a newsroom acts on; receivers go by the sequence, not by the moment."""

KEEP_FAILURES = timedelta(days=1)
KEEP_SESSIONS = timedelta(days=30)
KEEP_ALTERNATIVES = timedelta(days=30)
KEEP_ANSWERS = timedelta(days=30)
KEEP_NOTICES = timedelta(days=90)
KEEP_FILES = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Due:
    """Ids of the work that is due now and that nobody was told of lately."""

    outbox: tuple[str, ...]
    drafts: tuple[str, ...]
    alternatives: tuple[str, ...]
    publications: tuple[str, ...]
    deliveries: tuple[str, ...]
    receipts: tuple[str, ...] = ()

    @property
    def is_full(self) -> bool:
        """Tell whether there may be more of some kind than one look takes; drafts are looked for as others end."""
        kinds = (self.alternatives, self.publications, self.deliveries, self.receipts)
        return len(self.outbox) >= OUTBOX_AT_ONCE or any(len(ids) >= HINTS_AT_ONCE for ids in kinds)


def find_due(work: Work) -> Due:
    """Return what is due and note that it was hinted at."""
    return Due(
        outbox=tuple(leases.due_unhinted(work, OutboxRow, limit=OUTBOX_AT_ONCE, last=_INSIDE)),
        drafts=tuple(leases.due_drafts(work, limit=DRAFTS_AHEAD)),
        alternatives=tuple(leases.due_unhinted(work, Alternative, limit=HINTS_AT_ONCE)),
        publications=tuple(leases.due_unhinted(work, Release, limit=HINTS_AT_ONCE)),
        deliveries=tuple(leases.due_deliveries(work, limit=HINTS_AT_ONCE)),
        receipts=tuple(leases.due_unhinted(work, Receipt, limit=HINTS_AT_ONCE)),
    )


def beat(work: Work, name: str) -> None:
    """Note that the part was at work now."""
    insert = postgresql.insert if work.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    work.session.execute(
        insert(Heartbeat)
        .values(name=name, at=work.now)
        .on_conflict_do_update(index_elements=[Heartbeat.name], set_={"at": work.now})
    )


def forget_old(work: Work) -> None:
    """Delete failed sign-ins, ended sessions, old news, and alternatives, answers and files that nobody needs."""
    work.session.execute(delete(SignInFailure).where(SignInFailure.at < work.now - KEEP_FAILURES))
    work.session.execute(delete(SignIn).where(SignIn.expires_at < work.now - KEEP_SESSIONS))
    work.session.execute(delete(Alternative).where(Alternative.asked_at < work.now - KEEP_ALTERNATIVES))
    work.session.execute(delete(EngineAnswer).where(EngineAnswer.kept_at < work.now - KEEP_ANSWERS))
    work.session.execute(delete(Notice).where(Notice.settled_at < work.now - KEEP_NOTICES))
    work.session.execute(delete(WaitingFile).where(WaitingFile.sent_at < work.now - KEEP_FILES))
