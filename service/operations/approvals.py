"""Approvals: given to exactly one text, voided by whatever touches it, taken back with a reason."""

from __future__ import annotations

from sqlalchemy import select, update

from service.domain import permissions
from service.domain.errors import N_, Conflict, Refused
from service.domain.gates import ApprovalFacts, approval_reasons
from service.domain.notices import NoticeKind
from service.domain.refusals import RefusedAct
from service.domain.workflow import Action, UnitState, VersionState, next_state
from service.operations import audit, outbox, refusals
from service.operations.checking import keep_current
from service.operations.context import Work
from service.operations.loading import demand, locked_version
from service.operations.memory import forget_version, remember_version
from service.operations.notices import tell, tell_if_all_approved, workers_on
from service.operations.reasons import given_reason
from service.operations.settling import settle, touch
from service.queries.cuts import writers_of
from service.queries.facts import differing_facts
from service.queries.texts import tally, version_text
from service.storage import counts
from service.storage.models import Approval, Release, SegmentRow, Unit, Version

REVISED = "revised"
RECUT = "recut"
APPROVED_MEANWHILE = "approved_meanwhile"
OWN_TEXT_REASON = "The office works without four eyes (FOUR_EYES=false)."


def approve_version(
    work: Work, release_id: str, locale: str, *, digest: str, exception_reason: str | None = None
) -> Approval:
    """Approve exactly the text that has `digest`; raise `Refused` with everything that keeps it from being approved.

    Findings of another text or of other rules are made anew first: nothing is approved by what is out of date.
    Where the office works without four eyes, approving one's own text is recorded with `exception_reason`.
    """
    release, version = locked_version(work, release_id, locale)
    with refusals.noting(RefusedAct.APPROVAL, version):
        return _approve(work, release, version, digest, exception_reason)


def _approve(work: Work, release: Release, version: Version, digest: str, exception_reason: str | None) -> Approval:
    locale = version.locale
    demand(permissions.may_review(work.actor, locale))
    if version.state == VersionState.APPROVED:
        standing = standing_approval(work, version)
        if standing is not None and standing.digest == digest and standing.approved_by == work.actor.user_id:
            return standing
    following = next_state(VersionState(version.state), Action.APPROVE)
    rules = keep_current(work, release, version)
    text = version_text(work.session, version)
    told = tally(work.session, version)
    own = _wrote_current_text(work, version)
    facts = ApprovalFacts(
        empty=told.empty,
        errors=told.errors,
        differing_facts=differing_facts(work.session, release, version, rules),
        digest=text.digest,
        asked_digest=digest,
        revision=text.revision,
        current_revision=release.revision,
        wrote_current_text=own,
        four_eyes=work.office.four_eyes,
    )
    reasons = approval_reasons(facts)
    if reasons:
        raise Refused("not_approvable", N_("This version cannot be approved yet."), reasons)
    approval = Approval(
        version_id=version.id,
        revision=text.revision,
        digest=text.digest,
        rules_revision=rules.revision,
        approved_by=work.actor.user_id,
        approved_at=work.now,
        confirmed_units=told.confirmed,
        exception_reason=given_reason(exception_reason or OWN_TEXT_REASON) if own else None,
    )
    work.session.add(approval)
    for unit in text.units:
        unit.state = UnitState.FINAL
        unit.row_version += 1
    version.state = following
    version.changes_reason = None
    touch(work, release, version)
    remember_version(work, release, version, text)
    audit.record(
        work,
        "version.approved",
        version.id,
        release_id=release.id,
        locale=locale,
        digest=text.digest,
        revision=text.revision,
        own_text=own,
    )
    outbox.emit_of_release(work, "version.approved", release, locale=locale)
    tell_if_all_approved(work, release, approval)
    if release.publish_requested_at is not None:
        release.due_at = max(work.now, release.embargo_at or work.now)
        settle(work, release)
    return approval


def standing_approval(work: Work, version: Version) -> Approval | None:
    """Return the approval that counts now, if there is one."""
    return work.session.scalar(
        select(Approval)
        .where(Approval.version_id == version.id, Approval.voided_at.is_(None))
        .order_by(Approval.approved_at.desc())
        .limit(1)
    )


def _wrote_current_text(work: Work, version: Version) -> bool:
    return any(work.actor.user_id in writers for writers in writers_of(work.session, version).values())


def request_changes(work: Work, release_id: str, locale: str, reason: str) -> Version:
    """Send a version back to its reviewers with a reason."""
    return _send_back(work, release_id, locale, reason, Action.REQUEST_CHANGES, because="changes_requested")


def reopen_version(work: Work, release_id: str, locale: str, reason: str) -> Version:
    """Take an approval back; a published text stays public until its correction is published."""
    return _send_back(work, release_id, locale, reason, Action.REOPEN, because="reopened")


def _send_back(work: Work, release_id: str, locale: str, reason: str, action: Action, *, because: str) -> Version:
    release, version = locked_version(work, release_id, locale)
    demand(permissions.may_send_back(work.actor, locale))
    version.state = next_state(VersionState(version.state), action)
    version.changes_reason = given_reason(reason)
    version.changes_by = work.actor.user_id
    version.changes_at = work.now
    void_approval(work, version, because)
    touch(work, release, version)
    audit.record(work, f"version.{because}", version.id, release_id=release.id, locale=locale)
    if action is Action.REQUEST_CHANGES:
        subject = f"{version.id}:{version.row_version}"
        tell(work, NoticeKind.CHANGES, workers_on(work, version), subject, release=release, locale=locale)
    return version


def demand_reopened(work: Work, version: Version) -> None:
    """Raise `Conflict` where an edit would take an approval back, and this one may not do so by itself."""
    if not work.reopens and version.state in {VersionState.APPROVED, VersionState.PUBLISHED}:
        raise Conflict(
            APPROVED_MEANWHILE, N_("This version was approved meanwhile. Reopen it first if it is to be changed.")
        )


def void_approval(work: Work, version: Version, because: str) -> bool:
    """End the version's standing approval, take its pairs out of the memory; tell whether there was one.

    What a new source revision finds published stays there until its correction is approved.
    """
    standing = work.session.scalars(
        select(Approval).where(Approval.version_id == version.id, Approval.voided_at.is_(None))
    ).all()
    if not standing:
        return False
    for approval in standing:
        approval.voided_at = work.now
        approval.voided_because = because
    segments = select(SegmentRow.id).where(SegmentRow.revision_id == version.revision_id)
    work.session.flush()
    counts.note(work.session, version.id)
    for confirmed, state in ((True, UnitState.REVIEWED), (False, UnitState.TRANSLATED)):
        work.session.execute(
            update(Unit)
            .where(
                Unit.version_id == version.id,
                Unit.segment_id.in_(segments),
                Unit.state == UnitState.FINAL,
                Unit.confirmed_by.is_not(None) if confirmed else Unit.confirmed_by.is_(None),
            )
            .values(state=state, row_version=Unit.row_version + 1)
            .execution_options(synchronize_session="fetch")
        )
    forget_version(work, version, public_too=because not in {REVISED, RECUT})
    audit.record(
        work,
        "approval.voided",
        version.id,
        release_id=version.release_id,
        locale=version.locale,
        because=because,
    )
    release = work.session.get_one(Release, version.release_id)
    outbox.emit_of_release(work, "version.reopened", release, locale=version.locale, reason=because)
    return True
