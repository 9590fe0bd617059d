from __future__ import annotations

import pytest

from service.domain.errors import WrongState
from service.domain.workflow import Action, ReleaseState, VersionState, may_move, next_state, release_state

# One row for each state, one column for each action; a dot where the action does not start from the state.
TABLE = """
state      start_draft finish_draft edit      request_changes approve  reopen    revise    redraft   publish   withdraw
queued     drafting    .            queued    .               .        .         queued    queued    .         withdrawn
drafting   drafting    in_review    drafting  .               .        .         queued    drafting  .         withdrawn
in_review  in_review   in_review    in_review in_review       approved .         in_review in_review .         withdrawn
approved   .           .            in_review in_review       .        in_review in_review .         published withdrawn
published  .           .            .         .               .        in_review in_review .         .         withdrawn
withdrawn  .           .            .         .               .        .         .         .         .         .
"""
HEAD, *ROWS = [line.split() for line in TABLE.strip().splitlines()]
CELLS = [
    (VersionState(row[0]), Action(action), cell) for row in ROWS for action, cell in zip(HEAD[1:], row[1:], strict=True)
]


def test_the_table_has_every_state_and_every_action() -> None:
    pairs = {(state, action) for state, action, _ in CELLS}

    assert {(state, action) for state in VersionState for action in Action} == pairs


@pytest.mark.parametrize("state, action, following", [cell for cell in CELLS if cell[2] != "."])
def test_an_action_leads_to_its_state(state: VersionState, action: Action, following: str) -> None:
    assert may_move(state, action)

    assert VersionState(following) is next_state(state, action)


@pytest.mark.parametrize("state, action", [cell[:2] for cell in CELLS if cell[2] == "."])
def test_any_other_action_is_refused_and_names_the_state(state: VersionState, action: Action) -> None:
    assert not may_move(state, action)

    with pytest.raises(WrongState) as refusal:
        next_state(state, action)

    assert (409, state.value) == (refusal.value.status, refusal.value.facts["state"])
    assert state.value in str(refusal.value)


def test_only_approval_leads_to_approved_and_only_publication_to_published() -> None:
    into = {state: {action for _, action, cell in CELLS if cell == state} for state in ("approved", "published")}

    assert {"approved": {Action.APPROVE}, "published": {Action.PUBLISH}} == into


@pytest.mark.parametrize(
    "versions, scheduled, withdrawn, expected",
    [
        ("", False, False, "drafting"),
        ("queued queued", False, False, "drafting"),
        ("drafting queued", False, False, "drafting"),
        ("in_review drafting", False, False, "in_review"),
        ("approved queued", False, False, "in_review"),
        ("published in_review", False, False, "in_review"),
        ("approved approved", False, False, "approved"),
        ("approved published", False, False, "approved"),
        ("approved approved", True, False, "scheduled"),
        ("in_review approved", True, False, "scheduled"),
        ("published published", False, False, "published"),
        ("published published", True, False, "published"),
        ("withdrawn withdrawn", False, True, "withdrawn"),
        ("published approved", True, True, "withdrawn"),
    ],
)
def test_a_release_follows_its_versions(versions: str, scheduled: bool, withdrawn: bool, expected: str) -> None:  # noqa: FBT001 - columns of the table
    states = [VersionState(state) for state in versions.split()]

    assert ReleaseState(expected) is release_state(states, scheduled=scheduled, withdrawn=withdrawn)
