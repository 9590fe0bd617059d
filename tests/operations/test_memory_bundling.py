from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import cast

import numpy as np
import pytest
from sqlalchemy import Table, delete, func, select
from sqlalchemy.orm import Session

from service.domain.matching.bundles import FULL, MOST, cut, packed, unpacked, without
from service.domain.matching.postings import KeyRange
from service.domain.memory_files import FiledTarget, FiledUnit
from service.domain.text import CodedText
from service.operations.memory_bundling import take_out
from service.operations.memory_filing import bundle_some, drop_unused, lock_memory
from service.operations.memory_import import MemoryImport
from service.queries import memory_postings
from service.queries.memory_candidates import alike_sources
from service.queries.memory_postings import READ_A_RANGE, read_postings, room_for_loose
from service.storage.bulk import write_rows
from service.storage.models import MemoryBundle, MemoryPosting, MemorySource, MemoryUnit
from service.uow import Desk
from tests.operations.memory_audit import audit_filing, filed
from tests.operations.memory_filling import EVERYTHING, fill, locales_of
from tests.operations.steps import at_once
from tests.press_sentences import sentence
from workers.tasks import remembering
from workers.tasks.remembering import keep

KEY, NEXT = 7 << 8, (7 << 8) + 1
FEW = 300
LEFT = 10  # postings that stand by themselves for ever


def loose(desk: Desk) -> int:
    with desk.read() as reading:
        return reading.session.scalar(select(func.count()).select_from(MemoryPosting)) or 0


def bundles(desk: Desk, key: int = KEY) -> list[int]:
    """Return how many sources each bundle of a key holds, the one that grows first."""
    rows = select(MemoryBundle.source_ids).where(MemoryBundle.key == key).order_by(MemoryBundle.first_id)
    with desk.read() as reading:
        return [len(unpacked(each)) for each in reading.session.scalars(rows)]


def add(desk: Desk, numbers: range, key: int = KEY) -> None:
    with desk.begin() as work:
        table = cast("Table", MemoryPosting.__table__)
        write_rows(work.session, table, ("key", "source_id"), [(key, number) for number in numbers])


def some(desk: Desk, limit: int = 1_000) -> bool:
    with desk.begin() as work:
        return bundle_some(work, limit=limit, but=0)


def bundle_all(desk: Desk, limit: int = 1_000) -> None:
    while some(desk, limit):
        pass


def remove(desk: Desk, *postings: tuple[int, int]) -> None:
    with desk.begin() as work:
        take_out(work.session, postings)


def read(desk: Desk, first: int = KEY, last: int = KEY) -> list[int]:
    with desk.read() as reading:
        return sorted(read_postings(reading.session, [KeyRange(first, last)], "nl").source_ids.tolist())


def found(desk: Desk, numbers: range) -> list[bool]:
    """Tell of each sentence whether it is found by one that is a word longer."""
    with desk.read() as reading:
        return [
            sentence(number)
            in {
                each.source.text
                for each in alike_sources(
                    reading.session,
                    CodedText(f"Vandaag: {sentence(number)}"),
                    "nl",
                    locales_of(number)[-1],
                    EVERYTHING,
                )
            }
            for number in numbers
        ]


def audited(desk: Desk) -> None:
    with desk.read() as reading:
        audit_filing(reading.session)


@pytest.fixture
def _few_are_many(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Call thirty postings many, and leave ten of them as they are."""
    monkeypatch.setattr(memory_postings, "FEWEST_LOOSE", 30)
    monkeypatch.setattr(memory_postings, "MOST_AT_REST", 30)
    monkeypatch.setitem(bundle_some.__kwdefaults__, "but", LEFT)
    return


def test_numbers_come_back_out_of_a_bundle() -> None:
    numbers = [1, 2**24 + 5, MOST, 3]

    assert numbers == unpacked(packed(np.array(numbers))).tolist()
    assert [1, 3] == unpacked(without(packed(np.array(numbers)), {MOST, 2**24 + 5, 9})).tolist()


def test_a_number_of_more_than_four_bytes_is_refused() -> None:
    with pytest.raises(OverflowError):
        packed(np.array([MOST + 1]))


@pytest.mark.parametrize(
    ("count", "expected"), [(1, [1]), (FULL, [FULL]), (FULL + 1, [1, FULL]), (2 * FULL + 50, [50, FULL, FULL])]
)
def test_a_full_bundle_is_put_behind_and_called_by_its_first_number(count: int, expected: list[int]) -> None:
    made = cut(packed(np.arange(11, 11 + count)))

    assert expected == [len(unpacked(each)) for _, each in made]
    assert [0, *(11 + place * FULL for place in range(len(made) - 1))] == [name for name, _ in made]


def test_what_is_bundled_is_read_with_what_stands_by_itself(desk: Desk) -> None:
    add(desk, range(1, 101))
    add(desk, range(500, 503), NEXT)
    some(desk)
    add(desk, range(101, 151))

    assert ([*range(1, 151)], [500, 501, 502]) == (read(desk), read(desk, NEXT, NEXT))
    assert [*range(1, 151), 500, 501, 502] == read(desk, KEY, NEXT)
    assert ([100], 50) == (bundles(desk), loose(desk))


def test_a_bundle_grows_until_it_is_full(desk: Desk) -> None:
    for first in range(1, 451, 90):
        add(desk, range(first, first + 90))
        some(desk)

    assert ([450 - 2 * FULL, FULL, FULL], 0) == (bundles(desk), loose(desk))
    assert [*range(1, 451)] == read(desk)


def test_a_part_at_a_time_leaves_the_rest_for_the_next(desk: Desk) -> None:
    add(desk, range(1, 101))
    add(desk, range(1, 41), NEXT)

    steps = [some(desk, 60), some(desk, 60), some(desk, 60)]

    assert ([True, True, False], 0) == (steps, loose(desk))
    assert [*range(1, 101)] == read(desk)
    assert [*range(1, 41)] == read(desk, NEXT, NEXT)


def test_what_is_taken_out_is_nowhere_any_more_and_may_come_back(desk: Desk) -> None:
    add(desk, range(1, 451))
    bundle_all(desk)
    add(desk, range(451, 461))

    remove(desk, (KEY, 1), (KEY, 300), (KEY, 455), (NEXT, 2))
    gone = read(desk)
    for number in (1, 300, 455):
        add(desk, range(number, number + 1))
    bundle_all(desk)

    assert sorted({*range(1, 461)} - {1, 300, 455}) == gone
    assert [*range(1, 461)] == read(desk)
    assert [60, FULL, FULL] == bundles(desk)


def test_a_key_whose_last_source_goes_has_no_bundle(desk: Desk) -> None:
    add(desk, range(1, 4))
    some(desk)

    remove(desk, (KEY, 1), (KEY, 2), (KEY, 3))

    assert ([], []) == (bundles(desk), read(desk))


def test_of_a_word_that_stands_everywhere_only_so_many_sources_are_read(desk: Desk) -> None:
    add(desk, range(1, 7_001))
    bundle_all(desk, 10_000)

    assert READ_A_RANGE <= len(read(desk)) <= READ_A_RANGE + FULL


def test_everything_is_found_whether_it_is_bundled_or_not(desk: Desk) -> None:
    fill(desk, range(FEW))
    before = found(desk, range(0, FEW, 7))
    while some(desk, 400):
        audited(desk)
    after = found(desk, range(0, FEW, 7))

    assert all(before)
    assert (before, 0) == (after, loose(desk))
    audited(desk)


def test_sources_without_units_leave_their_bundles(desk: Desk) -> None:
    fill(desk, range(FEW))
    bundle_all(desk)
    gone = range(1, 100)

    with desk.begin() as work:
        lock_memory(work.session)
        work.session.execute(delete(MemoryUnit).where(MemoryUnit.source_id.in_(gone)))
        drop_unused(work, gone)

    audited(desk)
    with desk.read() as reading:
        assert not {source_id for _, source_id in filed(reading.session)} & set(gone)


def test_nobody_misses_anything_while_it_is_bundled(desk: Desk) -> None:
    fill(desk, range(FEW))

    results = at_once(
        *(partial(found, desk, range(start, FEW, 9)) for start in range(3)),
        partial(bundle_all, desk, 50),
        partial(fill, desk, range(FEW, FEW + 50)),
    )

    assert all(all(result) for result in results[:3] if isinstance(result, list))
    assert [] == [result for result in results if isinstance(result, Exception)]
    audited(desk)


@pytest.mark.usefixtures("_few_are_many")
def test_workers_bundle_what_has_become_much(desk: Desk) -> None:
    fill(desk, range(2))
    keep(desk, seconds=60.0)
    few = loose(desk)
    fill(desk, range(2, 20))

    keep(desk, seconds=60.0)

    assert (True, LEFT) == (few > LEFT, loose(desk))
    audited(desk)


@pytest.mark.usefixtures("_few_are_many")
def test_a_large_memory_that_takes_a_file_in_has_room_for_many_but_at_rest_for_few(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(desk, range(20))
    keep(desk, seconds=60.0)
    monkeypatch.setattr(memory_postings, "FEWEST_LOOSE", 5)

    with desk.read() as reading:
        room = room_for_loose(reading.session), room_for_loose(reading.session, at_rest=True)

    assert (4 * 20 - LEFT, 30 - LEFT) == room


@pytest.mark.usefixtures("_few_are_many")
@pytest.mark.parametrize("has_come_in", [True, False])
def test_workers_bundle_the_rest_of_a_file_once_all_of_it_has_come_in(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, *, has_come_in: bool
) -> None:
    def in_a_large_memory(session: Session, *, at_rest: bool = False) -> int:
        return room_for_loose(session, at_rest=True) if at_rest else 1

    monkeypatch.setattr(remembering, "room_for_loose", in_a_large_memory)
    if not has_come_in:
        monkeypatch.setattr(remembering, "list_some", lambda *_: True)
    fill(desk, range(20))
    before = loose(desk)

    finished = keep(desk, seconds=60.0 if has_come_in else 0.0)

    assert (has_come_in, LEFT if has_come_in else before) == (finished, loose(desk))
    audited(desk)


@pytest.mark.usefixtures("_few_are_many")
def test_an_import_bundles_what_it_files(desk: Desk) -> None:
    units = [FiledUnit(n, CodedText(sentence(n)), (FiledTarget("fr", f"[fr] {n}"),)) for n in range(20)]

    list(MemoryImport("nl", "oud.tmx").take_all(desk.begin, units))

    with desk.read() as reading:
        assert reading.session.scalar(select(func.count(MemorySource.id)))
    assert LEFT == loose(desk)
    audited(desk)
