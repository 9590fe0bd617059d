"""The shapes of receivers and of what was sent to them."""

from __future__ import annotations

from marshmallow import fields, validate

from service.api.schemas.shared import In, Moment, Out, PageOut


class EndpointIn(In):
    """A receiver."""

    url = fields.String(required=True)
    events = fields.List(fields.String(), metadata={"minItems": 1})
    public = fields.Boolean()
    receipts = fields.Boolean()
    description = fields.String(validate=validate.Length(max=200))


class EndpointChangeIn(In):
    """A change of a receiver."""

    url = fields.String()
    events = fields.List(fields.String(), metadata={"minItems": 1})
    public = fields.Boolean()
    receipts = fields.Boolean()
    description = fields.String(validate=validate.Length(max=200))
    enabled = fields.Boolean()


class ReplayIn(In):
    """A range: moments as RFC 3339, both ends in it; or a release (id or slug) and numbers of its sequence."""

    since = Moment()
    until = Moment()
    release = fields.String()
    first = fields.Integer(strict=True, validate=validate.Range(min=0, max=2**31 - 1))
    last = fields.Integer(strict=True, validate=validate.Range(min=0, max=2**31 - 1))


class ReplayOut(Out):
    """How many deliveries are sent."""

    deliveries = fields.Integer()


class EndpointOut(Out):
    """A receiver; its secret is only in the answer that made it."""

    may_lack = frozenset({"secret"})

    id = fields.String()
    url = fields.String()
    events = fields.List(fields.String())
    public = fields.Boolean()
    receipts = fields.Boolean()
    description = fields.String()
    enabled = fields.Boolean()
    disabled_because = fields.String(allow_none=True)
    failing_since = fields.String(allow_none=True)
    created_at = fields.String()
    deliveries = fields.Dict(keys=fields.String(), values=fields.Integer())
    secret = fields.String()


class EndpointsOut(PageOut):
    """Receivers, oldest first."""

    items = fields.List(fields.Nested(EndpointOut))


class AttemptOut(Out):
    """One try of a delivery."""

    number = fields.Integer()
    at = fields.String()
    milliseconds = fields.Integer()
    status = fields.Integer(allow_none=True)
    error = fields.String(allow_none=True)
    detail = fields.String()
    answer = fields.String()


class ReceiptIn(In):
    """Where a text of a delivery stands: the page's address, and the digest that the delivery named for the text."""

    url = fields.String(required=True, validate=validate.Length(min=1, max=2_000))
    digest = fields.String(required=True, validate=validate.Length(max=64))
    locale = fields.String(validate=validate.Length(max=12))


class ReceiptOut(Out):
    """A receipt; `found` is the digest of the text that the page shows, `because` says why it is not kept."""

    id = fields.String()
    locale = fields.String()
    state = fields.String()
    url = fields.String(allow_none=True)
    digest = fields.String(allow_none=True)
    found = fields.String(allow_none=True)
    because = fields.String(allow_none=True)
    said_at = fields.String(allow_none=True)
    checked_at = fields.String(allow_none=True)


class DeliveryOut(Out):
    """A delivery with every attempt."""

    id = fields.String()
    event = fields.String()
    type = fields.String()
    release = fields.String(allow_none=True)
    endpoint = fields.String()
    url = fields.String()
    state = fields.String()
    created_at = fields.String()
    due_at = fields.String(allow_none=True)
    ended_at = fields.String(allow_none=True)
    attempts = fields.List(fields.Nested(AttemptOut))
    receipts = fields.List(fields.Nested(ReceiptOut))


class DeliveriesOut(PageOut):
    """Deliveries, newest first."""

    items = fields.List(fields.Nested(DeliveryOut))
