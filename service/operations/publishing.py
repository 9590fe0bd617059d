"""Publishing: schedule, publish what is due, withdraw; nothing leaves without an approval of exactly its text.

A publisher's request stands until it is carried out or taken back: when an edit closes the gate again, the release
waits, says why, and leaves as soon as the approvals stand again.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select, update

from service.domain import permissions
from service.domain.errors import N_, Reason, Refused, WrongState
from service.domain.gates import VersionFacts, version_reasons
from service.domain.inline import plain
from service.domain.refusals import RefusedAct
from service.domain.text import Block, BlockKind
from service.domain.workflow import Action, VersionState, next_state
from service.formats.html import write_html
from service.operations import audit, leases, outbox
from service.operations.approvals import standing_approval, void_approval
from service.operations.context import Work
from service.operations.loading import demand, locked_release
from service.operations.memory import forget_version, open_memory
from service.operations.notices import tell_failed
from service.operations.reasons import given_reason, reason_locale
from service.operations.refusals import noting
from service.operations.settling import settle
from service.queries.texts import VersionText, blocks_json, version_text
from service.storage.models import Approval, DraftJob, Publication, Release, Version

SUMMARY_CHARACTERS = 400
_SLUG_LOCK = 7_105_220_242  # beside the audit's, and taken before it


def publication_reasons(work: Work, release: Release) -> tuple[Reason, ...]:
    """Return what keeps the release from being published: of all versions, or where each goes alone, of the best."""
    reasons: list[Reason] = []
    any_open = False
    for version in _versions(work, release):
        text = version_text(work.session, version)
        found = version_reasons(_facts(work, release, version, text))
        reasons += found
        any_open = any_open or (not found and version.state != VersionState.PUBLISHED)
    if release.publish == "as_approved" and any_open:
        return ()
    return tuple(reasons)


def _versions(work: Work, release: Release) -> Sequence[Version]:
    return work.session.scalars(
        select(Version).where(Version.release_id == release.id).order_by(Version.created_at, Version.locale)
    ).all()


def _facts(work: Work, release: Release, version: Version, text: VersionText) -> VersionFacts:
    approval = standing_approval(work, version)
    return VersionFacts(
        locale=version.locale,
        state=VersionState(version.state),
        digest=text.digest,
        approved_digest=approval.digest if approval else None,
        approved_revision=approval.revision if approval else None,
        current_revision=release.revision,
    )


def request_publication(work: Work, release_id: str) -> Release:
    """Publish the release now, or schedule it for the end of its embargo.

    Afterwards `release.due_at` tells the hour of a scheduled one. Raises `Refused` with what is missing.
    """
    release = locked_release(work, release_id)
    with noting(RefusedAct.PUBLICATION, release):
        demand(permissions.may_publish(work.actor))
    if release.withdrawn_at is not None:
        raise WrongState("withdrawn", N_("A withdrawn release cannot be published."))
    if all(version.state == VersionState.PUBLISHED for version in _versions(work, release)):
        return release
    reasons = publication_reasons(work, release)
    if reasons:
        raise Refused("not_publishable", N_("This release cannot be published yet."), reasons)
    release.publish_requested_at = work.now
    release.publish_requested_by = work.actor.user_id
    release.publish_blocked = None
    release.row_version += 1
    hour = release.embargo_at
    audit.record(work, "publication.requested", release.id, release_id=release.id, due=(hour or work.now).isoformat())
    if hour is not None and hour > work.now:
        release.due_at = hour
        release.hinted_until = None
        settle(work, release)
        return release
    _publish(work, release)
    return release


def cancel_publication(work: Work, release_id: str) -> Release:
    """Take a scheduled publication back."""
    release = locked_release(work, release_id)
    with noting(RefusedAct.CANCELLATION, release):
        demand(permissions.may_publish(work.actor))
    if release.publish_requested_at is None:
        raise WrongState("not_scheduled", N_("No publication is scheduled."))
    release.publish_requested_at = None
    release.publish_blocked = None
    release.due_at = None
    settle(work, release)
    audit.record(work, "publication.cancelled", release.id, release_id=release.id)
    return release


def publish_due(work: Work, release_id: str) -> bool:
    """Publish a scheduled release whose hour has come; tell whether it went out.

    Where the gate has closed again since it was scheduled, the reasons are kept on the release and it waits for the
    next approval.
    """
    token = leases.claim(work, Release, release_id)
    if token is None:
        return False
    release = work.session.get_one(Release, release_id, populate_existing=True)
    release.due_at = None
    release.lease_token = None
    release.lease_until = None
    release.hinted_until = None
    release.attempts = 0
    if release.withdrawn_at is not None or release.publish_requested_at is None:
        return False
    if release.embargo_at is not None and release.embargo_at > work.now:
        release.due_at = release.embargo_at
        return False
    reasons = publication_reasons(work, release)
    if reasons:
        release.publish_blocked = [
            {"code": reason.code, "template": reason.template, "facts": reason.facts} for reason in reasons
        ]
        settle(work, release)
        audit.record(
            work,
            "publication.blocked",
            release.id,
            release_id=release.id,
            reasons=[reason.code for reason in reasons],
        )
        tell_failed(work, "publication", release.id, release=release)
        return False
    _publish(work, release)
    return True


def _publish(work: Work, release: Release) -> None:
    """Freeze and publish every version whose gate is open; the caller has made sure that something may leave."""
    fresh: dict[str, str] = {}  # by locale, the id of the approval that each leaves by
    corrected: dict[str, str] = {}
    for version in _versions(work, release):
        if version.state != VersionState.APPROVED:
            continue
        text = version_text(work.session, version)
        if version_reasons(_facts(work, release, version, text)):
            continue
        approval = standing_approval(work, version)
        if approval is None:
            continue
        earlier = _live_publication(work, version)
        publication = _freeze(work, release, version, text, approval=approval, earlier=earlier)
        version.state = next_state(VersionState(version.state), Action.PUBLISH)
        version.row_version += 1
        open_memory(work, version)
        (corrected if earlier else fresh)[version.locale] = approval.id
        audit.record(
            work,
            "version.published",
            version.id,
            release_id=release.id,
            locale=version.locale,
            digest=text.digest,
            publication=publication.id,
            approval=approval.id,
        )
        if release.publish == "as_approved" and earlier is None:
            outbox.emit_of_release(work, "version.published", release, once=[approval.id], locales=[version.locale])
    complete = all(version.state == VersionState.PUBLISHED for version in _versions(work, release))
    release.publish_blocked = None
    release.due_at = None
    if complete:
        release.publish_requested_at = None
    release.published_at = release.published_at or work.now
    settle(work, release)
    if corrected:
        outbox.emit_of_release(work, "release.corrected", release, once=corrected.values(), locales=list(corrected))
    if fresh and (release.publish == "together" or complete):
        outbox.emit_of_release(work, "release.published", release, once=fresh.values(), locales=list(fresh))
    audit.record(work, "release.published", release.id, release_id=release.id, locales=sorted([*fresh, *corrected]))


def _live_publication(work: Work, version: Version) -> Publication | None:
    return work.session.scalar(
        select(Publication).where(Publication.version_id == version.id, Publication.superseded_at.is_(None))
    )


def _freeze(
    work: Work,
    release: Release,
    version: Version,
    text: VersionText,
    *,
    approval: Approval,
    earlier: Publication | None,
) -> Publication:
    """Keep the text as it leaves; it takes the place and the address of an earlier one."""
    slug = earlier.slug if earlier else _free_slug(work, version.locale, release.slug)
    if earlier is not None:
        earlier.superseded_at = work.now
        work.session.flush()
    publication = Publication(
        release_id=release.id,
        version_id=version.id,
        approval_id=approval.id,
        locale=version.locale,
        slug=slug,
        title=text.title,
        summary=_summary(text.blocks),
        revision=text.revision,
        digest=text.digest,
        blocks=blocks_json(text.blocks),
        html=write_html(text.blocks, version.locale),
        machine_drafted=any(unit.origin == "mt" or unit.draft for unit in text.units),
        published_by=release.publish_requested_by,
        first_published_at=earlier.first_published_at if earlier else work.now,
        published_at=work.now,
    )
    work.session.add(publication)
    work.session.flush()
    return publication


def _free_slug(work: Work, locale: str, slug: str) -> str:
    """Return the slug, or the slug with the first number that makes it free; on PostgreSQL one asks at a time."""
    if work.session.get_bind().dialect.name == "postgresql":
        work.session.execute(select(func.pg_advisory_xact_lock(_SLUG_LOCK)))
    taken = set(
        work.session.scalars(
            select(Publication.slug).where(
                Publication.locale == locale,
                Publication.slug.startswith(slug),
                Publication.superseded_at.is_(None),
            )
        )
    )
    candidate, number = slug, 2
    while candidate in taken:
        candidate, number = f"{slug}-{number}", number + 1
    return candidate


def _summary(blocks: Sequence[Block]) -> str:
    for kind in (BlockKind.LEAD, BlockKind.PARAGRAPH):
        for block in blocks:
            if block.kind is kind:
                words = " ".join(plain(block.content).split())
                return (
                    words if len(words) <= SUMMARY_CHARACTERS else words[:SUMMARY_CHARACTERS].rsplit(" ", 1)[0] + " …"
                )
    return ""


def withdraw_release(work: Work, release_id: str, reason: str, *, locale: str | None = None) -> Release:
    """Take the release back, published or not, with a reason that readers and receivers see.

    `locale` tells in which of the office's languages the reason is written; None stands for the release's own.
    """
    release = locked_release(work, release_id)
    with noting(RefusedAct.WITHDRAWAL, release):
        demand(permissions.may_publish(work.actor))
    text = given_reason(reason)
    language = reason_locale(work.office, release, locale)
    if release.withdrawn_at is not None:
        raise WrongState("withdrawn", N_("The release is already withdrawn."))
    was_public = release.published_at is not None
    release.withdrawn_at = work.now
    release.withdrawn_reason = text
    release.withdrawn_reason_locale = language
    release.publish_requested_at = None
    release.due_at = None
    release.row_version += 1
    for version in _versions(work, release):
        version.state = next_state(VersionState(version.state), Action.WITHDRAW)
        version.row_version += 1
        void_approval(work, version, "withdrawn")
        forget_version(work, version)
        work.session.execute(
            update(DraftJob).where(DraftJob.version_id == version.id).values(due_at=None, lease_token=None)
        )
    work.session.execute(
        update(Publication)
        .where(Publication.release_id == release.id, Publication.superseded_at.is_(None))
        .values(withdrawn_at=work.now, withdrawn_reason=text, withdrawn_reason_locale=language)
        .execution_options(synchronize_session=False)
    )
    settle(work, release)
    audit.record(work, "release.withdrawn", release.id, release_id=release.id, was_public=was_public)
    outbox.emit_of_release(work, "release.withdrawn", release, once=[release.id], reason=text, was_public=was_public)
    return release
