from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import func, select

from service.dispatch import RELAY_TASK, RecordingDispatcher
from service.domain.errors import Invalid, NotAllowed, NotFound, Stale, WrongState
from service.domain.permissions import Actor, Scope
from service.operations.comments import add_comment
from service.operations.publishing import withdraw_release
from service.operations.releases import revise_source, submit_release
from service.operations.scheduling import Schedule, reschedule
from service.queries.audit import first_broken_entry
from service.queries.comments import comments_of
from service.storage.models import DraftJob, Release, SourceRevision
from service.uow import Desk
from tests.desk_fixtures import People, StillClock, make_desk
from tests.operations.making import TEXT, submit, text_of
from tests.operations.steps import act, at_once, drafted, published, release_of, revise, states, submission, topics


def count(desk: Desk, model: type[Any]) -> int:
    with desk.read() as reading:
        return reading.session.scalar(select(func.count()).select_from(model)) or 0


def with_key(desk: Desk, actor: Actor, key: str, request_hash: str = "one") -> tuple[str, bool]:
    release, new = act(desk, actor, submit_release, submission(), key=key, request_hash=request_hash)
    return release.id, new


def test_a_release_starts_with_a_version_for_each_language(desk: Desk, people: People) -> None:
    release_id = submit(desk, people.author)

    assert {"fr": "queued", "de": "queued", "en": "queued"} == states(desk, release_id)
    assert (1, 3, ["release.submitted"]) == (count(desk, SourceRevision), count(desk, DraftJob), topics(desk))
    segments = {len(text_of(desk, release_id, locale).units) for locale in ("fr", "de", "en")}
    assert 1 == len(segments)


def test_a_release_is_not_translated_into_its_own_language(
    lite_people: People, sqlite_url: str, dispatcher: RecordingDispatcher, clock: StillClock
) -> None:
    french = make_desk(sqlite_url, dispatcher, clock, source_locale="fr")

    release_id = submit(french, lite_people.author)

    assert {"de": "queued", "en": "queued"} == states(french, release_id)
    french.database.dispose()


def test_the_workers_are_nudged_after_the_commit(desk: Desk, people: People, dispatcher: RecordingDispatcher) -> None:
    dispatcher.sent.clear()

    submit(desk, people.author)

    assert [(RELAY_TASK,)] == dispatcher.sent


@pytest.mark.parametrize(
    "change, code",
    [
        ({"targets": ("es",)}, "unknown_target"),
        ({"targets": ("french",)}, "bad_locale"),
        ({"targets": ()}, "no_target"),
        ({"targets": ("fr", "NL")}, "source_as_target"),
        ({"publish": "never"}, "bad_publish"),
    ],
)
def test_what_the_office_does_not_do_is_refused(desk: Desk, people: People, change: dict[str, Any], code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        submit(desk, people.author, **change)

    assert (code, 0) == (refusal.value.code, count(desk, Release))


def test_the_same_key_gives_the_first_release_again(desk: Desk, people: People) -> None:
    first = with_key(desk, people.author, "key-1")
    second = with_key(desk, people.author, "key-1")

    assert ((first[0], True), (first[0], False), 1) == (first, second, count(desk, Release))


def test_the_same_key_at_once_makes_one_release(desk: Desk, people: People) -> None:
    results = at_once(*[partial(with_key, desk, people.author, "key-1")] * 8)

    assert 1 == len({result[0] for result in results}), results
    assert [False] * 7 + [True] == sorted(result[1] for result in results)
    assert 1 == count(desk, Release)


def test_the_same_key_for_another_text_is_refused(desk: Desk, people: People) -> None:
    with_key(desk, people.author, "key-1")

    with pytest.raises(Invalid) as refusal:
        with_key(desk, people.author, "key-1", "another")

    assert "key_reused" == refusal.value.code


def test_a_key_belongs_to_one_person(desk: Desk, people: People) -> None:
    first = with_key(desk, people.author, "key-1")
    second = with_key(desk, people.other_author, "key-1", "another")

    assert (True, True) == (first[1], second[1])
    assert first[0] != second[0]


@pytest.mark.parametrize("key", ["", "k" * 256])
def test_a_key_has_a_length(lite_desk: Desk, lite_people: People, key: str) -> None:
    with pytest.raises(Invalid):
        with_key(lite_desk, lite_people.author, key)


@pytest.mark.parametrize("who", ["reviewer", "publisher", "admin", "auditor"])
def test_submitting_is_for_authors(lite_desk: Desk, lite_people: People, who: str) -> None:
    with pytest.raises(NotAllowed):
        submit(lite_desk, getattr(lite_people, who))


def test_revising_is_for_the_author_and_publishers(desk: Desk, people: People) -> None:
    release_id = submit(desk, people.author)

    for who, error in ((people.other_author, NotFound), (people.reviewer, NotAllowed), (people.admin, NotAllowed)):
        with pytest.raises(error):
            revise(desk, who, release_id, TEXT + "\nMeer.\n")
    revise(desk, people.publisher, release_id, TEXT + "\nMeer.\n")

    assert 2 == release_of(desk, release_id).revision


def test_a_stale_revision_is_refused_and_of_two_at_once_one_wins(desk: Desk, people: People) -> None:
    release_id = submit(desk, people.author)
    seen = release_of(desk, release_id).row_version

    results = at_once(
        *[
            partial(
                act,
                desk,
                who,
                revise_source,
                release_id,
                submission(TEXT + f"\nVersie van {who.name}.\n"),
                row_version=seen,
            )
            for who in (people.author, people.publisher)
        ]
    )

    assert ["Release", "Stale"] == sorted(type(result).__name__ for result in results)
    assert 2 == count(desk, SourceRevision)
    with pytest.raises(Stale):
        act(desk, people.author, revise_source, release_id, submission(), row_version=seen)


def test_a_withdrawn_release_has_no_further_source(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people, targets=("fr",))
    act(desk, people.publisher, withdraw_release, release_id, "Vervallen.")

    with pytest.raises(WrongState):
        revise(desk, people.author, release_id, TEXT + "\nMeer.\n")


def test_a_schedule_changes_in_parts(desk: Desk, people: People, clock: StillClock) -> None:
    hour = clock.moment + timedelta(hours=5)
    release_id = submit(desk, people.author, embargo_at=hour, deadline_at=hour)

    act(desk, people.author, reschedule, release_id, Schedule(clear_embargo=True, confidential=True))

    release = release_of(desk, release_id)
    assert (None, hour, True, "together") == (
        release.embargo_at,
        release.deadline_at,
        release.confidential,
        release.publish,
    )


def test_a_schedule_is_fixed_once_the_release_has_left(desk: Desk, people: People, clock: StillClock) -> None:
    release_id = published(desk, people, targets=("fr",))

    with pytest.raises(WrongState):
        act(desk, people.publisher, reschedule, release_id, Schedule(embargo_at=clock.moment + timedelta(hours=1)))


def test_whoever_sees_a_release_may_comment(desk: Desk, people: People) -> None:
    release_id = submit(desk, people.author)
    unit = text_of(desk, release_id, "fr").units[0]
    act(desk, people.reviewer, add_comment, release_id, " Welke brug? ", locale="fr", unit_id=unit.id)
    act(desk, people.author, add_comment, release_id, "De nieuwe.")

    with pytest.raises(NotFound):
        act(desk, people.other_author, add_comment, release_id, "Hallo")

    with desk.read() as reading:
        found = comments_of(reading.session, reading.session.get_one(Release, release_id))
    assert {("Welke brug?", "Reviewer", "fr"), ("De nieuwe.", "Author", None)} == {
        (row.comment.body, row.name, row.locale) for row in found
    }


@pytest.mark.parametrize(
    "body, about, code",
    [
        ("", {}, "bad_comment"),
        ("x" * 10_001, {}, "bad_comment"),
        ("Hallo", {"locale": "es"}, "unknown_locale"),
        ("Hallo", {"unit_id": "unt_of_nobody"}, "unknown_unit"),
    ],
)
def test_a_comment_about_nothing_is_refused(
    desk: Desk, people: People, body: str, about: dict[str, str], code: str
) -> None:
    release_id = submit(desk, people.author)

    with pytest.raises(Invalid) as refusal:
        act(desk, people.author, add_comment, release_id, body, **about)

    assert code == refusal.value.code


def test_a_token_that_only_reads_cannot_comment(lite_desk: Desk, lite_people: People) -> None:
    release_id = submit(lite_desk, lite_people.author)
    author = lite_people.author
    reading = Actor(author.user_id, author.name, author.grants, scopes=frozenset({Scope.READ}))

    with pytest.raises(NotAllowed):
        act(lite_desk, reading, add_comment, release_id, "Hallo")


def test_the_audit_of_a_busy_desk_is_whole(desk: Desk, people: People) -> None:
    at_once(*[partial(submit, desk, people.author)] * 6)

    with desk.read() as reading:
        assert first_broken_entry(reading.session) is None
    assert 6 == count(desk, Release)
