"""The shapes of comments."""

from __future__ import annotations

from marshmallow import fields

from service.api.schemas.shared import In, Out, PageOut


class CommentIn(In):
    """A comment, on the release, on one version, or on one unit of it; or a reply to another."""

    loses_zeros = frozenset({"body"})

    body = fields.String(
        required=True,
        metadata={"description": "Whoever is named in it behind an @ is told."},
    )
    locale = fields.String()
    unit = fields.String()
    reply_to = fields.String(metadata={"description": "A comment; a reply is about what its thread is about."})
    mentions = fields.List(
        fields.String(),
        metadata={"description": "Ids or e-mail addresses of people to tell, who may see the release."},
    )
    for_author = fields.Boolean(metadata={"description": "Is it a question to the author of the release?"})
    resolve = fields.Boolean(metadata={"description": "With a reply: does it end its thread?"})


class CommentOut(Out):
    """A comment; `resolved_at` is only ever told of the one that opened a thread."""

    id = fields.String()
    body = fields.String()
    by = fields.String()
    at = fields.String()
    locale = fields.String(allow_none=True)
    unit = fields.String(allow_none=True)
    reply_to = fields.String(allow_none=True)
    for_author = fields.Boolean()
    mentions = fields.List(fields.String(), metadata={"description": "The names of who was told."})
    resolved_by = fields.String(allow_none=True)
    resolved_at = fields.String(allow_none=True)


class CommentsOut(PageOut):
    """Comments, oldest first."""

    items = fields.List(fields.Nested(CommentOut))
