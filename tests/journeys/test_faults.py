"""What is killed, wiped or away costs seconds and never work, on both kinds of desk."""

from __future__ import annotations

import time
from contextlib import closing

from tests.journeys.steps import (
    DRAFT_SECONDS,
    LOCALES,
    DeskProcesses,
    ScaledDesk,
    has_begun,
    is_whole,
    kill,
    seconds_of,
    suspended,
)
from tests.servers.base import Behaviour
from tests.servers.libretranslate import LibreTranslateServer
from tests.watching import wait_for


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


def test_a_worker_that_is_killed_in_the_middle_of_a_draft_costs_no_unit(
    office: DeskProcesses, engine: LibreTranslateServer
) -> None:
    author = office.program("author@office.example")
    engine.latency = 1.0
    release = author.submit()
    wait_for(lambda: any(has_begun(it) for it in author.release(release["id"])["versions"]), seconds=DRAFT_SECONDS)

    kill(office.drafting_family())
    engine.latency = 0.05
    if isinstance(office, ScaledDesk):
        office.start_worker()
    author.wait_for_versions(release["id"], is_whole)

    assert {1} == set(office.machine_revisions(release["id"]).values())


def test_a_broker_that_is_wiped_in_the_middle_of_a_draft_costs_no_unit(
    office: DeskProcesses, engine: LibreTranslateServer
) -> None:
    author = office.program("author@office.example")
    engine.latency = 1.0
    release = author.submit()
    wait_for(lambda: any(has_begun(it) for it in author.release(release["id"])["versions"]), seconds=DRAFT_SECONDS)

    with closing(office.redis()) as client:
        client.flushall()
    engine.latency = 0.05
    second = author.submit()
    author.wait_for_versions(release["id"], is_whole)
    author.wait_for_versions(second["id"], is_whole)

    assert {1} == set(office.machine_revisions(release["id"]).values())


def test_a_broker_that_hangs_keeps_nobody_from_submitting(office: DeskProcesses, engine: LibreTranslateServer) -> None:
    author = office.program("author@office.example")

    with suspended(office.redis_pid()):
        began = time.monotonic()
        release = author.submit()
        seconds = seconds_of(began)
    drafted = author.wait_for_versions(release["id"], is_whole)

    assert seconds < 3
    assert list(LOCALES) == [it["locale"] for it in drafted["versions"]]
