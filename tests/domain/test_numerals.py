from __future__ import annotations

from decimal import Decimal
from time import process_time

import pytest

from service.domain.numerals import Weight, find_numerals


def found(text: str, locale: str) -> list[tuple[str, set[str]]]:
    return [
        (
            text[numeral.start : numeral.end],
            {f"{value:f}" if isinstance(value, Decimal) else value for _, value in (*numeral.readings, *numeral.loose)},
        )
        for numeral in find_numerals(text, locale)
    ]


def values(text: str, locale: str) -> list[str]:
    """Return the first reading of every numeral, hours as minutes behind a t."""
    first = [numeral.readings[0] for numeral in find_numerals(text, locale)]
    return [str(said) if kind == "n" else f"{kind} {said}" for kind, said in first]


@pytest.mark.parametrize(
    "text, locale, numeral",
    [
        ("12.500 mensen", "nl", ("12.500", {"12500"})),
        ("1\u00a0000,5 ha", "fr", ("1\u00a0000,5", {"1000.5"})),
        ("1,234.5 acres", "en", ("1,234.5", {"1234.5"})),
        ("de 2e keer", "nl", ("2", {"2"})),
        ("le 1er prix", "fr", ("1", {"1"})),
        ("am 3. Tag", "de", ("3", {"3"})),
        ("the 21st time", "en", ("21", {"21"})),
        ("2,5 miljoen", "nl", ("2,5", {"2.5", "2500000"})),
        ("$2bn", "en", ("2", {"2", "2000000000"})),
        ("3 Mrd. Euro", "de", ("3", {"3", "3000000000"})),
        ("2 billions", "fr", ("2", {"2", "2000000000000"})),
        ("in de jaren '90", "nl", ("90", {"90", "1990"})),
        ("les années 30", "fr", ("30", {"30", "1930"})),
        ("die 90er Jahre", "de", ("90", {"90", "1990"})),
        ("the 80s", "en", ("80", {"80", "1980"})),
        ("de jaren tachtig", "nl", ("tachtig", {"80", "1980"})),
        ("14.30 uur", "nl", ("14.30", {"870", "150"})),
        ("14u30", "nl", ("14u30", {"870", "150"})),
        ("14 h 30", "fr", ("14 h 30", {"870", "150"})),
        ("14.30 Uhr", "de", ("14.30", {"870", "150"})),
        ("2.30 pm", "en", ("2.30", {"870", "150"})),
        ("10 a.m.", "en", ("10", {"10", "600", "1320"})),
        ("12 am", "en", ("12", {"12", "0", "720"})),
        ("14:30", "en", ("14:30", {"870", "150"})),
        ("8 uur 's avonds", "nl", ("8", {"8", "480", "1200"})),
        ("XXIe siècle", "fr", ("XXIe", {"21"})),
        ("tweeëntwintig", "nl", ("tweeëntwintig", {"22"})),
        ("eenendertigste", "nl", ("eenendertigste", {"31"})),
        ("tweehonderd", "nl", ("tweehonderd", {"200"})),
        ("driejarig", "nl", ("driejarig", {"3"})),
        ("zweiundzwanzig", "de", ("zweiundzwanzig", {"22"})),
        ("am dritten", "de", ("dritten", {"3"})),
        ("dreijährige", "de", ("dreijährige", {"3"})),
        ("vingt et un", "fr", ("vingt et un", {"21"})),
        ("cinquième", "fr", ("cinquième", {"5"})),
        ("twenty-first", "en", ("twenty-first", {"21"})),
        ("+32 (0)2 123 45 67", "nl", ("+32 (0)2 123 45 67", {"021234567"})),
        ("0032 2 123 45 67", "nl", ("0032 2 123 45 67", {"021234567"})),
        ("1.5", "nl", ("1.5", {"1.5"})),
    ],
)
def test_a_number_is_found_with_every_value_it_may_have(text: str, locale: str, numeral: tuple[str, set[str]]) -> None:
    assert numeral in found(text, locale)


@pytest.mark.parametrize(
    "text, locale",
    [
        ("zie https://example.be/2024/07 verder", "nl"),
        ("persdienst2@example.be", "nl"),
        ("Le chat dort", "fr"),
        ("Ce Vie Cie Le", "fr"),
        ("Mai und März", "de"),
        ("ten noorden van de achterban", "nl"),
        ("der Achtung wert und einsam", "de"),
        ("often tensions weigh on attention", "en"),
        ("we may march", "en"),
        ("", "nl"),
        ("…", "nl"),
        ("m² en CO₂", "nl"),
    ],
)
def test_what_is_no_number_is_passed_over(text: str, locale: str) -> None:
    assert [] == found(text, locale)


@pytest.mark.parametrize(
    "text, locale",
    [
        ("25-06-2026", "nl"),
        ("25.6.2026", "de"),
        ("25/06/2026", "fr"),
        ("2026-06-25", "en"),
        ("25 juni 2026", "nl"),
        ("25 juin 2026", "fr"),
        ("25. Juni 2026", "de"),
        ("25 June 2026", "en"),
        ("June 25, 2026", "en"),
    ],
)
def test_a_date_reads_the_same_in_every_form(text: str, locale: str) -> None:
    readings = {reading for numeral in find_numerals(text, locale) for _, reading in numeral.readings}

    assert {Decimal(25), Decimal(6), Decimal(2026)} == readings


@pytest.mark.parametrize(
    "text, locale, weight",
    [
        ("3", "nl", Weight.FIGURES),
        ("drie", "nl", Weight.WORD),
        ("een", "nl", Weight.DOUBTFUL),
        ("both", "en", Weight.DOUBTFUL),
        ("XIXe siècle", "fr", Weight.FIGURES),
        ("XIXe", "fr", Weight.DOUBTFUL),
        ("seconde", "fr", Weight.DOUBTFUL),
    ],
)
def test_figures_weigh_more_than_words(text: str, locale: str, weight: Weight) -> None:
    assert [weight] == [numeral.weight for numeral in find_numerals(text, locale)]


@pytest.mark.parametrize("words, value", [("two hundred", 200), ("three thousand", 3000), ("five million", 5_000_000)])
def test_a_power_of_ten_belongs_to_the_word_before(words: str, value: int) -> None:
    first, *_ = find_numerals(words, "en")

    assert ("n", Decimal(value)) in first.readings


def test_a_language_without_tables_has_its_figures_read() -> None:
    assert [("12", {"12"})] == found("doce 12", "es")


def test_a_bare_dash_before_two_figures_is_no_year() -> None:
    assert ["1", "15", "1", "20"] == [text for text, _ in found("1-15-1/20", "nl")]


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


def test_what_is_no_hour_is_two_numbers() -> None:
    assert ["27", "37"] == values("27:37", "nl")


def test_a_numeral_knows_its_place() -> None:
    text = "van 12 tot 1.500 euro om 14.30 uur"

    places = [text[numeral.start : numeral.end] for numeral in find_numerals(text, "nl")]

    assert ["12", "1.500", "14.30"] == places


@pytest.mark.parametrize(
    "part",
    ["1", "1.", "1 ", "111 ", "1-", "12:", "+1 ", "00 ", "a@", "www", "I", "½", "een-", "mei 1 ", "12 uur ", "1'"],
)
def test_a_hostile_text_takes_time_in_proportion_to_its_length(part: str) -> None:
    text = part * (60_000 // len(part))
    began = process_time()

    find_numerals(text, "nl")

    assert process_time() - began < 5  # a square law would need minutes
