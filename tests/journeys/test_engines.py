"""What a desk finds out by itself about its engines, with workers in processes of their own."""

from __future__ import annotations

from typing import Any

from tests.journeys.steps import DeskProcesses, is_whole
from tests.servers.libretranslate import LibreTranslateServer
from tests.watching import wait_for

WORKER_SECONDS = 90.0  # the clock asks for figures every quarter of a minute


def test_what_was_drafted_and_approved_is_counted_measured_and_told(
    office: DeskProcesses, engine: LibreTranslateServer
) -> None:
    author, reviewer = office.program("author@office.example"), office.program("first@office.example")

    def french() -> dict[str, Any]:
        pair: dict[str, Any] = author.call("GET", "/engines")["pairs"][0]
        return next(it for it in pair["engines"] if it["engine"] == "libretranslate")

    release = author.submit(targets=["fr", "de", "en"])
    author.wait_for_versions(release["id"], is_whole)
    wait_for(lambda: author.call("GET", "/engines")["items"], seconds=WORKER_SECONDS)
    measured, drafted = french()["measured"], french()["drafts"]
    units = author.units(release["id"], "fr")
    reviewer.approve_all(release["id"])
    wait_for(lambda: french()["measured"] > measured, seconds=WORKER_SECONDS)

    state = author.call("GET", "/engines")["items"][0]
    assert ("libretranslate", True, "open") == (state["name"], state["runs_in_office"], state["state"]["gate"])
    assert state["last_answer"]["milliseconds"] > 0
    machine = [unit for unit in units if unit["origin"]["engine"] == "libretranslate"]
    asked = [unit["origin"]["milliseconds"] for unit in machine if unit["origin"]["milliseconds"] is not None]
    assert len(asked) > len(machine) / 2  # an answer that was kept from another release took no time
    assert min(asked) > 0
    assert drafted >= len(machine) > 0
