"""What every operation is handed: the transaction it is part of, who acts, when, and the office's policies."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from service.domain.office import Office
from service.domain.permissions import DESK, Actor


@dataclass(slots=True)
class Work:
    """One transaction of one actor; `now` is the database's moment at its beginning, in UTC.

    `nudge` is set when something was written that a worker should look at after the commit. `reopens` tells whether an
    edit takes an approval back by itself; on the pages, where one reads and types for a while, it is refused instead.
    """

    session: Session
    now: datetime
    actor: Actor = DESK
    office: Office = field(default_factory=Office)
    nudge: bool = False
    reopens: bool = True
