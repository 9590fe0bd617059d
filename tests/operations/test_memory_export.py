from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from service.queries.memory_export import last_source, public_memory
from service.storage.models import MemoryUnit
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.making import approve, text_of
from tests.operations.memory_importing import UNITS, many, take
from tests.operations.steps import drafted, published


def exported(desk: Desk) -> list[tuple[str, list[tuple[str, str]]]]:
    with desk.read() as reading:
        return [
            (kept.source.text, [(it.target.locale, it.target.target) for it in kept.targets])
            for kept in public_memory(reading.session)
        ]


def test_only_what_is_public_leaves_by_a_file(desk: Desk, people: People, clock: StillClock) -> None:
    approve(desk, people.reviewer, drafted(desk, people, targets=("fr",)))
    secret = drafted(desk, people, targets=("fr",), embargo_at=clock.moment + timedelta(hours=1))
    approve(desk, people.reviewer, secret)
    before = exported(desk)
    release_id = published(desk, people, targets=("de",))

    after = exported(desk)

    german = [(unit.target) for unit in text_of(desk, release_id, "de").units]
    assert ([], {"de"}) == (before, {locale for _, targets in after for locale, _ in targets})
    assert sorted(german) == sorted(target for _, targets in after for _, target in targets)


def test_what_was_taken_out_does_not_leave(desk: Desk, people: People, clock: StillClock) -> None:
    take(desk, people.admin, UNITS)
    with desk.begin() as work:
        gone = update(MemoryUnit).where(MemoryUnit.target_locale == "fr").values(retired_at=clock.moment)
        work.session.execute(gone)

    assert [("De {1}brug{/1} is open.", [("de", "Die {1}Brücke{/1} ist offen.")])] == exported(desk)


def test_a_long_memory_leaves_source_by_source(desk: Desk, people: People) -> None:
    take(desk, people.admin, [*UNITS, *many(1_100)])
    told: list[int] = []

    with desk.read() as reading:
        kept = list(public_memory(reading.session, progress=told.append))
        last = last_source(reading.session)

    assert (1_102, 2, {"old.tmx"}) == (
        len(kept),
        len(kept[0].targets),
        {target.provenance.collection for one in kept for target in one.targets},
    )
    assert (True, True) == (told == sorted(told) and len(told) == 2, told[-1] <= last)
