"""The shapes of a release's facts."""

from __future__ import annotations

from marshmallow import fields

from service.api.schemas.findings import DismissedOut
from service.api.schemas.shared import Out, PageOut


class FactPlaceOut(Out):
    """Where a fact stands: the segment's number, and the stretch of its coded text."""

    n = fields.Integer()
    span = fields.List(fields.Integer())


class FactPlaceInUnitOut(FactPlaceOut):
    """The same in a translation, with the unit."""

    unit = fields.String(allow_none=True)


class FactCellOut(Out):
    """How a language tells a fact; `weight` is null where it agrees, a severity where it does not, or `waived`."""

    locale = fields.String()
    state = fields.String()
    spellings = fields.List(fields.String())
    places = fields.List(fields.Nested(FactPlaceInUnitOut))
    weight = fields.String(allow_none=True)
    token = fields.String()
    waived = fields.Nested(DismissedOut, allow_none=True)


class FactOut(Out):
    """A fact; `spelling` is the source's, null where only a translation has it."""

    kind = fields.String()
    key = fields.String()
    spelling = fields.String(allow_none=True)
    places = fields.List(fields.Nested(FactPlaceOut))
    agrees = fields.Boolean()
    cells = fields.List(fields.Nested(FactCellOut))


class FactsOut(PageOut):
    """All facts of a release in the order of its text, and how many do not agree and are not waived."""

    items = fields.List(fields.Nested(FactOut))
    source_locale = fields.String()
    locales = fields.List(fields.String())
    differing = fields.Integer()
