"""What was said about a release, as threads, and who may be named in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Row, and_, func, select
from sqlalchemy.orm import Session, aliased

from service.queries.visibility import sees_release
from service.storage.models import Comment, Mention, Release, SegmentRow, Unit, User, Version


@dataclass(frozen=True, slots=True)
class CommentRow:
    """A comment with its writer's name, the locale it is about, if any, and the names of who was told of it.

    `n` is the number of the segment it is about, where that still stands in the version's text.
    """

    comment: Comment
    name: str
    locale: str | None
    resolved_by: str | None = None
    n: int | None = None
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment with its replies, oldest first."""

    first: CommentRow
    replies: tuple[CommentRow, ...] = ()

    @property
    def open(self) -> bool:
        """Has nobody ended it?"""
        return self.first.comment.resolved_at is None

    def waits_for(self, author_id: str | None) -> bool:
        """Is this an open question to the author that the author has not answered?"""
        asked = self.open and self.first.comment.for_author and author_id is not None
        return asked and all(reply.comment.user_id != author_id for reply in self.replies)


def comments_of(session: Session, release: Release) -> list[CommentRow]:
    """Return a release's comments, oldest first; two statements."""
    return _rows(session, Comment.release_id == release.id)


def threads_of(session: Session, release: Release) -> list[Thread]:
    """Return a release's threads, by when they were opened; two statements."""
    return _threads(comments_of(session, release))


def threads_of_version(session: Session, version: Version) -> list[Thread]:
    """Return the threads about a version or its units; two statements."""
    return _threads(_rows(session, Comment.version_id == version.id))


def threads_of_unit(session: Session, version: Version, unit_id: str) -> list[Thread]:
    """Return the threads about one unit; two statements."""
    return _threads(_rows(session, and_(Comment.version_id == version.id, Comment.unit_id == unit_id)))


@dataclass(frozen=True, slots=True)
class Talk:
    """The threads of a version by unit, and those about the whole of it."""

    by_unit: Mapping[str, Sequence[Thread]] = field(default_factory=dict)
    whole: Sequence[Thread] = ()

    def of(self, unit_id: str) -> Sequence[Thread]:
        """Return the threads about a unit."""
        return self.by_unit.get(unit_id, ())


def talk_of(threads: Iterable[Thread]) -> Talk:
    """Sort the threads of a version by what they are about."""
    by_unit: dict[str, list[Thread]] = {}
    whole: list[Thread] = []
    for thread in threads:
        unit_id = thread.first.comment.unit_id
        (whole if unit_id is None else by_unit.setdefault(unit_id, [])).append(thread)
    return Talk(by_unit, whole)


_resolver = aliased(User)
_COMMENTS = (
    select(Comment, User.name, Version.locale, _resolver.name, SegmentRow.n)
    .join(User, User.id == Comment.user_id)
    .outerjoin(Version, Version.id == Comment.version_id)
    .outerjoin(_resolver, _resolver.id == Comment.resolved_by)
    .outerjoin(Unit, Unit.id == Comment.unit_id)
    .outerjoin(SegmentRow, and_(SegmentRow.id == Unit.segment_id, SegmentRow.revision_id == Version.revision_id))
    .order_by(Comment.at, Comment.id)
)
_MENTIONS = (
    select(Mention.comment_id, User.name)
    .join(User, User.id == Mention.user_id)
    .join(Comment, Comment.id == Mention.comment_id)
    .order_by(User.name)
)


def _rows(session: Session, condition: ColumnElement[bool]) -> list[CommentRow]:
    rows = session.execute(_COMMENTS.where(condition)).all()
    told: dict[str, list[str]] = {}
    for comment_id, name in session.execute(_MENTIONS.where(condition)) if rows else ():
        told.setdefault(comment_id, []).append(name)
    return [
        CommentRow(comment, name, locale, by, _number(n), tuple(told.get(comment.id, ())))
        for comment, name, locale, by, n in rows
    ]


def _number(place: int | None) -> int | None:
    """Return the number of a segment from its place, which is none where it left the text."""
    return None if place is None else place + 1


def _threads(rows: Sequence[CommentRow]) -> list[Thread]:
    replies: dict[str, list[CommentRow]] = {}
    for row in rows:
        if row.comment.reply_to is not None:
            replies.setdefault(row.comment.reply_to, []).append(row)
    return [Thread(row, tuple(replies.get(row.comment.id, ()))) for row in rows if row.comment.reply_to is None]


def open_threads(session: Session, version_ids: Collection[str]) -> dict[str, int]:
    """Return how many threads about each version and its units are open; one statement."""
    rows = session.execute(
        select(Comment.version_id, func.count())
        .where(Comment.version_id.in_(version_ids), Comment.reply_to.is_(None), Comment.resolved_at.is_(None))
        .group_by(Comment.version_id)
    )
    return {version_id: count for version_id, count in rows if version_id is not None}


def mentionable(session: Session, release_id: str) -> Sequence[Row[str, str, str]]:
    """Return id, name and address of everybody who may see the release, by name; one statement."""
    return session.execute(
        select(User.id, User.name, User.email)
        .where(User.disabled_at.is_(None), sees_release(release_id))
        .order_by(User.name, User.id)
    ).all()


def names_of_everybody(session: Session) -> dict[str, str]:
    """Return the names of all people with an open account, by id."""
    rows = session.execute(select(User.id, User.name).where(User.disabled_at.is_(None)))
    return {row.id: row.name for row in rows}
