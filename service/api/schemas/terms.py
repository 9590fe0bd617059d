"""The shapes of the term base: concepts, their terms, and where a term stands in a unit's source."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validate

from service.api.schemas.shared import In, Out, PageOut
from service.domain.concepts import GENDERS
from service.domain.terms import TermStatus

STATUSES = [status.value for status in TermStatus]


class TermIn(In):
    """A term of one language."""

    locale = fields.String(required=True)
    text = fields.String(required=True)
    status = fields.String(validate=validate.OneOf(STATUSES))
    gender = fields.String(validate=validate.OneOf(GENDERS), allow_none=True)
    case_sensitive = fields.Boolean()
    forms = fields.List(fields.String())


class Terms(fields.Field):  # type: ignore[type-arg]
    """All terms of a concept: a list of them, or in short the preferred one for each language."""

    def _deserialize(self, value: object, attr: str | None, data: object, **kwargs: object) -> list[dict[str, Any]]:  # noqa: ARG002
        """Read either form as a list."""
        if isinstance(value, dict):
            value = [{"locale": locale, "text": text} for locale, text in value.items()]
        if not isinstance(value, list):
            message = "Not a list of terms, nor an object such as {“nl”: “lidstaat”, “fr”: “État membre”}."
            raise ValidationError(message)
        read: list[dict[str, Any]] = TermIn(many=True).load(value)
        return read


_TERM = {
    "type": "object",
    "required": ["locale", "text"],
    "properties": {
        "locale": {"type": "string"},
        "text": {"type": "string"},
        "status": {"type": "string", "enum": STATUSES},
        "gender": {"type": ["string", "null"], "enum": [*GENDERS, None]},
        "case_sensitive": {"type": "boolean"},
        "forms": {"type": "array", "items": {"type": "string"}},
    },
    "additionalProperties": False,
}
_TERMS = {
    "oneOf": [
        {"type": "array", "items": _TERM},
        {"type": "object", "additionalProperties": {"type": "string"}},
    ],
    "description": "A list of terms, or the preferred one for each language.",
}


class ConceptChangeIn(In):
    """A change of a concept; `terms` stand in the place of all that it had."""

    terms = Terms(metadata=_TERMS)
    definition = fields.String()
    domain = fields.String()
    authority = fields.String()
    authority_date = fields.Date(allow_none=True)
    do_not_translate = fields.Boolean()
    checked = fields.Boolean()


class ConceptIn(ConceptChangeIn):
    """A concept with its terms."""

    terms = Terms(required=True, metadata=_TERMS)


class TermOut(Out):
    """A term of one language."""

    locale = fields.String()
    text = fields.String()
    status = fields.String()
    gender = fields.String(allow_none=True)
    case_sensitive = fields.Boolean()
    forms = fields.List(fields.String())


class ConceptOut(Out):
    """A concept with its terms."""

    id = fields.String()
    terms = fields.List(fields.Nested(TermOut))
    definition = fields.String()
    domain = fields.String()
    authority = fields.String()
    authority_date = fields.String(allow_none=True)
    do_not_translate = fields.Boolean()
    checked = fields.Boolean()
    created_at = fields.String()
    updated_at = fields.String()
    row_version = fields.Integer()


class ConceptsOut(PageOut):
    """Concepts, newest first."""

    items = fields.List(fields.Nested(ConceptOut))


class TermHitOut(Out):
    """Where a term stands in a unit's source, in characters of the coded text, and what it is called.

    A hint is the end of a compound: nothing is demanded of it.
    """

    concept = fields.String()
    source = fields.String()
    term = fields.String()
    start = fields.Integer()
    end = fields.Integer()
    preferred = fields.String(allow_none=True)
    admitted = fields.List(fields.String())
    do_not_translate = fields.Boolean()
    hint = fields.Boolean()
