"""The document view: a version's whole text as it will be published, its source beside it, changed where it is read."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, make_response, render_template, request

from service.operations.looks import note_look
from service.queries.review import UnitRow, unit_rows
from service.uow import Reading
from service.web.identity import actor, desk
from service.web.past_words import SINCE, Since, changes_since
from service.web.segments import Segments
from service.web.unit_tools import load_tools_of
from service.web.units import one_row
from service.web.versions import VersionPage, load
from service.web.whole_text import sentence, whole_text

blueprint = Blueprint("texts", __name__)

PLACE = "/releases/<release_id>/<locale>/text"
PLACES = ("beside", "above", "none")
PLACE_COOKIE = "source-place"
YEAR_SECONDS = 365 * 24 * 3600


@blueprint.get(PLACE)
def show(release_id: str, locale: str) -> Response:
    """Show the text without its seams; the address says what it is compared with, and where the source stands."""
    if request.method == "GET":
        with desk().begin(actor()) as work:
            note_look(work, release_id, locale)
    with desk().read() as reading:
        page, rows, since = _loaded(reading, release_id, locale)
        asked = since.comparison if since else None
        parts = whole_text(page, rows, asked)
    chosen = request.args.get("source", "")
    kept = request.cookies.get(PLACE_COOKIE, "")
    where = next((name for name in (chosen, kept) if name in PLACES), PLACES[0])
    shown = render_template(
        "text.html",
        page=page,
        parts=parts,
        since=since,
        since_name=request.args.get("since", "") if since else "",
        since_words=SINCE,
        where=where,
        open_findings=_open_findings(rows),
    )
    answer = make_response(shown)
    if chosen in PLACES:
        answer.set_cookie(PLACE_COOKIE, chosen, max_age=YEAR_SECONDS, httponly=True, samesite="Lax")
    return answer


def _loaded(reading: Reading, release_id: str, locale: str) -> tuple[VersionPage, list[UnitRow], Since | None]:
    page = load(reading, release_id, locale)
    rows = unit_rows(reading.session, page.version)
    return page, rows, changes_since(reading, page.version, request.args.get("since", ""))


def _open_findings(rows: list[UnitRow]) -> list[tuple[UnitRow, int]]:
    """Return the segments that have an open error or warning, with how many."""
    counted = [
        (row, sum(finding.dismissed_at is None and finding.severity != "info" for finding in row.findings))
        for row in rows
    ]
    return [(row, count) for row, count in counted if count]


@blueprint.get(f"{PLACE}/<unit_id>")
def one_sentence(release_id: str, locale: str, unit_id: str) -> Any:
    """Give the page's script one sentence as it stands now, and the form to change it."""
    with desk().read() as reading:
        page, rows, since = _loaded(reading, release_id, locale)
        row = one_row(rows, unit_id)
        tools = load_tools_of(reading, page, row)
    return jsonify(
        unit=row.unit.id,
        row_version=row.unit.row_version,
        sentence=sentence(page, row, since.comparison if since else None),
        form=render_template("text_unit.html", row=row, at=Segments(page, len(rows), tools=tools)),
    )
