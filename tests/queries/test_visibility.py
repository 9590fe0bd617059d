from __future__ import annotations

import pytest

from service.domain.errors import NotAllowed, NotFound
from service.domain.permissions import DESK, NOBODY, Actor, Grant, Role, Scope
from service.queries.audit import entries
from service.queries.queue import queue
from service.queries.releases import release_row, release_rows, version_row
from service.uow import Desk
from tests.desk_fixtures import People
from tests.operations.steps import drafted

# What each sees of three releases: the author's in French, the author's in German and English, the other's in French.
TABLE = """
who              own_fr own_de_en other_fr
author           yes    yes       no
other_author     no     no        yes
reviewer         yes    yes       yes
second_reviewer  yes    yes       yes
french_reviewer  yes    no        yes
publisher        yes    yes       yes
admin            yes    yes       yes
auditor          yes    yes       yes
desk             yes    yes       yes
nobody           no     no        no
write_only_token no     no        no
roleless         no     no        no
"""
HEAD, *ROWS = [line.split() for line in TABLE.strip().splitlines()]


@pytest.fixture
def releases(lite_desk: Desk, lite_people: People) -> dict[str, str]:
    """Three releases, in review, by the names of the table."""
    people = lite_people
    return {
        "own_fr": drafted(lite_desk, people, targets=("fr",)),
        "own_de_en": drafted(lite_desk, people, targets=("de", "en")),
        "other_fr": drafted(lite_desk, with_author(people, people.other_author), targets=("fr",)),
    }


def with_author(people: People, author: Actor) -> People:
    return People(**{**vars(people), "author": author})


def actor(people: People, who: str) -> Actor:
    publisher = people.publisher
    made = {
        "desk": DESK,
        "nobody": NOBODY,
        "write_only_token": Actor(
            publisher.user_id, publisher.name, publisher.grants, scopes=frozenset(Scope) - {Scope.READ}
        ),
        "roleless": Actor(people.author.user_id, "Nobody's role"),
    }
    found: Actor = made.get(who) or getattr(people, who)
    return found


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_each_sees_their_own_part(
    lite_desk: Desk, lite_people: People, releases: dict[str, str], row: list[str]
) -> None:
    who = actor(lite_people, row[0])
    expected = {name for name, cell in zip(HEAD[1:], row[1:], strict=True) if cell == "yes"}
    names = {release_id: name for name, release_id in releases.items()}

    with lite_desk.read() as reading:
        session = reading.session
        listed = {names[found.release.id] for found in release_rows(session, who)}
        queued = {names[found.release_id] for found in queue(session, who, reading.now)}
        single = set()
        for name, release_id in releases.items():
            try:
                single.add(name if release_row(session, who, release_id) else "")
            except NotFound:
                continue

    assert (expected, expected, expected) == (listed, queued, single)


def test_a_reviewer_of_french_has_french_versions_in_the_queue(lite_desk: Desk, lite_people: People) -> None:
    drafted(lite_desk, lite_people)

    with lite_desk.read() as reading:
        french = queue(reading.session, lite_people.french_reviewer, reading.now)
        every = queue(reading.session, lite_people.reviewer, reading.now)

    assert (["fr"], ["de", "en", "fr"]) == (
        [row.locale for row in french],
        sorted(row.locale for row in every),
    )


def test_a_reviewer_who_writes_too_sees_their_own_releases(lite_desk: Desk, lite_people: People) -> None:
    release_id = drafted(lite_desk, lite_people, targets=("de",))
    both = Actor(lite_people.author.user_id, "Both", frozenset({Grant(Role.AUTHOR), Grant(Role.REVIEWER, "fr")}))

    with lite_desk.read() as reading:
        assert release_id == release_row(reading.session, both, release_id).release.id
        assert ["de"] == [row.locale for row in queue(reading.session, both, reading.now)]


def test_what_does_not_exist_reads_as_what_one_may_not_see(lite_desk: Desk, lite_people: People) -> None:
    hidden = drafted(lite_desk, lite_people, targets=("fr",))
    told = []

    with lite_desk.read() as reading:
        for release_id in (hidden, "rel_" + "0" * 22):
            with pytest.raises(NotFound) as refusal:
                version_row(reading.session, lite_people.other_author, release_id, "fr")
            told.append((refusal.value.code, str(refusal.value), refusal.value.facts))

    assert told[0] == told[1]


@pytest.mark.parametrize("who, allowed", [("auditor", True), ("admin", True), ("publisher", False), ("author", False)])
def test_the_audit_is_for_auditors_and_administrators(
    lite_desk: Desk, lite_people: People, who: str, *, allowed: bool
) -> None:
    with lite_desk.read() as reading:
        if allowed:
            assert "user.added" in {row.entry.action for row in entries(reading.session, getattr(lite_people, who))}
            return
        with pytest.raises(NotAllowed):
            entries(reading.session, getattr(lite_people, who))
