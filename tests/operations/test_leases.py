from __future__ import annotations

import pytest
from sqlalchemy import select

from service.domain.drafts import DraftedUnit, DraftResult, Origin, OriginKind
from service.domain.permissions import DESK
from service.operations import leases, upkeep
from service.operations.drafting import finish_draft, hold_draft, save_draft, start_draft
from service.operations.outbox import emit
from service.operations.upkeep import beat, find_due
from service.queries.upkeep import last_beat
from service.storage.models import DraftJob, OutboxRow, UnitRevision
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.making import job_of, submit, text_of, translated
from tests.operations.steps import act, at_once, states


@pytest.fixture
def job_id(desk: Desk, people: People) -> str:
    """A drafting that is due."""
    return job_of(desk, submit(desk, people.author, targets=("fr",)), "fr")


def claim(desk: Desk, job_id: str) -> str | None:
    return act(desk, DESK, leases.claim, DraftJob, job_id, seconds=20)


def test_of_ten_that_claim_at_once_one_gets_it(desk: Desk, job_id: str) -> None:
    tokens = at_once(*[lambda: claim(desk, job_id)] * 10)

    assert 1 == len([token for token in tokens if token])
    assert 9 == tokens.count(None)


def test_a_lease_is_free_again_when_it_has_run_out(desk: Desk, job_id: str, clock: StillClock) -> None:
    first = claim(desk, job_id)
    clock.forward(seconds=19.999)
    early = claim(desk, job_id)
    clock.forward(seconds=0.001)
    second = claim(desk, job_id)

    assert first
    assert early is None
    assert second not in {None, first}


def test_a_lease_that_is_held_does_not_run_out(desk: Desk, job_id: str, clock: StillClock) -> None:
    token = claim(desk, job_id)
    assert token
    clock.forward(seconds=15)
    assert act(desk, DESK, hold_draft, job_id, token)
    clock.forward(seconds=15)

    assert claim(desk, job_id) is None


def test_each_claim_counts(desk: Desk, job_id: str, clock: StillClock) -> None:
    for _ in range(3):
        claim(desk, job_id)
        clock.forward(seconds=20)

    with desk.read() as reading:
        assert 3 == reading.session.get_one(DraftJob, job_id).attempts


def test_what_is_not_due_cannot_be_claimed(desk: Desk, job_id: str, clock: StillClock) -> None:
    clock.forward(seconds=-1)

    assert claim(desk, job_id) is None


def test_a_worker_that_was_away_writes_nothing(desk: Desk, people: People, clock: StillClock) -> None:
    release_id = submit(desk, people.author, targets=("fr",))
    job_id = job_of(desk, release_id, "fr")
    zombie = act(desk, DESK, start_draft, job_id)
    clock.forward(seconds=21)
    successor = act(desk, DESK, start_draft, job_id)
    assert zombie
    assert successor

    late = tuple(DraftedUnit(s.unit_id, "too late", Origin(OriginKind.MT)) for s in zombie.segments)
    answers = (
        act(desk, DESK, save_draft, job_id, zombie.token, late),
        act(desk, DESK, hold_draft, job_id, zombie.token),
        act(desk, DESK, finish_draft, job_id, zombie.token, DraftResult(late, (), ())),
    )

    assert (False, False, False) == answers
    assert {""} == {unit.target for unit in text_of(desk, release_id, "fr").units}
    assert {"fr": "drafting"} == states(desk, release_id)
    with desk.read() as reading:
        assert [] == reading.session.scalars(select(UnitRevision)).all()
    assert act(desk, DESK, save_draft, job_id, successor.token, translated(successor))


def test_a_hint_is_not_repeated_for_ten_seconds(desk: Desk, job_id: str, clock: StillClock) -> None:
    found = []
    for wait in (0, 9.999, 0.001):
        clock.forward(seconds=wait)
        found.append(act(desk, DESK, find_due).drafts)

    assert [(job_id,), (), (job_id,)] == found


def test_what_is_leased_is_not_hinted_at(desk: Desk, job_id: str, clock: StillClock) -> None:
    claim(desk, job_id)

    during = act(desk, DESK, find_due).drafts
    clock.forward(seconds=20)
    after = act(desk, DESK, find_due).drafts

    assert ((), (job_id,)) == (during, after)


def test_two_that_look_for_work_at_once_find_different_work(desk: Desk, people: People) -> None:
    for _ in range(3):
        submit(desk, people.author)

    found = at_once(*[lambda: act(desk, DESK, find_due)] * 4)

    drafts = [job for due in found for job in due.drafts]
    assert (9, 9) == (len(drafts), len(set(drafts)))


def test_a_sign_of_life_is_one_row_that_moves(desk: Desk, clock: StillClock) -> None:
    act(desk, DESK, beat, "beat")
    later = clock.forward(seconds=5)
    act(desk, DESK, beat, "beat")

    with desk.read() as reading:
        assert (later, None) == (last_beat(reading.session, "beat"), last_beat(reading.session, "worker"))


def test_no_more_drafts_are_hinted_at_than_may_wait(
    desk: Desk, people: People, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "DRAFTS_AHEAD", 4)
    for _ in range(3):
        submit(desk, people.author)
        clock.forward(seconds=1)

    first = act(desk, DESK, find_due).drafts
    none = act(desk, DESK, find_due).drafts
    act(desk, DESK, start_draft, first[0])
    one = act(desk, DESK, find_due).drafts
    clock.forward(seconds=leases.HINT_SECONDS)
    again = act(desk, DESK, find_due).drafts

    assert (4, 0, 1) == (len(first), len(none), len(one))
    assert not {*first} & {*one}
    assert (4, False) == (len(again), first[0] in again)


def test_what_a_newsroom_acts_on_is_passed_on_before_what_the_office_tells_itself(
    desk: Desk, people: People, clock: StillClock
) -> None:
    for _ in range(2):
        submit(desk, people.author)
        clock.forward(seconds=1)
    with desk.begin(people.publisher) as work:
        emit(work, "release.published")
        emit(work, "version.approved")
    clock.forward(seconds=1)
    with desk.begin(people.publisher) as work:
        emit(work, "release.corrected")

    found = act(desk, DESK, find_due).outbox

    with desk.read() as reading:
        topics = [reading.session.get_one(OutboxRow, row).topic for row in found]
    submitted = "release.submitted"
    assert ["release.published", "release.corrected", submitted, submitted, "version.approved"] == topics
