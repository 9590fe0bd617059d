from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from service.domain.drafts import DraftedUnit, DraftResult, Origin, OriginKind
from service.domain.errors import DeskError, Refused, Stale
from service.domain.permissions import DESK
from service.operations.approvals import approve_version, reopen_version
from service.operations.delivering import AttemptResult, record_attempt
from service.operations.drafting import finish_draft, redraft, save_draft, start_draft
from service.operations.endpoints import change_endpoint, redeliver, send_test
from service.operations.review import edit_unit
from service.queries.audit import first_broken_entry
from service.storage.models import Approval
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.making import TEXT, job_of, submit, text_of, translated
from tests.operations.steps import act, at_once, claim, deliveries, drafted, endpoint, relay, revise, states

ROUNDS = 25


def unexpected(results: list[Any]) -> list[Exception]:
    """Return what is neither a result nor an error that a person can act on: a deadlock, a broken constraint."""
    return [result for result in results if isinstance(result, Exception) and not isinstance(result, DeskError)]


def test_an_approval_and_a_redraft_never_pass_each_other(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people, targets=("fr",))
    job_id = job_of(desk, release_id, "fr")
    for number in range(ROUNDS):
        act(desk, people.reviewer, redraft, release_id, "fr")
        work = act(desk, DESK, start_draft, job_id)
        assert work
        units = [
            DraftedUnit(s.unit_id, f"[fr] {number}: {s.source.text}", Origin(OriginKind.MT)) for s in work.segments
        ]
        digest = text_of(desk, release_id, "fr").digest

        results = at_once(
            partial(act, desk, people.reviewer, approve_version, release_id, "fr", digest=digest),
            partial(act, desk, DESK, save_draft, job_id, work.token, units),
        )

        act(desk, DESK, finish_draft, job_id, work.token, DraftResult(tuple(units), (), ()))
        assert [] == [error for error in results if isinstance(error, Exception) and not isinstance(error, Refused)]
        with desk.read() as reading:
            standing = reading.session.scalars(select(Approval).where(Approval.voided_at.is_(None))).all()
        assert all(approval.digest == text_of(desk, release_id, "fr").digest for approval in standing)
        if states(desk, release_id)["fr"] == "approved":
            act(desk, people.publisher, reopen_version, release_id, "fr", "Nog eens.")


def test_an_approval_and_a_save_never_pass_each_other(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people, targets=("fr",))
    for number in range(ROUNDS):
        text = text_of(desk, release_id, "fr")
        unit, saved = text.units[number % len(text.units)], {"target": f"Un pont, {number}", "row_version": None}

        results = at_once(
            partial(act, desk, people.reviewer, approve_version, release_id, "fr", digest=text.digest),
            partial(act, desk, people.second_reviewer, edit_unit, release_id, "fr", unit.id, **saved),
        )

        assert [] == unexpected(results)
        with desk.read() as reading:
            standing = reading.session.scalars(select(Approval).where(Approval.voided_at.is_(None))).all()
        assert all(approval.digest == text_of(desk, release_id, "fr").digest for approval in standing)


def test_of_two_who_save_over_the_same_text_one_is_told_of_the_other(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people, targets=("fr",))
    for number in range(ROUNDS):
        unit = text_of(desk, release_id, "fr").units[0]
        saves = (
            partial(act, desk, who, edit_unit, release_id, "fr", unit.id, row_version=unit.row_version, target=text)
            for who, text in (
                (people.reviewer, f"Un pont, {number}"),
                (people.second_reviewer, f"Deux ponts, {number}"),
            )
        )

        results = at_once(*saves)

        assert 1 == sum(isinstance(result, Stale) for result in results), results
        assert unit.row_version + 1 == text_of(desk, release_id, "fr").units[0].row_version


@pytest.mark.parametrize("step", ["start", "save", "finish"])
def test_a_new_source_and_a_worker_never_wait_for_each_other(
    desk: Desk, people: People, clock: StillClock, step: str
) -> None:
    release_id = submit(desk, people.author, targets=("fr",))
    job_id = job_of(desk, release_id, "fr")
    for number in range(ROUNDS):
        clock.forward(minutes=1)
        text = TEXT + f"\nDit is versie {number} van de tekst.\n"
        if step == "start":
            one = partial(act, desk, DESK, start_draft, job_id)
        else:
            work = act(desk, DESK, start_draft, job_id)
            assert work
            units = translated(work)
            one = partial(act, desk, DESK, save_draft, job_id, work.token, units)
            if step == "finish":
                one = partial(act, desk, DESK, finish_draft, job_id, work.token, DraftResult((), (), ()))

        results = at_once(one, partial(revise, desk, people.author, release_id, text))

        assert [] == unexpected(results)
        assert any("versie" in segment.source for segment in text_of(desk, release_id, "fr").segments)


def test_senders_and_people_at_one_endpoint_never_wait_for_each_other(
    desk: Desk, people: People, clock: StillClock
) -> None:
    point = endpoint(desk, people)
    for _ in range(4):
        act(desk, people.publisher, send_test, point)
    relay(desk)
    ids = [row.id for row in deliveries(desk, point)]
    for number in range(ROUNDS):
        clock.forward(minutes=2)
        sending = claim(desk, ids[0])
        assert sending
        clock.forward(seconds=60)  # the lease has run out: another may claim while the first records

        results = at_once(
            partial(act, desk, DESK, record_attempt, sending, AttemptResult(1, status=200), jitter=0.0),
            partial(claim, desk, ids[0]),
            partial(claim, desk, ids[1 + number % 3]),
            partial(act, desk, people.publisher, change_endpoint, point, description=str(number)),
        )

        assert [] == unexpected(results)
        clock.forward(seconds=60)
        act(desk, people.publisher, redeliver, ids[0])


def test_after_all_that_the_audit_is_whole(desk: Desk, people: People) -> None:
    release_id = submit(desk, people.author)
    jobs = [job_of(desk, release_id, locale) for locale in ("fr", "de", "en")]

    results = at_once(
        *[partial(act, desk, DESK, start_draft, job) for job in jobs],
        partial(revise, desk, people.author, release_id, TEXT + "\nMeer.\n"),
        partial(submit, desk, people.author),
    )

    assert [] == unexpected(results)
    with desk.read() as reading:
        assert first_broken_entry(reading.session) is None
