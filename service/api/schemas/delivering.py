"""The shapes of receivers and of what was sent to them."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from service.api.schemas.shared import In, PageOut


class EndpointIn(In):
    """A receiver."""

    url = fields.String(required=True)
    events = fields.List(fields.String())
    public = fields.Boolean()
    description = fields.String(validate=validate.Length(max=200))


class EndpointChangeIn(In):
    """A change of a receiver."""

    url = fields.String()
    events = fields.List(fields.String())
    public = fields.Boolean()
    description = fields.String(validate=validate.Length(max=200))
    enabled = fields.Boolean()


class EndpointOut(Schema):
    """A receiver; its secret is only in the answer that made it."""

    id = fields.String()
    url = fields.String()
    events = fields.List(fields.String())
    public = fields.Boolean()
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


class AttemptOut(Schema):
    """One try of a delivery."""

    number = fields.Integer()
    at = fields.String()
    milliseconds = fields.Integer()
    status = fields.Integer(allow_none=True)
    error = fields.String(allow_none=True)
    detail = fields.String()
    answer = fields.String()


class DeliveryOut(Schema):
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


class DeliveriesOut(PageOut):
    """Deliveries, newest first."""

    items = fields.List(fields.Nested(DeliveryOut))
