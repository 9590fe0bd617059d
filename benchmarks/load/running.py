"""One run: an idle desk first, then the load, then everything is drained, and the books are gone through."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.load import reckoning
from benchmarks.load.calling import Caller, Log
from benchmarks.load.figures import Figures
from benchmarks.load.office import add_endpoints, add_people, inside, reviewers, running
from benchmarks.load.outside import World
from benchmarks.load.reviewing import LOCALES, Reviewer, publish, save, units
from benchmarks.load.sizes import Sizes
from benchmarks.load.submitting import submit, submit_all
from service.config import Settings
from service.uow import Desk
from tests.faults.invariants import broken
from tests.journeys.steps import DeskProcesses

FIRST = 1_000_000  # the idle desk's texts are numbered apart
DRAFTING_WORKERS = Settings.model_fields["workers"].default
SCALED_WORKERS = 6  # two processes of three


@dataclass
class Run:
    """The desk, the world around it, and what is seen of them."""

    sizes: Sizes
    world: World
    processes: DeskProcesses
    desk: Desk
    caller: Caller
    figures: Figures
    endpoints: list[str] = field(default_factory=list)

    @property
    def well(self) -> list[str]:
        """The endpoints that answer well."""
        return self.endpoints[: self.sizes.endpoints - self.sizes.broken]

    async def idle(self) -> None:
        """Do each thing alone, to compare with."""
        releases = []
        for number in range(self.sizes.idle):
            releases.append(await submit(self.caller, FIRST + number, kind="idle submission"))
            await self._drained()
        count = 0
        for release_id in releases[2:]:
            for locale in LOCALES:
                place = f"/releases/{release_id}/versions/{locale}"
                for unit in await units(self.caller, "editor", place):
                    if count < self.sizes.idle_saves:
                        await save(self.caller, "editor", place, unit, kind="idle save")
                    count += 1
        well = self.sizes.endpoints - self.sizes.broken
        self.endpoints += add_endpoints(self.desk, self.world.receivers[:well])
        self.figures.idle_well = await self._one_publication(releases[0])
        self.endpoints += add_endpoints(self.desk, self.world.receivers[well:])
        self.figures.idle_broken = await self._one_publication(releases[1])

    async def _one_publication(self, release_id: str) -> float:
        since = reckoning.now(self.desk)
        await publish(self.caller, release_id)
        await self._drained()
        return reckoning.delivered(self.desk, self.well, since).slowest

    async def load(self) -> None:
        """Submit, review, publish, all at once; the reviewers go home when everything is drafted."""
        since, begun = reckoning.now(self.desk), time.monotonic()
        self.figures.before = self.world.seen()
        over, bound = asyncio.Event(), set[str]()
        every = max(1, self.sizes.releases // max(1, self.sizes.published))
        watch = reckoning.Watch()
        looking = asyncio.create_task(watch.look(self.processes, self.desk.database, self.well))
        async with asyncio.TaskGroup() as group:

            def taken(number: int, release_id: str) -> None:
                if number % every == 0 and number // every < self.sizes.published:
                    bound.add(release_id)
                    group.create_task(publish(self.caller, release_id))

            for name in reviewers(self.sizes.reviewers):
                reviewer = Reviewer(self.caller, name, pace_seconds=self.sizes.pace_seconds, bound=bound)
                group.create_task(reviewer.work(over))
            self.figures.late = await submit_all(
                self.caller, range(self.sizes.releases), per_second=self.sizes.per_second, taken=taken
            )
            await self._drained(only_drafts=True)
            over.set()
        self.figures.seconds = (reckoning.drafted_until(self.desk) - since).total_seconds()
        await self._drained()
        self.figures.drained = time.monotonic() - begun
        looking.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await looking
        self.figures.longest = watch.longest
        self.figures.drafts = self.sizes.releases * len(LOCALES)
        self.figures.deliveries = reckoning.delivered(self.desk, self.well, since)
        self.figures.after = self.world.seen()

    async def _drained(self, *, only_drafts: bool = False) -> None:
        await reckoning.drained(
            self.desk.database, self.well, only_drafts=only_drafts, seconds=self.sizes.patience_seconds
        )

    def lost(self) -> list[str]:
        """Return a sentence for whatever was lost, doubled or done out of order."""
        noted = self.figures.log.noted
        noted.hears = dict.fromkeys(self.well, frozenset({"release.published"}))
        noted.retried = frozenset(self.endpoints) - frozenset(self.well)
        assert self.figures.after
        return [
            *broken(self.desk.database, noted, settled=True),
            *reckoning.unheard(self.desk, self.endpoints, self.figures.after.heard, len(self.well)),
            *self.figures.log.differing,
        ]


def run(sizes: Sizes) -> Figures:
    """Put a desk under load and return what was seen."""
    return asyncio.run(_run(sizes))


async def _run(sizes: Sizes) -> Figures:
    log = Log()
    figures = Figures(sizes, log, workers=SCALED_WORKERS if sizes.database_url else DRAFTING_WORKERS)
    with _desk(sizes) as (world, processes, desk):
        tokens = add_people(desk, sizes.reviewers)
        async with Caller(processes.url, tokens, log) as caller:
            run = Run(sizes, world, processes, desk, caller, figures)
            await run.idle()
            print("The idle desk is measured; now the load.", flush=True)
            await run.load()
        figures.lost = run.lost()
    return figures


@contextlib.contextmanager
def _desk(sizes: Sizes) -> Iterator[tuple[World, DeskProcesses, Desk]]:
    with (
        tempfile.TemporaryDirectory(prefix="perstolk-load-") as folder,
        World(sizes.endpoints, sizes.broken) as world,
        running(Path(folder), world.engine, sizes) as processes,
        inside(processes) as desk,
    ):
        yield world, processes, desk
