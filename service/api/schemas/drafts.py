"""The shapes of asking for drafts again: of a version, and of one unit beside its text."""

from __future__ import annotations

from marshmallow import fields, validate

from service.api.schemas.shared import In, Out
from service.api.schemas.versions import EngineOut
from service.domain.differences import Move


class RedraftIn(In):
    """What to draft anew (everything that nobody touched, where it is left out), and whom to ask first."""

    engine = fields.String(allow_none=True)
    reach = fields.String(data_key="only", validate=validate.OneOf(["untouched", "empty"]))


class AlternativeIn(In):
    """The engine to ask; the next in the order that did not make the present draft, where it is left out."""

    engine = fields.String(allow_none=True)


class DifferenceOut(Out):
    """Some words of the present text or of the alternative, or of both."""

    move = fields.String(validate=validate.OneOf([move.value for move in Move]))
    text = fields.String()


class DraftedByOut(Out):
    """What made an alternative; when and how long it took stand beside it."""

    kind = fields.String(allow_none=True)
    engine = fields.String(allow_none=True)
    score = fields.Integer(allow_none=True)


class AlternativeOut(Out):
    """Another draft of a unit; `differences` are those from the unit's present text."""

    id = fields.String()
    unit = fields.String()
    engine = fields.String(allow_none=True)
    answered_by = fields.String(allow_none=True)
    state = fields.String(validate=validate.OneOf(["waiting", "there", "failed"]))
    target = fields.String()
    origin = fields.Nested(DraftedByOut)
    differences = fields.List(fields.Nested(DifferenceOut))
    milliseconds = fields.Integer(allow_none=True)
    warnings = fields.List(fields.String())
    outcomes = fields.List(fields.Nested(EngineOut))
    asked_at = fields.String()
    answered_at = fields.String(allow_none=True)


class AlternativesOut(Out):
    """All other drafts of a unit, newest first."""

    items = fields.List(fields.Nested(AlternativeOut))
