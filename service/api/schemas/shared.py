"""What all shapes share: moments, the strict base of what comes in, pages of lists, reasons and problems.

`…In` schemas refuse unknown fields; `…Out` schemas say what is promised.
"""

from __future__ import annotations

from typing import Any, ClassVar

from marshmallow import RAISE, Schema, ValidationError, fields, pre_load
from marshmallow.fields import Field

from service.domain.characters import demand_all_storable
from service.domain.embargo import parse_moment
from service.domain.errors import Invalid


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
    """What is sent; unknown fields are refused, and characters that cannot be kept.

    Texts that lose what cannot be kept when they are read are named: of `loses_zeros` only half a surrogate pair is
    refused, of `loses_both` nothing.
    """

    loses_zeros: ClassVar[frozenset[str]] = frozenset()
    loses_both: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        """Refuse what is not known."""

        unknown = RAISE

    @pre_load
    def _demand_storable(self, sent: Any, **_kwargs: Any) -> Any:
        known = {field.data_key or name for name, field in self.load_fields.items()} - self.loses_both
        for name in known.intersection(sent) if isinstance(sent, dict) else ():
            demand_all_storable(sent[name], name, zeros_go=name in self.loses_zeros)
        return sent


class Out(Schema):
    """What is answered; every field is always there, but those in `may_lack`."""

    may_lack: ClassVar[frozenset[str]] = frozenset()

    def on_bind_field(self, field_name: str, field_obj: Field[Any]) -> None:
        """Promise the field in the document; on the way out nothing is asked of it."""
        field_obj.required = field_name not in self.may_lack


class ReasonIn(In):
    """Why."""

    reason = fields.String(required=True)


class WithdrawalIn(ReasonIn):
    """Why, and in which of the office's languages that is written: the release's own where it is not said."""

    reason_locale = fields.String()


class PageOut(Out):
    """One page of a list."""

    next = fields.String(allow_none=True)


class ReasonOut(Out):
    """One thing that keeps a gate closed."""

    code = fields.String()
    detail = fields.String()


class ProblemOut(Schema):
    """A problem (RFC 9457)."""

    type = fields.String()
    title = fields.String()
    status = fields.Integer()
    code = fields.String()
    detail = fields.String()
    reasons = fields.List(fields.Nested(ReasonOut))
    errors = fields.List(fields.Dict())
    # Of one who was slower: what was sent, what stands there now, and at which version.
    mine = fields.Raw(allow_none=True)
    theirs = fields.Raw(allow_none=True)
    row_version = fields.Integer(allow_none=True)
