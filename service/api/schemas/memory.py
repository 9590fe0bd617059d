"""The shapes of the memory: what it offers for a sentence, and where words stand in its texts."""

from __future__ import annotations

from marshmallow import fields

from service.api.schemas.shared import Out, PageOut


class MendingOut(Out):
    """A piece of a target that was replaced because the source differs there."""

    before = fields.String()
    after = fields.String()


class MatchOut(Out):
    """An approved pair that is at least 70 % like a source text, with its score after penalties (at most 101)."""

    id = fields.String()
    source = fields.String()
    target = fields.String()
    score = fields.Integer()
    kind = fields.String(metadata={"enum": ["context", "exact", "fuzzy"]})
    mendings = fields.List(fields.Nested(MendingOut))
    penalties = fields.List(fields.String())
    warnings = fields.List(fields.String())
    collection = fields.String()
    release = fields.String(
        allow_none=True,
        metadata={"description": "Null for what came from a file, and for one that the token's owner does not see."},
    )
    approved_at = fields.String(allow_none=True)


class MatchesOut(PageOut):
    """What the memory has for a source text, the best first; never more than one page."""

    items = fields.List(fields.Nested(MatchOut))


class SpanOut(Out):
    """Where what was looked for stands in a text, in characters; the end is the place after the last one."""

    start = fields.Integer()
    end = fields.Integer()


class FoundTargetOut(Out):
    """A target as it was approved last, and how often it was.

    `release` is null for one that the token's owner does not see; `url` is where everybody can read it.
    """

    id = fields.String()
    locale = fields.String()
    text = fields.String()
    spans = fields.List(fields.Nested(SpanOut))
    uses = fields.Integer()
    collection = fields.String()
    release = fields.String(allow_none=True)
    title = fields.String()
    url = fields.String(allow_none=True)
    revision = fields.Integer(allow_none=True)
    approved_by = fields.String(allow_none=True, metadata={"description": "The name of who approved it."})
    approved_at = fields.String()


class FoundOut(Out):
    """A source with its targets, by locale and the newest first; what was looked for stands in one of the texts."""

    locale = fields.String()
    source = fields.String()
    spans = fields.List(fields.Nested(SpanOut))
    targets = fields.List(fields.Nested(FoundTargetOut))


class ConcordanceOut(PageOut):
    """Texts in which what was looked for stands, the newest first; a page may be short and not be the last."""

    items = fields.List(fields.Nested(FoundOut))
