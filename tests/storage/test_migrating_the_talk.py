"""What people said before comments were threads, and people before they could choose their mail."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from service.dispatch import RecordingDispatcher
from service.domain.text import CodedText
from service.operations.accounts import add_user
from service.operations.comments import add_comment, resolve_comment
from service.queries.accounts import actor_for
from service.queries.comments import threads_of
from service.storage.models import Release, User
from service.uow import Desk
from tests.desk_fixtures import StillClock, make_desk
from tests.operations.steps import act
from tests.storage.old_desks import MOMENT, OldDesk, upgrade

BEFORE = "0004"


@pytest.fixture
def desk(old_url: str) -> Iterator[Desk]:
    """A desk that was carried over with three comments: on a release, on a version, on a unit."""
    old = OldDesk(old_url)
    old.segment(1, 0, CodedText("De brug opent."))
    old.put(
        "unit", id="unt_1", version_id="ver_1_fr", segment_id="seg_1_0", target="Le pont ouvre.", state="translated"
    )
    said = {"release_id": "rel_1", "user_id": "usr_reviewer", "at": MOMENT}
    old.put("comment", id="com_1", body="Over alles", **said)
    old.put("comment", id="com_2", body="Over het Frans", version_id="ver_1_fr", **said)
    old.put("comment", id="com_3", body="Over de zin", version_id="ver_1_fr", unit_id="unt_1", **said)
    old.database.dispose()
    upgrade(old_url, "head")
    made = make_desk(old_url, RecordingDispatcher(), StillClock())
    yield made
    made.database.dispose()


def test_each_comment_is_an_open_thread_about_what_it_was_about(desk: Desk) -> None:
    with desk.read() as reading:
        threads = threads_of(reading.session, reading.session.get_one(Release, "rel_1"))

    assert [("Over alles", None, None), ("Over het Frans", "fr", None), ("Over de zin", "fr", 1)] == [
        (thread.first.comment.body, thread.first.locale, thread.first.n) for thread in threads
    ]
    assert {(True, False, MOMENT, ())} == {
        (thread.open, thread.first.comment.for_author, thread.first.comment.at, thread.replies) for thread in threads
    }


def test_people_talk_on_in_threads_of_before(desk: Desk) -> None:
    with desk.begin() as work:
        user = add_user(work, email="new@office.example", name="New", roles=["reviewer"], locales=[])
        reviewer = actor_for(user, via="web")
    act(desk, reviewer, add_comment, "rel_1", "Dat klopt.", reply_to="com_3")
    act(desk, reviewer, resolve_comment, "rel_1", "com_3")

    with desk.read() as reading:
        last = threads_of(reading.session, reading.session.get_one(Release, "rel_1"))[-1]
    assert (False, ["Dat klopt."]) == (last.open, [reply.comment.body for reply in last.replies])


def test_everybody_gets_mail_at_once_until_they_choose(desk: Desk) -> None:
    with desk.read() as reading:
        user = reading.session.get_one(User, "usr_reviewer")

    assert ("at_once", [], True) == (user.mail, user.mail_without, user.shortcuts)
