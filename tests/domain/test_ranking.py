from __future__ import annotations

import pytest

from service.domain.ranking import (
    ENOUGH_UNITS,
    MeasuredDay,
    OrderedBy,
    Standing,
    ordered,
    ordered_by,
    standings,
    weight,
)

DEFAULT = ("libretranslate", "ctranslate2", "deepl", "google")


def known(**ters: float) -> dict[str, Standing]:
    return {name: Standing(name, ENOUGH_UNITS, ter) for name, ter in ters.items()}


@pytest.mark.parametrize("age, expected", [(-1, 1.0), (0, 1.0), (90, 0.5), (180, 0.25), (45, 0.5**0.5)])
def test_a_measure_weighs_half_as_much_after_each_ninety_days(age: float, expected: float) -> None:
    assert pytest.approx(expected) == weight(age)


def test_a_standing_is_the_mean_of_units_with_recent_ones_weighing_more() -> None:
    days = [MeasuredDay("deepl", 0, 10, 100.0), MeasuredDay("deepl", 90, 20, 800.0)]

    assert {"deepl": Standing("deepl", 30, pytest.approx(25.0))} == standings(days)


def test_units_are_counted_whole_however_old() -> None:
    days = [MeasuredDay("deepl", 500, ENOUGH_UNITS - 1, 0.0), MeasuredDay("deepl", 0, 1, 0.0)]

    assert standings(days)["deepl"].ranked


def test_nothing_measured_is_no_standing() -> None:
    assert {} == standings([])
    assert {} == standings([MeasuredDay("deepl", 3, 0, 0.0)])


@pytest.mark.parametrize("units, expected", [(0, False), (ENOUGH_UNITS - 1, False), (ENOUGH_UNITS, True)])
def test_an_engine_is_ranked_once_enough_was_measured(units: int, *, expected: bool) -> None:
    assert expected is Standing("deepl", units, 3.0).ranked


@pytest.mark.parametrize(
    "ters, expected",
    [
        ({}, DEFAULT),
        ({"google": 1.0}, DEFAULT),
        ({"google": 1.0, "deepl": 2.0}, ("libretranslate", "ctranslate2", "google", "deepl")),
        ({"google": 2.0, "deepl": 1.0}, DEFAULT),
        ({"google": 2.0, "deepl": 2.0}, DEFAULT),
        ({"google": 1.0, "libretranslate": 9.0}, ("google", "ctranslate2", "deepl", "libretranslate")),
        (
            {"google": 1.0, "deepl": 2.0, "ctranslate2": 3.0, "libretranslate": 4.0},
            ("google", "deepl", "ctranslate2", "libretranslate"),
        ),
        ({"unconfigured": 0.0, "google": 1.0}, DEFAULT),
    ],
)
def test_ranked_engines_trade_the_places_that_they_hold(ters: dict[str, float], expected: tuple[str, ...]) -> None:
    assert expected == ordered(DEFAULT, known(**ters))


def test_an_engine_that_is_not_known_well_keeps_its_place() -> None:
    standing = {**known(deepl=1.0), "google": Standing("google", ENOUGH_UNITS - 1, 0.0)}

    assert DEFAULT == ordered(DEFAULT, standing)


@pytest.mark.parametrize(
    "ters, pinned, expected",
    [
        ({}, False, OrderedBy.DEFAULT),
        ({"deepl": 1.0}, False, OrderedBy.DEFAULT),
        ({"deepl": 1.0, "unconfigured": 1.0}, False, OrderedBy.DEFAULT),
        ({"deepl": 1.0, "google": 2.0}, False, OrderedBy.MEASURES),
        ({"deepl": 1.0, "google": 2.0}, True, OrderedBy.OFFICE),
    ],
)
def test_the_order_says_why_it_is_as_it_is(ters: dict[str, float], *, pinned: bool, expected: OrderedBy) -> None:
    assert expected == ordered_by(DEFAULT, known(**ters), pinned=pinned)
