"""Changing when and how a release leaves, as long as it has not left.

What a publisher has scheduled leaves by itself, at its hour. Whoever may write the text may put that hour off; that it
comes sooner is a publisher's word.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from service.domain import permissions
from service.domain.errors import N_, Invalid, NotAllowed, Stale, WrongState
from service.domain.refusals import RefusedAct
from service.operations import audit
from service.operations.context import Work
from service.operations.loading import Seen, demand, is_seen, locked_release
from service.operations.refusals import noting
from service.storage.models import Release

PUBLISH_MODES = ("together", "as_approved")
_STILL_TAKEN = timedelta(hours=1)  # an hour that has just passed while the text was on its way


@dataclass(frozen=True, slots=True)
class Schedule:
    """What may be changed about when and how a release leaves; None leaves a part as it is."""

    embargo_at: datetime | None = None
    clear_embargo: bool = False
    deadline_at: datetime | None = None
    clear_deadline: bool = False
    confidential: bool | None = None
    publish: str | None = None

    def embargo_of(self, release: Release) -> datetime | None:
        """Return the embargo that a release has with this."""
        return self.embargo_at if self.embargo_at is not None or self.clear_embargo else release.embargo_at


def demand_mode(publish: str) -> None:
    """Raise `Invalid` for what is no way to leave."""
    if publish not in PUBLISH_MODES:
        raise Invalid("bad_publish", N_("“publish” is either “together” or “as_approved”."), field="publish")


def demand_ahead(embargo_at: datetime | None, now: datetime) -> None:
    """Raise `Invalid` for an embargo that is over already: a mistyped year would leave the text open to everybody."""
    if embargo_at is not None and embargo_at <= now - _STILL_TAKEN:
        raise Invalid(
            "embargo_over",
            N_("That embargo is over already, and would keep nothing secret. Give an hour to come, or none."),
            field="embargo_at",
        )


def leaves_sooner(release: Release, schedule: Schedule, now: datetime) -> datetime | None:
    """Return when a scheduled release would leave with a change, if that is sooner than it does; None where not."""
    if release.publish_requested_at is None:
        return None
    present, wanted = (max(now, at or now) for at in (release.embargo_at, schedule.embargo_of(release)))
    each_alone = schedule.publish == "as_approved" != release.publish
    return wanted if wanted < present or each_alone else None


def reschedule(work: Work, release_id: str, schedule: Schedule, *, row_version: Seen = None) -> Release:
    """Change embargo, deadline, confidentiality or mode of a release that is not yet published.

    What is as it was already changes nothing. Raises `Stale` when the release is no longer at `row_version` (None asks
    for no check), and `NotAllowed` where somebody else than a publisher would let a scheduled release leave sooner.
    """
    release = locked_release(work, release_id)
    publishes = permissions.may_publish(work.actor)
    with noting(RefusedAct.SCHEDULE, release):
        demand(permissions.may_revise(work.actor, release.author_id) or publishes)
    if not is_seen(row_version, release.row_version):
        raise Stale(
            "stale_release",
            N_("Somebody changed this release since you read it."),
            theirs=release.row_version,
            row_version=release.row_version,
        )
    if release.published_at is not None or release.withdrawn_at is not None:
        raise WrongState("already_out", N_("The release has already left; its schedule cannot be changed."))
    if schedule.publish is not None:
        demand_mode(schedule.publish)
    if schedule.embargo_at != release.embargo_at:
        demand_ahead(schedule.embargo_at, work.now)
    if not publishes and leaves_sooner(release, schedule, work.now) is not None:
        said = N_(
            "The publication is scheduled; only a publisher lets it leave sooner. Ask one, or have it taken back."
        )
        with noting(RefusedAct.SCHEDULE, release):
            raise NotAllowed("scheduled", said)
    before = _schedule_of(release)
    _apply(release, schedule)
    if _schedule_of(release) == before:
        return release
    if release.publish_requested_at is not None:
        release.due_at = max(work.now, release.embargo_at or work.now)
        work.nudge = True
    release.row_version += 1
    release.updated_at = work.now
    audit.record(
        work,
        "release.rescheduled",
        release.id,
        release_id=release.id,
        embargo_at=release.embargo_at.isoformat() if release.embargo_at else None,
        confidential=release.confidential,
        publish=release.publish,
    )
    return release


def _schedule_of(release: Release) -> tuple[object, ...]:
    return release.embargo_at, release.deadline_at, release.confidential, release.publish


def _apply(release: Release, schedule: Schedule) -> None:
    release.embargo_at = schedule.embargo_of(release)
    if schedule.deadline_at is not None or schedule.clear_deadline:
        release.deadline_at = schedule.deadline_at
    if schedule.confidential is not None:
        release.confidential = schedule.confidential
    if schedule.publish is not None:
        release.publish = schedule.publish
