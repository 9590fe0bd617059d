from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from sqlalchemy import func, select

from service.domain.errors import Conflict, Invalid, NotAllowed
from service.domain.permissions import DESK, Role
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
from service.operations.tokens import issue_token
from service.operations.upkeep import forget_old
from service.queries.accounts import user_by_email
from service.storage.models import SignIn, SignInFailure, User
from service.uow import Desk
from tests.desk_fixtures import PASSWORD, People, StillClock
from tests.operations.account_steps import EMAIL, bearer, owner, signed_in, try_to_sign_in
from tests.operations.steps import act, at_once

NEW_PASSWORD = "a bridge over the river Leie"


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
