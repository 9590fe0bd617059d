"""Acts that were refused to who tried them, and are put on record all the same: those that four eyes are there for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RefusedAct(StrEnum):
    """What was tried, by its name in the audit."""

    APPROVAL = "version.approval_refused"
    PUBLICATION = "publication.refused"
    CANCELLATION = "publication.cancellation_refused"
    WITHDRAWAL = "release.withdrawal_refused"
    SCHEDULE = "release.schedule_refused"


@dataclass(frozen=True, slots=True)
class Refusal:
    """One such try: of what, on which object, and the code of why not; `locale` where it was one language's."""

    act: RefusedAct
    subject: str
    release_id: str
    reason: str
    locale: str | None = None
