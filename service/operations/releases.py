"""Receiving releases: submit a text, revise its source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from service.domain import permissions
from service.domain.characters import without_halves, without_zeros
from service.domain.digest import source_digest
from service.domain.errors import N_, Invalid, Stale, WrongState
from service.domain.locales import parse_locale
from service.domain.segmentation import source_hash
from service.domain.slugs import slug_of
from service.domain.text import Document
from service.domain.workflow import Action, VersionState, next_state
from service.operations import audit, outbox
from service.operations.context import Work
from service.operations.loading import Seen, demand, is_seen, locked_release
from service.operations.scheduling import demand_ahead, demand_mode
from service.operations.settling import settle
from service.operations.sources import carry_units_over, demand_minor, fill_new_version, store_revision
from service.queries.cuts import cut_document
from service.storage.models import (
    DraftJob,
    Release,
    SegmentRow,
    SourceRevision,
    SubmissionKey,
    Version,
)

MAX_KEY_CHARACTERS = 255


@dataclass(frozen=True, slots=True)
class Submission:
    """What an author hands in: the text as read, the bytes it was read from, and how it is to be published.

    `minor` says of a new text of a release that it only mends a typo of the present one.
    """

    document: Document
    body: str
    format: str
    targets: tuple[str, ...] | None = None
    slug: str | None = None
    embargo_at: datetime | None = None
    deadline_at: datetime | None = None
    confidential: bool = False
    publish: str = "together"
    minor: bool = False


def submit_release(
    work: Work, submission: Submission, *, key: str | None = None, request_hash: str = ""
) -> tuple[Release, bool]:
    """Take a release in; return it, and whether it is new.

    With `key` (an `Idempotency-Key`), the same key and `request_hash` give the first release again. Raises `Invalid`
    for a bad target, mode or embargo, and for a key that was used for another request.
    """
    demand(permissions.may_submit(work.actor))
    if key is not None:
        earlier = _reserve_key(work, key, request_hash)
        if earlier is not None:
            return earlier, False
    targets = _targets(work, submission.targets)
    demand_mode(submission.publish)
    demand_ahead(submission.embargo_at, work.now)
    title = submission.document.title
    release = Release(
        slug=slug_of(submission.slug or title),
        title=title,
        source_locale=work.office.source_locale,
        author_id=work.actor.user_id,
        state="drafting",
        embargo_at=submission.embargo_at,
        deadline_at=submission.deadline_at,
        confidential=submission.confidential,
        publish=submission.publish,
        created_at=work.now,
        updated_at=work.now,
    )
    work.session.add(release)
    work.session.flush()
    revision, segments = _add_revision(work, release, submission, number=1)
    for locale in targets:
        version = Version(
            release_id=release.id,
            locale=locale,
            state=VersionState.QUEUED,
            revision_id=revision.id,
            created_at=work.now,
            updated_at=work.now,
        )
        work.session.add(version)
        work.session.flush()
        fill_new_version(work, version, segments)
        work.session.add(DraftJob(version_id=version.id, due_at=work.now))
    if key is not None:
        row = work.session.get_one(SubmissionKey, (work.actor.user_id, key))
        row.release_id = release.id
    audit.record(work, "release.submitted", release.id, release_id=release.id, revision=1, targets=list(targets))
    outbox.emit_of_release(work, "release.submitted", release)
    work.session.flush()
    return release, True


def _reserve_key(work: Work, key: str, request_hash: str) -> Release | None:
    """Insert the key, waiting for anybody who inserts the same; return the release of an earlier use, if any."""
    if not key or len(key) > MAX_KEY_CHARACTERS:
        raise Invalid("bad_key", N_("An Idempotency-Key has 1 to 255 characters."), field="Idempotency-Key")
    dialect = work.session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    work.session.execute(
        insert(SubmissionKey)
        .values(user_id=work.actor.user_id, key=key, request_hash=request_hash, created_at=work.now)
        .on_conflict_do_nothing()
    )
    row = work.session.get_one(SubmissionKey, (work.actor.user_id, key), populate_existing=True)
    if row.request_hash != request_hash:
        raise Invalid(
            "key_reused",
            N_("This Idempotency-Key was used for another request; choose a new one."),
            field="Idempotency-Key",
        )
    return work.session.get(Release, row.release_id) if row.release_id else None


def _targets(work: Work, asked: tuple[str, ...] | None) -> tuple[str, ...]:
    """Return the languages that are asked for, each once; all that the office knows where nothing is said of them."""
    source = work.office.source_locale
    known = tuple(tag for tag in work.office.target_locales if tag != source)
    if asked is None:
        return known
    if not asked:
        raise Invalid("no_target", N_("Choose at least one language."), field="targets")
    targets = tuple(dict.fromkeys(parse_locale(tag, field="targets") for tag in asked))
    for tag in targets:
        if tag == source:
            raise Invalid(
                "source_as_target",
                N_("The text is in “%(tag)s” already. Choose the languages to translate it into: %(known)s."),
                field="targets",
                tag=tag,
                known=", ".join(known),
            )
        if tag not in known:
            raise Invalid(
                "unknown_target",
                N_("This office does not translate into “%(tag)s”; it knows %(known)s."),
                field="targets",
                tag=tag,
                known=", ".join(known),
            )
    return targets


def _add_revision(
    work: Work, release: Release, submission: Submission, *, number: int
) -> tuple[SourceRevision, list[SegmentRow]]:
    segments = cut_document(work.session, submission.document, release.source_locale)
    revision = SourceRevision(
        release_id=release.id,
        number=number,
        title=submission.document.title,
        format=submission.format,
        body=without_halves(without_zeros(submission.body)),
        digest=source_digest(submission.document),
        warnings=list(submission.document.warnings),
        author_id=work.actor.user_id,
        minor=submission.minor and number > 1,
        created_at=work.now,
    )
    return revision, store_revision(work, revision, submission.document, segments, source_hash)


def revise_source(work: Work, release_id: str, submission: Submission, *, row_version: Seen) -> Release:
    """Give the release a new source; units of unchanged segments stay, changed ones are marked and drafted anew.

    Where the author calls it a minor edit, changed ones keep their text, for their reviewers to accept. Raises `Stale`
    when the release is no longer at `row_version`, `Invalid` where the edit is not minor as it claims to be.
    """
    release = locked_release(work, release_id)
    demand(permissions.may_revise(work.actor, release.author_id))
    if release.withdrawn_at is not None:
        raise WrongState("withdrawn", N_("A withdrawn release cannot be revised."))
    if not is_seen(row_version, release.row_version):
        raise Stale(
            "stale_release",
            N_("Somebody changed this release since you opened it."),
            mine=min(row_version, default=None) if isinstance(row_version, frozenset) else row_version,
            theirs=release.row_version,
            row_version=release.row_version,
        )
    current = work.session.scalars(
        select(SourceRevision).where(SourceRevision.release_id == release.id, SourceRevision.number == release.revision)
    ).one()
    if source_digest(submission.document) == current.digest:
        return release
    if submission.minor:
        demand_minor(work, current, submission.document, release.source_locale)
    revision, segments = _add_revision(work, release, submission, number=release.revision + 1)
    release.revision = revision.number
    release.title = revision.title
    release.row_version += 1
    release.updated_at = work.now
    for version in work.session.scalars(select(Version).where(Version.release_id == release.id)):
        version.state = next_state(VersionState(version.state), Action.REVISE)
        carry_units_over(work, version, revision, segments)
    settle(work, release)
    audit.record(
        work,
        "release.revised",
        release.id,
        release_id=release.id,
        revision=revision.number,
        **({"minor": True} if revision.minor else {}),
    )
    outbox.emit_of_release(work, "release.revised", release)
    return release
