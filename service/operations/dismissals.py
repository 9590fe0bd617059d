"""Putting findings aside: for who reviews the language, with a reason that stays on record, until the text changes."""

from __future__ import annotations

from sqlalchemy import select

from service.domain import permissions
from service.domain.checks.keys import pair_digest
from service.domain.errors import N_, Invalid, WrongState
from service.domain.workflow import Action, VersionState, next_state
from service.operations import audit
from service.operations.context import Work
from service.operations.loading import demand, locked_version, unit_of
from service.operations.reasons import given_reason
from service.storage.models import Dismissal, FindingRow, Release, SegmentRow, Unit, Version


def dismiss_finding(work: Work, release_id: str, locale: str, finding_id: str, reason: str) -> FindingRow:
    """Put a finding aside, with a reason that stays on record; it returns when the text changes.

    Raises `Invalid` where the finding is gone, `WrongState` where somebody put it aside already.
    """
    release, version, finding, unit = locked_finding(work, release_id, locale, finding_id)
    if finding.dismissed_at is not None:
        raise WrongState("already_dismissed", N_("This finding is put aside already."))
    dismissal = Dismissal(
        unit_id=unit.id,
        code=finding.code,
        severity=finding.severity,
        template=finding.template,
        facts=finding.facts,
        key=finding.key,
        digest=pair_digest(work.session.get_one(SegmentRow, unit.segment_id).source, unit.target),
        reason=given_reason(reason),
        dismissed_by=work.actor.user_id,
        dismissed_at=work.now,
    )
    work.session.add(dismissal)
    finding.dismissed_by = dismissal.dismissed_by
    finding.dismissed_reason = dismissal.reason
    finding.dismissed_at = dismissal.dismissed_at
    audit.record(work, "finding.dismissed", finding.id, release_id=release.id, locale=version.locale, code=finding.code)
    return finding


def take_up_finding(work: Work, release_id: str, locale: str, finding_id: str) -> FindingRow:
    """Take up again what was put aside; that it once was stays on record."""
    release, version, finding, unit = locked_finding(work, release_id, locale, finding_id)
    if finding.dismissed_at is None:
        raise WrongState("not_dismissed", N_("This finding is open already."))
    for dismissal in work.session.scalars(
        select(Dismissal).where(
            Dismissal.unit_id == unit.id, Dismissal.key == finding.key, Dismissal.ended_at.is_(None)
        )
    ):
        dismissal.ended_at = work.now
    finding.dismissed_by = finding.dismissed_reason = finding.dismissed_at = None
    audit.record(work, "finding.taken_up", finding.id, release_id=release.id, locale=version.locale, code=finding.code)
    return finding


def locked_finding(
    work: Work, release_id: str, locale: str, finding_id: str
) -> tuple[Release, Version, FindingRow, Unit]:
    """Return a finding of a text that the actor may edit, with what it belongs to, locked until the commit.

    Raises `Invalid` where it is gone, and `NotFound` for one of another version.
    """
    release, version = locked_version(work, release_id, locale)
    demand(permissions.may_review(work.actor, locale))
    next_state(VersionState(version.state), Action.EDIT)
    finding = work.session.get(FindingRow, finding_id, populate_existing=True)
    if finding is None:
        raise Invalid("unknown_finding", N_("That finding is gone; the text has changed meanwhile."))
    return release, version, finding, unit_of(work, version, finding.unit_id)
