from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select, update

from service.domain.errors import Invalid, NotAllowed, Reason
from service.domain.memory_files import Filed, FiledTarget, FiledUnit, LeftOut
from service.domain.text import CodedText
from service.operations import memory_import
from service.operations.memory_import import Imported, MemoryImport
from service.operations.publishing import withdraw_release
from service.queries.memory_import import EXAMPLES, ImportCount, count_import
from service.storage.models import AuditEntry, MemoryPosting, MemoryRanking, MemorySource, MemoryUnit, MemoryUnlisted
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.making import approve, text_of
from tests.operations.memory_importing import BOLD, UNITS, many, matches, take
from tests.operations.steps import act, drafted, published


def units_of(desk: Desk) -> list[MemoryUnit]:
    with desk.read() as reading:
        return list(reading.session.scalars(select(MemoryUnit).order_by(MemoryUnit.id)))


def rows(desk: Desk) -> list[tuple[object, ...]]:
    """Return everything that the memory holds."""
    with desk.read() as reading:
        models = (MemorySource, MemoryPosting, MemoryUnit, MemoryRanking, MemoryUnlisted)
        return [tuple(row) for model in models for row in reading.session.execute(select(*model.__table__.c)).all()]


def test_what_a_file_brings_is_offered_to_everybody_as_an_import(desk: Desk, people: People) -> None:
    taken = take(desk, people.admin, UNITS)

    assert Imported(added=3, unchanged=0, refused=1) == taken
    assert [("Bienvenue.", 95)] == matches(desk, CodedText("Welkom."))
    assert [("Die {1}Brücke{/1} ist offen.", 95)] == matches(desk, CodedText("De {1}brug{/1} is open.", BOLD), "de")


def test_what_is_alike_is_found_by_its_words(desk: Desk, people: People) -> None:
    take(desk, people.admin, many(30))

    (best, *_) = matches(desk, CodedText("De gemeente opent morgen brug nummer12 over de Leie5."))

    assert ("[fr] 12", True) == (best[0], 75 <= best[1] < 95)


def test_a_unit_tells_its_file_its_age_and_who_took_it_in(desk: Desk, people: People, clock: StillClock) -> None:
    past, future = clock.moment - timedelta(days=400), clock.moment + timedelta(seconds=1)
    targets = [
        FiledTarget("fr", "a", past),
        FiledTarget("de", "b", future, confirmed=False),
        FiledTarget("en", "c", context="0" * 32),
    ]

    take(desk, people.reviewer, [FiledUnit(1, CodedText("x"), tuple(targets))], name="o" * 300)

    facts = [(unit.target_locale, unit.approved_at, unit.confirmed, unit.context) for unit in units_of(desk)]
    assert [
        ("fr", past, True, ""),
        ("de", clock.moment, False, ""),
        ("en", clock.moment, True, "0" * 32),
    ] == facts
    assert {("import", "o" * 200, people.reviewer.user_id, True, None, None, None, None, 1)} == {
        (
            unit.origin,
            unit.collection,
            unit.approved_by,
            unit.public,
            unit.release_id,
            unit.version_id,
            unit.revision,
            unit.retired_at,
            unit.row_version,
        )
        for unit in units_of(desk)
    }


def test_the_same_file_twice_changes_nothing(desk: Desk, people: People, clock: StillClock) -> None:
    file = [*UNITS, *many(1_200)]
    take(desk, people.admin, file)
    before = rows(desk)
    clock.forward(days=1)

    again = take(desk, people.admin, file, name="another name.tmx")

    assert Imported(added=0, unchanged=1_203, refused=1) == again
    assert before == rows(desk)


def test_a_text_that_stands_twice_in_a_file_is_one_unit(desk: Desk, people: People) -> None:
    twice = [UNITS[1], *many(1_500), UNITS[1], UNITS[1]]

    assert Imported(added=1_501, unchanged=2) == take(desk, people.admin, twice)


def test_another_target_of_a_source_is_a_unit_beside_the_first(desk: Desk, people: People) -> None:
    take(desk, people.admin, UNITS)

    other = FiledUnit(1, CodedText("Welkom."), (FiledTarget("fr", "Soyez les bienvenus."),))
    taken = take(desk, people.admin, [other])

    assert Imported(added=1) == taken
    assert {"Bienvenue.", "Soyez les bienvenus."} == {target for target, _ in matches(desk, other.source)}
    with desk.read() as reading:
        assert 2 == reading.session.scalar(select(func.count()).select_from(MemorySource))


def test_new_sources_and_changed_ones_wait_to_be_listed_once_each(desk: Desk, people: People) -> None:
    def waiting() -> list[str]:
        with desk.read() as reading:
            noted = select(MemorySource.source).join(MemoryUnlisted, MemoryUnlisted.source_id == MemorySource.id)
            return sorted(reading.session.scalars(noted))

    take(desk, people.admin, UNITS)
    first = waiting()
    with desk.begin() as work:
        work.session.execute(delete(MemoryUnlisted))

    for target in ("Willkommen.", "Herzlich willkommen."):
        take(desk, people.admin, [FiledUnit(1, CodedText("Welkom."), (FiledTarget("de", target),)), *many(1)])

    assert ["De {1}brug{/1} is open.", "Welkom."] == first
    assert ["De gemeente opent brug nummer0 over de Leie0.", "Welkom."] == waiting()


def test_what_a_person_took_out_is_not_brought_back(desk: Desk, people: People, clock: StillClock) -> None:
    take(desk, people.admin, UNITS)
    with desk.begin() as work:
        work.session.execute(update(MemoryUnit).values(retired_at=clock.moment))

    again = take(desk, people.admin, UNITS)

    assert (Imported(unchanged=3, refused=1), []) == (again, matches(desk, CodedText("Welkom.")))


def pairs_of(desk: Desk, release_id: str) -> list[Filed]:
    text = text_of(desk, release_id, "fr")
    pairs = zip(text.segments, text.units, strict=True)
    return [
        FiledUnit(number, CodedText(segment.source), (FiledTarget("fr", unit.target),))
        for number, (segment, unit) in enumerate(pairs)
    ]


def test_what_is_published_here_is_there_already(desk: Desk, people: People) -> None:
    file = pairs_of(desk, published(desk, people, targets=("fr",)))

    assert Imported(unchanged=len(file)) == take(desk, people.admin, file)


def test_what_is_secret_here_is_taken_as_if_it_were_not_there(desk: Desk, people: People, clock: StillClock) -> None:
    release_id = drafted(desk, people, targets=("fr",), embargo_at=clock.moment + timedelta(hours=1))
    approve(desk, people.reviewer, release_id)
    file = pairs_of(desk, release_id)

    with desk.read() as reading:
        count = count_import(reading.session, file, "nl")
    taken = take(desk, people.admin, file)

    assert (len(file), Imported(added=len(file))) == (count.added, taken)


def test_a_release_that_is_withdrawn_takes_nothing_of_a_file_with_it(desk: Desk, people: People) -> None:
    release_id = published(desk, people, targets=("fr",))
    sentence = text_of(desk, release_id, "fr").segments[-1].source
    take(desk, people.admin, [FiledUnit(1, CodedText(sentence), (FiledTarget("fr", "d’un fichier"),))])

    act(desk, people.publisher, withdraw_release, release_id, "Een fout.")

    assert [("d’un fichier", 95)] == matches(desk, CodedText(sentence))


@pytest.mark.parametrize(
    "who, locales, allowed",
    [
        ("admin", "fr de", True),
        ("reviewer", "fr de", True),
        ("french_reviewer", "fr", True),
        ("french_reviewer", "fr de", False),
        ("author", "fr", False),
        ("publisher", "fr", False),
    ],
)
def test_the_memory_of_a_language_is_for_its_reviewers(
    desk: Desk, people: People, who: str, locales: str, *, allowed: bool
) -> None:
    file = [FiledUnit(1, CodedText("x"), tuple(FiledTarget(locale, "y") for locale in locales.split()))]

    if allowed:
        take(desk, getattr(people, who), file)
    else:
        with pytest.raises(NotAllowed):
            take(desk, getattr(people, who), file)

    assert (len(locales.split()) if allowed else 0) == len(units_of(desk))


@pytest.fixture
def parts_of_a_thousand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are taken in by a thousand units, so that a test sees several parts."""
    monkeypatch.setattr(memory_import, "AT_ONCE", 1_000)


@pytest.mark.usefixtures("parts_of_a_thousand")
def test_the_audit_tells_how_many_and_no_text(desk: Desk, people: People) -> None:
    take(desk, people.admin, [*UNITS, *many(1_100)])
    take(desk, people.admin, UNITS)

    with desk.read() as reading:
        entries = reading.session.scalars(
            select(AuditEntry).where(AuditEntry.action == "memory.imported").order_by(AuditEntry.number)
        ).all()
    assert [
        {"added": 1_000, "source": "nl", "locales": ["de", "fr"]},
        {"added": 103, "source": "nl", "locales": ["fr"]},
    ] == [entry.facts for entry in entries]
    assert {people.admin.user_id} == {entry.actor_id for entry in entries}


@pytest.mark.usefixtures("parts_of_a_thousand")
def test_an_import_that_broke_off_is_simply_taken_again(desk: Desk, people: People) -> None:
    file = many(2_500)

    def broken() -> Iterator[Filed]:
        yield from file[:1_700]
        raise Invalid("bad_tmx", "Line 1701: no XML.")

    taking = MemoryImport("nl", "old.tmx")
    with pytest.raises(Invalid):
        list(taking.take_all(lambda: desk.begin(people.admin), broken()))
    again = take(desk, people.admin, file)

    assert (Imported(added=1_700), Imported(added=800, unchanged=1_700)) == (taking.imported, again)
    assert 2_500 == len(units_of(desk))


def test_the_page_is_told_what_an_import_then_does(desk: Desk, people: People) -> None:
    take(desk, people.admin, many(40))
    file = [*many(30), *UNITS, *many(1_100, first=100), UNITS[1], LeftOut(9, Reason("empty", "It is empty."))]

    with desk.read() as reading:
        count = count_import(reading.session, file, "nl")
    before = len(units_of(desk))
    taken = take(desk, people.admin, file)

    assert (taken.added, taken.unchanged, taken.refused) == (count.added, count.unchanged, count.refused)
    assert (40, 1_103, 31, 2) == (before, count.added, count.unchanged, count.refused)
    assert EXAMPLES == len(count.new)
    assert ("Le {1}pont{/1} est ouvert.", 5) == (count.new[0].target.target, count.new[0].unit.line)
    assert [7, 9] == [one.line for one in count.left_out]


def test_a_page_may_count_an_empty_file(desk: Desk) -> None:
    with desk.read() as reading:
        assert ImportCount() == count_import(reading.session, [], "nl")
