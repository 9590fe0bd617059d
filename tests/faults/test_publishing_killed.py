"""Faults 3, 7 and 16: a worker dies at each step of publishing and sending, and at one text again and again."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from service.config import Settings, SettingsError, load_settings
from service.operations.drafting import MAX_CLAIMS
from service.operations.endpoints import add_endpoint
from service.operations.publishing import request_publication
from service.storage.models import DraftJob, Event, Publication
from service.uow import Desk
from tests.desk_fixtures import NOON, People, StillClock
from tests.faults.dying import PUBLISHING, Mortals
from tests.faults.invariants import broken
from tests.faults.noting import Noted
from tests.faults.working import work_off, working
from tests.operations.making import approve, draft, job_of
from tests.operations.steps import act, drafted, release_of, states, submit, version_of
from tests.servers.receiver import Receiver

HOUR = NOON + timedelta(hours=1)
LEASE_SECONDS = 125


@pytest.fixture(scope="session")
def mortals() -> Iterator[Mortals]:
    with Mortals() as program:
        yield program


@pytest.fixture
def receiver(desk: Desk, people: People, noted: Noted) -> Iterator[Receiver]:
    with Receiver() as listening:
        point, listening.secret = act(
            desk, people.publisher, add_endpoint, desk.vault, url=listening.url, events=["release.published"]
        )
        noted.hears[point.id] = frozenset({"release.published"})
        yield listening


@pytest.fixture
def scheduled(desk: Desk, people: People, clock: StillClock, receiver: Receiver) -> str:
    """A release that leaves at its hour, which has come."""
    release_id = drafted(desk, people, embargo_at=HOUR)
    approve(desk, people.reviewer, release_id)
    act(desk, people.publisher, request_publication, release_id)
    clock.moment = HOUR
    return release_id


def events(desk: Desk) -> list[str]:
    with desk.read() as reading:
        return list(reading.session.scalars(select(Event.type).where(Event.type == "release.published")))


def publications(desk: Desk) -> int:
    with desk.read() as reading:
        return reading.session.scalar(select(func.count(Publication.id))) or 0


@pytest.mark.fault(3, "killed at each step of publishing", "each language out once, announced once, nothing by halves")
@pytest.mark.parametrize("failpoint", PUBLISHING)
def test_a_worker_that_dies_while_publishing(
    desk: Desk,
    clock: StillClock,
    scheduled: str,
    receiver: Receiver,
    mortals: Mortals,
    noted: Noted,
    tmp_path: Path,
    failpoint: str,
) -> None:
    ended = mortals.die(desk, clock.moment, failpoint, tmp_path)
    by_halves = publications(desk)
    clock.forward(seconds=LEASE_SECONDS)
    with working(desk, tmp_path):
        work_off(clock, minutes=2)

    assert signal.SIGKILL == ended
    assert by_halves in (0, 3)
    assert (3, ["release.published"]) == (publications(desk), events(desk))
    assert "published" == release_of(desk, scheduled).state
    assert 1 == len(set(receiver.ids))
    assert [True] * len(receiver.received) == [it.verified for it in receiver.received]
    assert [] == broken(desk.database, noted, settled=True, now=clock.moment)


@pytest.mark.fault(7, "killed after the receiver's 200", "told again under the same id, with the same bytes")
def test_a_worker_that_dies_before_it_notes_that_it_was_heard(
    desk: Desk, clock: StillClock, scheduled: str, receiver: Receiver, mortals: Mortals, tmp_path: Path
) -> None:
    mortals.die(desk, clock.moment, "sent, not on record", tmp_path)
    heard = len(receiver.received)
    clock.forward(seconds=LEASE_SECONDS)
    with working(desk, tmp_path):
        work_off(clock)

    assert (1, 2) == (heard, len(receiver.received))
    assert 1 == len({(it.id, it.body) for it in receiver.received})


@pytest.mark.fault(16, "a text that no worker survives", "given to a person with the reason; the others flow on")
def test_a_poison_text(
    desk: Desk, people: People, clock: StillClock, mortals: Mortals, noted: Noted, tmp_path: Path
) -> None:
    release_id = submit(desk, people.author)
    noted.accepted[release_id] = None
    job_id = job_of(desk, release_id, "fr")

    ends = []
    for _ in range(MAX_CLAIMS):
        ends.append(mortals.die(desk, clock.moment, "drafting", tmp_path, job=job_id))
        clock.forward(seconds=LEASE_SECONDS)
    draft(desk, release_id, "de", "en")
    with working(desk, tmp_path):
        work_off(clock)

    version = version_of(desk, release_id, "fr")
    with desk.read() as reading:
        job = reading.session.get_one(DraftJob, job_id)
    assert [signal.SIGKILL] * MAX_CLAIMS == ends
    assert {"fr": "in_review", "de": "in_review", "en": "in_review"} == states(desk, release_id)
    assert [("desk", "workers_failed")] == [(it["engine"], it["reason"]) for it in version.outcomes]
    assert job.failed_at is not None
    assert job.due_at is None


def test_no_failpoint_can_be_asked_for_outside_the_tests(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PERSTOLK_VAR_DIR", str(tmp_path))
    monkeypatch.setenv("PERSTOLK_FAILPOINT", "committed")

    with pytest.raises(SettingsError, match="PERSTOLK_FAILPOINT"):
        load_settings()

    assert not [name for name in Settings.model_fields if "fail" in name]
