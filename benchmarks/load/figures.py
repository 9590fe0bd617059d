"""From what was seen to rows: ratios first, what they are made of after them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

from benchmarks.load.calling import Log
from benchmarks.load.outside import Seen
from benchmarks.load.reckoning import Deliveries
from benchmarks.load.sizes import Sizes
from benchmarks.rows import Row

TIMES = "\u00d7"


@dataclass(frozen=True, slots=True)
class Spread:
    """How long something took, in milliseconds: median, 95th percentile, longest."""

    p50: float
    p95: float
    longest: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Self:
        """Return the spread of some seconds, all zero where there are none."""
        ordered = sorted(seconds) or [0.0]
        at = (ordered[math.ceil(len(ordered) * share) - 1] * 1000 for share in (0.5, 0.95, 1.0))
        return cls(*at)


@dataclass
class Figures:
    """What one run measured; the idle desk's figures and those under load, and everything that went wrong."""

    sizes: Sizes
    log: Log
    late: Sequence[float] = ()
    seconds: float = 0.0  # from the first submission to the last draft
    drafts: int = 0
    workers: int = 0
    before: Seen | None = None
    after: Seen | None = None
    idle_well: float = 0.0  # to the last receiver of one publication, none of them broken
    idle_broken: float = 0.0
    deliveries: Deliveries = field(default_factory=lambda: Deliveries(0, 0.0, 0.0))
    drained: float = 0.0
    longest: dict[str, int] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)

    def rows(self) -> list[Row]:
        """Return the rows of the table."""
        return [*self._wrong(), *self._submissions(), *self._saves(), *self._drafts(), *self._deliveries()]

    def _wrong(self) -> list[Row]:
        faults = self.log.faults.total()
        return [
            Row("lost, doubled or out of order (the seven invariants, the receivers, the keys)", len(self.lost), "", 0),
            Row("answers of 500 and above, and broken connections", faults, "", 0),
        ]

    def _against_idle(self, name: str, kind: str, p95: float | None = None) -> list[Row]:
        idle, load = (Spread.of(self.log.seconds[each]) for each in (f"idle {kind}", kind))
        return [
            Row(f"{name} under load ÷ on an idle desk, p50", load.p50 / (idle.p50 or math.inf), TIMES),
            Row(f"{name} under load ÷ on an idle desk, p95", load.p95 / (idle.p95 or math.inf), TIMES),
            Row(f"{name} on an idle desk, p50", idle.p50, "ms"),
            Row(f"{name} on an idle desk, p95", idle.p95, "ms"),
            Row(f"{name} under load, p50", load.p50, "ms"),
            Row(f"{name} under load, p95", load.p95, "ms", p95),
            Row(f"{name} under load, the longest", load.longest, "ms"),
            Row(f"{name} under load, how many", len(self.log.seconds[kind]), ""),
        ]

    def _submissions(self) -> list[Row]:
        late = Spread.of(self.late)
        return [
            *self._against_idle("submission, from when it was due", "submission"),
            Row("sent later than it was due, at most", late.longest, "ms"),
        ]

    def _saves(self) -> list[Row]:
        queue = Spread.of(self.log.seconds["queue"])
        return [
            *self._against_idle("save of a unit", "save", 1_000),
            Row("saves that met somebody else's (412)", self.log.conflicts, ""),
            Row("list of the releases in review, p95", queue.p95, "ms"),
        ]

    def _drafts(self) -> list[Row]:
        if self.before is None or self.after is None or not self.drafts:
            return []
        thought = (self.after.thought - self.before.thought) / self.workers
        return [
            Row("drafting ÷ what the engine's latency alone takes its workers", self.seconds / thought, TIMES),
            Row("versions drafted a second", self.drafts / self.seconds, "/s"),
            Row("versions drafted", self.drafts, ""),
            Row("from the first submission to the last draft", self.seconds, "s"),
            Row("requests to the engine", self.after.requests - self.before.requests, ""),
            Row("requests to the engine at once, at most", self.after.most_at_once, ""),
            *(Row(f"longest queue of the broker, {name}", length, "tasks") for name, length in self.longest.items()),
        ]

    def _deliveries(self) -> list[Row]:
        broken, told = self.sizes.broken, self.deliveries
        rows = [
            Row(
                f"last of the well receivers of one publication, idle desk: {broken} others broken ÷ not there",
                self.idle_broken / (self.idle_well or math.inf),
                TIMES,
            ),
            Row("one publication to its last well receiver, idle desk, no other", self.idle_well, "s"),
            Row(f"one publication to its last well receiver, idle desk, {broken} others broken", self.idle_broken, "s"),
        ]
        if told.seconds:
            rows += [
                Row("deliveries to well receivers under load", told.count, ""),
                Row("deliveries a second while there were any", told.count / told.seconds, "/s"),
                Row("one publication to its last well receiver under load, the slowest", told.slowest, "s"),
            ]
        return [*rows, Row("from the first submission until all is drained", self.drained, "s")]
