from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from time import process_time

import pytest

from service.domain.facts.statements import Kind, statements_of


def stated(text: str, locale: str) -> list[tuple[str, str]]:
    return [(one.kind.value, text[one.start : one.end]) for one in statements_of(text, locale)]


@pytest.mark.parametrize(
    "text, locale, expected",
    [
        ("donderdag 25 mei 2023 om 14.30 uur", "nl", [("date", "donderdag 25 mei 2023"), ("time", "14.30 uur")]),
        ("donderdagavond 25 januari", "nl", [("date", "donderdagavond 25 januari")]),
        ("le jeudi 25 janvier à 14 h 30", "fr", [("date", "jeudi 25 janvier"), ("time", "14 h 30")]),
        ("am Donnerstag, dem 25. Januar", "de", [("date", "Donnerstag, dem 25. Januar")]),
        ("on Thursday, January 25, 2024", "en", [("date", "Thursday, January 25, 2024")]),
        ("25 en 26 januari", "nl", [("date", "25"), ("date", "26 januari")]),
        ("op maandag in maart", "nl", [("weekday", "maandag"), ("month", "maart")]),
        ("2,5 miljard euro", "nl", [("amount", "2,5 miljard euro")]),
        ("2,5 milliards d’euros", "fr", [("amount", "2,5 milliards d’euros")]),
        ("2,5 Mrd. Euro", "de", [("amount", "2,5 Mrd. Euro")]),
        ("US$2.5bn", "en", [("amount", "US$2.5bn")]),
        ("€ 12.500", "nl", [("amount", "€ 12.500")]),
        ("5 à 10 %", "fr", [("percentage", "5"), ("percentage", "10 %")]),
        ("2 Prozentpunkte", "de", [("percentage", "2 Prozentpunkte")]),
        ("27 landen", "nl", [("number", "27")]),
        ("van 14 tot 16 uur", "nl", [("time", "14"), ("time", "16 uur")]),
        ("from 2 to 4 p.m.", "en", [("time", "2"), ("time", "4 p.m")]),
        ("12 noon", "en", [("time", "12 noon")]),
        ("een miljoen euro", "nl", [("amount", "een miljoen euro")]),
        ("mail x2@example.org of bel 02 123 45 67", "nl", []),
        ("", "nl", []),
    ],
)  # fmt: skip
def test_a_statement_has_all_that_belongs_to_it(text: str, locale: str, expected: list[tuple[str, str]]) -> None:
    assert expected == stated(text, locale)


@pytest.mark.parametrize(
    "text, locale, amount",
    [
        ("2,5 miljard", "nl", "2500000000"),
        ("3 biljoen", "nl", "3000000000000"),
        ("2 billions", "fr", "2000000000000"),
        ("2 billion", "en", "2000000000"),
        ("vijf miljoen", "nl", "5000000"),
        ("anderhalf miljoen", "nl", "1500000"),
        ("een miljoen", "nl", "1000000"),
        ("a million", "en", "1000000"),
        ("2 m", "en", "2000000"),
        ("12.500", "nl", "12500"),
    ],
)
def test_a_number_is_told_with_its_power_of_ten(text: str, locale: str, amount: str) -> None:
    found = [one.amount for one in statements_of(text, locale) if one.amount is not None]

    assert Decimal(amount) in found


def test_a_number_in_a_range_shares_what_stands_behind_the_last() -> None:
    first, last = statements_of("2 tot 3 miljard euro", "nl")

    assert (Decimal(2_000_000_000), True, last.unit) == (first.amount, first.lent, first.unit)


@pytest.mark.parametrize(
    "text, minutes",
    [("14.30 uur", 870), ("8 uur", 480), ("middernacht", 0), ("half drie", 150), ("12 uur", 720), ("27 mensen", None)],
)
def test_an_hour_is_told_in_minutes(text: str, minutes: int | None) -> None:
    (one,) = [one for one in statements_of(text, "nl") if one.kind is not Kind.NUMBER or minutes is None]

    assert minutes == one.minutes


def test_statements_do_not_overlap_and_stand_in_order() -> None:
    text = "Op 25 en 26 mei 2026 om 9 uur kosten 2 tot 3 % van 5 mld. euro, € 3, 12 uur en 1-5-2026 een miljoen. " * 3

    found = statements_of(text, "nl")

    assert all(one.end <= other.start for one, other in pairwise(found))


def test_a_language_without_tables_has_its_figures_read() -> None:
    assert [("number", "12"), ("number", "25")] == stated("doce 12, 25 de enero", "es")


@pytest.mark.parametrize(
    "part",
    [
        "1 tot ",
        "2-",
        "1 miljoen ",
        "€",
        "€1 ",
        "1 % ",
        "half drie ",
        "12 noon ",
        "een ",
        "1 uur tot ",
        "5 d'",
        "x@y.be ",
    ],
)
@pytest.mark.parametrize("locale", ["nl", "en"])
def test_a_hostile_text_takes_time_in_proportion_to_its_length(part: str, locale: str) -> None:
    text = part * (20_000 // len(part))
    began = process_time()

    statements_of(text, locale)

    assert process_time() - began < 5  # a square law would need minutes
