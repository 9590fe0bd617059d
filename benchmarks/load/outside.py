"""The world outside the desk, in a process of its own: an engine that takes its time, and all the receivers.

`python -m benchmarks.load.outside 200 10` prints its addresses; each further line it is given is answered with what it
saw so far. It ends with its standard input.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from types import TracebackType
from typing import Self

from benchmarks.receivers import Kind, Receivers
from tests.servers.libretranslate import LibreTranslateServer

QUICKEST_SECONDS, SLOWEST_SECONDS = 0.05, 0.15
ROOT = Path(__file__).parents[2]


class Engine(LibreTranslateServer):
    """An engine that answers after 50 to 150 ms."""

    def __init__(self) -> None:
        super().__init__()
        self.thought = 0.0

    def think(self) -> None:
        """Take the time that an answer takes."""
        seconds = random.uniform(QUICKEST_SECONDS, SLOWEST_SECONDS)  # noqa: S311 - no secret
        time.sleep(seconds)
        self.thought += seconds


@dataclass(frozen=True, slots=True)
class Seen:
    """What the world saw: requests for translations, the seconds they took, who heard which message how often."""

    requests: int
    thought: float
    most_at_once: int
    heard: dict[int, dict[str, int]]


class World:
    """The process, seen from whoever started it; use it as a context manager. The last `broken` receivers misbehave."""

    def __init__(self, endpoints: int, broken: int) -> None:
        self._command = [sys.executable, "-m", "benchmarks.load.outside", str(endpoints), str(broken)]
        self.engine = ""
        self.receivers: list[str] = []

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            self._command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        told = self._answer()
        self.engine, self.receivers = told["engine"], told["receivers"]
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._process.communicate()

    def seen(self) -> Seen:
        """Return what it saw so far."""
        assert self._process.stdin
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        told = self._answer()
        heard = {int(number): messages for number, messages in told.pop("heard").items()}
        return Seen(**told, heard=heard)

    def _answer(self) -> dict:
        assert self._process.stdout
        return json.loads(self._process.stdout.readline())


def main() -> None:
    """Be the world until nobody listens any more."""
    endpoints, broken = (int(argument) for argument in sys.argv[1:])
    receivers = Receivers()
    receivers.kinds = dict(zip(range(endpoints - broken, endpoints), cycle(Kind), strict=False))
    with Engine() as engine:
        addresses = [receivers.url(number) for number in range(endpoints)]
        print(json.dumps({"engine": engine.url, "receivers": addresses}), flush=True)
        for _ in sys.stdin:
            seen = {
                "requests": len(engine.translations),
                "thought": engine.thought,
                "most_at_once": engine.most_at_once,
                "heard": {number: dict(messages) for number, messages in receivers.heard.copy().items()},
            }
            print(json.dumps(seen), flush=True)


if __name__ == "__main__":
    main()
