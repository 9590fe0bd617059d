"""Fault 8: the clocks of the workers are an hour off. Fault 17: a migration leaves the workers of before it at work."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory

from service.storage import migrate
from service.storage.session import Database
from tests.faults.elsewhen import clocks_off
from tests.faults.noting import Noted
from tests.journeys.steps import DeskProcesses, is_whole
from tests.servers.libretranslate import LibreTranslateServer
from tests.servers.receiver import Receiver
from tests.watching import wait_for

SOON_SECONDS = 6
PROMPT_SECONDS = 30


@pytest.mark.fault(
    8, "the workers' clocks an hour fast, or slow", "nothing early or late, receivers take what is signed"
)
@pytest.mark.parametrize("hours", [1, -1])
def test_workers_whose_clocks_are_off(
    office: DeskProcesses, engine: LibreTranslateServer, noted: Noted, hours: int
) -> None:
    author, reviewer = office.program("author@office.example"), office.program("first@office.example")
    publisher = office.program("publisher@office.example")
    engine.latency = 0.02
    with clocks_off(office, seconds=hours * 3600) as said, Receiver() as receiver:
        began = time.time()
        soon, later = (author.submit()["id"] for _ in range(2))
        for release_id in (soon, later):
            noted.accepted[release_id] = None
            author.wait_for_versions(release_id, is_whole)
            reviewer.approve_all(release_id)
        made = publisher.call(
            "POST", "/endpoints", json={"url": receiver.url, "events": ["release.published"]}, expected=201
        )
        receiver.secret = made["secret"]
        noted.hears[made["id"]] = frozenset({"release.published"})
        hour = datetime.now(UTC) + timedelta(seconds=SOON_SECONDS)
        for release_id, at in ((soon, hour), (later, hour + timedelta(minutes=30))):
            publisher.call("PATCH", f"/releases/{release_id}", json={"embargo_at": at.isoformat()})
            publisher.call("POST", f"/releases/{release_id}/publish", expected=202)
        receiver.wait_for(1, seconds=SOON_SECONDS + PROMPT_SECONDS)
        heard = time.time()
        wait_for(
            lambda: "delivered" == publisher.call("GET", f"/deliveries?endpoint={made['id']}")["items"][0]["state"]
        )
        stands = [publisher.release(release_id)["state"] for release_id in (soon, later)]
        publisher.call("DELETE", f"/releases/{later}/publish")
        publisher.call("DELETE", f"/endpoints/{made['id']}", expected=204)
        seconds = time.time() - began

    assert said
    assert {hours} == {round((at - began) / 3600) for at in said.values()}
    assert seconds < 600, "too slow to tell an hour by"
    assert ["published", "scheduled"] == stands
    assert 0 <= heard - hour.timestamp() < PROMPT_SECONDS
    assert [soon] == [it.event["data"]["release"]["id"] for it in receiver.received]
    assert abs(int(receiver.received[0].headers["webhook-timestamp"]) - heard) < PROMPT_SECONDS
    assert {1} == set(office.machine_revisions(soon).values())


def test_a_migration_leaves_the_previous_code_what_it_needs(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old.db'}"
    script = ScriptDirectory.from_config(migrate._config())
    before = script.get_revision("head").down_revision
    database = Database(url)
    config = migrate._config()
    with database.engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, str(before))
        connection.commit()
        old = columns(connection)
    migrate.upgrade(url)
    with database.engine.connect() as connection:
        new = columns(connection)
    database.dispose()

    gone = [f"{table}.{name}" for table, names in old.items() for name in names if name not in new.get(table, {})]
    demanding = [
        f"{table}.{name}"
        for table, names in new.items()
        if table in old
        for name, needs_a_value in names.items()
        if name not in old[table] and needs_a_value
    ]
    assert [] == gone
    assert [] == demanding


def columns(connection: sa.Connection) -> dict[str, dict[str, bool]]:
    """Return each table's columns, and whether a row cannot be added without them."""
    inspector = sa.inspect(connection)
    return {
        table: {
            str(column["name"]): not column["nullable"] and column["default"] is None
            for column in inspector.get_columns(table)
        }
        for table in inspector.get_table_names()
    }
