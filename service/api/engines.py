"""The call on the engines: the same figures that their page shows."""

from __future__ import annotations

from typing import Any

from service.api.conditions import moment
from service.api.identity import actor, desk
from service.api.reading import Blueprint
from service.api.schemas.engines import EnginesOut
from service.api.schemas.shared import ProblemOut
from service.domain.permissions import may_see_engines
from service.operations.loading import demand
from service.queries.engines import Figures, office_overview
from service.storage.models import EngineState

blueprint = Blueprint("api_engines", __name__, description="Engines: how they stand and how they fare")


@blueprint.route("/engines", methods=["GET"])
@blueprint.response(200, EnginesOut)
@blueprint.alt_response(403, schema=ProblemOut)
def engines() -> dict[str, Any]:
    """List the engines, and for each pair of languages the order they are asked in and what reviewers change."""
    demand(may_see_engines(actor()))
    with desk().read() as reading:
        found = office_overview(reading.session, reading.now, desk().office)
    return {
        "items": [_state(state) for state in found.states],
        "next": None,
        "pinned": found.pinned,
        "checked_at": moment(found.checked_at),
        "pairs": [
            {
                "source_locale": pair.source_locale,
                "target_locale": pair.target_locale,
                "order": list(pair.order),
                "ordered_by": pair.ordered_by.value,
                "engines": [_figures(it) for it in pair.engines],
                "memory": _figures(pair.memory) if pair.memory else None,
            }
            for pair in found.pairs
        ],
    }


def _state(it: EngineState) -> dict[str, Any]:
    return {
        "name": it.name,
        "place": it.place + 1,
        "runs_in_office": it.runs_in_office,
        "capabilities": it.capabilities,
        "state": {"gate": it.gate, "reason": it.gate_reason, "until": moment(it.gate_until)},
        "last_answer": {"at": moment(it.last_answer_at), "milliseconds": it.last_answer_ms},
        "checked_at": moment(it.checked_at),
    }


def _figures(it: Figures) -> dict[str, Any]:
    return {
        "engine": it.engine or None,
        "drafts": it.drafts,
        "measured": it.measured,
        "needed": it.needed,
        "unchanged": None if it.unchanged is None else round(it.unchanged, 4),
        "chrf_distance": it.chrf_distance,
        "ter": it.ter,
        "failures": [{"reason": reason, "count": count} for reason, count in it.failures],
    }
