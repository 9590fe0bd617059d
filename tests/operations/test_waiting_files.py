"""Files between their preview and their taking in: whole, their sender's alone, and not for long."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from service.domain.errors import NotAllowed, NotFound
from service.domain.permissions import DESK, Actor
from service.operations.upkeep import forget_old
from service.operations.waiting_files import close_file, keep_file
from service.queries.waiting_files import Waiting, waiting_file
from service.storage.models import WaitingFile
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.steps import act

CONTENT = b"<tmx>\x00\xff" * 5_000


def keep(desk: Desk, actor: Actor, *, purpose: str = "memory", name: str = "oud.tmx") -> str:
    return act(desk, actor, keep_file, purpose, name=name, content=CONTENT, choices={"source": "nl"})


def kept(desk: Desk, actor: Actor, file_id: str, purpose: str = "memory") -> Waiting:
    with desk.read() as reading:
        return waiting_file(reading.session, actor, purpose, file_id)


def test_a_file_is_read_as_it_was_sent(desk: Desk, people: People) -> None:
    file_id = keep(desk, people.reviewer)

    found = kept(desk, people.reviewer, file_id)

    assert (CONTENT, "oud.tmx", {"source": "nl"}, None) == (
        found.content,
        found.file.name,
        found.file.choices,
        found.file.outcome,
    )


@pytest.mark.parametrize(
    "name, expected",
    [("C:\\oud\\nieuw.tmx", "nieuw.tmx"), ("a/b/../c.tmx", "c.tmx"), ("x" * 300, "x" * 200), ("", "")],
)
def test_a_file_is_known_by_its_name_without_folders(desk: Desk, people: People, name: str, expected: str) -> None:
    assert expected == kept(desk, people.reviewer, keep(desk, people.reviewer, name=name)).file.name


def test_nobody_else_and_nothing_else_gets_it(desk: Desk, people: People) -> None:
    file_id = keep(desk, people.reviewer)

    for actor, purpose in ((people.admin, "memory"), (people.reviewer, "terms"), (DESK, "memory")):
        with pytest.raises(NotFound):
            kept(desk, actor, file_id, purpose)


def test_the_desk_itself_keeps_none(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        keep(desk, DESK)


def test_another_file_of_the_same_kind_takes_its_place(desk: Desk, people: People) -> None:
    for actor, purpose in ((people.reviewer, "memory"), (people.reviewer, "terms"), (people.admin, "memory")):
        keep(desk, actor, purpose=purpose)
    last = keep(desk, people.reviewer)

    with desk.read() as reading:
        files = reading.session.scalars(select(WaitingFile)).all()

    assert {
        ("memory", people.reviewer.user_id),
        ("terms", people.reviewer.user_id),
        ("memory", people.admin.user_id),
    } == {(file.purpose, file.user_id) for file in files}
    assert (3, True) == (len(files), last in {file.id for file in files})


def test_what_came_of_it_stays_and_its_content_goes(desk: Desk, people: People) -> None:
    file_id = keep(desk, people.reviewer)

    act(desk, people.reviewer, close_file, "memory", file_id, {"added": 3})
    act(desk, people.reviewer, close_file, "memory", file_id, {"added": 0})

    found = kept(desk, people.reviewer, file_id)
    assert ({"added": 3}, b"", b"") == (found.file.outcome, found.file.content, found.content)


def test_it_is_forgotten_after_a_day(desk: Desk, people: People, clock: StillClock) -> None:
    file_id = keep(desk, people.reviewer)
    clock.forward(days=1)
    act(desk, DESK, forget_old)
    assert CONTENT == kept(desk, people.reviewer, file_id).content

    clock.forward(seconds=1)
    act(desk, DESK, forget_old)

    with pytest.raises(NotFound):
        kept(desk, people.reviewer, file_id)
