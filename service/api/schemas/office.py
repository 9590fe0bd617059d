"""The shapes of what the office keeps about itself: the audit, who is who."""

from __future__ import annotations

from marshmallow import fields

from service.api.schemas.shared import Out, PageOut


class AuditOut(PageOut):
    """Entries of the audit, newest first."""

    items = fields.List(fields.Dict())


class MeOut(Out):
    """Who the token stands for, and what it may be used for."""

    id = fields.String()
    email = fields.String()
    name = fields.String()
    language = fields.String()
    roles = fields.List(fields.Dict())
    scopes = fields.List(fields.String())
