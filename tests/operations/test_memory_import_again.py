"""Files taken in again after somebody corrected what they brought: nothing is brought back, and nothing doubled."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from service.domain.memory_files import Filed, FiledTarget, FiledUnit
from service.domain.text import CodedText
from service.formats.tmx import read_tmx, write_tmx
from service.operations.memory_import import Imported, MemoryImport
from service.operations.memory_keeping import edit_unit_target, restore_unit, retire_unit
from service.queries.memory_export import public_memory
from service.queries.memory_import import count_import
from service.storage.models import MemorySource, MemoryUnit
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.making import approve
from tests.operations.steps import act, drafted, published

SENTENCE = "De brug kostte 25 miljoen euro."
DRAFTED = f"[fr] {SENTENCE}"
FIRST, SECOND, THIRD = "Le pont, 25 millions.", "Le pont a coûté 25 millions.", "Le pont a coûté 25 millions d’euros."
HERE, THERE = "0" * 32, "1" * 32


def exported(desk: Desk) -> list[Filed]:
    """Return what the desk's own file says, as it is read."""
    with desk.read() as reading:
        data = b"".join(write_tmx(public_memory(reading.session), "nl"))
    return list(read_tmx(BytesIO(data), "nl", ("fr", "de", "en")))


def file(*targets: str, context: str = "") -> list[Filed]:
    return [
        FiledUnit(place, CodedText(SENTENCE), (FiledTarget("fr", target, context=context),))
        for place, target in enumerate(targets)
    ]


def take(desk: Desk, people: People, filed: list[Filed]) -> Imported:
    """Take a file in; the page must tell the same beforehand."""
    with desk.read() as reading:
        count = count_import(reading.session, filed, "nl")
    taking = MemoryImport("nl", "file.tmx")
    list(taking.take_all(lambda: desk.begin(people.admin), filed))
    assert (count.added, count.unchanged) == (taking.imported.added, taking.imported.unchanged)
    return taking.imported


def units(desk: Desk) -> list[MemoryUnit]:
    """Return the French units of the sentence."""
    with desk.read() as reading:
        wanted = select(MemoryUnit).join(MemorySource, MemorySource.id == MemoryUnit.source_id)
        wanted = wanted.where(MemorySource.source == SENTENCE, MemoryUnit.target_locale == "fr")
        return list(reading.session.scalars(wanted.order_by(MemoryUnit.id)))


def edit(desk: Desk, people: People, *targets: str) -> None:
    """Give the sentence's first unit one target after the other."""
    for target in targets:
        act(desk, people.reviewer, edit_unit_target, units(desk)[0].id, target, "", None)


def retire(desk: Desk, people: People) -> None:
    act(desk, people.reviewer, retire_unit, units(desk)[0].id, "Verouderd.", None)


def restore(desk: Desk, people: People) -> None:
    act(desk, people.reviewer, restore_unit, units(desk)[0].id, "", None)


@pytest.mark.parametrize("targets", [(SECOND,), (SECOND, THIRD), (SECOND, DRAFTED), (SECOND, DRAFTED, THIRD)])
def test_the_desks_own_files_do_not_bring_back_what_was_corrected_in_a_published_text(
    desk: Desk, people: People, targets: tuple[str, ...]
) -> None:
    published(desk, people, targets=("fr",))
    files = [exported(desk)]
    for target in targets:
        edit(desk, people, target)
        files.append(exported(desk))

    taken = [take(desk, people, each) for each in files]
    retire(desk, people)
    taken += [take(desk, people, each) for each in files]

    assert [Imported(unchanged=len(each)) for each in files] * 2 == taken
    assert [targets[-1]] == [unit.target for unit in units(desk)]


def test_the_correction_of_a_published_text_holds_wherever_a_file_has_the_sentence(desk: Desk, people: People) -> None:
    published(desk, people, targets=("fr",))
    edit(desk, people, SECOND, THIRD)

    taken = take(desk, people, [*file(DRAFTED), *file(SECOND, context=HERE), *file(THIRD, context=THERE)])

    assert Imported(unchanged=3) == taken


def test_of_a_secret_text_a_file_does_not_tell_what_it_was_before(
    desk: Desk, people: People, clock: StillClock
) -> None:
    release_id = drafted(desk, people, targets=("fr",), embargo_at=clock.moment + timedelta(hours=1))
    approve(desk, people.reviewer, release_id)
    edit(desk, people, SECOND)

    assert Imported(added=2) == take(desk, people, file(DRAFTED, SECOND))


@pytest.mark.parametrize("context", ["", HERE])
@pytest.mark.parametrize("targets", [(SECOND,), (SECOND, THIRD), (SECOND, FIRST), (SECOND, FIRST, THIRD)])
def test_neither_the_old_file_nor_a_newer_one_doubles_what_was_corrected(
    desk: Desk, people: People, context: str, targets: tuple[str, ...]
) -> None:
    files = [file(FIRST, context=context)]
    take(desk, people, files[0])
    for target in targets:
        edit(desk, people, target)
        files.append(exported(desk))

    taken = [take(desk, people, each) for each in files]
    retire(desk, people)
    taken += [take(desk, people, each) for each in files]

    assert [Imported(unchanged=1)] * len(files) * 2 == taken
    assert [targets[-1]] == [unit.target for unit in units(desk)]


def test_what_was_taken_out_and_put_back_is_there_as_it_was(desk: Desk, people: People) -> None:
    take(desk, people, file(FIRST))
    retire(desk, people)
    restore(desk, people)

    assert Imported(unchanged=2) == take(desk, people, [*file(FIRST), *exported(desk)])


def test_another_text_is_new_whatever_was_corrected_beside_it(desk: Desk, people: People) -> None:
    take(desk, people, file(FIRST, context=HERE))
    edit(desk, people, SECOND)

    between_others = take(desk, people, file(SECOND, context=THERE))
    another = take(desk, people, file(THIRD, context=HERE))
    german = take(desk, people, [FiledUnit(1, CodedText(SENTENCE), (FiledTarget("de", SECOND, context=HERE),))])
    elsewhere = take(desk, people, [FiledUnit(1, CodedText("De brug."), (FiledTarget("fr", SECOND, context=HERE),))])

    assert [Imported(added=1)] * 4 == [between_others, another, german, elsewhere]


def test_of_many_sources_each_knows_its_own_corrections(desk: Desk, people: People) -> None:
    many: list[Filed] = [
        FiledUnit(number, CodedText(f"Zin {number}."), (FiledTarget("fr", f"Phrase {number}."),))
        for number in range(1_200)
    ]
    take(desk, people, many)
    with desk.read() as reading:
        ids = list(reading.session.scalars(select(MemoryUnit.id).order_by(MemoryUnit.id)))
    for unit_id in ids[::200]:
        act(desk, people.reviewer, edit_unit_target, unit_id, f"Corrigé {unit_id}.", "", None)

    taken = take(desk, people, [*many, *exported(desk)])

    assert Imported(unchanged=2_400) == taken
