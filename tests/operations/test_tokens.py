from __future__ import annotations

from typing import Any

import pytest

from service.domain.errors import Invalid, NotAllowed, NotFound
from service.domain.permissions import DESK, Actor, Role, Scope
from service.operations.tokens import issue_token, revoke_token, use_token
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.account_steps import bearer
from tests.operations.steps import act


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
