"""The signs of health for machines: alive, ready, and figures for Prometheus.

`/healthz` says only that this process answers; `/readyz` asks what the desk stands on; `/metrics` counts, for this
machine itself or for the token of somebody who sees everything.
"""

from __future__ import annotations

from ipaddress import ip_address

from flask import Blueprint, Response, jsonify, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from service.domain.permissions import Scope, sees_everything
from service.queries.accounts import token_owner
from service.queries.upkeep import (
    backlogs,
    breaker_states,
    delivery_counts,
    endpoint_counts,
    last_beat,
    version_counts,
)
from service.uow import Reading
from service.web.identity import desk, settings
from service.web.signs import BEAT, SIGNS

blueprint = Blueprint("health", __name__)

_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP")


@blueprint.get("/healthz")
def alive() -> Response:
    """Say that this process answers; ask nobody else."""
    return jsonify(status="alive")


@blueprint.get("/readyz")
def ready() -> Response:
    """Say whether the desk can work, with a line for each part; 503 where one is missing."""
    signs = [question(settings(), desk()) for question in SIGNS]
    works = all(sign.ok for sign in signs)
    response = jsonify(
        status="ready" if works else "not ready",
        checks={sign.name: {"ok": sign.ok, "detail": sign.detail} for sign in signs},
    )
    response.status_code = 200 if works else 503
    return response


@blueprint.get("/metrics")
def metrics() -> Response:
    """Give the figures; 401 or 403 to whoever may not have them."""
    with desk().read() as reading:
        refusal = None if _from_this_machine() else _refusal(reading)
        if refusal is not None:
            return Response("The figures are for this machine, or for a token.\n", refusal, mimetype="text/plain")
        return Response(generate_latest(_figures(reading)), content_type=CONTENT_TYPE_LATEST)


def _from_this_machine() -> bool:
    """Tell whether the request began on this machine; one that a proxy passed on did not."""
    if any(name in request.headers for name in _FORWARDED):
        return False
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def _refusal(reading: Reading) -> int | None:
    """Return the status that refuses the token, or None where it is one that sees everything."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    found = token_owner(reading.session, token.strip(), reading.now) if scheme.lower() == "bearer" else None
    if found is None:
        return 401
    return None if sees_everything(found[0]) and found[0].within(Scope.READ) else 403


def _figures(reading: Reading) -> CollectorRegistry:
    """Count what the database holds; labels are words of this code, never of a release."""
    registry = CollectorRegistry()
    due = Gauge("perstolk_due_work", "Pieces of work that are due now", ["kind"], registry=registry)
    oldest = Gauge("perstolk_oldest_due_seconds", "Age of the oldest due piece", ["kind"], registry=registry)
    stuck = Gauge(
        "perstolk_stuck_claims", "Claims whose lease ran out and that nobody took up", ["kind"], registry=registry
    )
    for backlog in backlogs(reading.session, reading.now):
        stuck.labels(backlog.kind).set(backlog.stuck)
        due.labels(backlog.kind).set(backlog.due)
        age = (reading.now - backlog.oldest).total_seconds() if backlog.oldest else 0
        oldest.labels(backlog.kind).set(max(0.0, age))
    versions = Gauge("perstolk_versions", "Versions by locale and state", ["locale", "state"], registry=registry)
    for locale, state, count in version_counts(reading.session):
        versions.labels(locale, state).set(count)
    deliveries = Gauge("perstolk_deliveries", "Deliveries by state", ["state"], registry=registry)
    for state, count in delivery_counts(reading.session):
        deliveries.labels(state).set(count)
    endpoints = Gauge("perstolk_endpoints", "Endpoints by state", ["state"], registry=registry)
    for state, count in endpoint_counts(reading.session).items():
        endpoints.labels(state).set(count)
    breakers = Gauge("perstolk_engine_open", "Whether an engine may be asked now", ["engine"], registry=registry)
    for engine, gate, _ in breaker_states(reading.session):
        breakers.labels(engine).set(gate == "open")
    last = last_beat(reading.session, BEAT)
    if last is not None:
        beat_age = Gauge("perstolk_beat_age_seconds", "Time since the clock was last heard", registry=registry)
        beat_age.set(max(0.0, (reading.now - last).total_seconds()))
    return registry
