"""What a full memory costs a draft and an approval: the same with an empty one and with a full one."""

from __future__ import annotations

import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks.memory.texts import TARGETS, Texts
from service.config import Settings
from service.operations.loading import locked_version
from service.operations.memory import remember_version
from service.queries.texts import version_text
from service.uow import Desk
from tests.desk_fixtures import People, make_people
from tests.operations.making import draft, job_of, submit, text_of
from tests.servers.libretranslate import LibreTranslateServer
from workers.composition import Parts, _Process
from workers.engines.breaker import InMemoryBreakers
from workers.engines.libretranslate import LibreTranslate
from workers.engines.limits import Limits
from workers.tasks.drafting import draft as draft_task

LATENCY_SECONDS = 0.15
SEGMENTS = 31
RELEASES = 7


@dataclass(frozen=True, slots=True)
class Office:
    """A desk with people, and what its releases are made of; `number` keeps each release a new one."""

    desk: Desk
    people: People
    texts: Texts
    number: int

    @classmethod
    def at(cls, desk: Desk, texts: Texts, number: int) -> Office:
        """Return an office at a desk that has no people yet."""
        return cls(desk, make_people(desk), texts, number)

    def submit(self, number: int) -> str:
        """Submit a release of thirty-one sentences that descend from nothing; return its id."""
        first = 1000 * (self.number + number)
        body = "\n\n".join(self.texts.unknown(first + n) for n in range(SEGMENTS - 1))
        return submit(self.desk, self.people.author, text=f"Bericht {first} van de dag\n\n{body}")


def seconds_to_draft(office: Office) -> float:
    """Return how long the three languages of a release take, with an engine that answers in 150 ms; the median."""
    with LibreTranslateServer(latency=LATENCY_SECONDS) as server:
        settings = Settings(secret_key="a key for benchmarks", var_dir=Path(tempfile.gettempdir()))  # type: ignore[arg-type]  # noqa: S106 - a made-up one
        parts = Parts(settings)
        parts.__dict__.update(
            desk=office.desk, engines=(LibreTranslate(server.url),), breakers=InMemoryBreakers(), limits=Limits()
        )
        _Process.parts = parts
        try:
            return statistics.median(_draft(office, number) for number in range(RELEASES))
        finally:
            _Process.parts = None


def _draft(office: Office, number: int) -> float:
    release_id = office.submit(number)
    jobs = [job_of(office.desk, release_id, locale) for locale in TARGETS]
    began = time.perf_counter()
    with ThreadPoolExecutor(len(jobs)) as pool:
        list(pool.map(draft_task, jobs))
    spent = time.perf_counter() - began
    for locale in TARGETS:
        assert all(unit.target for unit in text_of(office.desk, release_id, locale).units)
    return spent


def milliseconds_to_remember(office: Office) -> float:
    """Return what the memory takes of an approval of thirty-one units; all but one of twenty are quicker."""
    spent: list[float] = []
    for number in range(RELEASES, 2 * RELEASES):
        release_id = office.submit(number)
        draft(office.desk, release_id)
        for locale in TARGETS:
            with office.desk.begin(office.people.reviewer) as work:
                release, version = locked_version(work, release_id, locale)
                text = version_text(work.session, version)
                began = time.perf_counter()
                remember_version(work, release, version, text)
                spent.append(1000 * (time.perf_counter() - began))
    return sorted(spent)[-2]
