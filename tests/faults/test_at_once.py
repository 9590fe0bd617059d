"""Faults 6, 9, 10 and 18: receivers that misbehave, and several at once who do the same."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.faults.noting import Noted
from tests.journeys.steps import RELEASE, DeskProcesses, EmbeddedDesk, free_port, fresh, is_whole, perstolk
from tests.servers.libretranslate import LibreTranslateServer
from tests.servers.receiver import Behaviour, Receiver
from tests.watching import wait_for

SAME = 20
BAD: tuple[int | Behaviour, ...] = (500, 410, *Behaviour)
PROMPT_SECONDS = 10


def all_at_once(calls: list[Callable[[], Any]]) -> list[Any]:
    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result() for future in [pool.submit(call) for call in calls]]


@pytest.mark.fault(9, "the same submission 20 times at once, under one key", "one release, and the same answer to all")
def test_the_same_submission_at_once(office: DeskProcesses, engine: LibreTranslateServer, noted: Noted) -> None:
    author = office.program("author@office.example")
    body, key = fresh(RELEASE.read_text(encoding="utf-8")), secrets.token_hex(8)

    def send() -> tuple[int, str]:
        answer = httpx.post(
            f"{office.url}/api/v1/releases",
            json={"body": body, "format": "text", "targets": ["fr"]},
            headers={**dict(author._client.headers), "Idempotency-Key": key},
            timeout=60,
        )
        return answer.status_code, answer.json()["id"]

    answers = all_at_once([send] * SAME)
    noted.accepted[answers[0][1]] = body

    assert 1 == len({release_id for _, release_id in answers})
    assert {201} == {status for status, _ in answers}


@pytest.mark.fault(10, "two reviewers save one segment", "one saved, the other told both texts")
def test_two_save_one_unit(office: DeskProcesses, engine: LibreTranslateServer, noted: Noted) -> None:
    author, reviewer = office.program("author@office.example"), office.program("first@office.example")
    release_id = author.submit(targets=["fr"])["id"]
    noted.accepted[release_id] = None
    author.wait_for_versions(release_id, is_whole)
    unit = reviewer.units(release_id, "fr")[1]
    path = f"{office.url}/api/v1/releases/{release_id}/versions/fr/units/{unit['id']}"

    def save(text: str) -> httpx.Response:
        return httpx.patch(
            path,
            json={"target": text},
            headers={**dict(reviewer._client.headers), "If-Match": f'"{unit["row_version"]}"'},
            timeout=30,
        )

    answers = all_at_once([partial(save, "Le mien"), partial(save, "Le tien")])

    saved, refused = sorted(answers, key=lambda answer: answer.status_code)
    noted.edits.append((unit["id"], saved.json()["target"]))
    assert (200, 412) == (saved.status_code, refused.status_code)
    assert {"Le mien", "Le tien"} == {refused.json()["mine"], refused.json()["theirs"]}
    assert saved.json()["target"] == refused.json()["theirs"]


@pytest.mark.fault(6, "receivers that fail in every way", "others told without delay, each attempt on record")
def test_receivers_that_misbehave(office: DeskProcesses, engine: LibreTranslateServer, noted: Noted) -> None:
    publisher, reviewer = office.program("publisher@office.example"), office.program("first@office.example")
    author = office.program("author@office.example")
    release_id = author.submit()["id"]
    author.wait_for_versions(release_id, is_whole)
    reviewer.approve_all(release_id)
    with ExitStack() as stack:
        good = stack.enter_context(Receiver())
        bad = [stack.enter_context(Receiver(behave=[how], drip_seconds=0.5)) for how in BAD]
        urls = [good.url, *(each.url for each in bad), f"http://127.0.0.1:{free_port()}/refuses"]
        urls.append(bad[0].url.replace("http://", "https://"))  # no TLS there
        ids = {}
        for url in urls:
            made = publisher.call(
                "POST", "/endpoints", json={"url": url, "events": ["release.published"]}, expected=201
            )
            ids[url] = made["id"]
            noted.hears[made["id"]] = frozenset({"release.published"})

        began = time.monotonic()
        publisher.call("POST", f"/releases/{release_id}/publish")
        good.wait_for(1, seconds=PROMPT_SECONDS)
        seconds = time.monotonic() - began
        wait_for(lambda: all(_attempts(publisher, ids[url]) for url in urls), seconds=90)
        tried = {url: _attempts(publisher, ids[url])[0] for url in urls}
        for url in urls:
            publisher.call("DELETE", f"/endpoints/{ids[url]}", expected=204)

    assert seconds < PROMPT_SECONDS
    assert 200 == tried[good.url]["status"]
    told = {how: (tried[each.url]["status"], tried[each.url]["error"]) for how, each in zip(BAD, bad, strict=True)}
    assert (500, None) == told[500]
    assert (410, None) == told[410]
    assert (429, None) == told[Behaviour.LIMITED]
    assert (307, None) == told[Behaviour.REDIRECT]
    silent = [how for how in BAD if how in set(Behaviour) - {Behaviour.LIMITED, Behaviour.REDIRECT, Behaviour.ENDLESS}]
    assert not [how for how in silent if told[how][1] is None and told[how][0] != 200]


def _attempts(publisher: Any, endpoint_id: str) -> list[dict[str, Any]]:
    found = publisher.call("GET", f"/deliveries?endpoint={endpoint_id}")["items"]
    return found[0]["attempts"] if found else []


@pytest.mark.fault(
    18, "two clocks, and a second `run` in the same directory", "published once, told once; the second refused"
)
def test_two_clocks(office: DeskProcesses, engine: LibreTranslateServer, noted: Noted, tmp_path: Path) -> None:
    author, reviewer = office.program("author@office.example"), office.program("first@office.example")
    publisher = office.program("publisher@office.example")
    release_id = author.submit()["id"]
    author.wait_for_versions(release_id, is_whole)
    reviewer.approve_all(release_id)
    usual = dict(office.settings)
    secret = office.var_dir / "secret-key"
    office.settings |= {
        "PERSTOLK_VAR_DIR": str(tmp_path),
        "PERSTOLK_DATABASE_URL": office.database_url,
        "PERSTOLK_REDIS_URL": f"unix://{office.redis_socket}",
        **({"PERSTOLK_SECRET_KEY": secret.read_text().strip()} if secret.exists() else {}),
    }
    second = office.spawn(*perstolk("beat"))
    office.settings = usual
    try:
        with Receiver() as receiver:
            made = publisher.call(
                "POST", "/endpoints", json={"url": receiver.url, "events": ["release.published"]}, expected=201
            )
            noted.hears[made["id"]] = frozenset({"release.published"})
            hour = datetime.now(UTC) + timedelta(seconds=3)
            publisher.call("PATCH", f"/releases/{release_id}", json={"embargo_at": hour.isoformat()})
            publisher.call("POST", f"/releases/{release_id}/publish", expected=202)
            receiver.wait_for(1, seconds=30)
            wait_for(
                lambda: "delivered" == publisher.call("GET", f"/deliveries?endpoint={made['id']}")["items"][0]["state"]
            )
            told = receiver.ids[:]
            publisher.call("DELETE", f"/endpoints/{made['id']}", expected=204)
        ticks_on = second.poll() is None
    finally:
        second.terminate()
        second.wait(15)
        office.processes.remove(second)

    assert ticks_on
    assert 1 == len(told)
    if isinstance(office, EmbeddedDesk):
        office.command("run", status=1)
