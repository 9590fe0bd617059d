"""The shapes of releases, their schedules and comments."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from service.api.schemas.shared import In, Moment, PageOut, ReasonOut

STATES = ("queued", "drafting", "in_review", "approved", "published", "withdrawn")


class ReleaseIn(In):
    """A release to submit, or a new source for one."""

    title = fields.String(metadata={"description": "Left out, it is taken from the text."})
    body = fields.String(metadata={"description": "The text; required unless a file is sent."})
    format = fields.String(validate=validate.OneOf(["text", "markdown", "html"]), metadata={"default": "text"})
    targets = fields.List(fields.String())
    slug = fields.String(validate=validate.Length(max=200))
    embargo_at = Moment(allow_none=True)
    deadline_at = Moment(allow_none=True)
    confidential = fields.Boolean()
    publish = fields.String(validate=validate.OneOf(["together", "as_approved"]))


class ScheduleIn(In):
    """What may be changed about when and how a release leaves; `embargo_at: null` lifts the embargo."""

    embargo_at = Moment(allow_none=True)
    deadline_at = Moment()
    confidential = fields.Boolean()
    publish = fields.String(validate=validate.OneOf(["together", "as_approved"]))


class ProgressOut(Schema):
    """Counts of a version's units."""

    segments = fields.Integer()
    drafted = fields.Integer()
    empty = fields.Integer()
    confirmed = fields.Integer()


class VersionInReleaseOut(Schema):
    """A version as a release lists it."""

    locale = fields.String()
    state = fields.String(validate=validate.OneOf(STATES))
    progress = fields.Nested(ProgressOut)


class ReleaseOut(Schema):
    """A release with its versions."""

    id = fields.String()
    slug = fields.String()
    title = fields.String()
    source_locale = fields.String()
    state = fields.String()
    revision = fields.Integer()
    embargo_at = fields.String(allow_none=True)
    deadline_at = fields.String(allow_none=True)
    confidential = fields.Boolean()
    publish = fields.String()
    author = fields.String(allow_none=True)
    warnings = fields.List(fields.String())
    created_at = fields.String()
    updated_at = fields.String()
    scheduled_for = fields.String(allow_none=True)
    published_at = fields.String(allow_none=True)
    withdrawn_at = fields.String(allow_none=True)
    withdrawn_reason = fields.String(allow_none=True)
    publish_blocked = fields.List(fields.Nested(ReasonOut))
    row_version = fields.Integer()
    versions = fields.List(fields.Nested(VersionInReleaseOut))


class ReleasesOut(PageOut):
    """Releases, newest first."""

    items = fields.List(fields.Nested(ReleaseOut))


class CommentIn(In):
    """A comment, on the release, on one version, or on one unit of it."""

    body = fields.String(required=True)
    locale = fields.String()
    unit = fields.String()


class CommentOut(Schema):
    """A comment."""

    id = fields.String()
    body = fields.String()
    by = fields.String()
    at = fields.String()
    locale = fields.String(allow_none=True)
    unit = fields.String(allow_none=True)


class CommentsOut(PageOut):
    """Comments, oldest first."""

    items = fields.List(fields.Nested(CommentOut))
