"""Threads, mentions, questions to the author, and who is told of them."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from service.domain.errors import Invalid, NotFound
from service.domain.permissions import Actor
from service.operations.comments import add_comment, resolve_comment
from service.queries.comments import Thread, mentionable, open_threads, threads_of
from service.queries.releases import release_rows
from service.storage.models import AuditEntry, Notice, Release
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.making import text_of
from tests.operations.steps import act, drafted, version_of


def say(desk: Desk, who: Actor, release_id: str, body: str, **rest: Any) -> str:
    with desk.begin(who) as work:
        return add_comment(work, release_id, body, **rest).id


def threads(desk: Desk, release_id: str) -> list[Thread]:
    with desk.read() as reading:
        return threads_of(reading.session, reading.session.get_one(Release, release_id))


def told(desk: Desk, *kinds: str) -> set[tuple[str, str | None]]:
    """Return who is told of what, without what the drafts led to."""
    with desk.read() as reading:
        rows = reading.session.scalars(select(Notice).where(Notice.kind.in_(kinds)))
        return {(row.kind, row.user_id) for row in rows}


def test_a_reply_belongs_to_its_thread_which_ends_and_opens_again(
    desk: Desk, people: People, clock: StillClock
) -> None:
    release_id = drafted(desk, people)
    unit = text_of(desk, release_id, "fr").units[1].id
    first = say(desk, people.reviewer, release_id, "Welke brug?", unit_id=unit)
    reply = say(desk, people.author, release_id, "De nieuwe.", reply_to=first)
    clock.forward(seconds=1)
    say(desk, people.french_reviewer, release_id, "Merci.", reply_to=reply)

    act(desk, people.reviewer, resolve_comment, release_id, reply)
    (thread,) = threads(desk, release_id)
    assert ["De nieuwe.", "Merci."] == [row.comment.body for row in thread.replies]
    assert ("fr", 2, False, "Reviewer") == (thread.first.locale, thread.first.n, thread.open, thread.first.resolved_by)
    assert {first} == {row.comment.reply_to for row in thread.replies}

    act(desk, people.reviewer, resolve_comment, release_id, first, resolved=False)
    act(desk, people.reviewer, resolve_comment, release_id, first, resolved=False)
    assert threads(desk, release_id)[0].open
    act(desk, people.reviewer, resolve_comment, release_id, first)
    say(desk, people.author, release_id, "Toch niet.", reply_to=first)
    assert threads(desk, release_id)[0].open, "who speaks on opens the thread again"
    with desk.read() as reading:
        acts = list(reading.session.scalars(select(AuditEntry.action).where(AuditEntry.action.startswith("comment."))))
    assert (4, 2, 2) == tuple(acts.count(f"comment.{act}") for act in ("added", "resolved", "reopened"))


def test_open_threads_are_counted_for_each_version(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people)
    first = say(desk, people.reviewer, release_id, "Een", locale="fr")
    say(desk, people.reviewer, release_id, "Twee", locale="fr")
    say(desk, people.reviewer, release_id, "Drie", reply_to=first)
    say(desk, people.reviewer, release_id, "Over alles")
    act(desk, people.reviewer, resolve_comment, release_id, first)

    french, german = (version_of(desk, release_id, locale).id for locale in ("fr", "de"))
    with desk.read() as reading:
        assert {french: 1} == open_threads(reading.session, [french, german])


@pytest.mark.parametrize(
    "about, code",
    [
        ({"unit_id": "other"}, "unknown_unit"),
        ({"unit_id": "german", "locale": "fr"}, "unknown_unit"),
        ({"reply_to": "other_thread"}, "unknown_comment"),
        ({"reply_to": "com_of_nobody"}, "unknown_comment"),
        ({"reply_to": "thread", "locale": "de"}, "other_thread"),
    ],
)
def test_nothing_is_said_about_another_release(desk: Desk, people: People, about: dict[str, str], code: str) -> None:
    release_id, other = drafted(desk, people), drafted(desk, people)
    names = {
        "other": text_of(desk, other, "fr").units[0].id,
        "german": text_of(desk, release_id, "de").units[0].id,
        "other_thread": say(desk, people.reviewer, other, "Elders"),
        "thread": say(desk, people.reviewer, release_id, "Hier", locale="fr"),
    }

    with pytest.raises(Invalid) as refusal:
        say(
            desk, people.reviewer, release_id, "Hallo", **{key: names.get(value, value) for key, value in about.items()}
        )

    assert code == refusal.value.code
    with pytest.raises(NotFound):
        act(desk, people.reviewer, resolve_comment, release_id, names["other_thread"])


def test_who_is_named_or_chosen_is_told_once_and_nobody_else(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people)

    say(
        desk,
        people.reviewer,
        release_id,
        "@french reviewer en @Reviewer: mail naar pers@author.example, @French Reviewer.",
        tell_also=["author@office.example", people.publisher.user_id or ""],
    )

    expected = {people.french_reviewer.user_id, people.author.user_id, people.publisher.user_id}
    assert {("mentioned", user_id) for user_id in expected} == told(desk, "mentioned", "question", "answer")
    (thread,) = threads(desk, release_id)
    assert ("Author", "French Reviewer", "Publisher", "Reviewer") == thread.first.mentions


@pytest.mark.parametrize(
    "body, rest, code",
    [
        ("@Other Author, kijk eens.", {}, "not_mentionable"),
        ("@Frans Niemand, kijk eens.", {}, "unknown_mention"),
        ("Kijk eens.", {"tell_also": ["other_author@office.example"]}, "not_mentionable"),
        ("Kijk eens.", {"tell_also": ["usr_of_nobody"]}, "not_mentionable"),
    ],
)
def test_nobody_is_told_of_a_release_that_they_may_not_see(
    desk: Desk, people: People, body: str, rest: dict[str, Any], code: str
) -> None:
    release_id = drafted(desk, people)

    with pytest.raises(Invalid) as refusal:
        say(desk, people.reviewer, release_id, body, **rest)

    assert (code, set(), []) == (refusal.value.code, told(desk, "mentioned"), threads(desk, release_id))


def test_those_who_can_be_named_are_those_who_see_the_release(desk: Desk, people: People) -> None:
    releases = [drafted(desk, people), drafted(desk, people, targets=("de",))]

    for release_id in releases:
        with desk.read() as reading:
            named = {row.id for row in mentionable(reading.session, release_id)}
            everybody = [getattr(people, name) for name in People.__dataclass_fields__ if name != "passwords"]
            seeing = {
                person.user_id
                for person in everybody
                if release_id in {row.release.id for row in release_rows(reading.session, person)}
            }
        assert seeing == named


def test_a_question_waits_until_its_author_answers(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people)
    author = people.author.user_id
    question = say(desk, people.french_reviewer, release_id, "Welke brug?", locale="fr", for_author=True)
    assert {("question", author)} == told(desk, "question", "answer", "mentioned")
    assert threads(desk, release_id)[0].waits_for(author)

    say(desk, people.reviewer, release_id, "Dat vraag ik me ook af.", reply_to=question)
    assert threads(desk, release_id)[0].waits_for(author)
    assert {("answer", people.french_reviewer.user_id), ("answer", author)} == told(desk, "answer")

    say(desk, people.author, release_id, "De nieuwe.", reply_to=question)
    assert not threads(desk, release_id)[0].waits_for(author)
    assert ("answer", people.reviewer.user_id) in told(desk, "answer")
