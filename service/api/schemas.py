"""The shapes of what comes in and goes out, as the OpenAPI document tells them.

`…In` schemas refuse unknown fields; `…Out` schemas say what is promised.
"""

from __future__ import annotations

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from service.domain.embargo import parse_moment
from service.domain.errors import Invalid

STATES = ("queued", "drafting", "in_review", "approved", "published", "withdrawn")


class Moment(fields.Field):  # type: ignore[type-arg]
    """A moment in RFC 3339; without an offset it is UTC, as all times of the interface are."""

    def _deserialize(self, value: object, attr: str | None, data: object, **kwargs: object) -> object:  # noqa: ARG002
        """Read it as an aware moment in UTC."""
        if not isinstance(value, str):
            message = "Not a moment such as 2026-03-02T14:00:00Z."
            raise ValidationError(message)
        try:
            return parse_moment(value, "UTC")
        except Invalid as error:
            raise ValidationError(str(error)) from error


class In(Schema):
    """What is sent; unknown fields are refused."""

    class Meta:
        """Refuse what is not known."""

        unknown = RAISE


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


class UnitIn(In):
    """A change of a unit."""

    target = fields.String()
    state = fields.String(validate=validate.OneOf(["translated", "reviewed"]))
    operation_id = fields.String(validate=validate.Length(min=1, max=64))


class DigestIn(In):
    """The digest of the text that was read, and the reason for approving one's own where the office allows it."""

    digest = fields.String(required=True)
    exception_reason = fields.String()


class ReasonIn(In):
    """Why."""

    reason = fields.String(required=True)


class CommentIn(In):
    """A comment, on the release, on one version, or on one unit of it."""

    body = fields.String(required=True)
    locale = fields.String()
    unit = fields.String()


class HandOverIn(In):
    """Who gets the version; nobody where it is left out."""

    to = fields.String(allow_none=True)


class EndpointIn(In):
    """A receiver."""

    url = fields.String(required=True)
    events = fields.List(fields.String())
    public = fields.Boolean()
    description = fields.String(validate=validate.Length(max=200))


class EndpointChangeIn(In):
    """A change of a receiver."""

    url = fields.String()
    events = fields.List(fields.String())
    public = fields.Boolean()
    description = fields.String(validate=validate.Length(max=200))
    enabled = fields.Boolean()


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


class ReasonOut(Schema):
    """One thing that keeps a gate closed."""

    code = fields.String()
    detail = fields.String()


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


class PageOut(Schema):
    """One page of a list."""

    next = fields.String(allow_none=True)


class ReleasesOut(PageOut):
    """Releases, newest first."""

    items = fields.List(fields.Nested(ReleaseOut))


class FindingCountsOut(Schema):
    """Open findings by severity."""

    error = fields.Integer()
    warning = fields.Integer()


class EngineOut(Schema):
    """How an engine fared with a version."""

    name = fields.String()
    kind = fields.String()
    filled = fields.Integer()
    reason = fields.String()
    detail = fields.String()


class ApprovalOut(Schema):
    """A standing approval."""

    digest = fields.String()
    revision = fields.Integer()
    approved_by = fields.String(allow_none=True)
    approved_at = fields.String()
    exception_reason = fields.String(allow_none=True)


class VersionOut(Schema):
    """A version; `digest` is that of its present text, to be sent with an approval."""

    locale = fields.String()
    state = fields.String(validate=validate.OneOf(STATES))
    title = fields.String()
    revision = fields.Integer()
    digest = fields.String()
    progress = fields.Nested(ProgressOut)
    engines = fields.List(fields.Nested(EngineOut))
    findings = fields.Nested(FindingCountsOut)
    approval = fields.Nested(ApprovalOut, allow_none=True)
    claimed_by = fields.String(allow_none=True)
    claimed_until = fields.String(allow_none=True)
    changes_reason = fields.String(allow_none=True)
    next_draft_at = fields.String(allow_none=True)
    row_version = fields.Integer()
    ai_record = fields.Dict()


class OriginOut(Schema):
    """Where a unit's text came from."""

    kind = fields.String()
    engine = fields.String(allow_none=True)
    score = fields.Integer(allow_none=True)


class CodeOut(Schema):
    """An inline code of a unit's source."""

    id = fields.Integer()
    kind = fields.String()
    href = fields.String(allow_none=True)


class FindingOut(Schema):
    """What a check reported."""

    id = fields.String()
    code = fields.String()
    severity = fields.String()
    message = fields.String()
    source_span = fields.List(fields.Integer(), allow_none=True)
    target_span = fields.List(fields.Integer(), allow_none=True)
    fix = fields.String(allow_none=True)
    dismissed_reason = fields.String(allow_none=True)


class UnitOut(Schema):
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
    matches = fields.List(fields.Dict())
    terms = fields.List(fields.Dict())
    warnings = fields.List(fields.String())
    changed_from = fields.String(allow_none=True)
    row_version = fields.Integer()


class UnitsOut(Schema):
    """All units of a version in text order, the title first."""

    items = fields.List(fields.Nested(UnitOut))


class ConfirmedOut(Schema):
    """How many units were confirmed now."""

    confirmed = fields.Integer()


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


class EndpointOut(Schema):
    """A receiver; its secret is only in the answer that made it."""

    id = fields.String()
    url = fields.String()
    events = fields.List(fields.String())
    public = fields.Boolean()
    description = fields.String()
    enabled = fields.Boolean()
    disabled_because = fields.String(allow_none=True)
    failing_since = fields.String(allow_none=True)
    created_at = fields.String()
    deliveries = fields.Dict(keys=fields.String(), values=fields.Integer())
    secret = fields.String()


class EndpointsOut(PageOut):
    """Receivers, oldest first."""

    items = fields.List(fields.Nested(EndpointOut))


class AttemptOut(Schema):
    """One try of a delivery."""

    number = fields.Integer()
    at = fields.String()
    milliseconds = fields.Integer()
    status = fields.Integer(allow_none=True)
    error = fields.String(allow_none=True)
    detail = fields.String()
    answer = fields.String()


class DeliveryOut(Schema):
    """A delivery with every attempt."""

    id = fields.String()
    event = fields.String()
    type = fields.String()
    release = fields.String(allow_none=True)
    endpoint = fields.String()
    url = fields.String()
    state = fields.String()
    created_at = fields.String()
    due_at = fields.String(allow_none=True)
    ended_at = fields.String(allow_none=True)
    attempts = fields.List(fields.Nested(AttemptOut))


class DeliveriesOut(PageOut):
    """Deliveries, newest first."""

    items = fields.List(fields.Nested(DeliveryOut))


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


class MatchesOut(Schema):
    """Approved pairs for a source text."""

    items = fields.List(fields.Dict())


class ProblemOut(Schema):
    """A problem (RFC 9457)."""

    type = fields.String()
    title = fields.String()
    status = fields.Integer()
    code = fields.String()
    detail = fields.String()
    reasons = fields.List(fields.Nested(ReasonOut))
    errors = fields.List(fields.Dict())
