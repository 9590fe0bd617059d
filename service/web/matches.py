"""Matches of a unit: the memory's sentences and the terms beside it, fetched apart; and taking one of them.

As with saves, the editor's script is answered in JSON and a plain link or form with a page.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, url_for

from service.domain.errors import N_, Conflict, Invalid
from service.domain.whole_numbers import whole_number
from service.operations.matches import take_match
from service.queries.review import unit_rows
from service.web.beside import load_beside
from service.web.identity import desk, editing, wants_json
from service.web.units import asked_row_version, collision, one_row, saved
from service.web.versions import load

blueprint = Blueprint("matches", __name__)

PLACE = "/releases/<release_id>/<locale>/units/<unit_id>/matches"


@blueprint.get(PLACE)
def show(release_id: str, locale: str, unit_id: str) -> Any:
    """Show what the memory and the term base have for a unit."""
    with desk().read() as reading:
        page = load(reading, release_id, locale)
        row = one_row(unit_rows(reading.session, page.version, unit_id=unit_id), unit_id)
        beside = load_beside(reading, page, row)
    if not wants_json():
        return render_template("matches.html", page=page, row=row, beside=beside)
    html = render_template("unit_matches.html", page=page, row=row, beside=beside)
    return jsonify(unit=unit_id, html=html, source=beside.source, said=beside.said)


@blueprint.post(f"{PLACE}/take")
def take(release_id: str, locale: str, unit_id: str) -> Any:
    """Put a match in place of the present text; where that changed meanwhile, show both."""
    match, row_version = _asked_match(), asked_row_version()
    try:
        with editing() as work:
            take_match(work, release_id, locale, unit_id, match, row_version=row_version)
    except Conflict as error:
        return collision(release_id, locale, unit_id, error)
    if wants_json():
        return saved(release_id, locale, unit_id)
    return redirect(
        url_for("review.editor", release_id=release_id, locale=locale, done="match-taken", _anchor=f"unit-{unit_id}"),
        303,
    )


def _asked_match() -> int:
    number = whole_number(request.form.get("match", ""))
    if number is None:
        raise Invalid("no_match", N_("The form does not say which match is meant; load the page again."))
    return number
