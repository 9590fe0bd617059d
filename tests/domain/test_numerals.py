from __future__ import annotations

import time
from decimal import Decimal

import pytest

from service.domain.numerals import Weight, find_numerals, read_number, write_number

NB = "\u00a0"
NN = "\u202f"


def values(text: str, locale: str) -> list[str]:
    """Return the first reading of every numeral, hours as minutes behind a t."""
    first = [numeral.readings[0] for numeral in find_numerals(text, locale)]
    return [str(said) if kind == "n" else f"{kind} {said}" for kind, said in first]


@pytest.mark.parametrize(
    "text, locale, expected",
    [
        ("1.234,5", "nl", "1234.5"),
        ("12.500", "nl", "12500"),
        ("1,5", "nl", "1.5"),
        ("1 234", "nl-BE", "1234"),
        (f"1{NN}000,5", "fr", "1000.5"),
        (f"1{NB}234{NB}567", "fr", "1234567"),
        ("1 234,50", "fr", "1234.50"),
        ("12.500", "de", "12500"),
        ("12,500", "de", "12.500"),
        ("1'234", "de", "1234"),
        ("1,234.5", "en", "1234.5"),
        ("12,500", "en", "12500"),
        ("12.500", "en", "12.500"),
        ("007", "nl", "7"),
        ("1,5", "en", None),
        ("1.000,5", "en", None),
        ("12.500", "fr", None),
        ("1.5", "nl", None),
        ("1,23,4", "nl", None),
        ("vijf", "nl", None),
        ("9" * 25, "nl", None),
    ],
)
def test_figures_are_read_in_their_own_language(text: str, locale: str, expected: str | None) -> None:
    value = read_number(text, locale)

    assert (Decimal(expected) if expected else None) == value


@pytest.mark.parametrize(
    "value, locale, expected",
    [
        ("1234.5", "nl", "1.234,5"),
        ("1234.5", "fr", f"1{NB}234,5"),
        ("1234.5", "de", f"1{NB}234,5"),
        ("1234.5", "en", "1,234.5"),
        ("0.25", "fr", "0,25"),
        ("1234567", "nl-BE", "1.234.567"),
        ("12", "en", "12"),
    ],
)
def test_values_are_written_as_the_language_writes_them(value: str, locale: str, expected: str) -> None:
    written = write_number(Decimal(value), locale)

    assert expected == written
    assert Decimal(value) == read_number(written, locale)


@pytest.mark.parametrize(
    "text, locale, expected",
    [
        ("drie tweede vijfentwintigste tweeëntwintig", "nl", ["3", "2", "25", "22"]),
        ("negentig en twaalfhonderd", "nl", ["90", "1200"]),
        ("trois vingt-cinquième soixante et onze", "fr", ["3", "25", "71"]),
        ("quatre-vingt-dix-neuf, septante, nonante-deux", "fr", ["99", "70", "92"]),
        ("deux cents, trente mille, cinquième, neuvième", "fr", ["200", "30000", "5", "9"]),
        ("drei fünfundzwanzigsten siebten dritter", "de", ["3", "25", "7", "3"]),
        ("dreißig und zwölfhundert", "de", ["30", "1200"]),
        ("three twenty-five twenty-fifth twelfth two hundred", "en", ["3", "25", "25", "12", "200"]),
        ("vijfjarig, driedaagse, viervoudige", "nl", ["5", "3", "4"]),
        ("fünfjährig, dreitägige", "de", ["5", "3"]),
    ],
)
def test_words_are_numbers(text: str, locale: str, expected: list[str]) -> None:
    assert expected == values(text, locale)


@pytest.mark.parametrize(
    "text, locale",
    [
        ("ten noorden van de achterban", "nl"),
        ("vous êtes venus à la mairie", "fr"),
        ("der Achtung wert und einsam", "de"),
        ("often tensions weigh on attention", "en"),
    ],
)
def test_words_that_only_look_like_numbers_are_none(text: str, locale: str) -> None:
    assert [] == values(text, locale)


@pytest.mark.parametrize(
    "text, locale, expected",
    [
        ("1-5-2026", "nl", ["1", "5", "2026"]),
        ("2026-05-01", "en", ["2026", "5", "1"]),
        ("01.05.2026", "de", ["1", "5", "2026"]),
        ("01/05/26", "fr", ["1", "5", "26"]),
        ("1 mei 2026", "nl", ["1", "5", "2026"]),
        ("1er mai 2026", "fr", ["1", "5", "2026"]),
        ("1. Mai 2026", "de", ["1", "5", "2026"]),
        ("May 1, 2026", "en", ["5", "1", "2026"]),
        ("1st of May", "en", ["1", "5"]),
        ("It may rain in March", "en", []),
    ],
)
def test_dates_are_day_month_and_year(text: str, locale: str, expected: list[str]) -> None:
    assert expected == values(text, locale)


@pytest.mark.parametrize(
    "text, locale, minutes",
    [
        ("14.30 uur", "nl", 870),
        ("14u30", "nl", 870),
        ("14:30", "nl", 870),
        ("14 uur", "nl", 840),
        ("14 h 30", "fr", 870),
        (f"14{NB}h", "fr", 840),
        ("9 heures", "fr", 540),
        ("14.30 Uhr", "de", 870),
        ("14 Uhr 30", "de", 870),
        ("2.30 pm", "en", 870),
        ("2:30 p.m.", "en", 870),
        ("12.15 am", "en", 15),
        ("12 pm", "en", 720),
        ("14:30", "en", 870),
    ],
)
def test_hours_are_minutes_of_the_day(text: str, locale: str, minutes: int) -> None:
    assert [f"t {minutes}"] == values(text, locale)


def test_what_is_no_hour_is_two_numbers() -> None:
    assert ["27", "37"] == values("27:37", "nl")


@pytest.mark.parametrize("text", ["https://example.org/2026/05/1", "www.example.org/12", "zaal12@example.org"])
def test_addresses_hold_no_numbers(text: str) -> None:
    assert ["3"] == values(f"{text} 3", "nl")


@pytest.mark.parametrize(
    "text, locale", [("+32 2 123 45 67", "nl"), ("0032 2 123 45 67", "fr"), ("+32 (0)2 123 45 67", "en")]
)
def test_a_phone_number_is_one_number_however_it_begins(text: str, locale: str) -> None:
    assert ["phone 021234567"] == values(text, locale)


def test_a_roman_century_counts_as_figures_and_a_roman_name_does_not() -> None:
    century, republic = find_numerals("au XIXe siècle, la Ve République est encore loin", "fr")

    assert (Weight.FIGURES, Weight.DOUBTFUL) == (century.weight, republic.weight)
    assert [("n", Decimal(19))] == list(century.readings)


def test_a_power_of_ten_adds_a_reading() -> None:
    (numeral,) = find_numerals("2,5 miljoen", "nl")

    assert {("n", Decimal("2.5")), ("n", Decimal(2_500_000))} == set(numeral.readings)


def test_a_numeral_knows_its_place() -> None:
    text = "van 12 tot 1.500 euro om 14.30 uur"

    places = [text[numeral.start : numeral.end] for numeral in find_numerals(text, "nl")]

    assert ["12", "1.500", "14.30"] == places


def test_a_language_that_the_desk_does_not_know_has_figures_only() -> None:
    assert ["1234.5"] == values("1,234.5 three", "xx")


@pytest.mark.parametrize("locale", ["nl", "fr", "de", "en"])
@pytest.mark.parametrize(
    "piece",
    ["1", "1 000 ", "1.234.", "9,", "a.a.", "1-1-", "0 1", "+1 ", "12:", "vingt et ", "twenty-", "XIV", "http://"],
)
def test_a_hostile_text_takes_time_in_proportion_to_its_length(piece: str, locale: str) -> None:
    text = piece * (100_000 // len(piece))
    began = time.process_time()

    find_numerals(text, locale)

    assert time.process_time() - began < 5
