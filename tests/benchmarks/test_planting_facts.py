from __future__ import annotations

import re

import pytest

from benchmarks.checks.planting import figures, words
from benchmarks.checks.planting.base import Planter
from tests.benchmarks.plantings import LOCALES, NB, SOURCE, TARGETS, changed, damaged, distance, plants


def test_one_figure_changes_and_no_nought_comes_first() -> None:
    found = {re.search(r"\d+", text)[0] for text in damaged(figures.wrong_number, "12", "Il y a 12 cas.", "fr")}  # type: ignore[index]

    assert found == {number for number in found if sum(a != b for a, b in zip(number, "12", strict=True)) == 1}
    assert len(found) > 10
    assert not any(number.startswith("0") for number in found)


@pytest.mark.parametrize(
    "target, locale, expected",
    [
        ("Il y a 12 cas.", "fr", {"Il y a 21 cas."}),
        ("Es gibt 100 Fälle.", "de", set()),
        ("There are 110 cases.", "en", {"There are 101 cases."}),
        ("Siehe https://example.org/12 und {12}.", "de", set()),
    ],
)
def test_two_figures_change_places(target: str, locale: str, expected: set[str]) -> None:
    assert expected == damaged(figures.swapped_figures, "12", target, locale)


@pytest.mark.parametrize(
    "target, locale, word",
    [("Il y a trois cas.", "fr", "trois"), ("Es gibt drei Fälle.", "de", "drei"), ("There are three.", "en", "three")],
)
def test_another_number_in_words(target: str, locale: str, word: str) -> None:
    found = damaged(figures.wrong_word, "Er zijn drie gevallen.", target, locale)

    assert len(found) > 5
    before, after = target.split(word)
    assert all(text.startswith(before) and text.endswith(after) and text != target for text in found)
    assert found <= {f"{before}{other}{after}" for other in figures.WORDS[locale].split()}
    assert set() == damaged(figures.wrong_word, "Er zijn gevallen.", target, locale)


@pytest.mark.parametrize("locale", LOCALES)
def test_another_month_where_the_source_has_it_too(locale: str) -> None:
    names = figures.MONTHS[locale].split()

    found = damaged(figures.wrong_month, SOURCE, TARGETS[locale], locale)

    assert {TARGETS[locale].replace(names[4], name) for name in names if name != names[4]} == found
    assert set() == damaged(figures.wrong_month, "Op 14 juni 2026.", TARGETS[locale], locale)


@pytest.mark.parametrize("locale", LOCALES)
def test_another_weekday_where_the_source_has_it_too(locale: str) -> None:
    names = figures.WEEKDAYS[locale].split()

    found = damaged(figures.wrong_weekday, SOURCE, TARGETS[locale], locale)

    assert {TARGETS[locale].replace(names[1], name) for name in names if name != names[1]} == found
    assert set() == damaged(figures.wrong_weekday, "Op maandag.", TARGETS[locale], locale)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("planter", [figures.wrong_date, figures.wrong_time], ids=["date", "time"])
def test_a_date_and_a_time_are_written_the_same_way_on_both_sides_of_the_damage(planter: Planter, locale: str) -> None:
    for plant in plants(planter, SOURCE, TARGETS[locale], locale):
        hour = re.compile(rf"\d+{NB}?h{NB}?\d*")  # a French full hour has no minutes
        one, other = (re.sub(r"\w+", "x", hour.sub("x", text)) for text in (plant.whole, plant.damaged))

        assert one == other


@pytest.mark.parametrize(
    "source, target, locale, expected",
    [
        ("2 miljoen euro", "2 millions d’euros", "fr", {"2 milliards d’euros"}),
        ("1 miljard", "un milliard", "fr", {"un million"}),
        ("2 miljoen euro", "2 Millionen Euro", "de", {"2 Milliarden Euro"}),
        ("1 miljard", "eine Milliarde", "de", {"eine Million"}),
        ("2 mld. euro", "2 billion euros", "en", {"2 million euros"}),
        ("miljoenen", "millions of them", "en", {"billions of them"}),
    ],
)
def test_an_amount_becomes_a_thousand_times_another(source: str, target: str, locale: str, expected: set[str]) -> None:
    assert expected == damaged(figures.wrong_magnitude, source, target, locale)


@pytest.mark.parametrize("locale", LOCALES)
def test_an_amount_that_is_added_differs_in_its_magnitude_alone(locale: str) -> None:
    found = {changed(plant) for plant in plants(figures.wrong_magnitude, SOURCE, TARGETS[locale], locale)}

    assert found <= {("on", "ard"), ("ard", "on"), ("m", "b"), ("b", "m")}


@pytest.mark.parametrize(
    "target, locale, expected",
    [
        (f"une hausse de 5{NB}%", "fr", "une hausse de 5"),
        ("une hausse de 5 pour cent", "fr", "une hausse de 5"),
        ("um 5 Prozent", "de", "um 5"),
        ("up 5%", "en", "up 5"),
        ("up 5 per cent", "en", "up 5"),
    ],
)
def test_the_percent_sign_is_lost(target: str, locale: str, expected: str) -> None:
    assert {expected} == damaged(figures.lost_percent, "een stijging van 5%", target, locale)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("planter", [figures.wrong_telephone, figures.wrong_address], ids=["telephone", "address"])
def test_one_figure_of_a_telephone_number_or_an_address(planter: Planter, locale: str) -> None:
    for plant in plants(planter, SOURCE, TARGETS[locale], locale):
        one, other = changed(plant)

        assert (1, 1, True) == (len(one), len(other), (one + other).isdigit())


@pytest.mark.parametrize(
    "target, locale, expected",
    [
        ("Il n’est pas venu.", "fr", {"Il est venu."}),
        ("Il ne viendra jamais.", "fr", {"Il viendra."}),
        ("Ne pas fumer ici.", "fr", {"Fumer ici."}),
        ("Ce n’est pas vrai.", "fr", {"C’est vrai."}),
        ("Je n'ai jamais dit cela.", "fr", {"J’ai dit cela."}),
        ("Je ne dis pas cela.", "fr", {"Je dis cela."}),
        ("Il ne viendra plus jamais.", "fr", set()),
        ("C’est sans doute vrai.", "fr", set()),
        ("Il n’a aucune idée.", "fr", {"Il a une idée."}),
        ("Elle part sans lui.", "fr", {"Elle part avec lui."}),
        ("Er kommt nicht.", "de", {"Er kommt."}),
        ("Er hat keine Zeit.", "de", {"Er hat eine Zeit."}),
        ("Kein Mensch kommt.", "de", {"Ein Mensch kommt."}),
        ("Sie geht ohne ihn.", "de", {"Sie geht mit ihn."}),
        ("Nicht nur er kommt.", "de", set()),
        ("He does not come.", "en", {"He does come."}),
        ("He can’t come.", "en", {"He can come."}),
        ("He cannot come.", "en", {"He can come."}),
        ("He won't come.", "en", {"He will come."}),
        ("They don't come.", "en", {"They do come."}),
        ("There is no money.", "en", {"There is money."}),
        ("He never came.", "en", {"He came."}),
        ("She goes without him.", "en", {"She goes with him."}),
        ("He is no longer here.", "en", set()),
    ],
)
def test_the_word_that_denies_is_lost(target: str, locale: str, expected: set[str]) -> None:
    assert expected == damaged(words.lost_negation, "Dat is niet zo.", target, locale)
    assert set() == damaged(words.lost_negation, "Dat is niet alleen zo.", target, locale)


@pytest.mark.parametrize(
    "target, locale",
    [
        ("Selon Verlinden, rien ne change.", "fr"),
        ("Nach Verlinden ändert sich nichts.", "de"),
        ("Ms Verlinden said so.", "en"),
    ],
)
def test_a_name_is_misspelt_by_a_letter_or_two(target: str, locale: str) -> None:
    found = damaged(words.wrong_name, "Dat zei Verlinden.", target, locale)

    assert len(found) > 20
    assert {1, 2} == {distance(text, target) for text in found}
    assert {True} == {" V" in text for text in found}
