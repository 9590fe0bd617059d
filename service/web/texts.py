"""The document view: a version's whole text as it will be published, its source beside it."""

from __future__ import annotations

from flask import Blueprint, render_template

from service.queries.texts import version_text
from service.web.identity import desk
from service.web.versions import load

blueprint = Blueprint("texts", __name__)


@blueprint.get("/releases/<release_id>/<locale>/text")
def show(release_id: str, locale: str) -> str:
    """Show the text without its seams."""
    with desk().read() as reading:
        page = load(reading, release_id, locale)
        text = version_text(reading.session, page.version)
    return render_template("text.html", page=page, text=text)
