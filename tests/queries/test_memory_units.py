"""One unit of the memory as its readers see it: where it came from, what is beside it, what was done to it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event, select

from service.domain.errors import NotFound
from service.domain.memory_files import Filed, FiledTarget, FiledUnit
from service.domain.permissions import Actor
from service.domain.text import CodedText
from service.operations.memory_import import MemoryImport
from service.operations.memory_keeping import edit_unit_target, restore_unit, retire_unit
from service.queries.memory_units import OTHERS_SHOWN, Provenance, UnitPage, unit_page
from service.storage.models import MemorySource, MemoryUnit
from service.uow import Desk
from tests.desk_fixtures import NOON, People, StillClock
from tests.operations.making import TEXT, approve
from tests.operations.steps import act, drafted, published

SENTENCE = "De brug kostte 25 miljoen euro."
TITLE = "Nieuwe brug over de Leie opent in mei"


def units(desk: Desk, locale: str = "fr") -> list[MemoryUnit]:
    """Return the units of the sentence in a locale, the oldest first."""
    with desk.read() as reading:
        rows = reading.session.scalars(
            select(MemoryUnit)
            .join(MemorySource, MemorySource.id == MemoryUnit.source_id)
            .where(MemorySource.source == SENTENCE, MemoryUnit.target_locale == locale)
            .order_by(MemoryUnit.id)
        )
        return list(rows)


def page(desk: Desk, actor: Actor, unit_id: int | None = None) -> UnitPage:
    with desk.read() as reading:
        return unit_page(reading.session, actor, unit_id or units(desk)[0].id, reading.now)


def take_in(desk: Desk, actor: Actor, *targets: FiledTarget, collection: str = "oud.tmx") -> None:
    filed: list[Filed] = [FiledUnit(1, CodedText(SENTENCE), targets)]
    list(MemoryImport("nl", collection).take_all(lambda: desk.begin(actor), filed))


def test_a_unit_tells_where_it_came_from(desk: Desk, people: People) -> None:
    release_id = published(desk, people, targets=("fr",))

    found = page(desk, people.author)

    assert ("nl", CodedText(SENTENCE), f"[fr] {SENTENCE}") == (
        found.source_locale,
        found.source,
        found.kept.unit.target,
    )
    assert Provenance(TITLE, release_id) == found.provenance
    assert ("Reviewer", NOON, 1) == (
        found.kept.approved_by,
        found.kept.unit.approved_at,
        found.kept.unit.revision,
    )


def test_who_does_not_see_the_release_is_told_its_public_address(desk: Desk, people: People) -> None:
    published(desk, people, targets=("fr",))

    found = page(desk, people.other_author)

    assert found.provenance is not None
    assert (None, ("fr", "nieuwe-brug-over-de-leie-opent-in-mei")) == (
        found.provenance.release_id,
        found.provenance.address,
    )


def test_what_came_from_a_file_has_no_release(desk: Desk, people: People) -> None:
    take_in(desk, people.admin, FiledTarget("fr", "Le pont."))

    found = page(desk, people.author)

    assert (None, "oud.tmx", "Admin") == (found.provenance, found.kept.unit.collection, found.kept.approved_by)


@pytest.mark.parametrize("who, sees", [("author", True), ("french_reviewer", False), ("other_author", False)])
def test_what_one_may_not_read_does_not_exist(
    desk: Desk, people: People, clock: StillClock, who: str, *, sees: bool
) -> None:
    release_id = drafted(desk, people, targets=("de",), embargo_at=clock.moment + timedelta(hours=1))
    approve(desk, people.reviewer, release_id)
    unit_id = units(desk, "de")[0].id

    if sees:
        assert unit_id == page(desk, getattr(people, who), unit_id).kept.unit.id
    else:
        with pytest.raises(NotFound):
            page(desk, getattr(people, who), unit_id)


@pytest.mark.parametrize("unit_id", [0, 4_711, 2**63, 10**30])
def test_a_unit_that_does_not_exist_is_not_found(desk: Desk, people: People, unit_id: int) -> None:
    with desk.read() as reading, pytest.raises(NotFound):
        unit_page(reading.session, people.admin, unit_id, reading.now)


def test_its_counterparts_are_those_of_the_same_release_or_file(desk: Desk, people: People) -> None:
    published(desk, people, targets=("fr", "de", "en"))
    published(desk, people, targets=("fr", "de"))
    take_in(desk, people.admin, FiledTarget("de", "Die Brücke."), FiledTarget("fr", "Le pont."))
    take_in(desk, people.admin, FiledTarget("en", "The bridge."), collection="other.tmx")
    first, *_, filed = units(desk)

    of_release = page(desk, people.author, first.id).siblings
    of_file = page(desk, people.author, filed.id).siblings

    assert [("de", first.release_id), ("en", first.release_id)] == [
        (each.unit.target_locale, each.unit.release_id) for each in of_release
    ]
    assert ["Die Brücke."] == [each.unit.target for each in of_file]


def test_a_counterpart_that_was_taken_out_is_none(desk: Desk, people: People) -> None:
    published(desk, people, targets=("fr", "de", "en"))
    act(desk, people.admin, retire_unit, units(desk, "de")[0].id, "Fout.", 1)

    assert ["en"] == [each.unit.target_locale for each in page(desk, people.author).siblings]


def test_of_a_sentence_that_stands_twice_the_counterpart_has_the_same_neighbours(desk: Desk, people: People) -> None:
    published(desk, people, text=f"{TEXT}\n{SENTENCE}\n", targets=("fr", "de"))

    found = [page(desk, people.author, unit.id) for unit in units(desk)]

    assert 2 == len({each.kept.unit.context for each in found})
    assert [(each.kept.unit.context,) for each in found] == [
        tuple(other.unit.context for other in each.siblings) for each in found
    ]


def test_other_translations_of_the_source_stand_beside_it_the_newest_first(
    desk: Desk, people: People, clock: StillClock
) -> None:
    published(desk, people, targets=("fr",))
    for number in range(OTHERS_SHOWN + 1):
        clock.forward(minutes=1)
        take_in(desk, people.admin, FiledTarget("fr", f"Le pont {number}."), FiledTarget("de", f"Brücke {number}."))
    newest = units(desk)[-1]
    act(desk, people.admin, retire_unit, newest.id, "Dubbel.", 1)

    whole = page(desk, people.author)
    without = page(desk, people.author, newest.id)

    assert [f"Le pont {number}." for number in range(OTHERS_SHOWN, 0, -1)] == [
        each.unit.target for each in whole.others
    ]
    assert (True, NOON + timedelta(minutes=OTHERS_SHOWN + 1)) == (whole.more, whole.others[0].unit.retired_at)
    assert newest.id not in {each.unit.id for each in without.others}


def test_secret_units_of_the_same_source_stay_hidden(desk: Desk, people: People) -> None:
    published(desk, people, targets=("fr",))
    secret = drafted(desk, people, targets=("fr", "de"), confidential=True)
    approve(desk, people.reviewer, secret)
    unit_id = units(desk)[0].id

    assert [secret] == [each.unit.release_id for each in page(desk, people.author, unit_id).others]
    assert ((), False) == (
        page(desk, people.other_author, unit_id).others,
        page(desk, people.other_author, unit_id).more,
    )


def test_the_history_tells_each_change_with_both_texts(desk: Desk, people: People, clock: StillClock) -> None:
    take_in(desk, people.admin, FiledTarget("fr", "Un."))
    unit_id = units(desk)[0].id
    act(desk, people.reviewer, edit_unit_target, unit_id, "Deux.", "Eerst.", 1)
    act(desk, people.admin, retire_unit, unit_id, "Fout.", 2)
    act(desk, people.admin, restore_unit, unit_id, "", 3)
    hour = clock.forward(hours=1)
    act(desk, people.reviewer, edit_unit_target, unit_id, "Trois.", "Dan.", 4)

    history = page(desk, people.author).history

    assert [
        ("edited", "Reviewer", "Deux.", "Trois.", "Dan.", hour),
        ("restored", "Admin", "Deux.", "Deux.", "", NOON),
        ("retired", "Admin", "Deux.", "Deux.", "Fout.", NOON),
        ("edited", "Reviewer", "Un.", "Deux.", "Eerst.", NOON),
    ] == [(it.change.kind, it.name, it.before, it.after, it.change.reason, it.change.at) for it in history]


def test_a_page_takes_the_same_few_statements_however_often_its_source_was_used(
    lite_desk: Desk, lite_people: People
) -> None:
    for number in range(OTHERS_SHOWN + 5):
        take_in(lite_desk, lite_people.admin, FiledTarget("fr", f"Le pont {number}."), FiledTarget("de", f"{number}."))
    unit_id = units(lite_desk)[0].id
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    with lite_desk.read() as reading:
        event.listen(lite_desk.database.engine, "before_cursor_execute", note)
        unit_page(reading.session, lite_people.admin, unit_id, reading.now)
        event.remove(lite_desk.database.engine, "before_cursor_execute", note)

    assert 5 == sum(statement.startswith("SELECT") for statement in seen)
