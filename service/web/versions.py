"""One version as its pages know it: loaded once, with what the person may do with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from service.domain import permissions
from service.domain.workflow import Action, VersionState, may_move
from service.queries.releases import VersionRow, user_names, version_row
from service.storage.models import Release, Version
from service.uow import Reading
from service.web.identity import actor

# Where a text may be edited without taking an approval back.
OPEN_STATES = frozenset({VersionState.QUEUED, VersionState.DRAFTING, VersionState.IN_REVIEW})


@dataclass(frozen=True, slots=True)
class VersionPage:
    """What every page of a version shows above its own content."""

    release: Release
    row: VersionRow
    names: dict[str, str]
    now: datetime

    @property
    def version(self) -> Version:
        """The version itself."""
        return self.row.version

    @property
    def state(self) -> VersionState:
        """Where it stands."""
        return VersionState(self.row.version.state)

    @property
    def reviews(self) -> bool:
        """Does this person review the language?"""
        return permissions.may_review(actor(), self.version.locale)

    @property
    def editable(self) -> bool:
        """May the text be edited here and now, without taking an approval back?"""
        return self.reviews and self.state in OPEN_STATES

    @property
    def approvable(self) -> bool:
        """May this person go to the page that approves?"""
        return self.reviews and may_move(self.state, Action.APPROVE)

    @property
    def returnable(self) -> bool:
        """May this person request changes?"""
        return self._sends_back and may_move(self.state, Action.REQUEST_CHANGES)

    @property
    def reopenable(self) -> bool:
        """May this person take the approval back?"""
        return self._sends_back and may_move(self.state, Action.REOPEN)

    @property
    def redraftable(self) -> bool:
        """May this person ask for new drafts?"""
        allowed = self.reviews or permissions.may_revise(actor(), self.release.author_id)
        return allowed and may_move(self.state, Action.REDRAFT)

    @property
    def held_by(self) -> str | None:
        """Who has taken the version on, while that lasts."""
        until = self.version.claimed_until
        return self.row.claimed_by if until is not None and until > self.now else None

    @property
    def _sends_back(self) -> bool:
        return permissions.may_send_back(actor(), self.version.locale)


def load(reading: Reading, release_id: str, locale: str) -> VersionPage:
    """Load a version for its pages; raise `NotFound` where the person may not see it."""
    release, row = version_row(reading.session, actor(), release_id, locale)
    names = user_names(reading.session, {row.version.changes_by, row.approval.approved_by if row.approval else None})
    return VersionPage(release, row, names, reading.now)
