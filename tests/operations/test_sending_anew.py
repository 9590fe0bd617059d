from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from service.domain.errors import Conflict, Invalid, NotAllowed
from service.domain.permissions import DESK
from service.domain.retry import DELIVERY_ATTEMPTS, SENDING_AT_ONCE, SLOW_AT_ONCE, SLOW_MILLISECONDS
from service.operations import replaying
from service.operations.delivering import AttemptResult, record_attempt
from service.operations.endpoints import change_endpoint, redeliver
from service.operations.publishing import withdraw_release
from service.operations.replaying import Range, replay
from service.operations.upkeep import find_due
from service.queries.deliveries import delivery as whole_delivery
from service.storage.models import Delivery, Endpoint, Event, Notice
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.delivering_steps import EVERY, pings
from tests.operations.steps import act, attempt, claim, deliveries, drafted, endpoint, published, relay


def give_up(desk: Desk, delivery_id: str, clock: StillClock) -> None:
    """Let the whole schedule of a delivery fail."""
    for _ in range(DELIVERY_ATTEMPTS):
        with desk.read() as reading:
            clock.moment = reading.session.get_one(Delivery, delivery_id).due_at or clock.moment
        attempt(desk, delivery_id, status=500)


def heard_events(desk: Desk, endpoint_id: str) -> dict[str, str]:
    """Return the state of each delivery to an endpoint by the type of its event."""
    with desk.read() as reading:
        rows = reading.session.execute(
            select(Event.type, Delivery.state)
            .join(Delivery, Delivery.event_id == Event.id)
            .where(Delivery.endpoint_id == endpoint_id)
        )
        return {row.type: row.state for row in rows}


def test_what_was_given_up_while_an_endpoint_failed_is_sent_once_it_is_on_again(
    lite_desk: Desk, lite_people: People, clock: StillClock
) -> None:
    point = endpoint(lite_desk, lite_people)
    (before,) = pings(lite_desk, lite_people, point)
    give_up(lite_desk, before, clock)
    act(lite_desk, lite_people.publisher, redeliver, before)
    attempt(lite_desk, before, status=200)
    lost = next(it for it in pings(lite_desk, lite_people, point) if it != before)
    give_up(lite_desk, lost, clock)
    clock.forward(days=3)
    last = next(it for it in pings(lite_desk, lite_people, point) if it not in {before, lost})
    attempt(lite_desk, last, status=500)

    act(lite_desk, lite_people.publisher, change_endpoint, point, enabled=True)

    states = {row.id: (row.state, row.due_at) for row in deliveries(lite_desk, point)}
    assert states == {
        before: ("delivered", None),
        lost: ("pending", clock.moment),
        last: ("pending", clock.moment),
    }


def test_what_is_sent_again_has_its_whole_schedule_before_it(desk: Desk, people: People, clock: StillClock) -> None:
    (one,) = pings(desk, people, endpoint(desk, people))
    give_up(desk, one, clock)

    act(desk, people.publisher, redeliver, one)

    assert attempt(desk, one, status=500)
    with desk.read() as reading:
        row = whole_delivery(reading.session, one)
    assert ("pending", clock.moment + timedelta(seconds=5)) == (row.delivery.state, row.delivery.due_at)
    assert list(range(1, DELIVERY_ATTEMPTS + 2)) == [attempt.number for attempt in row.attempts]


def test_who_added_an_endpoint_is_told_that_it_is_off(lite_desk: Desk, lite_people: People) -> None:
    author = lite_people.author
    point = endpoint(lite_desk, lite_people)
    with lite_desk.begin() as work:
        work.session.get_one(Endpoint, point).owner_id = author.user_id
    (one,) = pings(lite_desk, lite_people, point)

    attempt(lite_desk, one, status=410)

    with lite_desk.read() as reading:
        told = reading.session.scalars(select(Notice)).all()
    assert {author.user_id, lite_people.publisher.user_id, lite_people.admin.user_id} == {it.user_id for it in told}
    assert {("failed", "gone", point)} == {(it.kind, it.facts["because"], it.facts["endpoint"]) for it in told}


def test_a_range_of_time_is_sent_again_under_the_same_ids(desk: Desk, people: People, clock: StillClock) -> None:
    point = endpoint(desk, people, *EVERY)
    early = published(desk, people, targets=("fr",))
    relay(desk)
    clock.forward(hours=1)
    begin = clock.moment
    act(desk, people.publisher, withdraw_release, early, "Foute datum.")
    relay(desk)
    ids = [row.event_id for row in deliveries(desk, point)]
    for row in deliveries(desk, point):
        attempt(desk, row.id, status=200)
    clock.forward(hours=1)

    count = act(desk, people.publisher, replay, point, Range(since=begin))

    assert 1 == count
    assert {"release.published": "delivered", "release.withdrawn": "pending"} == heard_events(desk, point)
    assert sorted(ids) == sorted(row.event_id for row in deliveries(desk, point))


def test_a_range_of_one_releases_numbers_reaches_whoever_was_not_there(desk: Desk, people: People) -> None:
    release_id = published(desk, people, targets=("fr",))
    published(desk, people, targets=("fr",))
    act(desk, people.publisher, withdraw_release, release_id, "Foute datum.")
    numbers = {it.type: it.sequence for it in relay(desk) if it.release_id == release_id}
    late = endpoint(desk, people, *EVERY)

    count = act(
        desk, people.publisher, replay, late, Range(release=release_id, first=1, last=numbers["release.published"])
    )

    assert 1 == count
    assert {"release.published": "pending"} == heard_events(desk, late)


def test_a_replay_tells_a_public_endpoint_nothing_of_before_the_publication(
    lite_desk: Desk, lite_people: People
) -> None:
    release_id = drafted(lite_desk, lite_people)
    act(lite_desk, lite_people.publisher, withdraw_release, release_id, "Vervallen.")
    relay(lite_desk)
    public = endpoint(lite_desk, lite_people, *EVERY)
    internal = endpoint(lite_desk, lite_people, *EVERY, public=False)

    counts = [
        act(lite_desk, lite_people.publisher, replay, point, Range(release=release_id)) for point in (public, internal)
    ]

    assert 0 == counts[0]
    assert counts[1] > 0


@pytest.mark.parametrize(
    "asked, field",
    [
        (Range(), "since"),
        (Range(first=1), "since"),
        (Range(release="nergens"), "release"),
        (Range(since=StillClock.moment, last=3), "release"),
        (Range(since=StillClock.moment, until=StillClock.moment - timedelta(1)), "until"),
        (Range(release="nergens", first=3, last=2), "last"),
    ],
)
def test_a_range_that_is_none_is_refused(lite_desk: Desk, lite_people: People, asked: Range, field: str) -> None:
    point = endpoint(lite_desk, lite_people)

    with pytest.raises(Invalid) as refused:
        act(lite_desk, lite_people.publisher, replay, point, asked)

    assert field == refused.value.field


def test_a_range_without_end_is_refused(
    lite_desk: Desk, lite_people: People, monkeypatch: pytest.MonkeyPatch, clock: StillClock
) -> None:
    point = endpoint(lite_desk, lite_people, *EVERY, public=False)
    drafted(lite_desk, lite_people)
    relay(lite_desk)
    monkeypatch.setattr(replaying, "REPLAYED_AT_ONCE", 2)

    with pytest.raises(Invalid, match="more than 2 events"):
        act(lite_desk, lite_people.publisher, replay, point, Range(since=clock.moment))


def test_who_may_not_manage_endpoints_replays_nothing_and_one_that_is_off_waits(
    lite_desk: Desk, lite_people: People, clock: StillClock
) -> None:
    point = endpoint(lite_desk, lite_people)
    with pytest.raises(NotAllowed):
        act(lite_desk, lite_people.author, replay, point, Range(since=clock.moment))
    act(lite_desk, lite_people.publisher, change_endpoint, point, enabled=False)

    with pytest.raises(Conflict):
        act(lite_desk, lite_people.publisher, replay, point, Range(since=clock.moment))


def test_an_endpoint_with_much_to_hear_takes_no_more_hints_than_another(desk: Desk, people: People) -> None:
    busy, other = endpoint(desk, people), endpoint(desk, people)
    many = pings(desk, people, busy, 5)
    (elsewhere,) = pings(desk, people, other)

    first = act(desk, DESK, find_due).deliveries
    again = act(desk, DESK, find_due).deliveries
    attempt(desk, many[0], status=200)
    after = act(desk, DESK, find_due).deliveries

    assert {*many[:SENDING_AT_ONCE], elsewhere} == set(first)
    assert () == again
    assert set(many[1 : 1 + SENDING_AT_ONCE]) == set(after)


def test_a_delivery_asks_for_a_look_only_where_another_one_waits(lite_desk: Desk, lite_people: People) -> None:
    first, second = pings(lite_desk, lite_people, endpoint(lite_desk, lite_people), 2)
    nudges = []
    for one in (first, second):
        sending = claim(lite_desk, one)
        assert sending
        with lite_desk.begin() as work:
            record_attempt(work, sending, AttemptResult(5, status=200), jitter=0.0)
            nudges.append(work.nudge)

    assert [True, False] == nudges


def test_slow_endpoints_leave_room_for_the_others(
    lite_desk: Desk, lite_people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.operations.delivering.SLOW_AT_ONCE", 1)
    slow, other, quick = (endpoint(lite_desk, lite_people) for _ in range(3))
    for point, milliseconds in ((slow, SLOW_MILLISECONDS), (other, SLOW_MILLISECONDS), (quick, SLOW_MILLISECONDS - 1)):
        sending = claim(lite_desk, pings(lite_desk, lite_people, point)[0])
        assert sending
        act(lite_desk, DESK, record_attempt, sending, AttemptResult(milliseconds, status=200), jitter=0.0)
    waiting = {
        point: next(it for it in pings(lite_desk, lite_people, point) if attempts_of(lite_desk, it) == 0)
        for point in (slow, other, quick)
    }

    claims = [claim(lite_desk, waiting[point]) for point in (slow, other, quick)]

    assert [True, False, True] == [sending is not None for sending in claims]


def attempts_of(desk: Desk, delivery_id: str) -> int:
    with desk.read() as reading:
        return len(whole_delivery(reading.session, delivery_id).attempts)


def test_the_workers_have_room_for_twice_what_the_slow_ones_may_take() -> None:
    from service.supervisor.desk import DELIVERY_THREADS  # noqa: PLC0415 - what the test is about

    assert DELIVERY_THREADS >= 2 * SLOW_AT_ONCE
