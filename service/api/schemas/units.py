"""The shapes of translation units."""

from __future__ import annotations

from marshmallow import fields, validate

from service.api.schemas.findings import FindingOut
from service.api.schemas.memory import MatchOut
from service.api.schemas.shared import In, Out
from service.api.schemas.terms import TermHitOut


class UnitIn(In):
    """A change of a unit."""

    loses_zeros = frozenset({"target"})

    target = fields.String()
    state = fields.String(validate=validate.OneOf(["translated", "reviewed"]))
    operation_id = fields.String(
        validate=validate.Length(min=1, max=64),
        metadata={"description": "Yours for this save: sent again with it, the save is made once."},
    )


class OriginOut(Out):
    """Where a unit's text came from."""

    kind = fields.String()
    engine = fields.String(allow_none=True)
    engine_version = fields.String(allow_none=True)
    score = fields.Integer(allow_none=True)
    milliseconds = fields.Integer(allow_none=True)
    at = fields.String(allow_none=True)


class CodeOut(Out):
    """An inline code of a unit's source."""

    id = fields.Integer()
    kind = fields.String()
    href = fields.String(allow_none=True)


class UnitOut(Out):
    """A unit: a segment with its target."""

    id = fields.String()
    n = fields.Integer()
    block = fields.String()
    kind = fields.String()
    source = fields.String()
    target = fields.String()
    state = fields.String()
    origin = fields.Nested(OriginOut)
    draft = fields.String()
    codes = fields.List(fields.Nested(CodeOut))
    findings = fields.List(fields.Nested(FindingOut))
    matches = fields.List(fields.Nested(MatchOut))
    terms = fields.List(fields.Nested(TermHitOut))
    warnings = fields.List(fields.String())
    changed_from = fields.String(allow_none=True)
    change_is_minor = fields.Boolean()
    row_version = fields.Integer()


class UnitsOut(Out):
    """All units of a version in text order, the title first."""

    items = fields.List(fields.Nested(UnitOut))
