"""Where answers lead: the calls that can be made with what an answer holds, as the OpenAPI document's `links`.

Only answers that show a thing, or make one, have links; those that change it show it again and lead to the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

_TAG = "$response.header.ETag"
_RELEASE = {"release_id": "$request.path.release_id"}
_VERSION = _RELEASE | {"locale": "$request.path.locale"}
_UNIT = _VERSION | {"unit": "$request.path.unit"}


@dataclass(frozen=True, slots=True)
class _Leads:
    """What an answer gives to the calls that it leads to, by their names; `tagged` ones take its entity tag as well.

    `said` is what an answer puts into the bodies of some.
    """

    values: dict[str, str]
    to: tuple[str, ...] = ()
    tagged: tuple[str, ...] = ()
    tag: str = _TAG
    said: dict[str, dict[str, str]] = field(default_factory=dict)


_OF_A_RELEASE = (
    "releases_show",
    "advice_show",
    "comments_list_comments",
    "comments_comment",
    "facts_show",
    "publishing_publish",
    "publishing_cancel",
    "publishing_withdraw",
)
_OF_A_VERSION = (
    "review_confirm",
    "review_approve",
    "review_request_changes",
    "review_reopen",
    "review_redraft",
    "review_claim",
    "review_hand_over",
    "review_give_back",
    "review_export",
    "units_list_units",
    "findings_list_findings",
    "findings_list_dismissals",
    "segment_tools_accept_all",
    "segment_tools_replace",
    "exchange_import_file",
)
_OF_A_UNIT = ("alternatives_ask", "alternatives_list_alternatives", "segment_tools_use_elsewhere")
_TAGGED_OF_A_UNIT = ("units_save", "segment_tools_undo", "segment_tools_accept")
_OF_AN_ENDPOINT = (
    "endpoints_show",
    "endpoints_change",
    "endpoints_remove",
    "endpoints_rotate",
    "endpoints_test",
    "endpoints_send_range_again",
)

_FROM_A_RELEASE = _Leads(
    {"release_id": "$response.body#/id"}, _OF_A_RELEASE, ("releases_revise", "releases_reschedule")
)
_TO_VERSIONS = _Leads(
    {"release_id": "$response.body#/id", "locale": "$response.body#/versions/0/locale"},
    ("review_show", "units_list_units"),
)
_FROM_AN_ACT = _Leads(
    _VERSION, ("segment_tools_undo_many",), said={"segment_tools_undo_many": {"act": "$response.body#/act"}}
)
_FROM_A_CONCEPT = _Leads({"concept_id": "$response.body#/id"}, ("terms_show",), ("terms_change", "terms_remove"))
_FROM_AN_ENDPOINT = _Leads({"endpoint_id": "$response.body#/id"}, _OF_AN_ENDPOINT)
_FROM_A_COMMENT = ("comments_resolve_thread", "comments_reopen_thread")

_LEADS: dict[str, tuple[_Leads, ...]] = {
    "releases_submit": (_FROM_A_RELEASE, _TO_VERSIONS),
    "releases_show": (_FROM_A_RELEASE, _TO_VERSIONS),
    "releases_list_releases": (
        _Leads({"release_id": "$response.body#/items/0/id"}, _OF_A_RELEASE),
        _Leads(
            {"release_id": "$response.body#/items/0/id", "locale": "$response.body#/items/0/versions/0/locale"},
            ("review_show", "units_list_units"),
        ),
    ),
    "review_show": (_Leads(_VERSION, _OF_A_VERSION, said={"review_approve": {"digest": "$response.body#/digest"}}),),
    "units_list_units": (
        _Leads(
            _VERSION | {"unit": "$response.body#/items/0/id"},
            ("units_show", *_OF_A_UNIT),
            _TAGGED_OF_A_UNIT,
            tag='"{$response.body#/items/0/row_version}"',
        ),
    ),
    "units_show": (_Leads(_UNIT, _OF_A_UNIT, _TAGGED_OF_A_UNIT),),
    "findings_list_findings": (
        _Leads(
            _VERSION | {"finding": "$response.body#/items/0/id"},
            ("findings_dismiss", "findings_take_up", "findings_fix"),
        ),
    ),
    "alternatives_ask": (
        _Leads(
            _UNIT | {"alternative": "$response.body#/id"},
            ("alternatives_show", "alternatives_take", "alternatives_leave"),
        ),
    ),
    "segment_tools_replace": (_FROM_AN_ACT,),
    "segment_tools_use_elsewhere": (_FROM_AN_ACT,),
    "segment_tools_accept_all": (_FROM_AN_ACT,),
    "comments_comment": (_Leads(_RELEASE | {"comment_id": "$response.body#/id"}, _FROM_A_COMMENT),),
    "comments_list_comments": (_Leads(_RELEASE | {"comment_id": "$response.body#/items/0/id"}, _FROM_A_COMMENT),),
    "facts_show": (
        _Leads(
            _RELEASE
            | {"locale": "$response.body#/items/0/cells/0/locale", "token": "$response.body#/items/0/cells/0/token"},
            ("facts_waive", "facts_take_back"),
        ),
    ),
    "endpoints_add": (_FROM_AN_ENDPOINT,),
    "endpoints_list_endpoints": (_Leads({"endpoint_id": "$response.body#/items/0/id"}, _OF_AN_ENDPOINT),),
    "endpoints_list_deliveries": (
        _Leads(
            {"delivery_id": "$response.body#/items/0/id"},
            ("endpoints_show_delivery", "endpoints_redeliver", "endpoints_receipt"),
        ),
    ),
    "terms_add": (_FROM_A_CONCEPT,),
    "terms_show": (_FROM_A_CONCEPT,),
    "terms_list_concepts": (_Leads({"concept_id": "$response.body#/items/0/id"}, ("terms_show",)),),
    "checks_list_checks": (_Leads({"code": "$response.body#/items/0/code"}, ("checks_change",)),),
}


def links_of(name: str) -> dict[str, Any]:
    """Return the links of a call's answer, by the name of the call that each leads to."""
    found: dict[str, Any] = {}
    for leads in _LEADS.get(name, ()):
        plain = {to: _link(leads, to, leads.values) for to in leads.to}
        tagged = {to: _link(leads, to, leads.values | {"If-Match": leads.tag}) for to in leads.tagged}
        found |= plain | tagged
    return found


def _link(leads: _Leads, to: str, values: dict[str, str]) -> dict[str, Any]:
    link: dict[str, Any] = {"operationId": to, "parameters": values}
    return link | {"requestBody": leads.said[to]} if to in leads.said else link
