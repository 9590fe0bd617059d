from __future__ import annotations

from sqlalchemy import select

from service.domain.permissions import DESK
from service.domain.text import CodedText
from service.operations.memory_ranking import FEWEST_SOURCES, file_some_anew, grown_locales
from service.storage.models import MemoryRanking, MemorySource
from service.uow import Desk
from tests.desk_fixtures import People
from tests.operations.memory_importing import many, matches, take
from tests.operations.steps import act


def ranking(desk: Desk) -> list[tuple[str, int, int, bool]]:
    with desk.read() as reading:
        listed = reading.session.scalars(select(MemoryRanking).order_by(MemoryRanking.version))
        return [(one.source_locale, one.version, one.sources, one.complete) for one in listed]


def filed_by(desk: Desk) -> set[int]:
    with desk.read() as reading:
        return set(reading.session.scalars(select(MemorySource.ranking)))


def test_a_big_file_orders_the_words_of_an_empty_memory_before_anything_is_filed(desk: Desk, people: People) -> None:
    take(desk, people.admin, many(FEWEST_SOURCES))

    with desk.read() as reading:
        words = reading.session.scalars(select(MemoryRanking.words)).one()
        due = grown_locales(reading.session)
    assert ([("nl", 1, FEWEST_SOURCES, True)], {1}, []) == (ranking(desk), filed_by(desk), due)
    assert {"de", "gemeente", "opent", "brug", "over"} <= set(words)


def test_a_small_file_leaves_the_order_of_words_alone(desk: Desk, people: People) -> None:
    take(desk, people.admin, many(FEWEST_SOURCES - 1))

    assert ([], {0}) == (ranking(desk), filed_by(desk))


def test_a_memory_that_is_not_small_keeps_its_order_of_words(desk: Desk, people: People) -> None:
    take(desk, people.admin, many(FEWEST_SOURCES))

    take(desk, people.admin, many(4 * FEWEST_SOURCES - 1, first=10_000))

    assert [("nl", 1, FEWEST_SOURCES, True)] == ranking(desk)


def test_what_was_there_before_a_big_file_is_found_all_the_while(desk: Desk, people: People) -> None:
    take(desk, people.admin, many(20))
    wanted = CodedText("De gemeente opent morgen brug nummer12 over de Leie5.")

    take(desk, people.admin, many(FEWEST_SOURCES, first=1_000))
    meanwhile = matches(desk, wanted)
    while act(desk, DESK, file_some_anew):
        pass

    assert ([("nl", 1, FEWEST_SOURCES, True)], {1}) == (ranking(desk), filed_by(desk))
    assert "[fr] 12" == meanwhile[0][0] == matches(desk, wanted)[0][0]
