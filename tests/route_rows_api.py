"""The rows of the API: every route, what it is sent, and the code that each role's token gets for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.route_rows import Row, codes
from tests.route_rows_web import (
    APPROVED,
    APPROVED_FRENCH,
    CONCEPT,
    DELIVERY,
    ENDPOINT,
    FRENCH,
    GERMAN,
    IN_FRENCH,
    KEEPERS,
    NOTHING,
    PUBLISHED,
    RELEASE,
    SENDERS,
)

API = "/api/v1"
_RELEASE = f"{API}/releases/<release_id>"
_VERSION = f"{_RELEASE}/versions/<locale>"
_UNIT = {**FRENCH, "unit": "{unit}"}
_COMMENT = {**RELEASE, "comment_id": "{comment}"}
_ALTERNATIVE = {**_UNIT, "alternative": "{alternative}"}
NO_FINDING = {**FRENCH, "finding": "fin_none"}
NO_FACT = {**FRENCH, "token": "0" * 32}
SOURCE = {"title": "Een brug", "body": "De brug gaat open.", "format": "text"}
WHY = {"reason": "The tone."}

ANY_TOKEN = codes(200, nobody=401)
WHO_SEES = codes(200, nobody=401, other_author=404)


def only(code: int, *roles: str) -> dict[str, int]:
    """Return `code` for the roles' tokens, 403 for other tokens, and 401 for none."""
    return codes(403, nobody=401, **dict.fromkeys(roles, code))


def only_seen(code: int, *roles: str) -> dict[str, int]:
    """Return as `only` does, for what the author of another release may not know of."""
    return {**only(code, *roles), "other_author": 404}


def _get(rule: str, codes_: dict[str, int], params: Mapping[str, str] = NOTHING) -> Row:
    return Row("GET", rule, params, codes_)


def _send(
    method: str,
    rule: str,
    codes_: dict[str, int],
    params: Mapping[str, str] = NOTHING,
    json: Mapping[str, Any] | None = None,
    *,
    at: int | None = None,
) -> Row:
    return Row(method, rule, params, codes_, json=json, headers={"If-Match": f'"{at}"'} if at else {})


def _post(
    rule: str, codes_: dict[str, int], params: Mapping[str, str] = NOTHING, json: Mapping[str, Any] | None = None
) -> Row:
    return _send("POST", rule, codes_, params, json)


_OFFICES = (
    _get(f"{API}/openapi.json", codes(200)),
    _get(f"{API}/me", ANY_TOKEN),
    _get(f"{API}/memory", codes(422, nobody=401)),  # nothing is asked for
    _get(f"{API}/concordance", codes(422, nobody=401)),
    _get(f"{API}/checks", ANY_TOKEN),
    _send("PUT", f"{API}/checks/<code>", only(200, "admin"), {"code": "numbers"}, {"severity": "off"}),
    _get(f"{API}/engines", ANY_TOKEN),
    _get(f"{API}/terms", ANY_TOKEN),
    _post(f"{API}/terms", only(201, *KEEPERS), NOTHING, {"terms": {"nl": "wet", "fr": "loi"}}),
    _post(f"{API}/terms", only(201, "admin", "reviewer"), NOTHING, {"terms": {"nl": "wet", "de": "Gesetz"}}),
    _get(f"{API}/terms/<concept_id>", ANY_TOKEN, CONCEPT),
    _send("PATCH", f"{API}/terms/<concept_id>", only(200, *KEEPERS), CONCEPT, {"domain": "bestuur"}, at=1),
    _send("DELETE", f"{API}/terms/<concept_id>", only(204, *KEEPERS), CONCEPT),
    _get(f"{API}/audit", only(200, "admin", "auditor")),
    _get(f"{API}/endpoints", only(200, *SENDERS)),
    _post(f"{API}/endpoints", only(201, *SENDERS), NOTHING, {"url": "https://example.org/hook"}),
    _get(f"{API}/endpoints/<endpoint_id>", only(200, *SENDERS), ENDPOINT),
    _send("PATCH", f"{API}/endpoints/<endpoint_id>", only(200, *SENDERS), ENDPOINT, {"description": "A newsroom"}),
    _send("DELETE", f"{API}/endpoints/<endpoint_id>", only(204, *SENDERS), ENDPOINT),
    _post(f"{API}/endpoints/<endpoint_id>/rotate", only(200, *SENDERS), ENDPOINT),
    _post(f"{API}/endpoints/<endpoint_id>/test", only(202, *SENDERS), ENDPOINT),
    _post(f"{API}/endpoints/<endpoint_id>/replay", only(202, *SENDERS), ENDPOINT, {"since": "2026-01-01T00:00:00Z"}),
    _get(f"{API}/deliveries", only(200, *SENDERS)),
    _get(f"{API}/deliveries/<delivery_id>", only(200, *SENDERS), DELIVERY),
    _post(
        f"{API}/deliveries/<delivery_id>/receipt",
        only(422, *SENDERS),  # the office's delivery is a ping, which is about no text
        DELIVERY,
        {"url": "https://example.org/text", "digest": "0" * 64},
    ),
    _post(f"{API}/deliveries/<delivery_id>/redeliver", only(202, *SENDERS), DELIVERY),
)

_RELEASES = (
    _get(f"{API}/releases", ANY_TOKEN),
    _post(f"{API}/releases", only(201, "author", "other_author"), NOTHING, SOURCE),
    _get(_RELEASE, WHO_SEES, RELEASE),
    _send("PATCH", _RELEASE, only_seen(200, "author", "publisher"), RELEASE, {"publish": "together"}, at=1),
    _get(f"{_RELEASE}/facts", WHO_SEES, RELEASE),
    _get(f"{_RELEASE}/advice", WHO_SEES, RELEASE),
    _get(f"{_RELEASE}/comments", WHO_SEES, RELEASE),
    _post(f"{_RELEASE}/comments", codes(201, nobody=401, other_author=404), RELEASE, {"body": "Is the date right?"}),
    _post(f"{_RELEASE}/comments/<comment_id>/resolve", codes(200, nobody=401, other_author=404), _COMMENT),
    _post(f"{_RELEASE}/comments/<comment_id>/reopen", codes(200, nobody=401, other_author=404), _COMMENT),
    _send("PUT", f"{_RELEASE}/source", only_seen(200, "author", "publisher"), RELEASE, SOURCE, at=1),
    _post(f"{_RELEASE}/publish", only_seen(409, "publisher"), RELEASE),
    _post(f"{_RELEASE}/publish", only_seen(202, "publisher"), APPROVED),
    _post(f"{_RELEASE}/publish", only_seen(200, "publisher"), PUBLISHED),
    _send("DELETE", f"{_RELEASE}/publish", only_seen(409, "publisher"), APPROVED),  # nothing is scheduled
    _post(f"{_RELEASE}/withdraw", only_seen(200, "publisher"), RELEASE, WHY),
    _post(f"{_RELEASE}/withdraw", only_seen(200, "publisher"), PUBLISHED, WHY),
)

_VERSIONS = (
    _get(_VERSION, WHO_SEES, FRENCH),
    _get(_VERSION, WHO_SEES, GERMAN),
    _get(f"{_VERSION}/export", WHO_SEES, FRENCH),
    _post(f"{_VERSION}/import", only_seen(422, *IN_FRENCH), FRENCH, NOTHING),  # JSON is no XLIFF
    _post(f"{_VERSION}/import", only_seen(422, "reviewer"), GERMAN, NOTHING),
    _get(f"{_VERSION}/units", WHO_SEES, FRENCH),
    _get(f"{_VERSION}/units/<unit>", WHO_SEES, _UNIT),
    _send("PATCH", f"{_VERSION}/units/<unit>", only_seen(200, *IN_FRENCH), _UNIT, {"target": "Bonjour"}, at=2),
    _get(f"{_VERSION}/units/<unit>/alternatives", WHO_SEES, _UNIT),
    _post(f"{_VERSION}/units/<unit>/alternatives", only_seen(202, *IN_FRENCH), _UNIT, {"engine": "google"}),
    _get(f"{_VERSION}/units/<unit>/alternatives/<alternative>", WHO_SEES, _ALTERNATIVE),
    _send("DELETE", f"{_VERSION}/units/<unit>/alternatives/<alternative>", only_seen(204, *IN_FRENCH), _ALTERNATIVE),
    _send(
        "POST",
        f"{_VERSION}/units/<unit>/alternatives/<alternative>/take",
        only_seen(200, *IN_FRENCH),
        _ALTERNATIVE,
        at=2,
    ),
    _post(f"{_VERSION}/approve", only_seen(200, *IN_FRENCH), FRENCH, {"digest": "{digest}"}),
    _post(f"{_VERSION}/approve", only_seen(409, "reviewer"), GERMAN, {"digest": "{digest}"}),  # the French text's
    _post(f"{_VERSION}/claim", only_seen(200, *IN_FRENCH), FRENCH),
    _post(f"{_VERSION}/claim", only_seen(200, "reviewer"), GERMAN),
    _post(f"{_VERSION}/give-back", only_seen(200, *IN_FRENCH), FRENCH),
    _post(f"{_VERSION}/give-back", only_seen(200, "reviewer"), GERMAN),
    _post(f"{_VERSION}/confirm", only_seen(200, *IN_FRENCH), FRENCH),
    _post(f"{_VERSION}/confirm", only_seen(200, "reviewer"), GERMAN),
    _post(
        f"{_VERSION}/findings/<finding>/dismiss",
        only_seen(422, *IN_FRENCH),  # there is no such finding
        NO_FINDING,
        WHY,
    ),
    _send("DELETE", f"{_VERSION}/findings/<finding>/dismiss", only_seen(422, *IN_FRENCH), NO_FINDING),
    _send("POST", f"{_VERSION}/findings/<finding>/fix", only_seen(422, *IN_FRENCH), NO_FINDING, at=2),
    _post(f"{_VERSION}/facts/<token>/waiver", only_seen(422, *IN_FRENCH), NO_FACT, WHY),
    _send("DELETE", f"{_VERSION}/facts/<token>/waiver", only_seen(409, *IN_FRENCH), NO_FACT),
    _get(f"{_VERSION}/findings", WHO_SEES, FRENCH),
    _get(f"{_VERSION}/dismissals", WHO_SEES, FRENCH),
    _send("POST", f"{_VERSION}/units/<unit>/undo", only_seen(409, *IN_FRENCH), _UNIT, at=2),  # nothing stood before
    _send("POST", f"{_VERSION}/units/<unit>/accept-minor", only_seen(409, *IN_FRENCH), _UNIT, at=2),
    _post(f"{_VERSION}/units/<unit>/propagate", only_seen(409, *IN_FRENCH), _UNIT, {"units": {}}),  # not confirmed
    _post(f"{_VERSION}/accept-minor", only_seen(200, *IN_FRENCH), FRENCH, {"units": {}}),
    _post(f"{_VERSION}/replace", only_seen(200, *IN_FRENCH), FRENCH, {"find": "brug", "units": {}}),
    _post(f"{_VERSION}/undo", only_seen(404, *IN_FRENCH), FRENCH, {"act": "act_none"}),
    _post(f"{_VERSION}/hand-over", only_seen(200, *IN_FRENCH), FRENCH, {"to": "reviewer@office.example"}),
    _post(f"{_VERSION}/hand-over", only_seen(200, "reviewer"), GERMAN, {"to": "reviewer@office.example"}),
    _post(f"{_VERSION}/redraft", only_seen(202, "author", "publisher", *IN_FRENCH), FRENCH),
    _post(f"{_VERSION}/redraft", only_seen(202, "author", "publisher", "reviewer"), GERMAN, {"only": "empty"}),
    _post(f"{_VERSION}/reopen", only_seen(200, "publisher", *IN_FRENCH), APPROVED_FRENCH, WHY),
    _post(f"{_VERSION}/reopen", only_seen(409, "publisher", *IN_FRENCH), FRENCH, WHY),
    _post(f"{_VERSION}/request-changes", only_seen(200, "publisher", *IN_FRENCH), FRENCH, WHY),
    _post(f"{_VERSION}/request-changes", only_seen(200, "publisher", "reviewer"), GERMAN, WHY),
)

ROWS: tuple[Row, ...] = (*_OFFICES, *_RELEASES, *_VERSIONS)
