"""Noting who read a text: sittings, the time before, what nobody may see; on both databases."""

from __future__ import annotations

import pytest

from service.domain.errors import NotFound
from service.operations.looks import note_look
from service.queries.past_texts import look_before
from service.storage.models import AuditEntry, Look
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.steps import act, at_once, drafted, version_of


@pytest.fixture
def release_id(desk: Desk, people: People) -> str:
    """A release in review in French."""
    return drafted(desk, people, targets=("fr",))


def _look(desk: Desk, people: People, release_id: str) -> Look:
    version = version_of(desk, release_id, "fr")
    with desk.read() as reading:
        return reading.session.get_one(Look, (people.reviewer.user_id, version.id))


def test_the_first_look_has_nothing_before_it(desk: Desk, people: People, release_id: str, clock: StillClock) -> None:
    act(desk, people.reviewer, note_look, release_id, "fr")

    look = _look(desk, people, release_id)
    assert (clock.moment, None) == (look.at, look.before)


def test_looks_within_half_an_hour_are_one_sitting(
    desk: Desk, people: People, release_id: str, clock: StillClock
) -> None:
    first = clock.moment
    act(desk, people.reviewer, note_look, release_id, "fr")
    clock.forward(minutes=31)
    for _ in range(3):
        last = clock.forward(minutes=29)
        act(desk, people.reviewer, note_look, release_id, "fr")

    look = _look(desk, people, release_id)
    assert (last, first) == (look.at, look.before)


def test_each_person_has_looks_of_their_own_and_no_trace_stays_in_the_audit(
    desk: Desk, people: People, release_id: str, clock: StillClock
) -> None:
    version = version_of(desk, release_id, "fr")
    for _ in range(2):
        act(desk, people.reviewer, note_look, release_id, "fr")
        clock.forward(hours=1)
    act(desk, people.publisher, note_look, release_id, "fr")

    with desk.read() as reading:
        assert look_before(reading.session, version, people.publisher.user_id) is None
        assert look_before(reading.session, version, people.reviewer.user_id) is not None
        assert not reading.session.query(AuditEntry).filter(AuditEntry.action.contains("look")).count()


def test_two_first_looks_at_once_are_one(desk: Desk, people: People, release_id: str) -> None:
    def look() -> None:
        act(desk, people.reviewer, note_look, release_id, "fr")

    assert [None, None] == at_once(look, look)


@pytest.mark.parametrize("locale", ["fr", "de"])
def test_who_may_not_see_the_version_is_told_that_there_is_none(
    desk: Desk, people: People, release_id: str, locale: str
) -> None:
    someone = people.other_author if locale == "fr" else people.reviewer

    with pytest.raises(NotFound):
        act(desk, someone, note_look, release_id, locale)
