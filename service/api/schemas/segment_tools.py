"""The shapes of acts on several units at once."""

from __future__ import annotations

from marshmallow import fields

from service.api.schemas.shared import In, Out


class UnitVersionsIn(In):
    """Units by their ids, each with the `row_version` that was read; who saved one meanwhile is not overwritten."""

    units = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


class PropagateIn(UnitVersionsIn):
    """The units that are to have the text of a confirmed one, in its own release or in the one that `into` names."""

    into = fields.String()
    confirm = fields.Boolean(load_default=True)


class ReplaceIn(In):
    """Words to be replaced, in the units that are named at the `row_version` that was read."""

    find = fields.String(required=True)
    replacement = fields.String(load_default="")
    whole_words = fields.Boolean(load_default=False)
    match_case = fields.Boolean(load_default=False)
    keep_confirmed = fields.Boolean(load_default=False)
    units = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


class ActIn(In):
    """The id of an act, as its answer told it."""

    act = fields.String(required=True)


class DoneOut(Out):
    """What an act did: the numbers of the segments that it changed, and of those that somebody was faster with."""

    act = fields.String()
    changed = fields.List(fields.Integer())
    left = fields.List(fields.Integer())
