from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from service.domain.permissions import Actor
from service.operations.approvals import request_changes
from service.operations.review import claim_version, confirm_all, edit_unit
from service.operations.scheduling import Schedule, reschedule
from service.queries.queue import QueueAsk, QueueCounts, QueueRow, end_of_day, queue, queue_counts
from service.queries.queue_filters import QUEUE_FILTERS
from service.storage.models import DraftJob, FindingRow, Unit
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.making import TEXT, approve, submit, text_of
from tests.operations.steps import act, drafted, version_of


def found(desk: Desk, actor: Actor, which: str = "open", **asked: object) -> list[QueueRow]:
    with desk.read() as reading:
        return queue(reading.session, actor, reading.now, QueueAsk(which=which, **asked))  # type: ignore[arg-type]


def counted(desk: Desk, actor: Actor, q: str | None = None) -> QueueCounts:
    with desk.read() as reading:
        return queue_counts(reading.session, actor, reading.now, q=q)


def locales(rows: list[QueueRow]) -> set[str]:
    return {row.locale for row in rows}


def plan(desk: Desk, people: People, release_id: str, *, embargo: datetime | None, deadline: datetime | None) -> None:
    act(desk, people.publisher, reschedule, release_id, Schedule(embargo_at=embargo, deadline_at=deadline))


def test_the_queue_has_the_soonest_first(desk: Desk, people: People, clock: StillClock) -> None:
    spans = {"late": (9, None), "soon": (None, 2), "first": (5, 1), "whenever": (None, None)}
    ids = {}
    for name, hours in spans.items():
        ids[drafted(desk, people, targets=("fr",))] = name
        embargo, deadline = (clock.moment + timedelta(hours=each) if each else None for each in hours)
        plan(desk, people, list(ids)[-1], embargo=embargo, deadline=deadline)

    assert ["first", "soon", "late", "whenever"] == [ids[row.release_id] for row in found(desk, people.reviewer)]


def _with_error(desk: Desk, release_id: str, locale: str) -> None:
    """Note an error about the first segment, as a check would."""
    unit = text_of(desk, release_id, locale).units[0]
    with desk.begin() as work:
        work.session.add(
            FindingRow(unit_id=unit.id, code="numbers", severity="error", template="!", key="k", rules_revision="r")
        )


@pytest.fixture
def office(desk: Desk, people: People, clock: StillClock) -> dict[str, str]:
    """Versions in French, each of a release of its own that is named after what holds it up."""
    ids = {name: drafted(desk, people, targets=("fr",)) for name in ("plain", "mine", "due", "error", "ready", "back")}
    ids["queued"] = submit(desk, people.author, targets=("fr",))
    ids["approved"] = drafted(desk, people, targets=("fr",))
    ids["failed"] = drafted(desk, people, targets=("fr",))
    act(desk, people.reviewer, claim_version, ids["mine"], "fr")
    plan(desk, people, ids["due"], embargo=None, deadline=clock.moment + timedelta(hours=10, minutes=59))
    plan(desk, people, ids["plain"], embargo=clock.moment + timedelta(hours=11), deadline=None)  # midnight in Brussels
    _with_error(desk, ids["error"], "fr")
    act(desk, people.reviewer, confirm_all, ids["ready"], "fr")
    act(desk, people.publisher, request_changes, ids["back"], "fr", "The tone.")
    approve(desk, people.reviewer, ids["approved"], "fr")
    act(desk, people.reviewer, edit_unit, ids["failed"], "fr", _first(desk, ids["failed"]), row_version=None, target="")
    with desk.begin() as work:
        version = version_of(desk, ids["failed"], "fr").id
        work.session.execute(update(DraftJob).where(DraftJob.version_id == version).values(failed_at=work.now))
    return ids


def _first(desk: Desk, release_id: str) -> str:
    return text_of(desk, release_id, "fr").units[0].id


WAITING = {"plain", "mine", "due", "error", "ready", "back", "queued", "failed"}
EXPECTED = {
    "open": WAITING,
    "mine": {"mine"},
    "unassigned": WAITING - {"mine"},
    "due": {"due"},
    "blocked": {"error", "back", "failed"},
    "failed": {"failed"},
    "ready": {"ready"},
    "approved": {"approved"},
}


def test_each_filter_finds_its_versions_and_counts_them(desk: Desk, people: People, office: dict[str, str]) -> None:
    names = {release_id: name for name, release_id in office.items()}

    rows = {which: found(desk, people.reviewer, which) for which in QUEUE_FILTERS}

    assert {which: {names[row.release_id] for row in each} for which, each in rows.items()} == EXPECTED
    counts = counted(desk, people.reviewer)
    assert {which: counts.of(which) for which in QUEUE_FILTERS} == {w: len(names) for w, names in EXPECTED.items()}
    assert 0 == counts.of("open", "de")
    assert rows["failed"][0].gave_up


def test_what_is_put_aside_or_of_an_older_text_holds_nothing_up(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people, targets=("fr",))
    _with_error(desk, release_id, "fr")
    with desk.begin() as work:
        for finding in work.session.scalars(select(FindingRow)):
            finding.dismissed_at = work.now

    assert [] == found(desk, people.reviewer, "blocked")


def test_a_language_and_words_of_the_title_narrow_the_list_and_its_counts(desk: Desk, people: People) -> None:
    drafted(desk, people)
    drafted(desk, people, text=TEXT.replace("Nieuwe brug", "Oude tunnel"), targets=("fr",))

    rows = found(desk, people.reviewer, locale="fr", q="TUNNEL")

    assert ["Oude tunnel over de Leie opent in mei"] == [row.title for row in rows]
    counts = counted(desk, people.reviewer, "tunnel")
    assert (1, 1, 0) == (counts.of("open"), counts.of("open", "fr"), counts.of("open", "de"))


def test_pages_join_without_gap_or_repeat(desk: Desk, people: People) -> None:
    made = [drafted(desk, people, targets=("fr",)) for _ in range(5)]

    with desk.read() as reading:
        pages = [
            queue(reading.session, people.reviewer, reading.now, QueueAsk(page=page), limit=2) for page in (1, 2, 3, 4)
        ]

    assert [2, 2, 1, 0] == [len(page) for page in pages]
    assert sorted(made) == sorted(row.release_id for page in pages for row in page)


def test_a_claim_shows_until_it_runs_out(desk: Desk, people: People, clock: StillClock) -> None:
    release_id = drafted(desk, people, targets=("fr",))
    act(desk, people.reviewer, claim_version, release_id, "fr")
    held = found(desk, people.second_reviewer)[0]
    clock.forward(hours=4)
    free = found(desk, people.second_reviewer)[0]

    assert ("Reviewer", clock.moment) == (held.holder, held.held_until)
    assert (None, None) == (free.holder, free.held_until)
    assert ([], {"fr"}) == (found(desk, people.reviewer, "mine"), locales(found(desk, people.reviewer, "unassigned")))


def test_reviewers_see_and_count_their_own_languages(desk: Desk, people: People) -> None:
    drafted(desk, people)

    assert {"fr"} == locales(found(desk, people.french_reviewer))
    assert 1 == counted(desk, people.french_reviewer).of("open")
    assert 0 == counted(desk, people.other_author).of("open")
    assert [] == found(desk, people.other_author)


def test_who_wrote_part_of_a_text_is_told(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people, targets=("fr",))
    unit: Unit = text_of(desk, release_id, "fr").units[0]
    act(desk, people.reviewer, edit_unit, release_id, "fr", unit.id, row_version=None, target="Communiqué")

    told = [found(desk, each)[0].wrote_part for each in (people.reviewer, people.second_reviewer)]

    assert [True, False] == told


@pytest.mark.parametrize(
    "now, end",
    [
        (datetime(2026, 3, 2, 12, tzinfo=UTC), datetime(2026, 3, 2, 23, tzinfo=UTC)),
        (datetime(2026, 3, 2, 23, tzinfo=UTC), datetime(2026, 3, 3, 23, tzinfo=UTC)),
        (datetime(2026, 3, 28, 23, 30, tzinfo=UTC), datetime(2026, 3, 29, 22, tzinfo=UTC)),  # a day of 23 hours
        (datetime(2026, 10, 24, 22, 30, tzinfo=UTC), datetime(2026, 10, 25, 23, tzinfo=UTC)),  # a day of 25 hours
    ],
)
def test_a_day_ends_at_midnight_where_the_office_is(now: datetime, end: datetime) -> None:
    assert end == end_of_day(now, "Europe/Brussels")
