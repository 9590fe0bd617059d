from __future__ import annotations

import pytest

from service.queries.releases import release_rows, timeline
from service.queries.upkeep import backlogs
from service.storage.models import Release
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.making import TEXT, submit
from tests.operations.steps import drafted, published


def test_pages_of_releases_join_without_gap_or_repeat(desk: Desk, people: People, clock: StillClock) -> None:
    made = []
    for number in range(7):
        made.append(submit(desk, people.author, targets=("fr",)))
        clock.forward(seconds=number % 2)  # some of one moment
    found: list[str] = []
    after = None
    with desk.read() as reading:
        while page := release_rows(reading.session, people.author, after=after, limit=2):
            found += [row.release.id for row in page]
            after = (page[-1].release.created_at, page[-1].release.id)

    assert sorted(made) == sorted(found)
    assert made[-1] == found[0]


@pytest.mark.parametrize(
    "wanted, expected",
    [
        ({}, {"bridge", "school"}),
        ({"q": "BRUG"}, {"bridge"}),
        ({"q": "100%"}, {"school"}),
        ({"q": "%"}, {"school"}),
        ({"q": "_"}, set()),
        ({"locale": "de"}, {"school"}),
        ({"state": "in_review"}, {"bridge"}),
        ({"state": "in_review", "locale": "de"}, set()),
    ],
)
def test_releases_are_found(desk: Desk, people: People, wanted: dict[str, str], expected: set[str]) -> None:
    title = "Nieuwe brug over de Leie opent in mei"
    ids = {
        drafted(desk, people, targets=("fr",)): "bridge",
        submit(desk, people.author, text=TEXT.replace(title, "School voor 100% groen"), targets=("de",)): "school",
    }

    with desk.read() as reading:
        rows = release_rows(reading.session, people.author, **wanted)

    assert expected == {ids[row.release.id] for row in rows}


def test_counts_tell_how_far_a_version_is(desk: Desk, people: People) -> None:
    approved = published(desk, people, targets=("fr",))
    waiting = submit(desk, people.author, targets=("fr",))

    with desk.read() as reading:
        rows = {row.release.id: row.versions[0].tally for row in release_rows(reading.session, people.author)}

    done, empty = rows[approved], rows[waiting]
    assert done.segments == done.confirmed == done.drafted > 0
    assert (empty.segments, 0, 0) == (empty.empty, empty.drafted, empty.confirmed)


def test_a_time_line_names_who_did_what(desk: Desk, people: People) -> None:
    release_id = published(desk, people, targets=("fr",))

    with desk.read() as reading:
        rows = timeline(reading.session, reading.session.get_one(Release, release_id))

    told = [(row.action, row.name) for row in rows]
    assert ("release.submitted", "Author") == told[-1]
    assert {("version.drafted", None), ("version.approved", "Reviewer"), ("version.published", "Publisher")} < set(told)


def test_the_backlog_tells_what_is_due_and_since_when(desk: Desk, people: People, clock: StillClock) -> None:
    start = clock.moment
    submit(desk, people.author)
    clock.forward(minutes=7)

    with desk.read() as reading:
        found = {row.kind: (row.due, row.oldest) for row in backlogs(reading.session, reading.now)}

    assert {
        "outbox": (1, start),
        "draft": (3, start),
        "alternative": (0, None),
        "publication": (0, None),
        "delivery": (0, None),
        "mail": (0, None),
    } == found
