from __future__ import annotations

import pytest

from service.domain.errors import NotAllowed, WrongState
from service.operations.claims import give_back
from service.operations.review import claim_version, hand_over
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.steps import act, drafted, version_of


def test_a_claim_is_given_back(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people, targets=("fr",))
    act(desk, people.reviewer, claim_version, release_id, "fr")

    act(desk, people.reviewer, give_back, release_id, "fr")
    act(desk, people.reviewer, give_back, release_id, "fr")  # once more changes nothing

    version = version_of(desk, release_id, "fr")
    assert (None, None) == (version.claimed_by, version.claimed_until)


def test_what_somebody_else_has_is_taken_over_but_not_given_back(desk: Desk, people: People, clock: StillClock) -> None:
    release_id = drafted(desk, people, targets=("fr",))
    act(desk, people.reviewer, claim_version, release_id, "fr")

    with pytest.raises(WrongState):
        act(desk, people.second_reviewer, give_back, release_id, "fr")
    act(desk, people.second_reviewer, claim_version, release_id, "fr")

    assert people.second_reviewer.user_id == version_of(desk, release_id, "fr").claimed_by
    clock.forward(hours=4)
    act(desk, people.reviewer, give_back, release_id, "fr")  # nobody has it any more


def test_only_reviewers_of_the_language_give_back(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people, targets=("de",))
    act(desk, people.reviewer, hand_over, release_id, "de", to_email=people.second_reviewer.email)

    with pytest.raises(NotAllowed):
        act(desk, people.author, give_back, release_id, "de")
