"""Files of one version: its text in every format to take away, and a translator's file to bring back."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from service.domain.errors import N_, DeskError, Invalid, NotAllowed
from service.formats.xliff import read_xliff
from service.operations.exchange import TakenIn, take_in
from service.queries.exchange import export_form, export_version
from service.web.identity import actor, desk
from service.web.versions import load
from service.web.words import EXPORT_FORMS

blueprint = Blueprint("exchange", __name__)

PLACE = "/releases/<release_id>/<locale>"


@blueprint.get(f"{PLACE}/files")
def show(release_id: str, locale: str) -> str:
    """Show what can be taken away, and to whom it belongs the form to bring a file back."""
    return _page(release_id, locale)


def _page(release_id: str, locale: str, *, error: DeskError | None = None, taken: TakenIn | None = None) -> str:
    with desk().read() as reading:
        page = load(reading, release_id, locale)
    return render_template("files.html", page=page, forms=EXPORT_FORMS, error=error, taken=taken)


@blueprint.get(f"{PLACE}/export")
def export(release_id: str, locale: str) -> Response:
    """Give the version's present text as a file."""
    form = export_form(request.args.get("format", ""))
    office = desk().office
    with desk().read() as reading:
        made = export_version(reading.session, actor(), office, release_id=release_id, locale=locale, form=form)
    response = Response(made.data, mimetype=made.mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return response


@blueprint.post(f"{PLACE}/import")
def import_file(release_id: str, locale: str) -> Any:
    """Take a translator's file in; what was refused is shown with its reasons."""
    with desk().read() as reading:
        page = load(reading, release_id, locale)
    if not page.reviews:
        raise NotAllowed("not_allowed", N_("Your role does not allow this."))
    try:
        returned = read_xliff(
            _sent(), release_id=page.release.id, source_locale=page.release.source_locale, target_locale=locale
        )
        with desk().begin(actor()) as work:
            taken = take_in(work, release_id, locale, returned)
    except DeskError as error:
        if error.status in {403, 404}:
            raise
        return _page(release_id, locale, error=error), error.status
    if taken.refused:
        return _page(release_id, locale, taken=taken)
    done = "imported" if taken.changed else "imported-nothing"
    return redirect(url_for("exchange.show", release_id=release_id, locale=locale, done=done), 303)


def _sent() -> bytes:
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Invalid("no_file", N_("Choose a file first."), field="file")
    return file.stream.read()
