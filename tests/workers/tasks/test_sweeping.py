from __future__ import annotations

from datetime import timedelta
from itertools import count
from threading import Event as Sign
from threading import Thread

import pytest
from celery import current_app, shared_task
from sqlalchemy import func, select, update
from sqlalchemy.event import listen

from service.dispatch import CLOCK, DELIVERY, DRAFTING, RecordingDispatcher, queue_of
from service.operations.alternatives import ask_alternative
from service.operations.endpoints import add_endpoint
from service.operations.publishing import request_publication
from service.operations.upkeep import Due
from service.queries.upkeep import last_beat
from service.storage.models import Delivery, Event, OutboxRow, SignInFailure, Version
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.making import approve, draft, job_of, submit, text_of
from tests.watching import wait_for
from tests.workers.tasks.conftest import MakeParts
from workers.schedule import beat_schedule
from workers.tasks import alternatives, checking, delivery, drafting, mail, measuring, remembering, sweeping, watching
from workers.tasks.sweeping import forget, relay_outbox, tick

TASKS = (
    drafting.draft,
    alternatives.draft_alternative,
    delivery.deliver,
    sweeping.relay_outbox,
    sweeping.tick,
    sweeping.forget,
    measuring.measure_drafts,
    watching.watch_engines,
    remembering.keep_memory,
    remembering.keep_memory_on,
    checking.check_versions,
    mail.look_for_mail,
    mail.look_at_hours,
)
QUEUES = (DRAFTING, DRAFTING, DELIVERY, *[CLOCK] * 3, *[DRAFTING] * 5, CLOCK, CLOCK)


def scheduled(desk: Desk, people: People, clock: StillClock) -> str:
    """Return a release that is approved and waits for its hour."""
    release_id = submit(desk, people.author, embargo_at=clock.moment + timedelta(hours=1))
    draft(desk, release_id)
    approve(desk, people.reviewer, release_id)
    with desk.begin(people.publisher) as work:
        request_publication(work, release_id)
    return release_id


def states(desk: Desk) -> set[str]:
    with desk.read() as reading:
        return set(reading.session.scalars(select(Version.state)))


def test_a_submission_is_hinted_at_once_for_each_language(
    lite_desk: Desk, lite_people: People, dispatcher: RecordingDispatcher, make_parts: MakeParts
) -> None:
    make_parts()
    release_id = submit(lite_desk, lite_people.author)

    relay_outbox()
    relay_outbox()

    hinted = [ids[0] for name, *ids in dispatcher.sent if name == "workers.draft_version"]
    assert sorted(job_of(lite_desk, release_id, locale) for locale in ("fr", "de", "en")) == sorted(hinted)


def test_another_draft_is_hinted_at_before_whole_versions(
    lite_desk: Desk, lite_people: People, dispatcher: RecordingDispatcher, make_parts: MakeParts
) -> None:
    make_parts()
    release_id = submit(lite_desk, lite_people.author)
    draft(lite_desk, release_id, "fr")
    unit = text_of(lite_desk, release_id, "fr").units[0]
    with lite_desk.begin(lite_people.reviewer) as work:
        alternative_id = ask_alternative(work, release_id, "fr", unit.id).id
    nudged = dispatcher.sent[-1]

    relay_outbox()

    hinted = [sent for sent in dispatcher.sent if sent[0].startswith("workers.draft_")]
    assert ("workers.relay_outbox",) == nudged
    assert ("workers.draft_alternative", alternative_id) == hinted[0]
    assert 2 == len(hinted[1:])


def test_drafts_are_hinted_at_before_the_outbox_is_passed_on(
    lite_desk: Desk,
    lite_people: People,
    dispatcher: RecordingDispatcher,
    make_parts: MakeParts,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_parts()
    submit(lite_desk, lite_people.author)
    hinted_before: list[int] = []
    monkeypatch.setattr(
        sweeping,
        "relay_one",
        lambda *_row: hinted_before.append([name for name, *_ in dispatcher.sent].count("workers.draft_version")),
    )

    relay_outbox()

    assert [3] == hinted_before


def test_outbox_rows_are_passed_on_together(
    lite_desk: Desk, lite_people: People, make_parts: MakeParts, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_parts()
    monkeypatch.setattr(sweeping, "RELAY_SECONDS", 60.0)
    for _ in range(5):
        submit(lite_desk, lite_people.author)
    commits = count()
    listen(lite_desk.database.engine, "commit", lambda _connection: next(commits))

    sweeping.sweep()

    with lite_desk.read() as reading:
        assert 5 == reading.session.scalar(select(func.count(Event.id)))
    assert 2 == next(commits)  # one for the look


def test_who_waits_for_the_database_does_not_wait_for_all_of_the_outbox(
    lite_desk: Desk, lite_people: People, make_parts: MakeParts, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_parts()
    monkeypatch.setattr(sweeping, "RELAY_SECONDS", 0.0)
    for _ in range(2):
        submit(lite_desk, lite_people.author)
    with lite_desk.read() as reading:
        rows = list(reading.session.scalars(select(OutboxRow.id)))

    done = sweeping.relay_some(rows)

    assert 1 == done


def test_a_hundred_nudges_at_once_are_two_looks(
    lite_desk: Desk, lite_people: People, make_parts: MakeParts, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_parts()
    begun, go_on, looks = Sign(), Sign(), count(1)

    def look(_work: object) -> Due:
        begun.set()
        go_on.wait(10)
        next(looks)
        return Due((), (), (), (), ())

    monkeypatch.setattr(sweeping, "find_due", look)
    first = Thread(target=relay_outbox)
    first.start()
    begun.wait(10)  # it looks: what is committed from now on it may not see
    others = [Thread(target=relay_outbox) for _ in range(99)]
    for thread in others:
        thread.start()
    wait_for(lambda: sum(thread.is_alive() for thread in others) == 1)
    go_on.set()
    for thread in (first, *others):
        thread.join()

    assert 3 == next(looks)


def test_a_hint_that_was_lost_is_given_again(
    lite_desk: Desk, lite_people: People, clock: StillClock, dispatcher: RecordingDispatcher, make_parts: MakeParts
) -> None:
    make_parts()
    submit(lite_desk, lite_people.author)
    tick()
    dispatcher.sent.clear()
    clock.forward(seconds=11)

    tick()

    assert 3 == [name for name, *_ in dispatcher.sent].count("workers.draft_version")


@pytest.mark.parametrize("seconds, expected", [(3599, "approved"), (3600, "published")])
def test_a_release_leaves_at_its_hour_and_not_before(
    lite_desk: Desk, lite_people: People, clock: StillClock, make_parts: MakeParts, seconds: int, expected: str
) -> None:
    make_parts()
    scheduled(lite_desk, lite_people, clock)
    clock.forward(seconds=seconds)

    tick()

    assert {expected} == states(lite_desk)


def test_the_clock_is_heard(lite_desk: Desk, clock: StillClock, make_parts: MakeParts) -> None:
    make_parts()

    tick()

    with lite_desk.read() as reading:
        assert clock.moment == last_beat(reading.session, "beat")


def test_an_event_becomes_a_delivery_that_is_hinted_at(
    lite_desk: Desk, lite_people: People, dispatcher: RecordingDispatcher, make_parts: MakeParts
) -> None:
    make_parts()
    with lite_desk.begin(lite_people.publisher) as work:
        add_endpoint(work, lite_desk.vault, url="http://127.0.0.1:9/hook", events=["release.submitted"], public=False)
    submit(lite_desk, lite_people.author)

    relay_outbox()
    relay_outbox()

    with lite_desk.read() as reading:
        waiting = reading.session.scalars(select(Delivery.id)).all()
    assert [("workers.deliver_event", *waiting)] == [sent for sent in dispatcher.sent if "deliver" in sent[0]]


def test_a_row_that_cannot_be_passed_on_holds_up_no_other(
    lite_desk: Desk, lite_people: People, make_parts: MakeParts
) -> None:
    make_parts()
    submit(lite_desk, lite_people.author)
    with lite_desk.begin() as work:
        work.session.execute(update(OutboxRow).values(topic="no such event"))
    submit(lite_desk, lite_people.author)

    relay_outbox()

    with lite_desk.read() as reading:
        assert ["release.submitted"] == reading.session.scalars(select(Event.type)).all()


def test_what_has_served_its_time_is_forgotten(lite_desk: Desk, clock: StillClock, make_parts: MakeParts) -> None:
    make_parts()
    with lite_desk.begin() as work:
        work.session.add(SignInFailure(key="somebody", at=work.now))
    clock.forward(days=2)

    forget()

    with lite_desk.read() as reading:
        assert 0 == reading.session.scalar(select(func.count(SignInFailure.id)))


@pytest.mark.parametrize("task, queue", list(zip(TASKS, QUEUES, strict=True)))
def test_each_task_has_a_name_of_its_own_and_its_queue(task: shared_task, queue: str) -> None:
    assert task.name.startswith("workers.")
    assert queue == queue_of(task.name)


def test_the_clock_starts_tasks_that_there_are() -> None:
    started = {entry["task"] for entry in beat_schedule().values()}

    assert started <= set(current_app.tasks)
