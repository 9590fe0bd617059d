from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from sqlalchemy import func, select

from service.domain.errors import DeskError
from service.operations.approvals import reopen_version
from service.operations.memory_keeping import retire_unit
from service.operations.publishing import request_publication, withdraw_release
from service.queries.audit import first_broken_entry
from service.storage.models import MemoryPosting, MemorySource, MemoryUnit
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.making import TEXT
from tests.operations.memory_audit import audit_memory
from tests.operations.memory_steps import list_all
from tests.operations.steps import act, approve_present, at_once, drafted, revise, states
from workers.tasks.remembering import keep

AT_ONCE = 20
CLOSING = "\nOver de gemeente\n\nDe gemeente werkt elke dag aan veilige straten. Meer weten? Bel het onthaal.\n"


@pytest.fixture(autouse=True)
def _whole_memory(desk: Desk) -> Iterator[None]:
    """Look, after every test, whether the memory and the audit are whole."""
    yield
    with desk.read() as reading:
        audit_memory(reading.session)
        assert first_broken_entry(reading.session) is None


def text_number(number: int) -> str:
    """Return a text that shares its closing with all others, some sentences with a few, and one with none."""
    numbered = TEXT.replace("25 miljoen", f"{25 + number % 4} miljoen").replace("14 mei", f"{1 + number} mei")
    return numbered + CLOSING


def ready(desk: Desk, people: People, number: int) -> str:
    return drafted(desk, people, targets=("fr",), text=text_number(number))


def unexpected(results: list[Any]) -> list[Exception]:
    """Return what is neither a result nor an error that a person can act on: a deadlock, a broken constraint."""
    return [result for result in results if isinstance(result, Exception) and not isinstance(result, DeskError)]


def rows(desk: Desk, model: type[MemoryUnit | MemorySource | MemoryPosting]) -> int:
    with desk.read() as reading:
        return reading.session.scalar(select(func.count()).select_from(model)) or 0


def test_twenty_approvals_at_once_put_every_unit_in_once(desk: Desk, people: People) -> None:
    releases = [ready(desk, people, number) for number in range(AT_ONCE)]

    results = at_once(*(partial(approve_present, desk, people.reviewer, each, "fr") for each in releases))

    with desk.read() as reading:
        sources = set(reading.session.scalars(select(MemorySource.source)))
        shared = reading.session.scalar(
            select(func.count(MemoryUnit.id)).join(MemorySource).where(MemorySource.source == "Bel het onthaal.")
        )
    assert [None] * AT_ONCE == results
    assert ["approved"] * AT_ONCE == [states(desk, each)["fr"] for each in releases]
    assert AT_ONCE == shared
    assert {f"De brug kostte {number} miljoen euro." for number in (25, 26, 27, 28)} <= sources


def test_the_same_text_in_three_languages_at_once_is_one_source(desk: Desk, people: People) -> None:
    releases = [drafted(desk, people) for _ in range(3)]

    results = at_once(
        *(
            partial(approve_present, desk, people.reviewer, each, locale)
            for each in releases
            for locale in ("fr", "de", "en")
        )
    )

    units, sources = rows(desk, MemoryUnit), rows(desk, MemorySource)
    assert [None] * 9 == results
    assert (9 * sources, True) == (units, sources > 0)


def test_the_same_approval_twice_at_once_is_one(desk: Desk, people: People) -> None:
    release_id = ready(desk, people, 0)

    results = at_once(*(partial(approve_present, desk, people.reviewer, release_id, "fr") for _ in range(4)))

    assert [] == unexpected(results)
    assert rows(desk, MemoryUnit) == rows(desk, MemorySource) > 0


def test_approvals_beside_what_takes_back_never_wait_in_a_ring(desk: Desk, people: People, clock: StillClock) -> None:
    releases = [ready(desk, people, number) for number in range(AT_ONCE)]
    for release_id in releases[:15]:
        approve_present(desk, people.reviewer, release_id, "fr")
    for release_id in releases[10:15]:
        act(desk, people.publisher, request_publication, release_id)
    clock.forward(minutes=1)

    results = at_once(
        *(partial(approve_present, desk, people.reviewer, each, "fr") for each in releases[15:]),
        *(partial(act, desk, people.publisher, reopen_version, each, "fr", "Een fout.") for each in releases[:4]),
        *(partial(act, desk, people.publisher, withdraw_release, each, "Een fout.") for each in releases[4:7]),
        *(partial(act, desk, people.publisher, withdraw_release, each, "Een fout.") for each in releases[10:12]),
        *(partial(act, desk, people.publisher, reopen_version, each, "fr", "Een fout.") for each in releases[12:13]),
        *(partial(act, desk, people.publisher, request_publication, each) for each in releases[7:9]),
        *(partial(revise, desk, people.author, each, text_number(40)) for each in (releases[9], releases[13])),
        partial(list_all, desk),
    )

    with desk.read() as reading:
        there = set(reading.session.scalars(select(MemoryUnit.release_id)))
    assert [] == [each for each in results if isinstance(each, Exception)]
    assert {*releases[15:], *releases[7:9], *releases[13:15]} == there


def test_what_races_for_one_text_leaves_all_of_it_or_nothing(desk: Desk, people: People) -> None:
    for number in range(10):
        release_id, other = ready(desk, people, number), ready(desk, people, number)
        approve_present(desk, people.reviewer, other, "fr")

        results = at_once(
            partial(approve_present, desk, people.reviewer, release_id, "fr"),
            partial(act, desk, people.publisher, reopen_version, other, "fr", "Een fout."),
            partial(act, desk, people.publisher, withdraw_release, release_id, "Een fout."),
            partial(list_all, desk),
        )

        assert [] == unexpected(results)
        with desk.read() as reading:
            audit_memory(reading.session)
            assert 0 == reading.session.scalar(select(func.count(MemoryUnit.id)))
        assert 0 == rows(desk, MemoryPosting)


def test_publishing_what_somebody_retires_never_waits_in_a_ring(desk: Desk, people: People) -> None:
    releases = [ready(desk, people, number) for number in range(6)]
    for release_id in releases:
        approve_present(desk, people.reviewer, release_id, "fr")
    with desk.read() as reading:
        units = reading.session.scalars(select(MemoryUnit.id).where(MemoryUnit.release_id == releases[0])).all()

    results = at_once(
        *(partial(act, desk, people.publisher, request_publication, each) for each in releases),
        *(partial(act, desk, people.admin, retire_unit, each, "Verouderd.", None) for each in units),
        partial(keep, desk, seconds=60.0),
    )

    with desk.read() as reading:
        closed = reading.session.scalars(select(MemoryUnit).where(MemoryUnit.public.is_(False))).all()
        retired = reading.session.scalars(select(MemoryUnit.id).where(MemoryUnit.retired_at.is_not(None))).all()
    assert [] == [each for each in results if isinstance(each, Exception)]
    assert ([], sorted(units)) == (closed, sorted(retired))
