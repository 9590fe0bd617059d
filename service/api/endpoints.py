"""Calls on receivers and on what was sent to them."""

from __future__ import annotations

from typing import Any

from flask import request

from service.api import shapes
from service.api.conditions import cursor, limit, one_of, page
from service.api.identity import actor, desk
from service.api.reading import Blueprint
from service.api.schemas.delivering import (
    DeliveriesOut,
    DeliveryOut,
    EndpointChangeIn,
    EndpointIn,
    EndpointOut,
    EndpointsOut,
    ReceiptIn,
    ReceiptOut,
    ReplayIn,
    ReplayOut,
)
from service.api.schemas.shared import ProblemOut
from service.domain.permissions import may_manage_endpoints
from service.domain.receipts import Said
from service.operations import endpoints as operations
from service.operations.loading import demand
from service.operations.receipts import give_receipt
from service.operations.replaying import Range, replay
from service.queries import deliveries as queries

blueprint = Blueprint("api_endpoints", __name__, description="Receivers and deliveries")


def _shown(endpoint_id: str, **more: Any) -> dict[str, Any]:
    with desk().read() as reading:
        return shapes.endpoint(queries.endpoint(reading.session, endpoint_id)) | more


@blueprint.route("/endpoints", methods=["GET"])
@blueprint.response(200, EndpointsOut)
@blueprint.alt_response(403, schema=ProblemOut)
def list_endpoints() -> dict[str, Any]:
    """List the receivers."""
    demand(may_manage_endpoints(actor()))
    with desk().read() as reading:
        return {"items": [shapes.endpoint(row) for row in queries.endpoints(reading.session)], "next": None}


@blueprint.route("/endpoints", methods=["POST"])
@blueprint.arguments(EndpointIn)
@blueprint.response(201, EndpointOut)
@blueprint.alt_response(403, schema=ProblemOut)
@blueprint.alt_response(422, schema=ProblemOut)
def add(said: dict[str, Any]) -> dict[str, Any]:
    """Add a receiver; its secret is in this answer and nowhere else."""
    with desk().begin(actor()) as work:
        endpoint, secret = operations.add_endpoint(work, desk().vault, **said)
    return _shown(endpoint.id, secret=secret)


@blueprint.route("/endpoints/<endpoint_id>", methods=["GET"])
@blueprint.response(200, EndpointOut)
@blueprint.alt_response(404, schema=ProblemOut)
def show(endpoint_id: str) -> dict[str, Any]:
    """Read a receiver."""
    demand(may_manage_endpoints(actor()))
    return _shown(endpoint_id)


@blueprint.route("/endpoints/<endpoint_id>", methods=["PATCH"])
@blueprint.arguments(EndpointChangeIn, required=False)
@blueprint.response(200, EndpointOut)
@blueprint.alt_response(422, schema=ProblemOut)
def change(said: dict[str, Any], endpoint_id: str) -> dict[str, Any]:
    """Change a receiver; enabling it sends what it missed, and what it hears of no more is cancelled."""
    with desk().begin(actor()) as work:
        operations.change_endpoint(work, endpoint_id, **said)
    return _shown(endpoint_id)


@blueprint.route("/endpoints/<endpoint_id>", methods=["DELETE"])
@blueprint.response(204)
@blueprint.alt_response(404, schema=ProblemOut)
def remove(endpoint_id: str) -> None:
    """Remove a receiver; what was still to be sent to it is cancelled."""
    with desk().begin(actor()) as work:
        operations.remove_endpoint(work, endpoint_id)


@blueprint.route("/endpoints/<endpoint_id>/rotate", methods=["POST"])
@blueprint.response(200, EndpointOut)
@blueprint.alt_response(404, schema=ProblemOut)
def rotate(endpoint_id: str) -> dict[str, Any]:
    """Give a receiver a new secret; for 24 hours deliveries carry both signatures."""
    with desk().begin(actor()) as work:
        _, secret = operations.rotate_secret(work, desk().vault, endpoint_id)
    return _shown(endpoint_id, secret=secret)


@blueprint.route("/endpoints/<endpoint_id>/test", methods=["POST"])
@blueprint.response(202, EndpointOut)
@blueprint.alt_response(409, schema=ProblemOut)
def test(endpoint_id: str) -> dict[str, Any]:
    """Send a `ping` to a receiver."""
    with desk().begin(actor()) as work:
        operations.send_test(work, endpoint_id)
    return _shown(endpoint_id)


@blueprint.route("/endpoints/<endpoint_id>/replay", methods=["POST"])
@blueprint.arguments(ReplayIn)
@blueprint.response(202, ReplayOut)
@blueprint.alt_response(409, schema=ProblemOut)
@blueprint.alt_response(422, schema=ProblemOut)
def send_range_again(said: dict[str, Any], endpoint_id: str) -> dict[str, Any]:
    """Send a receiver what happened in a range again: by time, or by the numbers of one release's events."""
    asked = Range(**said)
    with desk().begin(actor()) as work:
        return {"deliveries": replay(work, endpoint_id, asked)}


@blueprint.route("/deliveries", methods=["GET"])
@blueprint.doc(
    parameters=[
        {"in": "query", "name": name, "schema": {"type": "string"}} for name in ("endpoint", "release", "cursor")
    ]
    + [{"in": "query", "name": "state", "schema": {"type": "string", "enum": list(queries.STATES)}}]
    + [{"in": "query", "name": "limit", "schema": {"type": "integer", "minimum": 1, "maximum": 200}}]
)
@blueprint.response(200, DeliveriesOut)
@blueprint.alt_response(403, schema=ProblemOut)
@blueprint.alt_response(422, schema=ProblemOut)
def list_deliveries() -> dict[str, Any]:
    """List deliveries, newest first, with every attempt."""
    demand(may_manage_endpoints(actor()))
    asked, state = limit(), one_of("state", queries.STATES)
    with desk().read() as reading:
        rows = queries.deliveries(
            reading.session,
            endpoint_id=request.args.get("endpoint") or None,
            release_id=request.args.get("release") or None,
            state=state,
            after=cursor(),
            limit=asked + 1,
        )
    items = [shapes.delivery(row) for row in rows]
    return page(items, rows, asked, lambda row: (row.delivery.created_at, row.delivery.id))


@blueprint.route("/deliveries/<delivery_id>", methods=["GET"])
@blueprint.response(200, DeliveryOut)
@blueprint.alt_response(404, schema=ProblemOut)
def show_delivery(delivery_id: str) -> dict[str, Any]:
    """Read a delivery with every attempt."""
    demand(may_manage_endpoints(actor()))
    with desk().read() as reading:
        return shapes.delivery(queries.delivery(reading.session, delivery_id))


@blueprint.route("/deliveries/<delivery_id>/redeliver", methods=["POST"])
@blueprint.response(202, DeliveryOut)
@blueprint.alt_response(409, schema=ProblemOut)
def redeliver(delivery_id: str) -> dict[str, Any]:
    """Send a delivery again at once, under the same id."""
    with desk().begin(actor()) as work:
        operations.redeliver(work, delivery_id)
    return show_delivery_row(delivery_id)


@blueprint.route("/deliveries/<delivery_id>/receipt", methods=["POST"])
@blueprint.arguments(ReceiptIn)
@blueprint.doc(security=[{"token": []}, {}])
@blueprint.response(202, ReceiptOut)
@blueprint.alt_response(401, schema=ProblemOut)
@blueprint.alt_response(404, schema=ProblemOut)
@blueprint.alt_response(422, schema=ProblemOut)
def receipt(said: dict[str, Any], delivery_id: str) -> dict[str, Any]:
    """Say where a text of a delivery stands; with a token, or signed with the endpoint's secret."""
    with desk().begin(actor()) as work:
        taken = give_receipt(work, delivery_id, Said(**said))
        work.session.flush()
    return shapes.receipt(taken)


def show_delivery_row(delivery_id: str) -> dict[str, Any]:
    """Return a delivery as it goes out."""
    with desk().read() as reading:
        return shapes.delivery(queries.delivery(reading.session, delivery_id))
