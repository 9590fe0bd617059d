"""A long file whose parts another process works out while the part before is written."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

import pytest
from sqlalchemy import select, text

from service.domain.errors import Invalid, Reason
from service.domain.memory_files import Filed, FiledTarget, FiledUnit, LeftOut
from service.domain.text import CodedText, CodeKind, InlineCode
from service.operations import memory_import
from service.operations.memory_import import Imported, MemoryImport
from service.operations.memory_ranking import Grown, take_ranking
from service.storage.models import MemorySource
from service.uow import Desk
from tests.desk_fixtures import People
from tests.operations.memory_audit import audit_filing

PART = 40
SIZES = text("SELECT reltuples, (SELECT count(*) FROM memory_source) FROM pg_class WHERE relname = 'memory_source'")
BOLD = (InlineCode(1, CodeKind.BOLD),)


class Helper(Executor):
    """One that does its work in this process, and notes for how many units it was asked."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def submit(self, act: Any, /, *arguments: Any, **rest: Any) -> Future[Any]:
        self.asked.append(len(arguments[0]))
        done: Future[Any] = Future()
        done.set_result(act(*arguments, **rest))
        return done


@pytest.fixture(autouse=True)
def short_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory_import, "AT_ONCE", PART)


def file(count: int) -> list[Filed]:
    """A file with codes, contexts and lines that are left out; of every ten units, the last is the first again."""
    filed: list[Filed] = []
    for number in range(count):
        same = number - 9 if number % 10 == 9 else number
        source = CodedText(f"De gemeente opent {{1}}brug nummer{same}{{/1}} over de Leie{same % 7}.", BOLD)
        targets = FiledTarget("fr", f"[fr] {{1}}{same}{{/1}}", context=f"{same}"), FiledTarget("de", f"[de] {number}")
        filed.append(
            LeftOut(number, Reason("empty", "The segment is empty."))
            if number % 17 == 3
            else FiledUnit(number, source, targets)
        )
    return filed


def take(desk: Desk, people: People, filed: Any, helper: Executor | None) -> MemoryImport:
    taking = MemoryImport("nl", "oud.tmx")
    for _ in taking.take_all(lambda: desk.begin(people.admin), filed, helper=helper):
        pass
    return taking


def audited(desk: Desk, people: People, count: int, taken: Imported) -> None:
    """Take the same file in without help: it must have nothing to add, and everything be filed as it must be."""
    again = take(desk, people, file(count), None).imported
    assert (0, taken.refused, taken.added + taken.unchanged) == (again.added, again.refused, again.unchanged)
    with desk.read() as reading:
        audit_filing(reading.session)


def test_every_part_but_the_first_is_worked_out_ahead(desk: Desk, people: People) -> None:
    helper = Helper()

    taken = take(desk, people, file(4 * PART + 5), helper).imported

    units = [
        sum(isinstance(one, FiledUnit) for one in file(4 * PART + 5)[start : start + PART])
        for start in range(0, 4 * PART + 5, PART)
    ]
    assert units[1:] == helper.asked
    assert all((taken.added, taken.unchanged, taken.refused))
    audited(desk, people, 4 * PART + 5, taken)


def test_another_process_works_it_out(desk: Desk, people: People) -> None:
    with ProcessPoolExecutor(1, get_context("spawn")) as helper:
        taken = take(desk, people, file(3 * PART), helper).imported

    audited(desk, people, 3 * PART, taken)


def test_a_file_of_one_part_needs_no_helper(desk: Desk, people: People) -> None:
    helper = Helper()

    take(desk, people, file(PART), helper)

    assert [] == helper.asked


def test_what_was_worked_out_by_a_list_that_is_no_longer_the_newest_is_worked_out_anew(
    desk: Desk, people: People
) -> None:
    def between() -> Iterator[Filed]:
        for number, one in enumerate(file(4 * PART)):
            if number == 3 * PART - 1:  # the second part is worked out, and not written
                with desk.begin() as work:
                    take_ranking(work, Grown("nl", 50, ("de", "brug", "gemeente", "over")))
            yield one

    take(desk, people, between(), Helper())

    with desk.read() as reading:
        assert {0, 1} == set(reading.session.scalars(select(MemorySource.ranking)))
        audit_filing(reading.session)


def test_what_came_before_a_file_could_not_be_read_is_taken_in(desk: Desk, people: People) -> None:
    def broken() -> Iterator[Filed]:
        yield from file(3 * PART)[: 2 * PART + 5]
        raise Invalid("bad_tmx", "Line 86: no XML.")

    taking = MemoryImport("nl", "oud.tmx")
    with pytest.raises(Invalid):
        list(taking.take_all(lambda: desk.begin(people.admin), broken(), helper=Helper()))

    audited(desk, people, 2 * PART + 5, taking.imported)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_postgresql_sees_how_much_came_in_while_the_file_is_taken(
    desk: Desk, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would go on by what it planned while there was nothing, and read everything for each sentence."""
    monkeypatch.setattr(memory_import, "LOOKED_OVER_AT", 2 * PART)
    sizes: list[tuple[float, int]] = []
    taking = MemoryImport("nl", "oud.tmx")
    for _ in taking.take_all(lambda: desk.begin(people.admin), file(10 * PART)):
        with desk.read() as reading:
            seen, there = reading.session.execute(SIZES).one()
            sizes.append((seen, there))

    looked = [place for place, (seen, there) in enumerate(sizes) if seen == there]
    assert [1, 5] == looked, "once there is something, and once there is three times as much"
    assert len(sizes) > looked[-1] + 1


def test_what_there_is_already_is_not_looked_over_while_a_file_comes_in(lite_desk: Desk, lite_people: People) -> None:
    taking = MemoryImport("nl", "oud.tmx")
    parts = taking.take_all(lambda: lite_desk.begin(lite_people.admin), file(2 * PART))

    frozen = [gc.get_freeze_count() for _ in parts]

    assert (2, True) == (len(frozen), min(frozen) > 0)
    assert 0 == gc.get_freeze_count()
