"""Faults 1, 2, 12 and 15: workers are killed, stopped and asked to end, and the source changes, while drafts run."""

from __future__ import annotations

import contextlib
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from service.operations.claiming_drafts import DRAFT_LEASE_SECONDS
from tests.faults.noting import Noted
from tests.faults.processes import end, process_of, who_asks
from tests.journeys.steps import (
    DRAFT_SECONDS,
    RELEASE,
    DeskProcesses,
    Program,
    ScaledDesk,
    children_of,
    fresh,
    has_begun,
    is_whole,
    kill,
)
from tests.servers.libretranslate import LibreTranslateServer
from tests.watching import wait_for

SUBMITTERS = 6


def begun(author: Program, engine: LibreTranslateServer, noted: Noted, **facts: Any) -> str:
    """Submit a release and wait until a part of it is drafted."""
    engine.latency = 0.7
    release_id = str(author.submit(**facts)["id"])
    noted.accepted[release_id] = None
    wait_for(lambda: any(has_begun(it) for it in author.release(release_id)["versions"]), seconds=DRAFT_SECONDS)
    return release_id


@pytest.mark.fault(1, "a worker's child killed in mid-draft, then the worker", "every segment drafted, each once")
def test_killed_in_the_middle_of_a_draft(office: DeskProcesses, engine: LibreTranslateServer, noted: Noted) -> None:
    author = office.program("author@office.example")
    release_id = begun(author, engine, noted)

    family = office.drafting_family()
    kill(who_asks(family[1:], engine.port)[:1])
    kill(family)
    engine.latency = 0.02
    if isinstance(office, ScaledDesk):
        office.start_worker()
    author.wait_for_versions(release_id, is_whole)

    assert {1} == set(office.machine_revisions(release_id).values())


@pytest.mark.fault(2, "a worker stopped for longer than its lease, then going on", "the zombie writes nothing")
def test_a_zombie(office: DeskProcesses, engine: LibreTranslateServer, noted: Noted) -> None:
    author = office.program("author@office.example")
    workers = [process_of(office, "drafting")]
    if isinstance(office, ScaledDesk):
        workers = [p.pid for p in office.processes if p.poll() is None and "worker" in p.args]  # type: ignore[operator]
    family = [child for worker in workers for child in children_of(worker)]
    engine.latency = 8.0
    release_id = str(author.submit(targets=["fr"])["id"])
    noted.accepted[release_id] = None
    drafting: list[int] = []
    wait_for(lambda: drafting.extend(who_asks(family, engine.port)) or drafting, seconds=30)
    lost = office.log.read_text().count("lease_lost")

    os.kill(drafting[0], signal.SIGSTOP)
    try:
        engine.latency = 0.02
        author.wait_for_versions(release_id, is_whole, seconds=DRAFT_LEASE_SECONDS + DRAFT_SECONDS)
        before = office.machine_revisions(release_id)
    finally:
        os.kill(drafting[0], signal.SIGCONT)
    wait_for(lambda: office.log.read_text().count("lease_lost") > lost, seconds=30)

    assert {1} == set(before.values())
    assert before == office.machine_revisions(release_id)


@pytest.mark.fault(12, "the source revised while drafts run", "every segment of the new text drafted, none of the old")
def test_a_new_source_while_drafts_run(office: DeskProcesses, engine: LibreTranslateServer, noted: Noted) -> None:
    author = office.program("author@office.example")
    release_id = begun(author, engine, noted)

    answer = author._client.get(f"/releases/{release_id}")
    body = fresh(RELEASE.read_text(encoding="utf-8"))
    author.call(
        "PUT",
        f"/releases/{release_id}/source",
        json={"body": body, "format": "text"},
        headers={"If-Match": answer.headers["ETag"]},
    )
    engine.latency = 0.02
    whole = author.wait_for_versions(release_id, is_whole)

    assert [0, 0, 0] == [it["progress"]["empty"] for it in whole["versions"]]
    assert [2, 2, 2] == [author.version(release_id, it["locale"])["revision"] for it in whole["versions"]]


@pytest.mark.fault(
    15, "SIGTERM to workers, clock and web server at work", "work goes on, each answered submission is there"
)
def test_asked_to_end(office: DeskProcesses, engine: LibreTranslateServer, noted: Noted) -> None:
    author = office.program("author@office.example")
    release_id = begun(author, engine, noted)
    bodies = [fresh(RELEASE.read_text(encoding="utf-8")) for _ in range(SUBMITTERS)]

    def submit(body: str) -> None:
        with contextlib.suppress(httpx.HTTPError), httpx.Client(timeout=30) as client:
            answer = client.post(
                f"{office.url}/api/v1/releases",
                json={"body": body, "format": "text", "targets": ["fr"]},
                headers=dict(author._client.headers),
            )
            if answer.status_code == 201:
                noted.accepted[answer.json()["id"]] = body
                return
        noted.unanswered[body] += 1

    with ThreadPoolExecutor(SUBMITTERS) as pool:
        sent = [pool.submit(submit, body) for body in bodies]
        end(office, "web")
        for future in sent:
            future.result()
    engine.latency = 0.02
    for kind in ("drafting", "clock", "beat") if not isinstance(office, ScaledDesk) else ("drafting", "beat"):
        end(office, kind)
    office.wait_until_ready()
    for each in [release_id, *(it for it in noted.accepted if it != release_id)]:
        author.wait_for_versions(each, is_whole)

    assert {1} == set(office.machine_revisions(release_id).values())
