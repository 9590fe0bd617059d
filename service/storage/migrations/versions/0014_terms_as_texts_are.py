"""Write terms as texts are: letters composed, without what nobody sees. What a concept has twice then stays once.

Revision ID: 0014
Revises: 0013
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from service.storage.base import Json

revision = "0014"
down_revision = "0013"

AT_ONCE = 500
LONGEST = {"text": 500, "domain": 120, "authority": 200}
BY_STATUS = ("preferred", "admitted", "deprecated", "forbidden")
# As texts were cleaned when this was written; what the desk does later is for a migration of its own.
_NEWLINES = re.compile(r"\r\n?|[\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]"
)
_HALVES = re.compile("[\ud800-\udfff]")
CONCEPT = sa.table("concept", *(sa.column(name) for name in ("id", "definition", "domain", "authority", "row_version")))
TERM = sa.table(
    "term", *(sa.column(name) for name in ("id", "concept_id", "locale", "text", "status")), sa.column("forms", Json)
)


def upgrade() -> None:
    """Go through the concepts, some at a time; only what differs is written."""
    connection = op.get_bind()
    asked = sa.select(*(CONCEPT.c[name] for name in ("id", "definition", "domain", "authority")))
    asked = asked.order_by(CONCEPT.c.id).limit(AT_ONCE)
    last, is_changed = "", False
    while rows := connection.execute(asked.where(CONCEPT.c.id > last)).all():
        ids = [row.id for row in rows]
        terms = connection.execute(sa.select(TERM).where(TERM.c.concept_id.in_(ids))).all()
        touched = {row.id: _facts(row) for row in rows if _differs(row, _facts(row))}
        twice = set(_twice(terms))
        kept = [term for term in terms if term.id not in twice]
        written = {term.id: _spelled(term) for term in kept if _differs(term, _spelled(term))}
        concepts = {*touched, *(term.concept_id for term in terms if term.id in twice or term.id in written)}
        _remove(connection, twice)
        _write(connection, TERM, written)
        _write(connection, CONCEPT, touched)
        _count(connection, concepts)
        last, is_changed = ids[-1], is_changed or bool(concepts)
    if is_changed:
        op.execute("UPDATE term_count SET changes = changes + 1")


def downgrade() -> None:
    """Leave the terms: how they were spelled before is not known any more."""


def _clean(text: str) -> str:
    whole = _NEWLINES.sub("\n", _HALVES.sub("\ufffd", text))
    return unicodedata.normalize("NFC", _UNSEEN.sub("", whole))


def _clean_line(text: str) -> str:
    return " ".join(_clean(text).split())


def _facts(row: Any) -> dict[str, Any]:
    return {
        "definition": _clean(row.definition).strip(),
        **{name: _line(row, name) for name in ("domain", "authority")},
    }


def _spelled(term: Any) -> dict[str, Any]:
    forms = (_clean_line(form) for form in term.forms)
    return {"text": _line(term, "text"), "forms": list(dict.fromkeys(form for form in forms if form))}


def _line(row: Any, name: str) -> str:
    """Return a text cleaned; as it is where its column is too narrow then, for a few letters are longer composed."""
    before = str(getattr(row, name))
    cleaned = _clean_line(before)
    return cleaned if len(cleaned) <= LONGEST[name] else before


def _differs(row: Any, values: dict[str, Any]) -> bool:
    return any(getattr(row, name) != value for name, value in values.items())


def _twice(terms: Iterable[Any]) -> Iterator[str]:
    """Yield the terms that others of their concept are the same as; the one that may rather be used stays."""
    seen: set[tuple[str, str, str]] = set()
    for term in sorted(terms, key=lambda it: (BY_STATUS.index(it.status), it.text != _line(it, "text"), it.id)):
        key = term.concept_id, term.locale, _line(term, "text")
        if key in seen:
            yield term.id
        seen.add(key)


def _remove(connection: sa.Connection, ids: Iterable[str]) -> None:
    connection.execute(sa.delete(TERM).where(TERM.c.id.in_(ids)))


def _write(connection: sa.Connection, table: sa.TableClause, rows: dict[str, dict[str, Any]]) -> None:
    for row_id, values in rows.items():
        connection.execute(sa.update(table).where(table.c.id == row_id).values(values))


def _count(connection: sa.Connection, ids: Iterable[str]) -> None:
    changed = sa.update(CONCEPT).where(CONCEPT.c.id.in_(ids))
    connection.execute(changed.values(row_version=CONCEPT.c.row_version + 1))
