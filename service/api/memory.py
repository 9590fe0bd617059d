"""Calls on the memory: a sentence looked up, and words and phrases found in their contexts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import request
from flask_smorest import Blueprint

from service.api.conditions import limit, moment
from service.api.identity import actor, desk
from service.api.matches import match_out
from service.api.schemas.memory import ConcordanceOut, MatchesOut
from service.api.schemas.shared import ProblemOut
from service.domain.characters import clean
from service.domain.concordance import Marked, Place, place_of
from service.domain.errors import N_, Invalid
from service.domain.locales import language_of, parse_locale
from service.domain.permissions import may_read_memory
from service.operations.loading import demand
from service.queries.concordance import ConcordanceRow, ConcordanceTarget, concordance
from service.queries.memory import find_as_written, found_by
from service.queries.public import public_url
from service.queries.unit_matches import origins_of

blueprint = Blueprint("api_memory", __name__, description="The memory")


@blueprint.route("/memory", methods=["GET"])
@blueprint.doc(
    parameters=[
        {"in": "query", "name": name, "schema": {"type": "string"}, "required": True}
        for name in ("source", "target_locale")
    ]
)
@blueprint.response(200, MatchesOut)
@blueprint.alt_response(403, schema=ProblemOut)
@blueprint.alt_response(422, schema=ProblemOut)
def memory() -> dict[str, Any]:
    """Look a sentence up in the memory: what is equal and what is at least 70 % alike, the best first.

    Inline codes stand in `source` as they do in a match's: `{1}…{/1}` around what a pair covers, `{2/}` for a break.
    What a pair is (bold, italic, a link) is not told. Braces that do not stand so are words.
    """
    demand(may_read_memory(actor()))
    source, tag = clean(request.args.get("source", "")).strip(), request.args.get("target_locale", "")
    if not source or not tag:
        missing = "target_locale" if source else "source"
        raise Invalid("no_source", N_("Give “source” and “target_locale”."), field=missing)
    locale = _known(tag, desk().office.target_locales, "target_locale")
    with desk().read() as reading:
        found = find_as_written(reading.session, source, desk().office.source_locale, locale, found_by(actor()))
        seen = origins_of(reading.session, actor(), found)
    return {"items": [match_out(it, seen) for it in found], "next": None}


@blueprint.route("/concordance", methods=["GET"])
@blueprint.doc(
    parameters=[{"in": "query", "name": "q", "schema": {"type": "string"}, "required": True}]
    + [{"in": "query", "name": name, "schema": {"type": "string"}} for name in ("locale", "cursor")]
    + [{"in": "query", "name": "limit", "schema": {"type": "integer", "minimum": 1, "maximum": 200}}]
)
@blueprint.response(200, ConcordanceOut)
@blueprint.alt_response(403, schema=ProblemOut)
@blueprint.alt_response(422, schema=ProblemOut)
def find() -> dict[str, Any]:
    """Find words in approved texts, sources and targets alike, with their translations beside them, newest first.

    All words of `q` stand in the same text, in any order; what is between quotation marks stands there as it is.
    Capitals do not count. A word of one or two characters stands by itself, a longer one also inside of others.
    `locale` asks for texts of that language. A page may be short and have a `next`. Behind a large import, while its
    words are not listed yet, a page ends with older finds ahead of their turn; each find still comes once.
    """
    demand(may_read_memory(actor()))
    asked = limit()
    query = request.args.get("q", "")
    if not query.strip():
        raise Invalid("no_query", N_("Give “q”: the words to look for."), field="q")
    office, tag = desk().office, request.args.get("locale", "")
    locale = _known(tag, (office.source_locale, *office.target_locales), "locale") if tag else None
    with desk().read() as reading:
        found = concordance(
            reading.session,
            actor(),
            query,
            reading.now,
            locale=locale,
            after=_after(),
            limit=asked,
        )
    return {
        "items": [_row_out(row) for row in found.rows],
        "next": str(found.next) if found.next is not None else None,
    }


def _known(tag: str, known: Sequence[str], field: str) -> str:
    """Return the language of the office that a tag names, `fr` for `fr-BE` too; raise `Invalid` where there is none.

    An empty list would tell a program with a tag of its own that the memory has nothing.
    """
    canonical = parse_locale(tag, field=field)
    for locale in (canonical, language_of(canonical)):
        if locale in known:
            return locale
    raise Invalid(
        "unknown_locale",
        N_("This office does not translate into “%(tag)s”; it knows %(known)s."),
        field=field,
        tag=canonical,
        known=", ".join(known),
    )


def _after() -> Place | None:
    """Return where the list goes on; raise `Invalid` for what is not a cursor of ours."""
    cursor = request.args.get("cursor")
    if not cursor:
        return None
    place = place_of(cursor)
    if place is None:
        raise Invalid("bad_cursor", N_("That cursor is not one of this list's."), field="cursor")
    return place


def _row_out(row: ConcordanceRow) -> dict[str, Any]:
    return {
        "locale": row.locale,
        "source": row.marked.text,
        "spans": _spans_out(row.marked),
        "targets": [_target_out(target) for target in row.targets],
    }


def _target_out(target: ConcordanceTarget) -> dict[str, Any]:
    return {
        "id": f"mem_{target.unit_id}",
        "locale": target.locale,
        "text": target.marked.text,
        "spans": _spans_out(target.marked),
        "uses": target.uses,
        "collection": target.collection,
        "release": target.release_id,
        "title": target.title,
        "url": public_url(desk().office, *target.address) if target.address else None,
        "revision": target.revision,
        "approved_by": target.approved_by,
        "approved_at": moment(target.approved_at),
    }


def _spans_out(marked: Marked) -> list[dict[str, int]]:
    return [{"start": span.start, "end": span.end} for span in marked.spans]
