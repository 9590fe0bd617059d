"""The shapes of versions: what was drafted, what stands in the way, who approved."""

from __future__ import annotations

from marshmallow import fields, validate

from service.api.schemas.releases import STATES, ProgressOut
from service.api.schemas.shared import In, Out


class DigestIn(In):
    """The digest of the text that was read, and the reason for approving one's own where the office allows it."""

    digest = fields.String(required=True)
    exception_reason = fields.String()


class HandOverIn(In):
    """Who gets the version; nobody where it is left out."""

    to = fields.String(allow_none=True)


class FindingCountsOut(Out):
    """Open findings by severity, and how many were put aside."""

    error = fields.Integer()
    warning = fields.Integer()
    info = fields.Integer()
    dismissed = fields.Integer()


class EngineOut(Out):
    """How an engine fared with a version."""

    name = fields.String()
    kind = fields.String()
    filled = fields.Integer()
    reason = fields.String()
    detail = fields.String()
    milliseconds = fields.Integer(allow_none=True)


class ApprovalOut(Out):
    """A standing approval."""

    digest = fields.String()
    revision = fields.Integer()
    rules_revision = fields.String()
    approved_by = fields.String(allow_none=True)
    approved_at = fields.String()
    exception_reason = fields.String(allow_none=True)


class VersionOut(Out):
    """A version; `digest` is that of its present text, to be sent with an approval."""

    locale = fields.String()
    state = fields.String(validate=validate.OneOf(STATES))
    title = fields.String()
    revision = fields.Integer()
    digest = fields.String()
    progress = fields.Nested(ProgressOut)
    engines = fields.List(fields.Nested(EngineOut))
    findings = fields.Nested(FindingCountsOut)
    checked_at = fields.String(allow_none=True)
    approval = fields.Nested(ApprovalOut, allow_none=True)
    claimed_by = fields.String(allow_none=True)
    claimed_until = fields.String(allow_none=True)
    changes_reason = fields.String(allow_none=True)
    next_draft_at = fields.String(allow_none=True)
    row_version = fields.Integer()
    ai_record = fields.Dict()


class ConfirmedOut(Out):
    """How many units were confirmed now."""

    confirmed = fields.Integer()


class RefusedUnitOut(Out):
    """A unit that an import left as it is; both texts where somebody saved it after the file was made."""

    may_lack = frozenset({"mine", "theirs"})

    unit = fields.String()
    n = fields.Integer(allow_none=True)
    code = fields.String()
    detail = fields.String()
    mine = fields.String()
    theirs = fields.String()


class TakenInOut(Out):
    """What came of a file: the ids of the units that changed, how many did not, and what was refused."""

    changed = fields.List(fields.String())
    unchanged = fields.Integer()
    refused = fields.List(fields.Nested(RefusedUnitOut))
