"""The list of releases as people look through it: filters that may be combined, newest first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select, tuple_
from sqlalchemy.orm import Session, aliased

from service.domain.permissions import Actor
from service.queries.releases import ReleaseRow, with_versions
from service.queries.visibility import visible_to
from service.storage.models import Comment, Release, Version

ONLY = ("mine", "embargo", "questions")


@dataclass(frozen=True, slots=True)
class ListAsk:
    """What somebody looks for; "" asks for everything. `only` is one of `ONLY`; of `q` every word is to be there."""

    q: str = ""
    state: str = ""
    locale: str = ""
    only: str = ""

    @property
    def narrows(self) -> bool:
        """Does it leave anything out?"""
        return bool(self.q or self.state or self.locale or self.only)


def listed_releases(
    session: Session,
    actor: Actor,
    ask: ListAsk,
    now: datetime,
    *,
    after: tuple[datetime, str] | None = None,
    limit: int = 50,
) -> list[ReleaseRow]:
    """Return releases that the actor sees, newest first; `after` is the last row's (created_at, id).

    As many statements as `with_versions` and one, however many rows there are.
    """
    statement = select(Release).where(visible_to(actor)).order_by(Release.created_at.desc(), Release.id.desc())
    for word in ask.q.split():
        statement = statement.where(Release.title.icontains(word, autoescape=True))
    if ask.state:
        statement = statement.where(Release.state == ask.state)
    if ask.locale:
        in_language = exists().where(Version.release_id == Release.id, Version.locale == ask.locale)
        statement = statement.where(in_language.correlate(Release))
    conditions = {
        "mine": Release.author_id == actor.user_id,
        "embargo": Release.embargo_at > now,
        "questions": _asks(actor),
    }
    if ask.only in conditions:
        statement = statement.where(conditions[ask.only])
    if after is not None:
        statement = statement.where(tuple_(Release.created_at, Release.id) < after)
    return with_versions(session, session.scalars(statement.limit(limit)).all())


def version_locales(session: Session, actor: Actor) -> list[str]:
    """Return the languages of the versions that the actor sees."""
    statement = select(Version.locale).join(Release, Release.id == Version.release_id).where(visible_to(actor))
    return list(session.scalars(statement.distinct().order_by(Version.locale)))


def questions_for(session: Session, actor: Actor, release_ids: Collection[str]) -> dict[str, int]:
    """Return how many questions about each of the actor's releases wait for an answer of theirs; one statement."""
    rows = session.execute(
        select(Comment.release_id, func.count().label("questions"))
        .join(Release, Release.id == Comment.release_id)
        .where(Comment.release_id.in_(release_ids), Release.author_id == actor.user_id, *_unanswered(actor))
        .group_by(Comment.release_id)
    )
    return {row.release_id: row.questions for row in rows}


def _asks(actor: Actor) -> ColumnElement[bool]:
    """Return the condition for releases of the actor about which a question waits for an answer of theirs."""
    question = exists().where(Comment.release_id == Release.id, *_unanswered(actor))
    mine: ColumnElement[bool] = Release.author_id == actor.user_id
    return mine & question.correlate(Release)


def _unanswered(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions on `Comment` for an open question to an author that the actor has not answered."""
    reply = aliased(Comment)
    answered = exists().where(reply.reply_to == Comment.id, reply.user_id == actor.user_id).correlate(Comment)
    return Comment.for_author.is_(True), Comment.reply_to.is_(None), Comment.resolved_at.is_(None), ~answered
