"""The queue: which versions wait for somebody, the most urgent first; the home page."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from service.domain.errors import N_
from service.domain.permissions import review_locales
from service.queries.review import QUEUE_FILTERS, queue
from service.queries.texts import word_counts
from service.web.identity import actor, desk

blueprint = Blueprint("queue", __name__)

FILTERS = {
    "open": N_("Open"),
    "mine": N_("Mine"),
    "unassigned": N_("Unassigned"),
    "failed": N_("With empty segments"),
    "approved": N_("Approved, not yet out"),
}


@blueprint.get("/")
def show() -> str:
    """Show the versions that wait; the address holds the filter."""
    which = request.args.get("which", "open")
    which = which if which in QUEUE_FILTERS else "open"
    locale = request.args.get("locale") or None
    office = desk().office
    with desk().read() as reading:
        rows = queue(reading.session, actor(), reading.now, which=which, locale=locale)
        words = word_counts(reading.session, {row.row.version.revision_id for row in rows})
    return render_template(
        "queue.html",
        rows=rows,
        words=words,
        which=which,
        locale=locale,
        filters=FILTERS,
        locales=office.target_locales,
        reviews=bool(review_locales(actor())),
        now=reading.now,
    )
