"""The shapes of the engines: how they stand, in which order they are asked, what reviewers change of their drafts."""

from __future__ import annotations

from marshmallow import fields, validate

from service.api.schemas.shared import Out, PageOut
from service.domain.ranking import OrderedBy


class RateOut(Out):
    """How many requests an engine takes within some seconds."""

    requests = fields.Integer()
    seconds = fields.Float()


class CapabilitiesOut(Out):
    """What an engine can do; the limits are those of one request."""

    keyless = fields.Boolean()
    batch = fields.String()
    markup = fields.String()
    glossary = fields.Boolean()
    context = fields.Boolean()
    max_characters = fields.Integer()
    max_bytes = fields.Integer()
    max_items = fields.Integer()
    concurrency = fields.Integer()
    rate = fields.Nested(RateOut, allow_none=True)
    version = fields.String(allow_none=True)


class GateOut(Out):
    """Whether an engine may be asked: `open`, `trial`, `resting` or `off`; if not, why and until when."""

    gate = fields.String()
    reason = fields.String()
    until = fields.String(allow_none=True)


class LastAnswerOut(Out):
    """When an engine last answered, and after how many milliseconds."""

    at = fields.String(allow_none=True)
    milliseconds = fields.Integer(allow_none=True)


class EngineStateOut(Out):
    """How a configured engine stands; `place` is its own in the default order, from 1."""

    name = fields.String()
    place = fields.Integer()
    runs_in_office = fields.Boolean()
    capabilities = fields.Nested(CapabilitiesOut)
    state = fields.Nested(GateOut)
    last_answer = fields.Nested(LastAnswerOut)
    checked_at = fields.String()


class FailuresOut(Out):
    """How many runs failed for a reason within the last thirty days."""

    reason = fields.String()
    count = fields.Integer()


class FiguresOut(Out):
    """How an engine fared for a pair.

    `unchanged` is the share (0 to 1) of its drafts that was approved as it was; `chrf_distance` (100 less chrF) and
    `ter` are medians, 0 where nothing was changed and 100 at most. They are null until `needed` units were measured.
    """

    engine = fields.String(allow_none=True)
    drafts = fields.Integer()
    measured = fields.Integer()
    needed = fields.Integer()
    unchanged = fields.Float(allow_none=True)
    chrf_distance = fields.Float(allow_none=True)
    ter = fields.Float(allow_none=True)
    failures = fields.List(fields.Nested(FailuresOut))


class PairOut(Out):
    """How the engines fared for one pair, in the `order` in which they are asked, and the translation memory."""

    source_locale = fields.String()
    target_locale = fields.String()
    order = fields.List(fields.String())
    ordered_by = fields.String(validate=validate.OneOf([each.value for each in OrderedBy]))
    engines = fields.List(fields.Nested(FiguresOut))
    memory = fields.Nested(FiguresOut, allow_none=True)


class EnginesOut(PageOut):
    """All configured engines in their default order; `pinned` where the office fixed it itself."""

    items = fields.List(fields.Nested(EngineStateOut))
    pinned = fields.Boolean()
    checked_at = fields.String(allow_none=True)
    pairs = fields.List(fields.Nested(PairOut))
