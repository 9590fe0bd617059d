"""The shapes of releases, their schedules."""

from __future__ import annotations

from marshmallow import fields, validate

from service.api.schemas.shared import In, Moment, Out, PageOut, ReasonOut

STATES = ("queued", "drafting", "in_review", "approved", "published", "withdrawn")


class ReleaseIn(In):
    """A release to submit, or a new source for one."""

    loses_both = frozenset({"title", "body", "slug"})

    title = fields.String(metadata={"description": "Left out, it is taken from the text."})
    body = fields.String(metadata={"description": "The text; required unless a file is sent."})
    format = fields.String(validate=validate.OneOf(["text", "markdown", "html"]), metadata={"default": "text"})
    targets = fields.List(fields.String())
    slug = fields.String(validate=validate.Length(max=200))
    embargo_at = Moment(allow_none=True)
    deadline_at = Moment(allow_none=True)
    confidential = fields.Boolean()
    publish = fields.String(validate=validate.OneOf(["together", "as_approved"]))
    minor = fields.Boolean(
        metadata={"description": "Of a new source: it mends a typo only, and no figure, name, denial or link."}
    )


class ScheduleIn(In):
    """What may be changed about when and how a release leaves; `embargo_at: null` lifts the embargo."""

    embargo_at = Moment(allow_none=True)
    deadline_at = Moment()
    confidential = fields.Boolean()
    publish = fields.String(validate=validate.OneOf(["together", "as_approved"]))


class ProgressOut(Out):
    """Counts of a version's units."""

    segments = fields.Integer()
    drafted = fields.Integer()
    empty = fields.Integer()
    confirmed = fields.Integer()


class VersionInReleaseOut(Out):
    """A version as a release lists it."""

    locale = fields.String()
    state = fields.String(validate=validate.OneOf(STATES))
    progress = fields.Nested(ProgressOut)


class ReleaseOut(Out):
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
