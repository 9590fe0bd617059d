"""Who a program's request is from: its bearer token, and nothing else; a browser's cookie counts for nothing here."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app, g, request
from werkzeug.exceptions import Unauthorized, UnsupportedMediaType

from service.domain.errors import N_, NotAllowed
from service.domain.permissions import NOBODY, Actor, Scope, acting, receiver
from service.domain.signing import verify
from service.operations.delivering import secrets_of
from service.operations.tokens import use_token
from service.queries.accounts import token_owner
from service.queries.deliveries import endpoint_of_delivery
from service.uow import Desk

PREFIX = "/api/v1/"
OPEN = frozenset({f"{PREFIX}openapi.json"})
USED_AGAIN_AFTER = timedelta(minutes=1)
RECEIPT = "api_endpoints.receipt"  # its caller may be a receiver, who has no token and signs
READS = ("GET", "HEAD")
_OF_OTHER_SCOPES = ("api_administering.", "api_endpoints.")  # whose calls ask for a scope of their own, or for none
_BODIES = ("application/json", "multipart/form-data")
_TAKE_ANY_BODY = frozenset({"api_exchange.import_file"})  # a file as it is; what it is shows when it is read


def desk() -> Desk:
    """Return the application's desk."""
    found: Desk = current_app.extensions["perstolk"][1]
    return found


def actor() -> Actor:
    """Return whose token the request carries."""
    found: Actor = g.get("program", NOBODY)
    return found


def answered() -> Actor:
    """Return who is told of a release: who may read it, and in answer to a write also whose token may only write."""
    return actor() if request.method in READS else acting(actor())


def identify() -> None:
    """Read the token of a request to the interface; raise 401 where there is none that counts."""
    if not request.path.startswith(PREFIX) or request.path in OPEN:
        return
    if request.endpoint == RECEIPT and "Authorization" not in request.headers:
        g.program = _receiver()
        return
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not text.strip():
        raise Unauthorized
    token = text.strip()
    with desk().read() as reading:
        found = token_owner(reading.session, token, reading.now)
        now = reading.now
    if found is None:
        raise Unauthorized
    g.program, row = found
    if row.used_at is None or now - row.used_at > USED_AGAIN_AFTER:
        with desk().begin(g.program) as work:
            use_token(work, token)
    if request.endpoint in _TAKE_ANY_BODY or request.routing_exception is not None:
        return  # an address that takes no such request is told so, whatever came with it
    if request.method in READS:
        _demand_reading()
    if request.method in {"POST", "PUT", "PATCH"} and request.content_length and request.mimetype not in _BODIES:
        raise UnsupportedMediaType


def _demand_reading() -> None:
    """Raise `NotAllowed` where a token is not for reading; the answer is the same whatever there is to read."""
    if not (request.endpoint or "").startswith(_OF_OTHER_SCOPES) and not actor().within(Scope.READ):
        raise NotAllowed(
            "scope_missing",
            N_("This token is not for reading. Use one with the scope “%(scope)s”."),
            scope=Scope.READ.value,
        )


def _receiver() -> Actor:
    """Return the receiver that signed a request about its own delivery; raise 401 where there is none.

    It signs as deliveries are signed (Standard Webhooks 1.0), with the endpoint's secret and the delivery's id as
    `webhook-id`. An unknown delivery and a wrong signature read the same.
    """
    delivery_id = (request.view_args or {})["delivery_id"]
    said = {name: request.headers.get(f"webhook-{name}", "") for name in ("id", "timestamp", "signature")}
    if said["id"] != delivery_id or not said["signature"]:
        raise Unauthorized
    with desk().read() as reading:
        endpoint = endpoint_of_delivery(reading.session, delivery_id)
        now = reading.now
    if endpoint is None:
        raise Unauthorized
    genuine = verify(
        secrets_of(endpoint, desk().vault, now),
        message_id=delivery_id,
        timestamp=said["timestamp"],
        signature=said["signature"],
        body=request.get_data(),
        now=int(now.timestamp()),
    )
    if not genuine:
        raise Unauthorized
    return receiver(endpoint.id)
