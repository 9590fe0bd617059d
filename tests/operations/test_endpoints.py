from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from service.domain.errors import Conflict, Invalid, NotAllowed
from service.domain.permissions import DESK
from service.operations.delivering import AttemptResult, record_attempt
from service.operations.endpoints import (
    add_endpoint,
    change_endpoint,
    redeliver,
    remove_endpoint,
    rotate_secret,
    send_test,
)
from service.operations.upkeep import find_due
from service.storage.models import Endpoint
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.delivering_steps import EVERY, pings
from tests.operations.steps import act, attempt, claim, deliveries, endpoint, heard, published, relay


def stored(desk: Desk, endpoint_id: str) -> Endpoint:
    with desk.read() as reading:
        return reading.session.get_one(Endpoint, endpoint_id)


def test_an_endpoint_that_is_gone_is_switched_off(desk: Desk, people: People) -> None:
    point = endpoint(desk, people)
    watcher = endpoint(desk, people, "endpoint.disabled", public=False)
    first, second = pings(desk, people, point, 2)

    attempt(desk, first, status=410)

    relay(desk)
    assert ("gone", {"endpoint.disabled"}) == (stored(desk, point).disabled_because, heard(desk, watcher))
    assert claim(desk, second) is None


@pytest.mark.parametrize("days, because", [(4.99, None), (5.0, "failing")])
def test_an_endpoint_that_fails_for_five_days_is_switched_off(
    desk: Desk, people: People, clock: StillClock, days: float, because: str | None
) -> None:
    point = endpoint(desk, people)
    first, second = pings(desk, people, point, 2)
    attempt(desk, first, status=500)
    clock.forward(days=days)

    attempt(desk, second, status=500)

    assert because == stored(desk, point).disabled_because


def test_a_success_ends_the_count_of_days(desk: Desk, people: People, clock: StillClock) -> None:
    point = endpoint(desk, people)
    first, second, third = pings(desk, people, point, 3)
    attempt(desk, first, status=500)
    clock.forward(days=4)
    attempt(desk, second, status=200)
    clock.forward(days=4)

    attempt(desk, third, status=500)

    assert (None, clock.moment) == (stored(desk, point).disabled_at, stored(desk, point).failing_since)


@pytest.mark.parametrize("by_hand", [True, False])
def test_switching_on_again_sends_what_was_missed(
    desk: Desk, people: People, clock: StillClock, *, by_hand: bool
) -> None:
    point = endpoint(desk, people, *EVERY)
    first, _ = pings(desk, people, point, 2)
    if by_hand:
        act(desk, people.publisher, change_endpoint, point, enabled=False)
    else:
        attempt(desk, first, status=410)
    published(desk, people, targets=("fr",))
    relay(desk)
    clock.forward(hours=1)
    assert () == act(desk, DESK, find_due).deliveries

    act(desk, people.publisher, change_endpoint, point, enabled=True)

    due = act(desk, DESK, find_due).deliveries
    assert 2 == len(due)
    assert {"ping", "release.published"} == heard(desk, point)
    assert {(row.state, row.due_at) for row in deliveries(desk, point)} == {("pending", clock.moment)}


def test_an_attempt_that_ends_after_the_switch_waits_for_it(desk: Desk, people: People, clock: StillClock) -> None:
    point = endpoint(desk, people)
    (one,) = pings(desk, people, point)
    sending = claim(desk, one)
    assert sending
    act(desk, people.publisher, change_endpoint, point, enabled=False)

    act(desk, DESK, record_attempt, sending, AttemptResult(5, status=500), jitter=0.0)

    clock.forward(hours=1)
    assert () == act(desk, DESK, find_due).deliveries


def test_a_removed_endpoint_cancels_what_was_to_come(desk: Desk, people: People) -> None:
    point = endpoint(desk, people)
    (one,) = pings(desk, people, point)

    act(desk, people.publisher, remove_endpoint, point)

    assert ["cancelled"] == [row.state for row in deliveries(desk, point)]
    assert claim(desk, one) is None
    with pytest.raises(Conflict):
        act(desk, people.publisher, redeliver, one)


def test_a_ping_goes_to_one_endpoint_alone(desk: Desk, people: People) -> None:
    asked, other = endpoint(desk, people), endpoint(desk, people, *EVERY)

    pings(desk, people, asked)

    assert ({"ping"}, set()) == (heard(desk, asked), heard(desk, other))


def test_two_secrets_sign_while_one_is_replaced(desk: Desk, people: People, clock: StillClock) -> None:
    made, old = act(desk, people.publisher, add_endpoint, desk.vault, url="http://127.0.0.1:9/hook", events=["ping"])
    first, second = pings(desk, people, made.id, 2)
    _, new = act(desk, people.publisher, rotate_secret, desk.vault, made.id)
    during = claim(desk, first)
    clock.forward(hours=24)
    after = claim(desk, second)

    assert during
    assert after
    assert ((new, old), (new,)) == (during.secrets, after.secrets)


@pytest.mark.parametrize("url", ["ftp://news.example/hook", "https://10.0.0.1/", "news.example", ""])
def test_an_unsafe_address_is_refused(lite_desk: Desk, lite_people: People, url: str) -> None:
    with pytest.raises(Invalid):
        act(lite_desk, lite_people.publisher, add_endpoint, lite_desk.vault, url=url)


@pytest.mark.parametrize("who", ["author", "reviewer", "auditor"])
def test_endpoints_are_for_publishers_and_administrators(lite_desk: Desk, lite_people: People, who: str) -> None:
    point = endpoint(lite_desk, lite_people)
    actor = getattr(lite_people, who)

    for operation in (
        partial(add_endpoint, vault=lite_desk.vault, url="http://127.0.0.1:9/"),
        partial(change_endpoint, endpoint_id=point, enabled=False),
        partial(rotate_secret, vault=lite_desk.vault, endpoint_id=point),
        partial(send_test, endpoint_id=point),
        partial(remove_endpoint, endpoint_id=point),
        partial(redeliver, delivery_id="del_any"),
    ):
        with pytest.raises(NotAllowed):
            act(lite_desk, actor, operation)


def test_a_copy_of_the_database_holds_no_secret(lite_desk: Desk, lite_people: People, tmp_path: Path) -> None:
    made, secret = act(lite_desk, lite_people.publisher, add_endpoint, lite_desk.vault, url="http://127.0.0.1:9/hook")
    _, newer = act(lite_desk, lite_people.publisher, rotate_secret, lite_desk.vault, made.id)
    pings(lite_desk, lite_people, made.id)
    lite_desk.database.dispose()

    content = b"".join(path.read_bytes() for path in tmp_path.glob("desk.db*"))

    assert b"127.0.0.1:9/hook" in content
    assert not [word for word in ("whsec_", secret, newer, newer.removeprefix("whsec_")) if word.encode() in content]
