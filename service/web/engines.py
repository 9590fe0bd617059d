"""The page of the engines: how each stands, and for each pair of languages how much of its drafts reviewers change."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, render_template
from flask_babel import format_percent

from service.domain.permissions import may_see_engines
from service.domain.ranking import ENOUGH_UNITS
from service.operations.loading import demand
from service.queries.engines import FAILURE_DAYS, office_overview
from service.web.engine_words import draft_warning_words, order_words, reason_words, state_words
from service.web.identity import actor, desk

LOOKED_LATELY = timedelta(minutes=2)

blueprint = Blueprint("engines", __name__)
blueprint.add_app_template_global(draft_warning_words)


@blueprint.get("/engines")
def show() -> str:
    """Show the engines in their order, and how they fared."""
    demand(may_see_engines(actor()))
    with desk().read() as reading:
        found = office_overview(reading.session, reading.now, desk().office)
    checked_at = found.checked_at
    return render_template(
        "engines.html",
        found=found,
        now=reading.now,
        needed=ENOUGH_UNITS,
        failure_days=FAILURE_DAYS,
        external_allowed=desk().office.external_engines_for_embargoed,
        order_words=order_words,
        percent=format_percent,
        reason_words=reason_words,
        state_words=state_words,
        stale=checked_at is not None and reading.now - checked_at > LOOKED_LATELY,
    )
