"""Submissions at a fixed pace: each is sent when it is due, whatever has become of the ones before."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from benchmarks.load.calling import Caller
from benchmarks.load.texts import text

CREATED = (201,)
EVERY_REPEATED = 20  # each so many submissions one is sent again under its key, as after an answer that got lost


async def submit(caller: Caller, number: int, *, kind: str, due: float | None = None) -> str:
    """Submit a text under a key of its own; return the release's id."""
    body = text(number)
    request = {"json": {"body": body, "format": "text"}, "headers": {"Idempotency-Key": f"load-{number}"}}
    taken = await caller.call("author", "POST", "/releases", kind=kind, due=due, expected=CREATED, **request)
    release_id: str = taken.json()["id"]
    caller.log.noted.accepted[release_id] = body
    if number % EVERY_REPEATED == 0:
        again = await caller.call("author", "POST", "/releases", kind=f"{kind} again", expected=CREATED, **request)
        if again.json()["id"] != release_id:
            caller.log.differing.append(f"submission {number} became {release_id} and {again.json()['id']}")
    return release_id


async def submit_all(
    caller: Caller, numbers: range, *, per_second: float, taken: Callable[[int, str], None]
) -> list[float]:
    """Submit each number when it is due; call `taken` with each id; return by how many seconds each was sent late."""
    begun = time.monotonic()
    late = []
    async with asyncio.TaskGroup() as group:

        async def one(number: int, due: float) -> None:
            taken(number, await submit(caller, number, kind="submission", due=due))

        for place, number in enumerate(numbers):
            due = begun + place / per_second
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            late.append(time.monotonic() - due)
            group.create_task(one(number, due))
    return late
