"""Calls to the desk's interface as people and programs make them: timed from when they were due, and counted."""

from __future__ import annotations

import asyncio
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self

import httpx

from tests.faults.noting import Noted

ANSWER_SECONDS = 60.0
AGAIN_SECONDS = 1.0
TRIES = 30
GATE = 256  # more calls under way than the desk has threads for, so that nobody waits on this side


@dataclass
class Log:
    """What was seen of the desk: how long each kind of call took, how it was answered, and what was acknowledged."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    faults: Counter[str] = field(default_factory=Counter)
    conflicts: int = 0
    noted: Noted = field(default_factory=Noted)
    differing: list[str] = field(default_factory=list)


class Caller:
    """The desk's interface under one person's token or another's; use it as a context manager."""

    def __init__(self, url: str, tokens: dict[str, str], log: Log) -> None:
        self.log = log
        self._tokens = tokens
        limits = httpx.Limits(max_connections=GATE, keepalive_expiry=2.0)
        self._client = httpx.AsyncClient(base_url=f"{url}/api/v1", limits=limits, timeout=ANSWER_SECONDS)

    async def __aenter__(self) -> Self:
        await self._client.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.__aexit__(kind, error, trace)

    async def call(
        self,
        who: str,
        method: str,
        path: str,
        *,
        kind: str,
        due: float | None = None,
        expected: tuple[int, ...] = (200,),
        headers: dict[str, str] | None = None,
        **options: Any,
    ) -> httpx.Response:
        """Make a call, again after a fault of the desk as a careful program does; the seconds count from `due`.

        Every answer of 500 and above and every broken connection is counted. Raises `AssertionError` for an answer that
        is neither expected nor the desk's fault, and where the desk does not answer at all.
        """
        begun = time.monotonic() if due is None else due
        sent = {"Authorization": f"Bearer {self._tokens[who]}", **(headers or {})}
        for _ in range(TRIES):
            try:
                answer = await self._client.request(method, path, headers=sent, **options)
            except httpx.HTTPError as error:
                self.log.faults[f"{kind}: {type(error).__name__}"] += 1
            else:
                if answer.status_code in expected:
                    self.log.seconds[kind].append(time.monotonic() - begun)
                    return answer
                assert answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR, f"{method} {path}: {answer.text[:500]}"
                self.log.faults[f"{kind}: {answer.status_code}"] += 1
            await asyncio.sleep(AGAIN_SECONDS)
        message = f"{method} {path} was not answered"
        raise AssertionError(message)
