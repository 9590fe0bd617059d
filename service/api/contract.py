"""What the OpenAPI document says of every call alike: its name, how it refuses, the entity tag of its answer.

The modules say what is their own: what goes in, what comes out, which refusals are peculiar to a call. A plugin of
the document's composer adds the rest, so that no call can forget it. Where answers lead stands in `links`.
"""

from __future__ import annotations

from typing import Any

from apispec import APISpec, BasePlugin

from service.api.links import links_of
from service.api.problems import SENTENCES, TITLES, TYPE
from service.api.schemas.shared import ProblemOut

_TEXT = {"type": "string"}
_TAG = {"required": True, "description": "Give it back as If-Match.", "schema": {"type": "string", "pattern": '^"'}}
# Every answer of one of these shapes carries the entity tag of what it shows.
_TAGGED = frozenset({"ReleaseOut", "VersionOut", "UnitOut", "ConceptOut"})

_EVERY_CALL = frozenset({401, 403, 503, 507})
_WITH_AN_ADDRESS = frozenset({404})
_WITH_A_BODY = frozenset({400, 413, 415, 422})
_WITH_A_TAG = frozenset({412, 428})
_WITH_A_QUERY = frozenset({422})
_HEADERS = {
    401: {"WWW-Authenticate": {"required": True, "schema": _TEXT}},
    503: {"Retry-After": {"schema": _TEXT}},
    507: {"Retry-After": {"schema": _TEXT}},
}


def add_problems(spec: APISpec) -> None:
    """Describe every refusal once; a call names those that it may answer with."""
    for status, title in TITLES.items():
        answer: dict[str, Any] = {
            "description": SENTENCES.get(status, title),
            "content": {TYPE: {"schema": ProblemOut}},
        }
        if status in _HEADERS:
            answer["headers"] = _HEADERS[status]
        spec.components.response(_problem(status), answer, lazy=True)


class Contract(BasePlugin):
    """Completes each call as it is put into the document."""

    def operation_helper(
        self, path: str | None = None, operations: dict[str, Any] | None = None, **kwargs: Any
    ) -> None:
        """Give the calls of one address their names, their refusals, their tags and their links."""
        for operation in (operations or {}).values():
            operation["operationId"] = _name(kwargs["rule"].endpoint)
            fine = {str(code): answer for code, answer in operation["responses"].items() if _is_fine(code)}
            for answer in fine.values():
                _complete(answer, operation["operationId"])
            refused = sorted(_refusals(path or "", operation))
            operation["responses"] = fine | {str(code): _problem(code) for code in refused}


def _name(endpoint: str) -> str:
    """Return a call's name in the document: `releases_submit` for `api_releases.submit`."""
    return endpoint.removeprefix("api_").replace(".", "_")


def _problem(status: int) -> str:
    return f"problem_{status}"


def _is_fine(code: str | int) -> bool:
    return str(code).startswith("2")


def _refusals(path: str, operation: dict[str, Any]) -> set[int]:
    """Return the codes that a call may refuse with: its own, and those of every call like it."""
    named = {int(code) for code in operation["responses"] if str(code).startswith(("4", "5"))}
    given = operation.get("parameters", ())
    tagged = any(each["in"] == "header" and each["name"] == "If-Match" for each in given)
    asked = any(each["in"] == "query" for each in given)
    return (
        named
        | _EVERY_CALL
        | (_WITH_AN_ADDRESS if "{" in path else set())
        | (_WITH_A_BODY if "requestBody" in operation else set())
        | (_WITH_A_TAG if tagged else set())
        | (_WITH_A_QUERY if asked else set())
    )


def _complete(answer: dict[str, Any], name: str) -> None:
    """Give an answer its tag, and the calls that it leads to."""
    schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
    if isinstance(schema, dict) and schema.get("$ref", "").rpartition("/")[2] in _TAGGED:
        answer.setdefault("headers", {})["ETag"] = _TAG
    found = links_of(name)
    if found:
        answer["links"] = found
