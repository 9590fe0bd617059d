"""A worker's part in another draft: claimed once, followed by another, told whom to ask, saved or given up."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from service.domain.drafts import DraftResult
from service.domain.permissions import DESK
from service.operations.alternatives import leave_alternative
from service.operations.claiming_alternatives import (
    claim_alternative,
    hold_alternative,
    save_alternative,
)
from service.operations.claiming_drafts import DRAFT_LEASE_SECONDS, MAX_CLAIMS
from service.operations.publishing import withdraw_release
from service.operations.upkeep import find_due
from service.queries.alternatives import state_of
from service.storage.models import Unit
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.alternative_steps import OTHER, answered, ask, claimed, result, stored
from tests.operations.making import TEXT, text_of
from tests.operations.steps import act, at_once, drafted, revise


@pytest.fixture
def release_id(desk: Desk, people: People) -> str:
    """A release with one version, in review."""
    return drafted(desk, people, targets=("fr",))


@pytest.fixture
def unit(desk: Desk, release_id: str) -> Unit:
    """The version's title."""
    return text_of(desk, release_id, "fr").units[0]


def test_of_many_workers_one_gets_it(desk: Desk, people: People, release_id: str, unit: Unit) -> None:
    alternative_id = ask(desk, people, release_id, unit.id)

    found = at_once(*[partial(act, desk, DESK, claim_alternative, alternative_id)] * 6)

    assert 1 == len([work for work in found if work is not None])


def test_a_worker_that_died_is_followed_by_another_and_writes_nothing(
    desk: Desk, people: People, release_id: str, unit: Unit, clock: StillClock
) -> None:
    alternative_id = ask(desk, people, release_id, unit.id)
    dead = claimed(desk, alternative_id).draft.token
    assert act(desk, DESK, claim_alternative, alternative_id) is None
    clock.forward(seconds=DRAFT_LEASE_SECONDS)

    living = claimed(desk, alternative_id).draft.token

    assert not act(desk, DESK, hold_alternative, alternative_id, dead)
    assert not act(desk, DESK, save_alternative, alternative_id, dead, result(unit.id, "Du mort"))
    assert act(desk, DESK, save_alternative, alternative_id, living, result(unit.id))
    alternative = stored(desk, alternative_id)
    assert alternative is not None
    assert (OTHER, "deepl", 412) == (alternative.target, alternative.answered_by, alternative.milliseconds)
    assert "there" == state_of(alternative)


def test_what_no_worker_survives_is_given_up_with_the_reason(
    desk: Desk, people: People, release_id: str, unit: Unit, clock: StillClock
) -> None:
    alternative_id = ask(desk, people, release_id, unit.id)
    for _ in range(MAX_CLAIMS):
        claimed(desk, alternative_id)
        clock.forward(seconds=DRAFT_LEASE_SECONDS)

    assert act(desk, DESK, claim_alternative, alternative_id) is None

    alternative = stored(desk, alternative_id)
    assert alternative is not None
    assert ("failed", ["workers_failed"]) == (state_of(alternative), [it["reason"] for it in alternative.outcomes])
    assert () == act(desk, DESK, find_due).alternatives


def test_a_worker_is_told_the_unit_alone_and_whom_not_to_ask(
    desk: Desk, people: People, release_id: str, unit: Unit
) -> None:
    answered(desk, people, release_id, unit.id)

    work = claimed(desk, ask(desk, people, release_id, unit.id))

    assert [unit.id] == [segment.unit_id for segment in work.draft.segments]
    assert (None, "libretranslate", frozenset({"deepl"})) == (work.engine, work.present, work.answered)
    assert work.draft.anew


@pytest.mark.parametrize("engine, asked", [(None, True), ("deepl", False)])
def test_the_memory_speaks_only_where_no_engine_was_named(
    desk: Desk, people: People, *, engine: str | None, asked: bool
) -> None:
    release_id = drafted(desk, people, targets=("fr",))
    unit = text_of(desk, release_id, "fr").units[0]

    work_given = claimed(desk, ask(desk, people, release_id, unit.id, engine))

    assert (asked, {unit.target}) == (work_given.draft.memory, work_given.draft.present)


@pytest.mark.parametrize("confidential, hours", [(True, 0), (False, 1)])
def test_a_secret_text_is_told_as_one(
    desk: Desk, people: People, clock: StillClock, *, confidential: bool, hours: int
) -> None:
    embargo_at = clock.moment + timedelta(hours=hours) if hours else None
    release_id = drafted(desk, people, targets=("fr",), embargo_at=embargo_at, confidential=confidential)
    unit = text_of(desk, release_id, "fr").units[0]

    assert claimed(desk, ask(desk, people, release_id, unit.id)).draft.confidential


def test_nobody_to_ask_is_a_reason(desk: Desk, people: People, release_id: str, unit: Unit) -> None:
    reasons = []
    for engine in (None, "deepl"):
        alternative_id = ask(desk, people, release_id, unit.id, engine)
        token = claimed(desk, alternative_id).draft.token
        act(desk, DESK, save_alternative, alternative_id, token, DraftResult((), (unit.id,), ()))
        alternative = stored(desk, alternative_id)
        assert alternative is not None
        reasons += [(it["engine"], it["reason"]) for it in alternative.outcomes]

    assert [("desk", "no_other_engine"), ("deepl", "no_such_engine")] == reasons


def test_a_source_that_changes_while_an_engine_drafts_leaves_nothing_behind(
    desk: Desk, people: People, release_id: str
) -> None:
    unit = text_of(desk, release_id, "fr").units[-2]
    alternative_id = ask(desk, people, release_id, unit.id)
    token = claimed(desk, alternative_id).draft.token

    revise(desk, people.author, release_id, TEXT.replace("25 miljoen", "27 miljoen"))

    assert not act(desk, DESK, save_alternative, alternative_id, token, result(unit.id))
    assert stored(desk, alternative_id) is None


def test_a_release_that_was_withdrawn_is_shown_to_nobody(
    desk: Desk, people: People, release_id: str, unit: Unit
) -> None:
    alternative_id = ask(desk, people, release_id, unit.id)
    act(desk, people.publisher, withdraw_release, release_id, "It was wrong.")

    assert act(desk, DESK, claim_alternative, alternative_id) is None
    assert stored(desk, alternative_id) is None


def test_one_that_is_left_is_gone_and_its_worker_writes_nothing(
    desk: Desk, people: People, release_id: str, unit: Unit
) -> None:
    alternative_id = ask(desk, people, release_id, unit.id)
    token = claimed(desk, alternative_id).draft.token

    act(desk, people.reviewer, leave_alternative, release_id, "fr", unit.id, alternative_id)

    assert not act(desk, DESK, save_alternative, alternative_id, token, result(unit.id))
    assert stored(desk, alternative_id) is None
