"""Reviewers who save at a person's pace, and the few releases that go all the way to publication."""

from __future__ import annotations

import asyncio
import random
from http import HTTPStatus
from typing import Any

from benchmarks.load.calling import Caller

LOCALES = ("fr", "de", "en")
READ_SECONDS = 1.0
SAVED_OR_STALE = (200, 412)
LIST = 20


class Reviewer:
    """Somebody who takes a version from the queue, changes its units one by one, and takes the next.

    `bound` are the releases that others publish, which are left alone: an edit would void their approval.
    """

    def __init__(self, caller: Caller, name: str, *, pace_seconds: float, bound: set[str]) -> None:
        self._caller = caller
        self._name = name
        self._pace = pace_seconds
        self._bound = bound
        self._chance = random.Random(name)  # noqa: S311 - no secret

    async def work(self, over: asyncio.Event) -> None:
        """Review until it is over."""
        await self._think(over, self._chance.random())
        while not over.is_set():
            place = await self._next()
            if place is None:
                await self._think(over, 1)
                continue
            for unit in await units(self._caller, self._name, place):
                if await self._think(over, self._chance.uniform(0.5, 1.5)):
                    return
                await save(self._caller, self._name, place, unit)

    async def _next(self) -> str | None:
        asked = {"state": "in_review", "limit": LIST}
        found = await self._caller.call(self._name, "GET", "/releases", kind="queue", params=asked)
        places = [
            f"/releases/{release['id']}/versions/{version['locale']}"
            for release in found.json()["items"]
            if release["id"] not in self._bound
            for version in release["versions"]
            if version["state"] == "in_review"
        ]
        return self._chance.choice(places) if places else None

    async def _think(self, over: asyncio.Event, share: float) -> bool:
        """Think for a share of the pace; tell whether it is over."""
        try:
            await asyncio.wait_for(over.wait(), share * self._pace)
        except TimeoutError:
            return False
        return True


async def units(caller: Caller, who: str, place: str) -> list[dict[str, Any]]:
    """Return the units of a version."""
    found: list[dict[str, Any]] = (await caller.call(who, "GET", f"{place}/units", kind="units")).json()["items"]
    return found


async def save(caller: Caller, who: str, place: str, unit: dict[str, Any], *, kind: str = "save") -> None:
    """Add a word to a unit as it was read; note it once it is acknowledged. Somebody else may have been there first."""
    text = f"{unit['target']} relu"
    answer = await caller.call(
        who,
        "PATCH",
        f"{place}/units/{unit['id']}",
        kind=kind,
        expected=SAVED_OR_STALE,
        json={"target": text},
        headers={"If-Match": f'"{unit["row_version"]}"'},
    )
    if answer.status_code == HTTPStatus.OK:
        caller.log.noted.edits.append((unit["id"], text))
        unit |= answer.json()
    elif answer.json().get("theirs") == text:  # ours, of an answer that got lost
        caller.log.noted.edits.append((unit["id"], text))
    else:
        caller.log.conflicts += 1


async def publish(caller: Caller, release_id: str) -> None:
    """Take a release all the way: wait for its drafts, edit, approve with a second pair of eyes, publish."""
    place = f"/releases/{release_id}"
    while not await _is_drafted(caller, place):  # noqa: ASYNC110 - a program that asks again, as they do
        await asyncio.sleep(READ_SECONDS)
    for locale in LOCALES:
        await _approve(caller, f"{place}/versions/{locale}")
    await caller.call("publisher", "POST", f"{place}/publish", kind="publish", expected=(200, 202))


async def _is_drafted(caller: Caller, place: str) -> bool:
    versions = (await caller.call("author", "GET", place, kind="look")).json()["versions"]
    return all(it["state"] == "in_review" and it["progress"]["empty"] == 0 for it in versions)


async def _approve(caller: Caller, place: str) -> None:
    read = await units(caller, "editor", place)
    await save(caller, "editor", place, read[-1])
    for unit in await units(caller, "approver", place):
        for finding in unit["findings"]:
            path = f"{place}/findings/{finding['id']}/dismiss"
            reason = {"reason": "A stand-in."}
            await caller.call("approver", "POST", path, kind="dismissal", expected=(200, 404, 409), json=reason)
    await caller.call("approver", "POST", f"{place}/confirm", kind="confirmation")
    digest = (await caller.call("approver", "GET", place, kind="look")).json()["digest"]
    await caller.call("approver", "POST", f"{place}/approve", kind="approval", json={"digest": digest})
