"""Noting that a person reads a version's text, so that they can ask later what has changed since.

It is a mark for themselves: nothing about the text changes, and it leaves no trace in the audit.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from service.domain.errors import NotFound
from service.operations.context import Work
from service.queries.visibility import visible_to
from service.storage.models import Look, Release, Version

SITTING = timedelta(minutes=30)


def note_look(work: Work, release_id: str, locale: str) -> None:
    """Note a look at a version's text; looks within half an hour of each other are one sitting.

    Raises `NotFound` where the person may not see the version.
    """
    version_id = work.session.scalar(
        select(Version.id)
        .join(Release, Release.id == Version.release_id)
        .where(Release.id == release_id, Version.locale == locale, visible_to(work.actor))
    )
    if version_id is None:
        raise NotFound
    if work.actor.user_id is None:
        return
    key = {"user_id": work.actor.user_id, "version_id": version_id}
    look = work.session.get(Look, key, with_for_update=True)
    if look is None:
        insert = postgresql.insert if work.session.get_bind().dialect.name == "postgresql" else sqlite.insert
        work.session.execute(insert(Look).values(at=work.now, before=None, **key).on_conflict_do_nothing())
        return
    if work.now - look.at > SITTING:
        look.before = look.at
    look.at = max(look.at, work.now)
