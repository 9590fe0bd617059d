"""Fault 19: the database is lost and a backup restored. Nothing is announced twice."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from service.cli import main
from service.operations.endpoints import add_endpoint
from service.operations.publishing import request_publication
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.faults.invariants import broken
from tests.faults.noting import Noted
from tests.faults.working import work_off, working
from tests.operations.making import approve
from tests.operations.steps import act, drafted, published, states
from tests.servers.receiver import Receiver


def command(*arguments: str) -> None:
    done = CliRunner().invoke(main, arguments)
    assert 0 == done.exit_code, done.output


@pytest.mark.fault(19, "the database lost, a backup restored", "each release told under one id, before and after")
def test_a_restored_backup_announces_nothing_twice(
    desk: Desk,
    people: People,
    clock: StillClock,
    noted: Noted,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PERSTOLK_VAR_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("PERSTOLK_DATABASE_URL", desk.database.url)
    monkeypatch.setenv("PERSTOLK_SECRET_KEY", "a secret key for tests only")
    hour = clock.moment + timedelta(hours=1)
    with Receiver() as receiver, working(desk, tmp_path):
        point, receiver.secret = act(
            desk, people.publisher, add_endpoint, desk.vault, url=receiver.url, events=["release.published"]
        )
        noted.hears[point.id] = frozenset({"release.published"})
        told = published(desk, people, targets=("fr",))
        work_off(clock)
        on_its_way = published(desk, people, targets=("fr",))
        to_come = drafted(desk, people, targets=("fr",), embargo_at=hour)
        approve(desk, people.reviewer, to_come)
        act(desk, people.publisher, request_publication, to_come)

        command("backup", str(tmp_path / "backup.zip"))
        clock.moment = hour
        work_off(clock)
        before = receiver.ids[:]
        desk.database.dispose()
        command("restore", str(tmp_path / "backup.zip"))
        clock.forward(minutes=5)
        work_off(clock)

    ids = {
        release_id: {it.id for it in receiver.received if release_id in it.body.decode()}
        for release_id in (told, on_its_way, to_come)
    }
    assert 3 == len(before)
    assert {told: 1, on_its_way: 1, to_come: 1} == {release_id: len(found) for release_id, found in ids.items()}
    assert set(before) == set(receiver.ids)
    assert {"fr": "published"} == states(desk, to_come)
    assert [] == broken(desk.database, noted, settled=True, now=clock.moment)
