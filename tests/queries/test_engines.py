from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from service.domain.ranking import ENOUGH_UNITS, REMEMBERED_DAYS, OrderedBy
from service.operations.engines import SeenEngine, record_engines
from service.queries.engines import Overview, PairFigures, asked_in_order, median, overview, ranking
from service.storage.models import DraftMeasure, EngineCount, SegmentRow, Unit, Version
from service.uow import Desk
from tests.desk_fixtures import NOON, People
from tests.operations.making import submit, text_of

FRENCH = ("nl", "fr")
DEFAULT = ("libretranslate", "deepl", "google")


@pytest.fixture
def version(desk: Desk, people: People) -> Version:
    """A version whose units the measures of a test are about."""
    release_id = submit(desk, people.author, targets=("fr",))
    unit = text_of(desk, release_id, "fr").units[0]
    with desk.read() as reading:
        return reading.session.get_one(Version, unit.version_id)


def measured(
    desk: Desk,
    version: Version,
    engine: str,
    *ters: float,
    pair: tuple[str, str] = FRENCH,
    days_ago: float = 0,
    origin: str = "mt",
) -> None:
    """Put one measured unit on record for each TER."""
    with desk.begin() as work:
        segment = work.session.scalars(select(SegmentRow).limit(1)).one()
        first = work.session.scalar(select(func.count(SegmentRow.id))) or 0
        for n, ter in enumerate(ters):
            mark = f"{engine or 'memory'}{n}{days_ago}{pair}{origin}"
            copied = SegmentRow(
                revision_id=segment.revision_id,
                block_id=segment.block_id,
                n=first + n,
                source=mark,
                codes=[],
                gap="",
                source_hash="0" * 64,
            )
            work.session.add(copied)
            work.session.flush()
            unit = Unit(version_id=version.id, segment_id=copied.id)
            work.session.add(unit)
            work.session.flush()
            work.session.add(
                DraftMeasure(
                    unit_id=unit.id,
                    origin=origin,
                    engine=engine,
                    source_locale=pair[0],
                    target_locale=pair[1],
                    unchanged=ter == 0,
                    chrf=100 - ter / 2,
                    ter=ter,
                    approved_at=NOON - timedelta(days=days_ago),
                )
            )


def counted(
    desk: Desk, engine: str, kind: str, count: int, *, days_ago: int = 0, pair: tuple[str, str] = FRENCH
) -> None:
    with desk.begin() as work:
        day = date(2026, 3, 2) - timedelta(days=days_ago)
        work.session.add(
            EngineCount(engine=engine, source_locale=pair[0], target_locale=pair[1], day=day, kind=kind, count=count)
        )


def configured(desk: Desk, *names: str) -> None:
    with desk.begin() as work:
        record_engines(
            work,
            [SeenEngine(name, runs_in_office=n == 0, capabilities={}, gate="open") for n, name in enumerate(names)],
        )


def seen(desk: Desk, *, pinned: bool = False) -> Overview:
    with desk.read() as reading:
        return overview(reading.session, reading.now, pinned=pinned, pairs=[FRENCH, ("nl", "de")])


def french(desk: Desk, *, pinned: bool = False) -> PairFigures:
    return seen(desk, pinned=pinned).pairs[0]


def ranked(desk: Desk) -> list[str]:
    with desk.read() as reading:
        return [standing.engine for standing in ranking(reading.session, *FRENCH, reading.now)]


def enough(monkeypatch: pytest.MonkeyPatch, units: int) -> None:
    """Let a few units be enough, so that a test need not write hundreds."""
    monkeypatch.setattr("service.domain.ranking.ENOUGH_UNITS", units)
    monkeypatch.setattr("service.queries.engines.ENOUGH_UNITS", units)


def test_what_reviewers_change_least_comes_first(desk: Desk, version: Version, monkeypatch: pytest.MonkeyPatch) -> None:
    enough(monkeypatch, 2)
    measured(desk, version, "deepl", 10.0, 20.0)
    measured(desk, version, "google", 5.0, 10.0)
    measured(desk, version, "libretranslate", 1.0)

    assert ["google", "deepl"] == ranked(desk)


def test_recent_measures_weigh_more(desk: Desk, version: Version, monkeypatch: pytest.MonkeyPatch) -> None:
    enough(monkeypatch, 2)
    measured(desk, version, "deepl", 30.0, days_ago=270)
    measured(desk, version, "deepl", 10.0)
    measured(desk, version, "google", 30.0)
    measured(desk, version, "google", 10.0, days_ago=270)

    assert ["deepl", "google"] == ranked(desk)


def test_another_pair_the_memory_and_what_is_too_old_do_not_count(
    desk: Desk, version: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    enough(monkeypatch, 2)
    measured(desk, version, "deepl", 0.0, 0.0, pair=("nl", "de"))
    measured(desk, version, "google", 0.0, 0.0, days_ago=REMEMBERED_DAYS + 1)
    measured(desk, version, "", 0.0, 0.0, origin="tm")

    assert [] == ranked(desk)


def test_two_hundred_units_are_enough_and_one_less_is_not(desk: Desk, version: Version) -> None:
    measured(desk, version, "deepl", *[4.0] * (ENOUGH_UNITS - 1))
    before = ranked(desk)
    measured(desk, version, "deepl", 4.0, days_ago=1)

    assert ([], ["deepl"]) == (before, ranked(desk))


def test_engines_are_asked_in_the_default_order_until_two_are_ranked(
    desk: Desk, version: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    enough(monkeypatch, 1)
    orders = []
    for engine, ter in (("google", 3.0), ("libretranslate", 8.0), ("unconfigured", 0.0)):
        measured(desk, version, engine, ter)
        with desk.read() as reading:
            orders.append(asked_in_order(reading.session, DEFAULT, *FRENCH, reading.now))

    traded = ("google", "deepl", "libretranslate")
    assert [DEFAULT, traded, traded] == orders


def test_figures_tell_how_an_engine_fared_for_a_pair(
    desk: Desk, version: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    enough(monkeypatch, 4)
    configured(desk, *DEFAULT)
    measured(desk, version, "deepl", 0.0, 4.0, 10.0, 100.0)
    counted(desk, "deepl", "drafted", 7)
    counted(desk, "deepl", "drafted", 3, days_ago=400)
    counted(desk, "deepl", "timeout", 2)
    counted(desk, "deepl", "timeout", 1, days_ago=29)
    counted(desk, "deepl", "rate_limited", 5, days_ago=29)
    counted(desk, "deepl", "bad_key", 9, days_ago=30)

    figures = french(desk).engines[1]

    assert ("deepl", 10, 4) == (figures.engine, figures.drafts, figures.measured)
    assert (0.25, 3.5, 7.0) == (figures.unchanged, figures.chrf_distance, figures.ter)
    assert (("rate_limited", 5), ("timeout", 3)) == figures.failures


def test_too_few_units_have_a_number_and_no_figures(desk: Desk, version: Version) -> None:
    configured(desk, *DEFAULT)
    measured(desk, version, "deepl", 0.0, 4.0)

    figures = french(desk).engines[1]

    assert (2, ENOUGH_UNITS, False) == (figures.measured, figures.needed, figures.enough)
    assert (None, None, None) == (figures.unchanged, figures.chrf_distance, figures.ter)


def test_the_memory_has_figures_of_its_own(desk: Desk, version: Version, monkeypatch: pytest.MonkeyPatch) -> None:
    enough(monkeypatch, 2)
    configured(desk, *DEFAULT)
    measured(desk, version, "", 0.0, 0.0, origin="tm")

    memory = french(desk).memory

    assert memory
    assert (2, 1.0, 0.0) == (memory.measured, memory.unchanged, memory.ter)
    assert list(DEFAULT) == [figures.engine for figures in french(desk).engines]


@pytest.mark.parametrize(
    "pinned, order, why",
    [
        (False, ("google", "deepl", "libretranslate"), OrderedBy.MEASURES),
        (True, DEFAULT, OrderedBy.OFFICE),
    ],
)
def test_the_order_of_a_pair_says_who_made_it(
    desk: Desk,
    version: Version,
    monkeypatch: pytest.MonkeyPatch,
    *,
    pinned: bool,
    order: tuple[str, ...],
    why: OrderedBy,
) -> None:
    enough(monkeypatch, 1)
    configured(desk, *DEFAULT)
    measured(desk, version, "google", 1.0)
    measured(desk, version, "libretranslate", 2.0)

    pair = french(desk, pinned=pinned)

    assert (order, why) == (pair.order, pair.ordered_by)
    assert order == tuple(figures.engine for figures in pair.engines)


def test_the_offices_pairs_come_first_and_those_with_figures_behind(desk: Desk, version: Version) -> None:
    configured(desk, *DEFAULT)
    measured(desk, version, "deepl", 1.0, pair=("fr", "nl"))
    counted(desk, "deepl", "drafted", 1, pair=("de", "nl"))

    pairs = [(pair.source_locale, pair.target_locale) for pair in seen(desk).pairs]

    assert [("nl", "fr"), ("nl", "de"), ("de", "nl"), ("fr", "nl")] == pairs


def test_states_come_in_the_default_order(desk: Desk) -> None:
    configured(desk, *DEFAULT)

    found = seen(desk)

    assert list(DEFAULT) == [state.name for state in found.states]
    assert NOON == found.checked_at


def test_an_office_without_engines_has_pairs_without_figures(desk: Desk) -> None:
    found = seen(desk)

    assert ((), None) == (found.states, found.checked_at)
    assert [()] * 2 == [pair.engines for pair in found.pairs]


@pytest.mark.parametrize(
    "counted_, expected",
    [
        ([(3.0, 1)], 3.0),
        ([(1.0, 1), (3.0, 1)], 2.0),
        ([(1.0, 2), (3.0, 1)], 1.0),
        ([(1.0, 1), (3.0, 1), (9.0, 1)], 3.0),
        ([(0.0, 2), (8.0, 2)], 4.0),
        ([(0.0, 1), (8.0, 5)], 8.0),
    ],
)
def test_the_median_is_the_middle_of_all_values(counted_: list[tuple[float, int]], expected: float) -> None:
    assert expected == median(counted_)


def test_nothing_has_no_median() -> None:
    with pytest.raises(ValueError, match="no median"):
        median([])
