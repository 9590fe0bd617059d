"""The page of the desk's own health: the oldest work that is due, claims that are stuck, engines, receivers.

`/metrics` and `perstolk doctor` tell the same of the same queries.
"""

from __future__ import annotations

from flask import Blueprint, render_template

from service.domain.errors import N_
from service.domain.permissions import sees_everything
from service.operations.loading import demand
from service.queries.engines import engine_states
from service.queries.receivers import failing_or_off
from service.queries.upkeep import STUCK_AFTER, backlogs, endpoint_counts, last_beat
from service.web.engine_words import state_words
from service.web.identity import actor, desk
from service.web.signs import BEAT

blueprint = Blueprint("desk_health", __name__)

KINDS = {
    "outbox": N_("News to pass on"),
    "draft": N_("Drafts"),
    "alternative": N_("Other drafts"),
    "publication": N_("Publications"),
    "delivery": N_("Deliveries"),
    "mail": N_("Mails"),
}


@blueprint.get("/health")
def show() -> str:
    """Show how the desk is, to those who see everything."""
    demand(sees_everything(actor()))
    with desk().read() as reading:
        return render_template(
            "desk_health.html",
            backlogs=backlogs(reading.session, reading.now),
            kinds=KINDS,
            engines=engine_states(reading.session),
            state_words=state_words,
            endpoints=endpoint_counts(reading.session),
            unwell=failing_or_off(reading.session),
            heard_at=last_beat(reading.session, BEAT),
            stuck_minutes=int(STUCK_AFTER.total_seconds() // 60),
        )
