"""The shapes of what checks find, of what people put aside, and of the checks themselves."""

from __future__ import annotations

from marshmallow import fields, validate

from service.api.schemas.shared import In, Out, PageOut
from service.operations.check_settings import CHOICES


class DismissedOut(Out):
    """Who put a finding aside, when and why."""

    by = fields.String(allow_none=True)
    at = fields.String()
    reason = fields.String()


class FindingOut(Out):
    """What a check reported; `fix`, where there is one, is what belongs in place of `target_span`."""

    id = fields.String()
    unit = fields.String()
    n = fields.Integer()
    code = fields.String()
    severity = fields.String()
    message = fields.String()
    source_span = fields.List(fields.Integer(), allow_none=True)
    target_span = fields.List(fields.Integer(), allow_none=True)
    fix = fields.String(allow_none=True)
    dismissed = fields.Nested(DismissedOut, allow_none=True)
    dismissed_reason = fields.String(allow_none=True)
    rules_revision = fields.String()


class FindingsOut(PageOut):
    """The findings of a version in text order; `current` tells whether they are of its present text and rules."""

    items = fields.List(fields.Nested(FindingOut))
    checked_at = fields.String(allow_none=True)
    rules_revision = fields.String()
    current = fields.Boolean()


class DismissalOut(Out):
    """A finding that a person put aside; `ended_at` where its text has changed since, or somebody took it up again."""

    id = fields.String()
    unit = fields.String()
    n = fields.Integer(allow_none=True)
    code = fields.String()
    severity = fields.String()
    message = fields.String()
    reason = fields.String()
    by = fields.String(allow_none=True)
    at = fields.String()
    ended_at = fields.String(allow_none=True)


class DismissalsOut(PageOut):
    """All that was ever put aside in a version, oldest first."""

    items = fields.List(fields.Nested(DismissalOut))


class SeverityIn(In):
    """What a check weighs in this office: a severity, `off`, or `default` for what it weighs by itself."""

    severity = fields.String(required=True, validate=validate.OneOf(CHOICES))


class CheckOut(Out):
    """A check: what it does, what it weighs by itself and here; `setting` is null where the office set nothing."""

    code = fields.String()
    name = fields.String()
    does = fields.String()
    default = fields.String()
    severity = fields.String()
    setting = fields.String(allow_none=True)
    set_by = fields.String(allow_none=True)
    set_at = fields.String(allow_none=True)


class ChecksOut(PageOut):
    """Every check, in the order in which they look."""

    items = fields.List(fields.Nested(CheckOut))
