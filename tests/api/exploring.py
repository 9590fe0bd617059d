"""Schemathesis over the interface: every check that it has, in process, as one of the office's people.

The same seed makes the same calls: `API_SEED` changes it, `API_EXAMPLES` makes more of each kind. What a worker does
between two calls is done at once: what was submitted is drafted, so that there are texts to work on.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

import schemathesis
from schemathesis.engine import Status, events, from_schema
from schemathesis.transport.wsgi import WSGITransport

from tests.api.conftest import Office
from tests.operations.making import draft, submit

EXAMPLES = int(os.environ.get("API_EXAMPLES", "2"))
SEED = int(os.environ.get("API_SEED", "20261129"))
_SEND = WSGITransport.send
_OF_SOCKETS = frozenset({"max_redirects", "verify", "cert", "proxies"})
HOOK = {"url": "http://127.0.0.1:9/hook", "events": ["release.submitted"]}
BRIDGE = {"terms": [{"locale": "nl", "text": "brug"}, {"locale": "fr", "text": "pont"}]}
UNSHAPED = "invalid"  # the code of a problem that the shape of a request was

# Somebody else may have changed the thing: 412 for a tag and 428 for none are answers to a request that is right, as
# 409 is for a state. 422 is one as well where the office's rules refuse; `shape_is_as_described` watches the shapes.
CHECKS: dict[str, Any] = {
    "enabled": True,
    "missing_required_header": {"expected-statuses": [400, 401, 403, 404, 406, 415, 422, 428]},
    "negative_data_rejection": {
        "expected-statuses": [400, 401, 403, 404, 405, 406, 409, 412, 413, 415, 422, 428],
    },
    "positive_data_acceptance": {"expected-statuses": ["2xx", 401, 403, 404, 409, 412, 422]},
}


@schemathesis.check
def shape_is_as_described(
    _context: schemathesis.CheckContext, response: schemathesis.Response, case: schemathesis.Case
) -> None:
    """A request that the document allows is refused for what it says, never for its shape."""
    fits = case.meta is not None and case.meta.generation.mode is schemathesis.GenerationMode.POSITIVE
    if fits and response.status_code == 422:
        assert response.json()["code"] != UNSHAPED, response.json()["detail"]


@dataclass
class Explored:
    """What was answered: how often each status, which calls with 2xx, and what was wrong, once for each call."""

    statuses: Counter[int] = field(default_factory=Counter)
    succeeded: set[str] = field(default_factory=set)
    faults: dict[tuple[str, str, str], str] = field(default_factory=dict)

    @property
    def calls(self) -> int:
        """How many calls were made."""
        return self.statuses.total()


def explore(office: Office, who: str, **phases: Any) -> Explored:
    """Explore the interface as one of the people (nobody knows more than that one's token)."""
    schema = schemathesis.openapi.from_wsgi(
        "/api/v1/openapi.json", office.client.application, config=_config(office, who, phases)
    )

    @schema.hook
    def after_call(_context: Any, case: schemathesis.Case, response: schemathesis.Response) -> None:
        if case.operation.label == "POST /api/v1/releases" and response.status_code == 201:
            draft(office.desk, response.json()["id"])

    explored = Explored()
    with patch.object(WSGITransport, "send", _send):
        _run(schema, explored)
    return explored


def _send(transport: WSGITransport, case: Any, **settings: Any) -> Any:
    """Send without what only sockets have: the library hands it over with what it asks on its own account."""
    return _SEND(transport, case, **{name: it for name, it in settings.items() if name not in _OF_SOCKETS})


def _run(schema: Any, explored: Explored) -> None:
    for event in from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            _note(explored, event.recorder)
        elif isinstance(event, events.NonFatalError):
            explored.faults[event.label, "error", type(event.value).__name__] = str(event.value)
        elif isinstance(event, events.FatalError):
            raise event.exception


def _config(office: Office, who: str, phases: dict[str, Any]) -> schemathesis.Config:
    known = _known(office)
    return schemathesis.Config.from_dict(
        {
            "seed": SEED,
            "continue-on-failure": True,
            "headers": {"Authorization": f"Bearer {office.tokens[who]}"},
            "generation": {"max-examples": EXAMPLES, "deterministic": True, "database": "none", "no-shrink": True},
            "phases": phases,
            "checks": CHECKS,
            "dictionaries": {name: {"values": values} for name, values in known.items()},
            "parameters": {f"path.{name}": {"dictionary": name, "probability": 0.7} for name in known},
        }
    )


def _known(office: Office) -> dict[str, list[str]]:
    """Return values for the places in addresses, that exist; what the lists show is followed by links."""
    release_id = submit(office.desk, office.people.author)
    draft(office.desk, release_id)
    place = f"/releases/{release_id}/versions/fr/units"
    office.call("publisher", "POST", "/endpoints", json=HOOK)
    office.call("reviewer", "POST", "/terms", json=BRIDGE)
    units = [each["id"] for each in office.call("reviewer", "GET", place).get_json()["items"]]
    return {"release_id": [release_id], "locale": ["fr", "en"], "unit": units[:2]}


def _note(explored: Explored, recorder: Any) -> None:
    for case_id, interaction in recorder.interactions.items():
        if interaction.response is not None:
            status = interaction.response.status_code
            explored.statuses[status] += 1
            case = recorder.cases[case_id].value
            if status < 300 and case.method.lower() == case.operation.method.lower():
                explored.succeeded.add(case.operation.label)
    for label, name, failure, how in _failures(recorder):
        explored.faults.setdefault((label, name, failure.title), f"{failure.message}\n{how}")


def _failures(recorder: Any) -> Iterator[tuple[str, str, Any, str]]:
    for case_id, checks in recorder.checks.items():
        for check in checks:
            if check.status is Status.FAILURE:
                told = check.failure_info
                yield recorder.cases[case_id].value.operation.label, check.name, told.failure, told.code_sample
