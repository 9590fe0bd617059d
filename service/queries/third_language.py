"""The other languages of a release, and what one of them says in the segments of a text, to compare with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from service.domain.workflow import VersionState
from service.storage.models import Unit, Version

_APPROVED = (VersionState.APPROVED, VersionState.PUBLISHED)


@dataclass(frozen=True, slots=True)
class ThirdText:
    """What a language says in a segment; `confirmed` tells that a person stands by it, or by the whole of the text."""

    text: str
    approved: bool
    confirmed: bool


@dataclass(frozen=True, slots=True)
class OtherLanguages:
    """The languages of a release beside the one at hand; `texts` of the `chosen` one, by the ids of their segments."""

    locales: tuple[str, ...]
    chosen: str | None
    texts: Mapping[str, ThirdText]


def other_languages(session: Session, version: Version, chosen: str) -> OtherLanguages:
    """Return the other languages of a version's release, with the texts of one of them; one statement.

    Whoever sees a release sees it in all of its languages, so the version must have been loaded for its reader.
    """
    rows = session.execute(
        select(Version.locale, Version.state, Unit.segment_id, Unit.target, Unit.state.label("unit_state"))
        .outerjoin(Unit, and_(Unit.version_id == Version.id, Version.locale == chosen))
        .where(Version.release_id == version.release_id, Version.id != version.id)
        .order_by(Version.locale)
    ).all()
    locales = tuple(dict.fromkeys(row.locale for row in rows))
    texts = {
        row.segment_id: ThirdText(
            row.target, row.state in _APPROVED, row.state in _APPROVED or row.unit_state in {"reviewed", "final"}
        )
        for row in rows
        if row.segment_id is not None and row.target
    }
    return OtherLanguages(locales, chosen if chosen in locales else None, texts)
