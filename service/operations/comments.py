"""Talking about a release, a version or a unit: comments and replies, people who are named, threads that end."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import insert, select

from service.domain import permissions
from service.domain.errors import N_, Invalid, NotAllowed, NotFound
from service.domain.mentions import find_mentions
from service.domain.notices import NoticeKind
from service.operations import audit
from service.operations.context import Work
from service.operations.loading import locked_release
from service.operations.notices import tell
from service.queries.comments import mentionable, names_of_everybody
from service.queries.cuts import left_by_a_cut
from service.storage.models import Comment, Mention, Release, Unit, Version

MAX_COMMENT_CHARACTERS = 10_000


@dataclass(frozen=True, slots=True)
class _About:
    """What a comment is about."""

    version: Version | None = None
    unit_id: str | None = None
    thread: Comment | None = None


def add_comment(
    work: Work,
    release_id: str,
    body: str,
    *,
    locale: str | None = None,
    unit_id: str | None = None,
    reply_to: str | None = None,
    for_author: bool = False,
    tell_also: Collection[str] = (),
) -> Comment:
    """Say something about a release, a version or a unit, or reply; anybody who sees the release may.

    Whoever the text names with an @, and everybody in `tell_also` (ids or addresses), is told; raise `Invalid` for
    somebody who may not see the release. A reply is about what its thread is about. With `for_author` it is a question
    to the release's author.
    """
    release = locked_release(work, release_id)
    writer = _writer(work)
    text = body.replace("\r\n", "\n").replace("\x00", "").strip()
    if not text or len(text) > MAX_COMMENT_CHARACTERS:
        raise Invalid("bad_comment", N_("A comment has 1 to 10,000 characters."), field="body")
    about = _about(work, release, locale=locale, unit_id=unit_id, reply_to=reply_to)
    if for_author and release.author_id is None:
        raise Invalid("no_author", N_("This release has no author who could be asked."), field="for_author")
    named = _named(work, release, text, tell_also)
    comment = Comment(
        release_id=release.id,
        version_id=about.version.id if about.version else None,
        unit_id=about.unit_id,
        user_id=writer,
        body=text,
        at=work.now,
        reply_to=about.thread.id if about.thread else None,
        for_author=for_author and about.thread is None,
    )
    work.session.add(comment)
    work.session.flush()
    if named:
        rows = [{"comment_id": comment.id, "user_id": user_id} for user_id in sorted(named)]
        work.session.execute(insert(Mention), rows)
    if about.thread is not None and about.thread.resolved_at is not None:
        _set_resolved(work, about.thread, release, resolved=False)
    said_about = about.version.locale if about.version else None
    audit.record(work, "comment.added", comment.id, release_id=release.id, locale=said_about)
    _tell_people(work, release, comment, about, named)
    return comment


def resolve_comment(work: Work, release_id: str, comment_id: str, *, resolved: bool = True) -> Comment:
    """End a thread, or open it again; by the id of any comment in it."""
    release = locked_release(work, release_id)
    _writer(work)
    thread = _thread(work, release, comment_id)
    if thread is None:
        raise NotFound
    _set_resolved(work, thread, release, resolved=resolved)
    return thread


def _set_resolved(work: Work, thread: Comment, release: Release, *, resolved: bool) -> None:
    if (thread.resolved_at is not None) == resolved:
        return
    thread.resolved_at = work.now if resolved else None
    thread.resolved_by = work.actor.user_id if resolved else None
    action = "comment.resolved" if resolved else "comment.reopened"
    locale = work.session.scalar(select(Version.locale).where(Version.id == thread.version_id))
    audit.record(work, action, thread.id, release_id=release.id, locale=locale)


def _writer(work: Work) -> str:
    if work.actor.user_id is None or not work.actor.within(permissions.Scope.REVIEW):
        raise NotAllowed("not_allowed", N_("Your role does not allow this."))
    return work.actor.user_id


def _about(work: Work, release: Release, *, locale: str | None, unit_id: str | None, reply_to: str | None) -> _About:
    """Find what is spoken of, all of it within the release."""
    if reply_to is not None:
        thread = _thread(work, release, reply_to)
        if thread is None:
            raise Invalid("unknown_comment", N_("The release has no such comment to reply to."), field="reply_to")
        version = work.session.get(Version, thread.version_id) if thread.version_id else None
        _demand_same(locale, version.locale if version else None, unit_id, thread.unit_id)
        return _About(version, thread.unit_id, thread)
    version = None
    if locale is not None:
        version = work.session.scalar(select(Version).where(Version.release_id == release.id, Version.locale == locale))
        if version is None:
            raise Invalid("unknown_locale", N_("The release has no version in that language."), field="locale")
    if unit_id is None:
        return _About(version)
    owner = work.session.scalar(
        select(Version)
        .join(Unit, Unit.version_id == Version.id)
        .where(Unit.id == unit_id, Version.release_id == release.id)
    )
    if owner is None or (version is not None and version.id != owner.id):
        raise Invalid("unknown_unit", N_("The release has no such segment."), field="unit")
    heir = left_by_a_cut(work.session, owner, unit_id)
    return _About(owner, heir.id if heir else unit_id)


def _demand_same(locale: str | None, its_locale: str | None, unit_id: str | None, its_unit: str | None) -> None:
    if (locale is not None and locale != its_locale) or (unit_id is not None and unit_id != its_unit):
        raise Invalid(
            "other_thread",
            N_("A reply is about what its thread is about; leave language and segment out."),
            field="unit",
        )


def _thread(work: Work, release: Release, comment_id: str) -> Comment | None:
    """Return the comment that opened the thread in which a comment of the release stands."""
    comment = work.session.scalar(select(Comment).where(Comment.id == comment_id, Comment.release_id == release.id))
    if comment is None or comment.reply_to is None:
        return comment
    return work.session.get_one(Comment, comment.reply_to)


def _named(work: Work, release: Release, text: str, tell_also: Collection[str]) -> set[str]:
    """Return the ids of who is to be told; raise `Invalid` for a name that is nobody's, or of somebody who may not."""
    if not tell_also and "@" not in text:
        return set()
    reachable = {person.id: person for person in mentionable(work.session, release.id)}
    chosen: set[str] = set()
    addresses = {person.email: person.id for person in reachable.values()}
    for asked in filter(None, (each.strip() for each in tell_also)):
        user_id = asked if asked in reachable else addresses.get(asked.lower())
        if user_id is None:
            raise Invalid(
                "not_mentionable",
                N_("Choose people who may see this release; nobody else is told of it."),
                field="tell",
            )
        chosen.add(user_id)
    found, unknown = find_mentions(text, {person.id: person.name for person in reachable.values()})
    if unknown:
        everybody = names_of_everybody(work.session)
        known, nobody = find_mentions(text, everybody)
        if nobody:
            raise Invalid(
                "unknown_mention",
                N_("Nobody here is called “%(name)s”. Write the whole name behind the @, or leave the @ out."),
                field="body",
                name=nobody[0],
            )
        raise Invalid(
            "not_mentionable",
            N_("%(name)s may not see this release, and cannot be told of it."),
            field="body",
            name=min(everybody[user_id] for user_id in known - found),
        )
    return chosen | found


def _tell_people(work: Work, release: Release, comment: Comment, about: _About, named: set[str]) -> None:
    """Tell who was named, then who waits for an answer, then the author who is asked; each of them once."""
    locale = about.version.locale if about.version else None
    tell(work, NoticeKind.MENTIONED, named, comment.id, release=release, locale=locale)
    if about.thread is not None:
        writers = select(Comment.user_id).where((Comment.id == about.thread.id) | (Comment.reply_to == about.thread.id))
        concerned = set(work.session.scalars(writers))
        if about.thread.for_author and release.author_id:
            concerned.add(release.author_id)
        tell(work, NoticeKind.ANSWER, concerned - named, comment.id, release=release, locale=locale)
    elif comment.for_author:
        tell(work, NoticeKind.QUESTION, {release.author_id} - named, comment.id, release=release, locale=locale)
