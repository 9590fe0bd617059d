"""An engine that is away costs people nothing, on both kinds of desk; what else can fail is in tests/faults."""

from __future__ import annotations

from tests.journeys.steps import (
    DeskProcesses,
    is_whole,
)
from tests.servers.base import Behaviour
from tests.servers.libretranslate import LibreTranslateServer


def test_without_an_engine_people_go_on_and_the_desk_fills_the_rest_by_itself(
    office: DeskProcesses, engine: LibreTranslateServer
) -> None:
    author, reviewer = office.program("author@office.example"), office.program("first@office.example")
    engine.behave(Behaviour.REFUSE)

    release = author.submit()
    author.wait_for_versions(release["id"], lambda it: it["state"] == "in_review")
    empty = reviewer.version(release["id"], "fr")
    refused = reviewer.call(
        "POST", f"/releases/{release['id']}/versions/fr/approve", json={"digest": empty["digest"]}, expected=409
    )
    title_before = reviewer.units(release["id"], "fr")[0]
    title = reviewer.write(release["id"], "fr", title_before, target="Un titre bien à nous")
    engine.behave(Behaviour.WELL)
    whole = author.wait_for_versions(release["id"], is_whole)

    # A line such as the kicker may be known from an earlier release; all else must wait.
    assert empty["progress"]["empty"] > empty["progress"]["segments"] * 0.8
    assert "" == title_before["target"]
    assert ["libretranslate"] == [it["name"] for it in empty["engines"]]
    assert empty["engines"][0]["reason"] in {"refused_connection", "resting"}  # the other languages may have been first
    assert "empty_units" in {reason["code"] for reason in refused["reasons"]}
    assert title["target"] == reviewer.units(release["id"], "fr")[0]["target"]
    assert [0, 0, 0] == [it["progress"]["empty"] for it in whole["versions"]]
