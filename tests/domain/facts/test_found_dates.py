from __future__ import annotations

import pytest

from service.domain.facts.calendar import Day, find_names, weekday_name
from service.domain.facts.dates import find_dates


def found(text: str, language: str) -> list[tuple[str, Day]]:
    return [(text[one.start : one.end], one.days[0]) for one in find_dates(text, language)]


@pytest.mark.parametrize(
    "text, language, expected",
    [
        ("op 25 januari 2024", "nl", [("25 januari 2024", Day(25, 1, 2024))]),
        ("op de 25ste januari", "nl", [("25ste januari", Day(25, 1))]),
        ("op 25-01-2024", "nl", [("25-01-2024", Day(25, 1, 2024))]),
        ("op 25/1/24", "nl", [("25/1/24", Day(25, 1, 2024))]),
        ("op 2024-01-25", "nl", [("2024-01-25", Day(25, 1, 2024))]),
        ("25, 26 en 27 mei", "nl", [("25", Day(25, 5)), ("26", Day(26, 5)), ("27 mei", Day(27, 5))]),
        ("van 28 mei tot 3 juni 2025", "nl", [("28 mei", Day(28, 5)), ("3 juni 2025", Day(3, 6, 2025))]),
        ("le 1er mai", "fr", [("1er mai", Day(1, 5))]),
        ("du 25 au 27 mai 2025", "fr", [("25", Day(25, 5, 2025)), ("27 mai 2025", Day(27, 5, 2025))]),
        ("vom 25. bis 27. Mai", "de", [("25.", Day(25, 5)), ("27. Mai", Day(27, 5))]),
        ("am 25.06. um 9 Uhr", "de", [("25.06.", Day(25, 6))]),
        ("the 25th of May 2025", "en", [("25th of May 2025", Day(25, 5, 2025))]),
        ("May 25, 2025", "en", [("May 25, 2025", Day(25, 5, 2025))]),
        ("Sept. 3", "en", [("Sept. 3", Day(3, 9))]),
        ("May 25-27, 2025", "en", [("May 25", Day(25, 5, 2025)), ("27, 2025", Day(27, 5, 2025))]),
        ("12/31/2024", "en", [("12/31/2024", Day(31, 12, 2024))]),
        ("31 februari 2024", "nl", [("31 februari 2024", Day(31, 2, 2024))]),
        ("29 februari 2023", "nl", [("29 februari 2023", Day(29, 2, 2023))]),
        ("32 mei 2023", "nl", []),
        ("5 may march", "en", []),
        ("versie 1.2.3.4", "nl", []),
        ("12.5 mei", "nl", []),
        ("Gesetz 1.2.", "de", []),
    ],
)
def test_a_date_is_found_in_every_form(text: str, language: str, expected: list[tuple[str, Day]]) -> None:
    assert expected == found(text, language)


def test_english_figures_may_have_the_month_first() -> None:
    (one,) = find_dates("05/06/2026", "en")

    assert (Day(5, 6, 2026), Day(6, 5, 2026)) == one.days


@pytest.mark.parametrize(
    "text, language, weekday",
    [
        ("donderdag 25 januari", "nl", 3),
        ("donderdagavond 25 januari", "nl", 3),
        ("donderdag, 25 januari", "nl", 3),
        ("jeudi soir 25 janvier", "fr", 3),
        ("Samstag, den 27. Januar", "de", 5),
        ("Sonnabend, 27. Januar", "de", 5),
        ("Thursday, January 25", "en", 3),
        ("Thursday the 25th of January", "en", 3),
        ("25 januari", "nl", None),
        ("tot donderdag en op 25 januari", "nl", None),
    ],
)
def test_the_weekday_before_a_date_belongs_to_it(text: str, language: str, weekday: int | None) -> None:
    (one,) = find_dates(text, language)

    assert weekday == one.weekday


@pytest.mark.parametrize(
    "day, weekday",
    [(Day(25, 1, 2024), 3), (Day(29, 2, 2024), 3), (Day(25, 1), None), (Day(30, 2, 2024), None)],
)
def test_a_day_with_its_year_falls_on_a_weekday(day: Day, weekday: int | None) -> None:
    assert weekday == day.weekday


@pytest.mark.parametrize(
    "text, language, numbers",
    [
        ("maandag en dinsdagavond in mei", "nl", [0, 1, 5]),
        ("lundi et mardis en mai", "fr", [0, 1, 5]),
        ("Montags und Dienstagabend im Mai", "de", [0, 1, 5]),
        ("Mondays and Tuesday in May", "en", [0, 1, 5]),
        ("we may march on monday", "en", []),
    ],
)
def test_names_of_days_and_months_are_found(text: str, language: str, numbers: list[int]) -> None:
    assert numbers == [name.number for name in find_names(text, language)]


@pytest.mark.parametrize(
    "language, like, name",
    [("fr", "lundi", "jeudi"), ("fr", "Lundi", "Jeudi"), ("de", "montag", "Donnerstag"), ("en", "MONDAY", "THURSDAY")],
)
def test_a_weekday_is_written_with_the_capitals_of_the_other(language: str, like: str, name: str) -> None:
    assert name == weekday_name(3, language, like)
