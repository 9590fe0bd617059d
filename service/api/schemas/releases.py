"""The shapes of releases, their schedules."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, pre_load, validate

from service.api.schemas.shared import In, Moment, Out, PageOut, ReasonOut

STATES = ("queued", "drafting", "in_review", "approved", "published", "withdrawn")


class TextIn(In):
    """A text, as a release or as a new source for one."""

    loses_both = frozenset({"title", "body"})

    title = fields.String(metadata={"description": "Left out, it is taken from the text."})
    body = fields.String(metadata={"description": "The text; required unless a file is sent."})
    format = fields.String(validate=validate.OneOf(["text", "markdown", "html"]), metadata={"default": "text"})
    minor = fields.Boolean(
        metadata={"description": "Of a new source: it mends a typo only, and no figure, name, denial or link."}
    )


class ReleaseIn(TextIn):
    """A release to submit."""

    loses_both = TextIn.loses_both | {"slug"}

    targets = fields.List(
        fields.String(), metadata={"minItems": 1, "description": "Left out, it is all languages of the office."}
    )
    slug = fields.String(validate=validate.Length(max=200))
    embargo_at = Moment(allow_none=True)
    deadline_at = Moment(allow_none=True)
    confidential = fields.Boolean()
    publish = fields.String(validate=validate.OneOf(["together", "as_approved"]))


_SCHEDULED = "A new source changes no schedule. Send this to the release itself: PATCH /api/v1/releases/{id}."
_SETTLED = "A new source cannot change this; it was settled when the release was submitted."
_ELSEWHERE = {
    **dict.fromkeys(("embargo_at", "deadline_at", "confidential", "publish"), _SCHEDULED),
    **dict.fromkeys(("targets", "slug"), _SETTLED),
}


class SourceIn(TextIn):
    """A new source for a release; what else a submission has is refused, with where it is changed."""

    @pre_load
    def _demand_text_alone(self, sent: Any, **_kwargs: Any) -> Any:
        found = sorted(_ELSEWHERE.keys() & sent.keys()) if isinstance(sent, dict) else ()
        if found:
            raise ValidationError({name: [_ELSEWHERE[name]] for name in found})
        return sent


class ScheduleIn(In):
    """What may be changed about when and how a release leaves; null lifts the embargo, or the deadline."""

    embargo_at = Moment(allow_none=True)
    deadline_at = Moment(allow_none=True)
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
    withdrawn_reason_locale = fields.String(allow_none=True)
    publish_blocked = fields.List(fields.Nested(ReasonOut))
    row_version = fields.Integer()
    versions = fields.List(fields.Nested(VersionInReleaseOut))


class ReleasesOut(PageOut):
    """Releases, newest first."""

    items = fields.List(fields.Nested(ReleaseOut))
