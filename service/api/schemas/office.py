"""The shapes of what the office keeps about itself: the audit, the memory, who is who."""

from __future__ import annotations

from marshmallow import Schema, fields

from service.api.schemas.shared import PageOut


class AuditOut(PageOut):
    """Entries of the audit, newest first."""

    items = fields.List(fields.Dict())


class MeOut(Schema):
    """Who the token stands for, and what it may be used for."""

    id = fields.String()
    email = fields.String()
    name = fields.String()
    language = fields.String()
    roles = fields.List(fields.Dict())
    scopes = fields.List(fields.String())


class MendingOut(Schema):
    """A piece of a target that was replaced because the source differs there."""

    before = fields.String()
    after = fields.String()


class MatchOut(Schema):
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
    release = fields.String(allow_none=True)
    approved_at = fields.String(allow_none=True)


class MatchesOut(Schema):
    """What the memory has for a source text, the best first."""

    items = fields.List(fields.Nested(MatchOut))
