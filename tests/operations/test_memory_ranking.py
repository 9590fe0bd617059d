from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from sqlalchemy import delete, func, select

from service.domain.matching.postings import RANKED_TOKENS
from service.domain.text import CodedText
from service.operations.memory_filing import NOT_FILED, drop_unused, lock_memory
from service.operations.memory_ranking import (
    FEWEST_SOURCES,
    GROWTH,
    Grown,
    file_some_anew,
    grown_locales,
    take_ranking,
)
from service.queries import memory_rankings
from service.queries.memory_candidates import alike_sources
from service.queries.memory_rankings import asked_now, last_asked, rankings
from service.storage.models import MemoryPosting, MemoryRanking, MemorySource, MemoryUnit
from service.uow import Desk
from tests.operations.memory_audit import audit_filing
from tests.operations.memory_filling import EVERYTHING, fill, locales_of, put_in
from tests.operations.memory_steps import waiting
from tests.operations.steps import at_once
from tests.press_sentences import FAMILY, edited, sentence
from workers.tasks.remembering import keep

FEW = 560  # numbers of sentences, a few of which are the same
LATER = 2_600


@pytest.fixture(autouse=True)
def _whole_memory(desk: Desk) -> Iterator[None]:
    """Look, after every test, whether every source is filed as it must be."""
    yield
    with desk.read() as reading:
        audit_filing(reading.session)


def grown(desk: Desk) -> list[Grown]:
    with desk.read() as reading:
        return grown_locales(reading.session)


def versions(desk: Desk) -> list[tuple[int, bool]]:
    """Return the lists of Dutch, and whether each is complete."""
    with desk.read() as reading:
        rows = reading.session.scalars(
            select(MemoryRanking).where(MemoryRanking.source_locale == "nl").order_by(MemoryRanking.version)
        )
        return [(row.version, row.complete) for row in rows]


def filed_by(desk: Desk) -> dict[int, int]:
    """Return how many sources are filed by each version."""
    counts = select(MemorySource.ranking, func.count()).group_by(MemorySource.ranking)
    with desk.read() as reading:
        return {row[0]: row[1] for row in reading.session.execute(counts)}


def take(desk: Desk, new: Grown) -> None:
    with desk.begin() as work:
        take_ranking(work, new)


def some(desk: Desk, limit: int = 200) -> bool:
    with desk.begin() as work:
        return file_some_anew(work, limit=limit)


def number_of_sources(desk: Desk) -> int:
    return sum(filed_by(desk).values())


def not_found(desk: Desk, numbers: range) -> list[int]:
    """Return which of the sentences are not found by one that is a word longer."""
    missing = []
    with desk.read() as reading:
        for number in numbers:
            wanted, locale = CodedText(f"Vandaag: {sentence(number)}"), locales_of(number)[-1]
            found = alike_sources(reading.session, wanted, "nl", locale, EVERYTHING)
            if sentence(number) not in {each.source.text for each in found}:
                missing.append(number)
    return missing


def test_a_small_memory_needs_no_list(desk: Desk) -> None:
    fill(desk, range(FEWEST_SOURCES - 1))

    assert [] == grown(desk)
    assert keep(desk, seconds=60.0)
    assert ([], {0}) == (versions(desk), set(filed_by(desk)))


def test_the_first_list_is_made_of_what_is_frequent(desk: Desk) -> None:
    fill(desk, range(FEW))

    (new,) = grown(desk)

    assert ("nl", number_of_sources(desk)) == (new.source_locale, new.sources)
    assert {"een", "de", "van", "op"} <= set(new.words[:12])
    assert 0 < len(new.words) == len(set(new.words)) <= RANKED_TOKENS


def test_a_worker_files_everything_by_the_first_list(desk: Desk) -> None:
    fill(desk, range(FEW))

    finished = keep(desk, seconds=60.0)

    assert (True, [(1, True)], {1: number_of_sources(desk)}) == (finished, versions(desk), filed_by(desk))
    assert ([], [], []) == (grown(desk), waiting(desk), not_found(desk, range(0, FEW, 7)))


def test_a_list_is_made_anew_when_the_memory_has_grown_fourfold(desk: Desk) -> None:
    fill(desk, range(FEW))
    keep(desk, seconds=60.0)
    first = number_of_sources(desk)
    fill(desk, range(FEW, FEW * 3))
    too_early = grown(desk)

    fill(desk, range(FEW * 3, LATER))

    (new,) = grown(desk)
    assert ([], "nl", number_of_sources(desk)) == (too_early, new.source_locale, new.sources)
    assert new.sources >= GROWTH * first


def other_words(desk: Desk) -> Grown:
    """Return a list that is nothing like the present one."""
    with desk.read() as reading:
        words = reading.session.scalars(select(MemoryRanking.words).order_by(MemoryRanking.version.desc())).first()
    return Grown("nl", number_of_sources(desk), tuple(reversed(words or ()))[:300])


@pytest.fixture
def half_way(desk: Desk) -> Desk:
    """A desk with two lists, half of its sources filed by each."""
    fill(desk, range(FEW))
    keep(desk, seconds=60.0)
    take(desk, other_words(desk))
    assert some(desk, 250)
    return desk


def test_half_way_both_lists_are_asked_and_everything_is_found(half_way: Desk) -> None:
    filed = filed_by(half_way)

    with half_way.read() as reading:
        asked = [each.version for each in rankings(reading.session, "nl")]
    assert ({1, 2}, 250, [1, 2]) == (set(filed), filed[2], asked)
    assert [(1, True), (2, False)] == versions(half_way)
    assert [] == not_found(half_way, range(0, FEW, 3))


def test_who_knows_an_older_list_looks_again(half_way: Desk) -> None:
    """As another process does that looked something up before there was a second list, and again when it is whole."""
    with half_way.read() as reading:
        before = asked_now(reading.session, "nl")
        older = before._replace(rankings=before.rankings[:1], stand="1:1")
        memory_rankings._LAST[reading.session.get_bind().engine.pool]["nl"] = older

    assert [] == not_found(half_way, range(0, FEW, 3))
    with half_way.read() as reading:
        assert before == last_asked(reading.session, "nl")

    keep(half_way, seconds=60.0)
    assert [] == not_found(half_way, range(0, FEW, 3))
    with half_way.read() as reading:
        assert "2:1" == last_asked(reading.session, "nl").stand


def test_what_comes_half_way_is_filed_by_the_new_list_and_found(half_way: Desk) -> None:
    before = filed_by(half_way)
    fill(half_way, range(FEW, FEW + 100))

    after = filed_by(half_way)

    assert (before[1], True) == (after[1], after[2] > before[2])
    assert [] == not_found(half_way, range(FEW, FEW + 100, 7))


def test_what_goes_half_way_leaves_nothing(half_way: Desk) -> None:
    with half_way.begin() as work:
        lock_memory(work.session)
        ids = set(work.session.scalars(select(MemorySource.id).where(MemorySource.id % 2 == 0)))
        work.session.execute(delete(MemoryUnit).where(MemoryUnit.source_id.in_(ids)))
        drop_unused(work, ids)

    assert keep(half_way, seconds=60.0)
    assert ([(2, True)], {2}) == (versions(half_way), set(filed_by(half_way)))


def test_in_the_end_the_old_list_is_gone(half_way: Desk) -> None:
    finished = keep(half_way, seconds=60.0)

    with half_way.read() as reading:
        asked = [each.version for each in rankings(reading.session, "nl")]
    assert (True, [(2, True)], [2]) == (finished, versions(half_way), asked)
    assert {2: number_of_sources(half_way)} == filed_by(half_way)
    assert [] == not_found(half_way, range(0, FEW, 3))


def test_half_way_no_third_list_is_begun(half_way: Desk) -> None:
    take(half_way, Grown("nl", 10**6, ("iets", "anders")))

    assert [(1, True), (2, False)] == versions(half_way)


def test_a_list_that_says_the_same_changes_nothing_but_what_it_stands_for(desk: Desk) -> None:
    fill(desk, range(FEW))
    keep(desk, seconds=60.0)
    with desk.read() as reading:
        words = reading.session.scalars(select(MemoryRanking.words)).one()

    take(desk, Grown("nl", 10**6, (*reversed(words[:300]), "anders")))

    with desk.read() as reading:
        kept = reading.session.scalars(select(MemoryRanking)).one()
    assert (1, words, 10**6, True) == (kept.version, kept.words, kept.sources, kept.complete)
    assert {1: number_of_sources(desk)} == filed_by(desk)


def test_the_list_of_an_empty_memory_is_complete_at_once(desk: Desk) -> None:
    take(desk, Grown("nl", 1_000, ("de", "een")))
    fill(desk, range(20))

    assert ([(1, True)], {1}, False) == (versions(desk), set(filed_by(desk)), some(desk))


def test_each_language_has_a_list_of_its_own(desk: Desk) -> None:
    fill(desk, range(FEW))
    fill(desk, range(FEW), source_locale="nl-BE")

    assert keep(desk, seconds=60.0)

    with desk.read() as reading:
        made = reading.session.execute(select(MemoryRanking.source_locale, MemoryRanking.version)).all()
    assert {("nl", 1), ("nl-BE", 1)} == {tuple(row) for row in made}
    assert {1} == set(filed_by(desk))


def test_two_workers_at_once_file_everything_once(desk: Desk) -> None:
    fill(desk, range(FEW))

    results = at_once(*(partial(keep, desk, seconds=60.0) for _ in range(3)))

    assert [True] * 3 == results
    assert ([(1, True)], {1: number_of_sources(desk)}) == (versions(desk), filed_by(desk))


def test_who_files_beside_who_adds_leaves_nothing_out(desk: Desk) -> None:
    fill(desk, range(FEW))
    keep(desk, seconds=60.0)
    take(desk, other_words(desk))
    parts = [range(start, start + 50) for start in range(FEW, FEW + 200, 50)]

    results = at_once(*(partial(keep, desk, seconds=60.0) for _ in range(2)), *(partial(fill, desk, p) for p in parts))

    assert [] == [result for result in results if isinstance(result, Exception)]
    assert keep(desk, seconds=60.0)
    assert ([(2, True)], {2}) == (versions(desk), set(filed_by(desk)))
    assert [] == not_found(desk, range(0, FEW + 200, 11))


def test_what_nobody_filed_yet_is_filed_by_the_newest_list(desk: Desk) -> None:
    fill(desk, range(FEW))
    keep(desk, seconds=60.0)
    fill(desk, range(FEW, FEW + 20))
    put_in(desk, [("Een zin uit een andere taal van hier.", "fr", "[fr] une phrase")], source_locale="nl-BE")
    with desk.begin() as work:
        stray = set(work.session.scalars(select(MemorySource.id).where(MemorySource.id > FEW - 40)))
        work.session.execute(delete(MemoryPosting).where(MemoryPosting.source_id.in_(stray)))
        for source in work.session.scalars(select(MemorySource).where(MemorySource.id.in_(stray))):
            source.ranking = NOT_FILED
            source.tokens = ""

    assert keep(desk, seconds=60.0)

    with desk.read() as reading:
        other = reading.session.scalars(select(MemorySource.ranking).where(MemorySource.source_locale == "nl-BE")).one()
    assert (0, {0: 1, 1: number_of_sources(desk) - 1}) == (other, filed_by(desk))
    assert [] == not_found(desk, range(FEW, FEW + 20))


@pytest.mark.parametrize("seconds", [-1.0, 0.0])
def test_a_worker_without_time_does_a_part_and_says_so(desk: Desk, seconds: float) -> None:
    fill(desk, range(2 * FEW))

    assert not keep(desk, seconds=seconds)
    assert {0, 1} == set(filed_by(desk))


def test_keeping_ends_where_there_is_nothing_to_do(desk: Desk) -> None:
    assert keep(desk, seconds=60.0)
    assert not some(desk)


def test_an_edit_of_a_sentence_finds_its_family(desk: Desk) -> None:
    fill(desk, range(FEW))
    keep(desk, seconds=60.0)
    number = 40 * FAMILY
    with desk.read() as reading:
        found = alike_sources(
            reading.session,
            CodedText(edited(sentence(number), 77)),
            "nl",
            "fr",
            EVERYTHING,
        )

    assert found
    assert {each.source.text for each in found} <= {sentence(number + place) for place in range(FAMILY)}
