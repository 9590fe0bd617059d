"""Another draft of one segment, from the interface through real workers and back, on both kinds of desk."""

from __future__ import annotations

import json

from tests.journeys.steps import RELEASE, DeskProcesses
from tests.servers.libretranslate import LibreTranslateServer
from tests.watching import wait_for


def test_another_draft_is_made_and_taken(office: DeskProcesses, engine: LibreTranslateServer) -> None:
    reviewer = office.program("first@office.example")
    submitted = office.command("submit", str(RELEASE), "--as", "author@office.example", "--wait", "--json")
    units = f"/releases/{json.loads(submitted)['id']}/versions/fr/units"
    unit = reviewer.call("GET", units)["items"][0]
    place = f"{units}/{unit['id']}/alternatives"
    usual = engine.translate
    engine.translate = lambda text, source, target: f"{usual(text, source, target)} (autrement)"
    try:
        asked = reviewer.call("POST", place, json={"engine": "libretranslate"}, expected=202)
        wait_for(lambda: "waiting" != reviewer.call("GET", f"{place}/{asked['id']}")["state"])
    finally:
        engine.translate = usual
    found = reviewer.call("GET", f"{place}/{asked['id']}")

    taken = reviewer.call(
        "POST", f"{place}/{asked['id']}/take", headers={"If-Match": f'"{unit["row_version"]}"'}, expected=200
    )

    assert ("waiting", "there", "libretranslate") == (asked["state"], found["state"], found["answered_by"])
    assert found["target"].endswith(" (autrement)")
    assert (found["target"], unit["row_version"] + 1) == (taken["target"], taken["row_version"])
