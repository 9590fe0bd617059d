"""A small load goes through a whole desk, and the reckoning sees what is wrong."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from benchmarks.load import reckoning
from benchmarks.load.calling import Log
from benchmarks.load.figures import Figures, Spread
from benchmarks.load.running import run
from benchmarks.load.sizes import Sizes
from benchmarks.load.texts import text
from service.domain.permissions import DESK
from service.formats import read
from service.operations.delivering import fan_out
from service.operations.endpoints import add_endpoint
from service.operations.upkeep import find_due
from service.storage.models import Delivery
from service.uow import Desk
from tests.desk_fixtures import People
from tests.operations.steps import act, published

SMALL = Sizes(
    releases=8,
    reviewers=2,
    pace_seconds=0.5,
    endpoints=8,
    broken=4,
    published=2,
    idle=3,
    idle_saves=6,
    patience_seconds=240.0,
)


@pytest.mark.slow
@pytest.mark.journeys
def test_a_small_load_loses_nothing() -> None:
    figures = run(SMALL)

    values = {row.name: row.value for row in figures.rows()}
    assert [] == figures.lost
    assert {} == figures.log.faults
    assert SMALL.releases + SMALL.idle == len(figures.log.noted.accepted)
    assert SMALL.idle_saves <= len(figures.log.noted.edits)
    assert 3 * SMALL.releases == values["versions drafted"]
    assert SMALL.published * (SMALL.endpoints - SMALL.broken) == values["deliveries to well receivers under load"]


def test_the_environment_sets_sizes_and_a_wrong_name_is_told() -> None:
    given = Sizes.read({"LOAD_RELEASES": "40", "LOAD_PER_SECOND": "2.5", "PATH": "/bin"})

    assert (40, 2.5, 50) == (given.releases, given.per_second, given.reviewers)
    with pytest.raises(ValueError, match="LOAD_RELEASE: the sizes are LOAD_RELEASES"):
        Sizes.read({"LOAD_RELEASE": "40"})


def test_no_two_texts_are_alike_and_each_has_five_segments_and_its_kicker() -> None:
    texts = [text(number) for number in range(200)]

    assert 200 == len(set(texts))
    assert {4} == {len(read(each, "text").blocks) for each in texts}


def test_a_message_that_a_receiver_never_had_is_seen(lite_desk: Desk, lite_people: People) -> None:
    url = "http://127.0.0.1:9/hooks/0"
    endpoint, _ = act(lite_desk, lite_people.publisher, add_endpoint, lite_desk.vault, url=url)
    published(lite_desk, lite_people, targets=("fr",))
    for outbox_id in act(lite_desk, DESK, find_due).outbox:
        act(lite_desk, DESK, fan_out, outbox_id)
    with lite_desk.read() as reading:
        event = reading.session.scalars(select(Delivery.event_id)).one()

    heard = reckoning.unheard(lite_desk, [endpoint.id], {0: {event: 1}}, 1)
    unheard = reckoning.unheard(lite_desk, [endpoint.id], {}, 1)

    assert [] == heard
    assert [f"receiver 0 never heard {event}"] == unheard


def test_what_is_lost_and_every_answer_of_500_misses_a_target() -> None:
    log = Log()
    log.faults["save: 503"] += 1
    figures = Figures(SMALL, log, lost=["I1 submission rel_1 was accepted and is lost"])

    missed = [row.name for row in figures.rows() if not row.is_met]

    assert 2 == len(missed), missed


def test_a_spread_is_in_milliseconds() -> None:
    assert Spread(50.0, 95.0, 100.0) == Spread.of([number / 1000 for number in range(100, 0, -1)])
    assert Spread(0.0, 0.0, 0.0) == Spread.of([])
