"""Random schedules of faults over whole journeys, several at a time; `make test-schedules` runs a hundred."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from service.storage.session import Database
from tests.faults.invariants import broken
from tests.faults.noting import Noted
from tests.faults.schedules import Faults, Journey, run_schedule, strengthen
from tests.journeys.people import PASSWORD
from tests.journeys.steps import DeskProcesses, add_receiver
from tests.servers.libretranslate import LibreTranslateServer
from tests.servers.receiver import Receiver
from tests.watching import wait_for

SCHEDULES = int(os.environ.get("FAULTS_SCHEDULES", "4"))  # in all, half of them on each set-up
SEED = int(os.environ.get("FAULTS_SEED", "20261129"))
AT_ONCE = 5
REST_SECONDS = 120.0
ZEROS = {
    "I1": "accepted submissions lost",
    "I2": "publications without a matching approval",
    "I3": "early bytes",
    "I4": "events or deliveries without a final state",
    "I5": "work forgotten",
    "I6": "changes missing from the audit",
    "I7": "acknowledged edits missing",
}


@pytest.mark.fault(21, "random schedules of faults over the whole journey", "all zeros")
def test_schedules(
    office: DeskProcesses, engine: LibreTranslateServer, noted: Noted, tell: Callable[[str], None]
) -> None:
    office.command(
        *("user", "add", "second@office.example", "--name", "Second", "--role", "reviewer", "--password-stdin"),
        stdin=f"{PASSWORD}\n",
    )
    tokens = {
        name: office.command("token", "issue", f"{name}@office.example", "--name", "schedules").strip()
        for name in ("author", "first", "second", "publisher")
    }
    engine.latency = 0.2
    faults = Faults(office, engine)
    first = SEED if "sqlite" in office.database_url else SEED + 1_000_000
    seeds = range(first, first + SCHEDULES // 2)
    stopped: list[str] = []
    with Receiver() as receiver:
        made = add_receiver(office, receiver.url, "release.published")
        receiver.secret = made["secret"]
        noted.hears[made["id"]] = frozenset({"release.published"})

        def go(seed: int) -> str:
            journey = Journey(office, tokens, noted, random.Random(seed))
            try:
                met = run_schedule(seed, faults, journey)
            except AssertionError as error:
                stopped.append(f"seed {seed}: {error}")
                return ""
            return f"{seed} {','.join(met)} {journey.release_id}"

        with ThreadPoolExecutor(AT_ONCE) as pool:
            for told in pool.map(go, seeds):
                strengthen(office)
                print(told, flush=True)  # noqa: T201 - so that a long run shows where it is
        strengthen(office)
        office.wait_until_ready()
        database = Database(office.database_url)
        wait_for(lambda: not broken(database, noted, settled=True, full=False), seconds=REST_SECONDS)
        found = broken(database, noted, settled=True)
        database.dispose()
        office.command("doctor")

    heard = Counter(
        release_id
        for it in {each.id: each for each in receiver.received}.values()
        for release_id in [it.event["data"]["release"]["id"]]
    )
    doubles = [release_id for release_id, count in heard.items() if count > 1]
    counted = Counter(sentence.split()[0] for sentence in found)
    tell(f"schedules: {len(seeds)} from seed {first} on, {len(stopped)} did not come to their end")
    for name, words in ZEROS.items():
        tell(f"  {words}: {counted[name]}")
    tell(f"  double publications: {len(doubles)}")
    assert ([], [], []) == (stopped, found, doubles)
    assert set(noted.accepted) == set(heard)
