"""Fault 6, the part of TLS: who cannot show that it is the one that was called is told nothing."""

from __future__ import annotations

import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.faults.noting import Noted
from tests.journeys.steps import DeskProcesses, Program, is_whole
from tests.servers.certificates import issue
from tests.servers.libretranslate import LibreTranslateServer
from tests.servers.receiver import Receiver
from tests.watching import wait_for

HERE = "localhost"
ELSEWHERE = "elders.example"
PROMPT_SECONDS = 10
TRIES = 2  # the first, and one by the schedule


@pytest.mark.fault(6, "receivers with the wrong name over TLS", "told nothing, tried again; others not delayed")
def test_a_receiver_with_another_name(
    office: DeskProcesses, engine: LibreTranslateServer, noted: Noted, authority_folder: Path, tmp_path: Path
) -> None:
    author, reviewer = office.program("author@office.example"), office.program("first@office.example")
    publisher = office.program("publisher@office.example")
    engine.latency = 0.02
    release_id = author.submit()["id"]
    noted.accepted[release_id] = None
    author.wait_for_versions(release_id, is_whole)
    reviewer.approve_all(release_id)
    with ExitStack() as stack:
        rightly, misnamed, unknown = (
            stack.enter_context(Receiver(tls=issue(folder, name)[0]))
            for folder, name in ((authority_folder, HERE), (authority_folder, ELSEWHERE), (tmp_path, HERE))
        )
        ids = {receiver: _add(publisher, receiver, noted) for receiver in (misnamed, unknown, rightly)}

        began = time.monotonic()
        publisher.call("POST", f"/releases/{release_id}/publish")
        rightly.wait_for(1, seconds=PROMPT_SECONDS)
        seconds = time.monotonic() - began
        strangers = (misnamed, unknown)
        wait_for(lambda: all(len(_told(publisher, ids[it])["attempts"]) >= TRIES for it in strangers), seconds=60)
        told = {receiver: _told(publisher, ids[receiver]) for receiver in ids}
        for endpoint_id in ids.values():
            publisher.call("DELETE", f"/endpoints/{endpoint_id}", expected=204)

    assert seconds < PROMPT_SECONDS
    assert ("delivered", [200]) == (told[rightly]["state"], [it["status"] for it in told[rightly]["attempts"]])
    assert True is rightly.received[0].verified
    for stranger, why in ((misnamed, HERE), (unknown, "unable to get local issuer certificate")):
        assert "pending" == told[stranger]["state"]
        assert {(None, "tls")} == {(it["status"], it["error"]) for it in told[stranger]["attempts"]}
        assert why in told[stranger]["attempts"][0]["detail"]
        assert [] == stranger.received


def _add(publisher: Program, receiver: Receiver, noted: Noted) -> str:
    made = publisher.call(
        "POST",
        "/endpoints",
        json={"url": f"https://{HERE}:{receiver.port}/hooks", "events": ["release.published"]},
        expected=201,
    )
    receiver.secret = made["secret"]
    noted.hears[made["id"]] = frozenset({"release.published"})
    return str(made["id"])


def _told(publisher: Program, endpoint_id: str) -> dict[str, Any]:
    """Return the endpoint's delivery, or one without attempts where there is none yet."""
    found: list[dict[str, Any]] = publisher.call("GET", f"/deliveries?endpoint={endpoint_id}")["items"]
    return found[0] if found else {"attempts": []}
