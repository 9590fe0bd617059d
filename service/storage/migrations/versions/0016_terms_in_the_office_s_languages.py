"""Bring terms with the tag of a country into the language that the office writes: they counted nowhere.

Since a term that comes with `nl-BE` is taken as one of the office's `nl`, only those that came before have such tags.
What the office writes is told by its releases. Where a concept has the same term there, or another preferred one, a
person has to choose, and its terms stay.

Revision ID: 0016
Revises: 0015
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

AT_ONCE = 500
TERM = sa.table("term", *(sa.column(name) for name in ("id", "concept_id", "locale", "text", "status")))
CONCEPT = sa.table("concept", sa.column("id"), sa.column("row_version"))
WRITTEN = "SELECT source_locale FROM release UNION SELECT locale FROM version"


def upgrade() -> None:
    """Go through the concepts with such terms, some at a time."""
    connection = op.get_bind()
    places = _places(connection)
    last, is_changed = "", False
    while places:
        asked = sa.select(TERM.c.concept_id).where(TERM.c.locale.in_(places), TERM.c.concept_id > last).distinct()
        ids = connection.execute(asked.order_by(TERM.c.concept_id).limit(AT_ONCE)).scalars().all()
        if not ids:
            break
        listed: dict[str, list[Any]] = {concept_id: [] for concept_id in ids}
        for term in connection.execute(sa.select(TERM).where(TERM.c.concept_id.in_(ids)).order_by(TERM.c.id)):
            listed[term.concept_id].append(term)
        for concept_id, terms in listed.items():
            moved = _moved(terms, places)
            for term_id, locale in moved.items():
                connection.execute(sa.update(TERM).where(TERM.c.id == term_id).values(locale=locale))
            if moved:
                counted = sa.update(CONCEPT).where(CONCEPT.c.id == concept_id)
                connection.execute(counted.values(row_version=CONCEPT.c.row_version + 1))
                is_changed = True
        last = ids[-1]
    if is_changed:
        op.execute("UPDATE term_count SET changes = changes + 1")


def downgrade() -> None:
    """Leave the terms: in which country's tag they came is not known any more."""


def _places(connection: sa.Connection) -> dict[str, str]:
    """Return the tags that no release is written in, each with the language of the releases that it stands for."""
    written = set(connection.execute(sa.text(WRITTEN)).scalars())
    tags = connection.execute(sa.select(TERM.c.locale).where(TERM.c.locale.contains("-")).distinct()).scalars()
    places = {tag: _place(tag, written) for tag in tags if tag not in written}
    return {tag: place for tag, place in places.items() if place}


def _place(tag: str, written: Collection[str]) -> str:
    language = tag.partition("-")[0]
    if language in written:
        return language
    of_it = [locale for locale in written if locale.partition("-")[0] == language]
    return of_it[0] if len(of_it) == 1 else ""


def _moved(terms: Iterable[Any], places: dict[str, str]) -> dict[str, str]:
    """Return where the terms of one concept go, by their ids; those of a tag go together or not at all."""
    by_locale: dict[str, list[Any]] = {}
    for term in terms:
        by_locale.setdefault(term.locale, []).append(term)
    moved: dict[str, str] = {}
    for tag in sorted(by_locale.keys() & places.keys()):
        there = by_locale.setdefault(places[tag], [])
        texts = {term.text for term in there}
        preferred = [term for term in (*there, *by_locale[tag]) if term.status == "preferred"]
        if len(preferred) > 1 or any(term.text in texts for term in by_locale[tag]):
            continue
        moved |= {term.id: places[tag] for term in by_locale[tag]}
        there += by_locale[tag]
    return moved
