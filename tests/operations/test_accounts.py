from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import func, select

from service.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from service.domain.permissions import DESK, Actor, Role, Scope
from service.operations.accounts import (
    add_user,
    bootstrap_administrator,
    change_language,
    change_password,
    change_roles,
    disable_user,
    enable_user,
    reset_password,
)
from service.operations.credentials import token_hash
from service.operations.sessions import (
    FAILURES_PER_ACCOUNT,
    FAILURES_PER_ADDRESS,
    SESSION_LONGEST,
    SignInRefused,
    sign_in,
    sign_out,
    touch_session,
)
from service.operations.tokens import issue_token, revoke_token, use_token
from service.operations.upkeep import forget_old
from service.queries.accounts import session_owner, token_owner, user_by_email
from service.storage.models import SignIn, SignInFailure, User
from service.uow import Desk
from tests.desk_fixtures import PASSWORD, People, StillClock
from tests.operations.steps import act, at_once

NEW_PASSWORD = "a bridge over the river Leie"
EMAIL = "author@office.example"


def try_to_sign_in(
    desk: Desk, *, email: str = EMAIL, password: str = PASSWORD, address: str = "192.0.2.1"
) -> str | None:
    found = act(desk, DESK, sign_in, email=email, password=password, address=address)
    return found[1] if found else None


def signed_in(desk: Desk, email: str = EMAIL) -> str:
    token = try_to_sign_in(desk, email=email)
    assert token
    return token


def owner(desk: Desk, token: str) -> Actor | None:
    with desk.read() as reading:
        found = session_owner(reading.session, token, reading.now)
        return found.actor if found else None


def bearer(desk: Desk, text: str) -> Actor | None:
    with desk.read() as reading:
        found = token_owner(reading.session, text, reading.now)
        return found[0] if found else None


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


def test_a_new_password_ends_the_other_sessions(desk: Desk, people: People) -> None:
    present, other = signed_in(desk), signed_in(desk)

    act(desk, people.author, change_password, present=PASSWORD, new=NEW_PASSWORD, keep=token_hash(present))

    assert owner(desk, present)
    assert owner(desk, other) is None
    assert try_to_sign_in(desk) is None
    assert try_to_sign_in(desk, password=NEW_PASSWORD)


@pytest.mark.parametrize(
    "present, new", [("wrong", NEW_PASSWORD), (PASSWORD, "short"), (PASSWORD, "password1234"), (PASSWORD, EMAIL)]
)
def test_a_bad_change_of_password_changes_nothing(lite_desk: Desk, lite_people: People, present: str, new: str) -> None:
    with pytest.raises(Invalid):
        act(lite_desk, lite_people.author, change_password, present=present, new=new)

    assert signed_in(lite_desk)


def test_a_reset_password_is_for_one_time(desk: Desk, people: People) -> None:
    session = signed_in(desk)

    password = act(desk, people.admin, reset_password, people.author.user_id)

    assert owner(desk, session) is None
    assert try_to_sign_in(desk, password=password)
    with desk.read() as reading:
        user = user_by_email(reading.session, EMAIL)
    assert user
    assert user.must_change_password


def test_a_closed_account_opens_nothing(desk: Desk, people: People) -> None:
    session = signed_in(desk)
    _, text = act(desk, people.author, issue_token, user_id=people.author.user_id, name="script")

    act(desk, people.admin, disable_user, people.author.user_id)

    assert (None, None, None) == (owner(desk, session), bearer(desk, text), try_to_sign_in(desk))
    with pytest.raises(Conflict):
        act(desk, people.admin, issue_token, user_id=people.author.user_id, name="late")


def test_an_account_that_is_opened_again_does_not_revive_what_it_had(desk: Desk, people: People) -> None:
    session = signed_in(desk)
    _, text = act(desk, people.author, issue_token, user_id=people.author.user_id, name="script")
    act(desk, people.admin, disable_user, people.author.user_id)

    act(desk, people.admin, enable_user, people.author.user_id)

    assert (None, None) == (owner(desk, session), bearer(desk, text))
    assert signed_in(desk)


def test_the_last_administrator_stays(desk: Desk, people: People) -> None:
    admin = people.admin.user_id
    for operation in (
        partial(disable_user, user_id=admin),
        partial(change_roles, user_id=admin, roles=["author"], locales=[]),
    ):
        with pytest.raises(Conflict) as refusal:
            act(desk, people.admin, operation)
        assert "last_administrator" == refusal.value.code

    act(desk, people.admin, change_roles, people.publisher.user_id, roles=["admin"], locales=[])
    act(desk, people.admin, disable_user, admin)


def test_two_administrators_cannot_close_each_other_at_once(desk: Desk, people: People) -> None:
    act(desk, people.admin, change_roles, people.publisher.user_id, roles=["publisher", "admin"], locales=[])

    results = at_once(
        partial(act, desk, DESK, disable_user, people.publisher.user_id),
        partial(act, desk, DESK, disable_user, people.admin.user_id),
    )

    assert ["Conflict", "User"] == sorted(type(result).__name__ for result in results)


def test_without_any_administrator_other_accounts_can_still_be_changed(desk: Desk) -> None:
    user = act(desk, DESK, add_user, email="a@office.example", name="A", roles=["author"])

    act(desk, DESK, disable_user, user.id)

    with desk.read() as reading:
        assert reading.session.get_one(User, user.id).disabled_at


def test_roles_are_replaced_whole(desk: Desk, people: People) -> None:
    act(
        desk,
        people.admin,
        change_roles,
        people.author.user_id,
        roles=["reviewer", "publisher"],
        locales=["FR", "de", "fr"],
    )

    found = owner(desk, signed_in(desk))
    assert found
    assert {("reviewer", "fr"), ("reviewer", "de"), ("publisher", "*")} == {
        (grant.role.value, grant.locale) for grant in found.grants
    }


@pytest.mark.parametrize(
    "change, code",
    [
        ({"roles": []}, "no_role"),
        ({"roles": ["king"]}, "unknown_role"),
        ({"email": "no address"}, "bad_email"),
        ({"email": "@x"}, "bad_email"),
        ({"language": "xx"}, "bad_language"),
        ({"roles": ["reviewer"], "locales": ["french"]}, "bad_locale"),
        ({"password": "short"}, "password_short"),
    ],
)
def test_a_bad_account_is_refused(lite_desk: Desk, lite_people: People, change: dict[str, Any], code: str) -> None:
    wanted = {"email": "n@office.example", "name": "N", "roles": ["author"], **change}

    with pytest.raises(Invalid) as refusal:
        act(lite_desk, lite_people.admin, add_user, **wanted)

    assert code == refusal.value.code


def test_an_address_has_one_account(desk: Desk, people: People) -> None:
    with pytest.raises(Conflict) as refusal:
        act(desk, people.admin, add_user, email="AUTHOR@office.example", name="Twice", roles=["author"])

    assert "email_taken" == refusal.value.code


@pytest.mark.parametrize("who", ["author", "reviewer", "publisher", "auditor"])
def test_people_are_for_administrators(lite_desk: Desk, lite_people: People, who: str) -> None:
    actor, other = getattr(lite_people, who), lite_people.other_author.user_id

    for operation in (
        partial(add_user, email="n@office.example", name="N", roles=["admin"]),
        partial(change_roles, user_id=actor.user_id, roles=["admin"], locales=[]),
        partial(disable_user, user_id=other),
        partial(enable_user, user_id=other),
        partial(reset_password, user_id=other),
        partial(issue_token, user_id=other, name="t"),
    ):
        with pytest.raises(NotAllowed):
            act(lite_desk, actor, operation)


def test_a_token_carries_its_scopes_and_its_owners_roles(desk: Desk, people: People) -> None:
    token, text = act(
        desk, people.author, issue_token, user_id=people.author.user_id, name="script", scopes=["submit", "read"]
    )

    found = bearer(desk, text)

    assert found
    assert ({Scope.SUBMIT, Scope.READ}, True, "api") == (found.scopes, found.has(Role.AUTHOR), found.via)
    assert text not in {token.token_hash, token.name}


def test_a_token_ends_with_its_days(desk: Desk, people: People, clock: StillClock) -> None:
    _, text = act(desk, people.author, issue_token, user_id=people.author.user_id, name="script", days=2)
    clock.forward(days=2, microseconds=-1)
    last = bearer(desk, text)
    clock.forward(microseconds=1)

    assert last
    assert bearer(desk, text) is None


def test_a_token_is_revoked_by_its_owner_or_an_administrator_only(desk: Desk, people: People) -> None:
    token, text = act(desk, people.author, issue_token, user_id=people.author.user_id, name="script")

    with pytest.raises(NotFound):
        act(desk, people.publisher, revoke_token, token.id)
    assert bearer(desk, text)
    act(desk, people.admin, revoke_token, token.id)

    assert bearer(desk, text) is None


def test_the_use_of_a_token_is_noted(desk: Desk, people: People, clock: StillClock) -> None:
    token, text = act(desk, people.author, issue_token, user_id=people.author.user_id, name="script")
    later = clock.forward(hours=1)

    act(desk, DESK, use_token, text)

    with desk.read() as reading:
        assert later == reading.session.get_one(type(token), token.id).used_at


@pytest.mark.parametrize("scopes", [[], ["read", "publish"], ["admin"]])
def test_a_token_cannot_issue_a_stronger_one(lite_desk: Desk, lite_people: People, scopes: list[str]) -> None:
    admin = lite_people.admin
    narrow = Actor(admin.user_id, admin.name, admin.grants, scopes=frozenset({Scope.READ}), via="api")

    with pytest.raises(NotAllowed):
        act(lite_desk, narrow, issue_token, user_id=admin.user_id, name="t", scopes=scopes)

    act(lite_desk, narrow, issue_token, user_id=admin.user_id, name="t", scopes=["read"])


@pytest.mark.parametrize(
    "change, code",
    [
        ({"scopes": ["everything"]}, "unknown_scope"),
        ({"days": 0}, "bad_days"),
        ({"days": 3651}, "bad_days"),
        ({"days": 3_000_000}, "bad_days"),  # past the last year of the calendar
        ({"days": 99_999_999_999}, "bad_days"),
    ],
)
def test_a_bad_token_is_refused(lite_desk: Desk, lite_people: People, change: dict[str, Any], code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        act(lite_desk, lite_people.author, issue_token, user_id=lite_people.author.user_id, name="t", **change)

    assert code == refusal.value.code


def test_the_first_administrator_is_made_once(desk: Desk) -> None:
    results = at_once(*[partial(act, desk, DESK, bootstrap_administrator)] * 3)

    made = [result for result in results if isinstance(result, tuple)]
    assert 1 == len(made)
    assert act(desk, DESK, bootstrap_administrator) is None
    email, password = made[0]
    found = owner(desk, try_to_sign_in(desk, email=email, password=password) or "")
    assert found
    assert found.has(Role.ADMIN)


def test_a_language_of_the_pages_is_chosen(lite_desk: Desk, lite_people: People) -> None:
    act(lite_desk, lite_people.author, change_language, "de")
    with pytest.raises(Invalid):
        act(lite_desk, lite_people.author, change_language, "xx")

    found = owner(lite_desk, signed_in(lite_desk))
    assert found
    assert "de" == found.language


def test_what_has_served_its_time_is_forgotten(desk: Desk, people: People, clock: StillClock) -> None:
    signed_in(desk)
    try_to_sign_in(desk, password="wrong")
    clock.forward(hours=25)
    act(desk, DESK, forget_old)
    with desk.read() as reading:
        after_a_day = [
            reading.session.scalar(select(func.count()).select_from(model)) for model in (SignInFailure, SignIn)
        ]
    clock.forward(days=31)
    act(desk, DESK, forget_old)

    with desk.read() as reading:
        left = reading.session.scalar(select(func.count()).select_from(SignIn))
    assert ([0, 1], 0) == (after_a_day, left)
