from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from service.domain.permissions import DESK
from service.operations.accounts import add_user
from service.operations.credentials import token_hash
from service.operations.sessions import (
    FAILURES_PER_ACCOUNT,
    FAILURES_PER_ADDRESS,
    SESSION_LONGEST,
    SignInRefused,
    sign_out,
    touch_session,
)
from service.storage.models import SignIn, SignInFailure
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.account_steps import EMAIL, owner, signed_in, try_to_sign_in
from tests.operations.steps import act


def test_a_right_password_opens_a_session(desk: Desk, people: People) -> None:
    token = signed_in(desk, " Author@Office.Example ")

    found = owner(desk, token)
    assert found
    assert (people.author.user_id, "web") == (found.user_id, found.via)


@pytest.mark.parametrize(
    "wrong", [{"password": "wrong"}, {"email": "nobody@office.example"}, {"password": ""}, {"email": ""}]
)
def test_anything_else_opens_none_and_is_counted(desk: Desk, people: People, wrong: dict[str, str]) -> None:
    assert try_to_sign_in(desk, **wrong) is None

    with desk.read() as reading:
        counted = reading.session.scalar(select(func.count()).select_from(SignInFailure))
        sessions = reading.session.scalar(select(func.count()).select_from(SignIn))
    assert (2, 0) == (counted, sessions)


def test_a_person_without_a_password_cannot_sign_in(desk: Desk, people: People) -> None:
    act(desk, people.admin, add_user, email="new@office.example", name="New", roles=["author"])

    assert try_to_sign_in(desk, email="new@office.example", password="nobody has this password") is None


def test_an_account_with_too_many_failures_waits(desk: Desk, people: People, clock: StillClock) -> None:
    for number in range(FAILURES_PER_ACCOUNT):
        try_to_sign_in(desk, password="wrong", address=f"192.0.2.{number}")

    with pytest.raises(SignInRefused) as refusal:
        try_to_sign_in(desk, address="192.0.2.99")
    assert signed_in(desk, "reviewer@office.example")
    clock.forward(minutes=15)

    assert 401 == refusal.value.status
    assert signed_in(desk)


def test_an_address_with_too_many_failures_waits(lite_desk: Desk, lite_people: People) -> None:
    for number in range(FAILURES_PER_ADDRESS):
        try_to_sign_in(lite_desk, email=f"guess{number}@office.example", password="wrong")

    with pytest.raises(SignInRefused):
        try_to_sign_in(lite_desk)
    assert try_to_sign_in(lite_desk, address="192.0.2.2")


def test_an_unknown_account_is_throttled_as_a_known_one(lite_desk: Desk, lite_people: People) -> None:
    told = []
    for email in (EMAIL, "nobody@office.example"):
        for number in range(FAILURES_PER_ACCOUNT):
            try_to_sign_in(lite_desk, email=email, password="wrong", address=f"192.0.2.{number}")
        with pytest.raises(SignInRefused) as refusal:
            try_to_sign_in(lite_desk, email=email, password="wrong", address="192.0.2.200")
        told.append((refusal.value.code, str(refusal.value)))

    assert told[0] == told[1]


def test_a_success_clears_the_accounts_failures(lite_desk: Desk, lite_people: People) -> None:
    for _ in range(FAILURES_PER_ACCOUNT - 1):
        try_to_sign_in(lite_desk, password="wrong")
    signed_in(lite_desk)
    for _ in range(FAILURES_PER_ACCOUNT - 1):
        try_to_sign_in(lite_desk, password="wrong")

    assert signed_in(lite_desk)


def test_a_session_ends_after_half_an_hour_without_use(desk: Desk, people: People, clock: StillClock) -> None:
    token = signed_in(desk)
    clock.forward(minutes=29)
    act(desk, DESK, touch_session, token)
    clock.forward(minutes=29, seconds=59)
    in_use = owner(desk, token)
    clock.forward(seconds=1)

    assert in_use
    assert owner(desk, token) is None


def test_a_session_ends_after_twelve_hours_of_use(desk: Desk, people: People, clock: StillClock) -> None:
    token = signed_in(desk)
    seen = []
    for _ in range(int(SESSION_LONGEST / timedelta(minutes=20))):
        seen.append(owner(desk, token) is not None)
        clock.forward(minutes=20)
        act(desk, DESK, touch_session, token)

    assert (True, None) == (all(seen), owner(desk, token))


def test_signing_out_ends_one_session_or_all(desk: Desk, people: People) -> None:
    first, second, third = (signed_in(desk) for _ in range(3))
    act(desk, DESK, sign_out, first)
    after_one = [owner(desk, token) is not None for token in (first, second, third)]

    act(desk, DESK, sign_out, second, everywhere=True)

    assert [False, True, True] == after_one
    assert [False] * 3 == [owner(desk, token) is not None for token in (first, second, third)]


def test_no_token_of_a_session_is_stored(desk: Desk, people: People) -> None:
    token = signed_in(desk)

    with desk.read() as reading:
        assert [token_hash(token)] == list(reading.session.scalars(select(SignIn.token_hash)))
