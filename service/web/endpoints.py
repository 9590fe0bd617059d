"""Endpoints and their deliveries: add, change, rotate, test, switch off and on, remove; every attempt, and resending.

A secret is shown once, on the answer to the form that made it, and that answer is kept by nobody.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from service.domain.embargo import exact_moment, parse_moment
from service.domain.errors import N_, Invalid
from service.domain.events import EventType
from service.domain.permissions import may_manage_endpoints
from service.domain.whole_numbers import whole_number
from service.operations.endpoints import (
    DEFAULT_EVENTS,
    add_endpoint,
    change_endpoint,
    redeliver,
    remove_endpoint,
    rotate_secret,
    send_test,
)
from service.operations.loading import demand
from service.operations.replaying import Range, replay
from service.queries import deliveries as reads
from service.storage.models import Endpoint
from service.web.identity import actor, desk

DELIVERIES_PER_PAGE = 50
DELIVERIES_ON_ENDPOINT = 10
LONGEST_NUMBER = 9

blueprint = Blueprint("endpoints", __name__)


def _demand() -> None:
    demand(may_manage_endpoints(actor()))


@blueprint.get("/endpoints")
def listing() -> str:
    """Show every receiver with how its deliveries fare."""
    _demand()
    with desk().read() as reading:
        rows = reads.endpoints(reading.session)
    return render_template("endpoints/list.html", rows=rows)


@blueprint.get("/endpoints/new")
def new_page() -> str:
    """Ask where to send, and what."""
    _demand()
    fields = {
        "url": "",
        "description": "",
        "events": [event.value for event in DEFAULT_EVENTS],
        "public": True,
        "receipts": False,
    }
    return _form("endpoints/new.html", fields)


def _form(template: str, fields: Mapping[str, Any], *, error: Invalid | None = None, **more: Any) -> str:
    events = [event.value for event in EventType if event is not EventType.PING]
    return render_template(template, fields=fields, error=error, events=events, **more)


def _fields() -> dict[str, Any]:
    return {
        "url": request.form.get("url", ""),
        "description": request.form.get("description", ""),
        "events": request.form.getlist("events"),
        "public": request.form.get("public") == "yes",
        "receipts": request.form.get("receipts") == "yes",
    }


@blueprint.post("/endpoints/new")
def add() -> str | tuple[str, int]:
    """Add a receiver and show its secret, this once."""
    fields = _fields()
    try:
        with desk().begin(actor()) as work:
            endpoint, secret = add_endpoint(work, desk().vault, **fields)
    except Invalid as error:
        return _form("endpoints/new.html", fields, error=error), error.status
    return _secret_page(endpoint, secret)


def _secret_page(endpoint: Endpoint, secret: str, *, rotated: bool = False) -> str:
    return render_template("endpoints/secret.html", endpoint=endpoint, secret=secret, rotated=rotated)


@blueprint.get("/endpoints/<endpoint_id>")
def page(endpoint_id: str) -> str:
    """Show one receiver: its settings, what can be done with it, its latest deliveries."""
    _demand()
    return _page(endpoint_id)


def _page(
    endpoint_id: str,
    *,
    fields: Mapping[str, Any] | None = None,
    error: Invalid | None = None,
    range_error: Invalid | None = None,
    sent: Mapping[str, str] | None = None,
) -> str:
    with desk().read() as reading:
        row = reads.endpoint(reading.session, endpoint_id)
        latest = reads.deliveries(reading.session, endpoint_id=endpoint_id, limit=DELIVERIES_ON_ENDPOINT)
    shown = fields or {
        name: getattr(row.endpoint, name) for name in ("url", "description", "events", "public", "receipts")
    }
    return _form(
        "endpoints/endpoint.html",
        shown,
        error=error,
        row=row,
        deliveries=latest,
        now=reading.now,
        range_error=range_error,
        sent=sent or {},
    )


@blueprint.post("/endpoints/<endpoint_id>")
def change(endpoint_id: str) -> Response | tuple[str, int]:
    """Change address, description, events and reach."""
    fields = _fields()
    try:
        with desk().begin(actor()) as work:
            change_endpoint(work, endpoint_id, **fields)
    except Invalid as error:
        return _page(endpoint_id, fields=fields, error=error), error.status
    return _back(endpoint_id, "endpoint-changed")


def _back(endpoint_id: str, done: str) -> Response:
    return redirect(url_for("endpoints.page", endpoint_id=endpoint_id, done=done), 303)


@blueprint.post("/endpoints/<endpoint_id>/rotate")
def rotate(endpoint_id: str) -> str:
    """Give a new secret and show it, this once."""
    with desk().begin(actor()) as work:
        endpoint, secret = rotate_secret(work, desk().vault, endpoint_id)
    return _secret_page(endpoint, secret, rotated=True)


@blueprint.post("/endpoints/<endpoint_id>/test")
def test(endpoint_id: str) -> Response:
    """Send a ping."""
    with desk().begin(actor()) as work:
        send_test(work, endpoint_id)
    return _back(endpoint_id, "endpoint-tested")


@blueprint.post("/endpoints/<endpoint_id>/enable")
def enable(endpoint_id: str) -> Response:
    """Switch the endpoint on and send what it missed."""
    with desk().begin(actor()) as work:
        change_endpoint(work, endpoint_id, enabled=True)
    return _back(endpoint_id, "endpoint-enabled")


@blueprint.post("/endpoints/<endpoint_id>/disable")
def disable(endpoint_id: str) -> Response:
    """Switch the endpoint off."""
    with desk().begin(actor()) as work:
        change_endpoint(work, endpoint_id, enabled=False)
    return _back(endpoint_id, "endpoint-disabled")


@blueprint.post("/endpoints/<endpoint_id>/replay")
def send_range_again(endpoint_id: str) -> Response | tuple[str, int]:
    """Send what happened in a range again; where the range is none, say so beside the form."""
    sent = {name: request.form.get(name, "").strip() for name in ("since", "until", "release", "first", "last")}
    try:
        asked = _range(sent)
        with desk().begin(actor()) as work:
            replay(work, endpoint_id, asked)
    except Invalid as error:
        _demand()
        return _page(endpoint_id, range_error=error, sent=sent), error.status
    return _back(endpoint_id, "endpoint-replayed")


def _range(sent: Mapping[str, str]) -> Range:
    """Read the form of a range; times are in the office's time zone."""
    timezone = desk().office.timezone
    numbers: dict[str, int | None] = {}
    for name in ("first", "last"):
        numbers[name] = whole_number(sent[name], most_digits=LONGEST_NUMBER)
        if sent[name] and numbers[name] is None:
            raise Invalid("bad_number", N_("This is a whole number."), field=name)
    return Range(
        since=parse_moment(sent["since"], timezone) if sent["since"] else None,
        until=parse_moment(sent["until"], timezone) if sent["until"] else None,
        release=sent["release"] or None,
        first=numbers["first"],
        last=numbers["last"],
    )


@blueprint.get("/endpoints/<endpoint_id>/remove")
def remove_page(endpoint_id: str) -> str:
    """Ask before an endpoint is removed."""
    _demand()
    with desk().read() as reading:
        row = reads.endpoint(reading.session, endpoint_id)
    return render_template("endpoints/remove.html", row=row)


@blueprint.post("/endpoints/<endpoint_id>/remove")
def remove(endpoint_id: str) -> Response:
    """Remove the endpoint; its log stays."""
    with desk().begin(actor()) as work:
        remove_endpoint(work, endpoint_id)
    return redirect(url_for("endpoints.listing", done="endpoint-removed"), 303)


@blueprint.get("/deliveries")
def deliveries() -> str:
    """Show what was sent, newest first; the address holds the filter."""
    _demand()
    chosen = {name: request.args.get(name, "") for name in ("endpoint_id", "state", "release_id")}
    with desk().read() as reading:
        rows = reads.deliveries(
            reading.session,
            endpoint_id=chosen["endpoint_id"] or None,
            release_id=chosen["release_id"] or None,
            state=chosen["state"] or None,
            after=_after(request.args.get("after", "")),
            limit=DELIVERIES_PER_PAGE + 1,
        )
        known = reads.endpoints(reading.session)
    more = rows[DELIVERIES_PER_PAGE - 1].delivery if len(rows) > DELIVERIES_PER_PAGE else None
    return render_template(
        "endpoints/deliveries.html",
        rows=rows[:DELIVERIES_PER_PAGE],
        chosen=chosen,
        endpoints=known,
        states=reads.STATES,
        older=f"{more.created_at.isoformat()}~{more.id}" if more else None,
    )


def _after(written: str) -> tuple[datetime, str] | None:
    """Read where the page before ended; what is no such place begins at the top."""
    moment, _, delivery_id = written.partition("~")
    try:
        found = exact_moment(moment)
    except ValueError:
        return None
    return (found, delivery_id) if delivery_id else None


@blueprint.get("/deliveries/<delivery_id>")
def delivery(delivery_id: str) -> str:
    """Show one delivery: the bytes that are sent, and every attempt."""
    _demand()
    with desk().read() as reading:
        row = reads.delivery(reading.session, delivery_id)
    body = json.dumps(json.loads(row.event.body), ensure_ascii=False, indent=2)
    receipts = [reads.ReceiptRow(each, row.delivery, row.endpoint) for each in row.receipts]
    return render_template("endpoints/delivery.html", row=row, body=body, receipts=receipts)


@blueprint.post("/deliveries/<delivery_id>/resend")
def resend(delivery_id: str) -> Response:
    """Send a delivery again, under the same message id."""
    with desk().begin(actor()) as work:
        redeliver(work, delivery_id)
    return redirect(url_for("endpoints.delivery", delivery_id=delivery_id, done="resent"), 303)
