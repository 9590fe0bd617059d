"""Each plant changes what it says and nothing else, in each language."""

from __future__ import annotations

import re
from random import Random

import pytest

from benchmarks.checks.kinds import KINDS, Kind
from benchmarks.checks.planting import figures, marks, words
from benchmarks.checks.planting.base import Plant, Planter, with_remark
from benchmarks.checks.texts import NEWS, Sample
from service.domain.inline import check_nesting, markers, plain
from service.domain.text import CodedText

NB = "\u00a0"
SEEDS = range(60)
LOCALES = ("fr", "de", "en")
SOURCE = "De raad kwam niet samen op dinsdag 14 mei 2026."
TARGETS = {
    "fr": f"Le conseil ne s’est pas réuni le mardi 14{NB}mai 2026.",
    "de": "Der Rat kam am Dienstag, dem 14. Mai 2026, nicht zusammen.",
    "en": "The council did not meet on Tuesday 14 May 2026.",
}


def sample(source: str, target: str, locale: str, others: tuple[str, ...] = ()) -> Sample:
    return Sample(NEWS, "a release", 0, CodedText(source), target, locale, others)


def plants(planter: Planter, source: str, target: str, locale: str, *, others: tuple[str, ...] = ()) -> list[Plant]:
    """Return what the planter makes of a pair, over many seeds."""
    made = (planter(sample(source, target, locale, others), Random(seed)) for seed in SEEDS)
    return [plant for plant in made if plant]


def damaged(planter: Planter, source: str, target: str, locale: str, **rest: tuple[str, ...]) -> set[str]:
    return {plant.damaged for plant in plants(planter, source, target, locale, **rest)}


def changed(plant: Plant) -> tuple[str, str]:
    """Return what differs between the whole and the damaged target, without what they begin and end with alike."""
    one, other = plant.whole, plant.damaged
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    return one, other


def distance(one: str, other: str) -> int:
    """Return how many letters are put in, left out or replaced."""
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        last, row[0] = row[0], at
        for beside, its in enumerate(other, 1):
            last, row[beside] = row[beside], min(row[beside] + 1, row[beside - 1] + 1, last + (letter != its))
    return row[-1]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@pytest.mark.parametrize("locale", LOCALES)
def test_a_plant_is_an_error_in_a_text_that_was_good(kind: Kind, locale: str) -> None:
    for plant in plants(kind.planter, SOURCE, TARGETS[locale], locale, others=("Elle viendra demain sans doute.",)):
        assert plant.whole != plant.damaged
        if not plant.added:
            assert (SOURCE, TARGETS[locale]) == (plant.source.text, plant.whole)
        elif not plant.source.codes:
            assert plant.source.text.startswith("De raad kwam niet samen op dinsdag 14 mei 2026 (")
            assert plant.whole.startswith(TARGETS[locale][:-1] + " (")


@pytest.mark.parametrize("locale", LOCALES)
def test_the_same_chance_plants_the_same(locale: str) -> None:
    for kind in KINDS:
        once, again = (kind.planter(sample(SOURCE, TARGETS[locale], locale), Random(7)) for _ in range(2))

        assert once == again


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


@pytest.mark.parametrize(
    "target", ["Verlinden said so.", "They said: Verlinden.", "Someone said so.", "VERLINDEN won."]
)
def test_only_a_name_within_a_sentence_that_the_source_has_too_is_misspelt(target: str) -> None:
    assert set() == damaged(words.wrong_name, "Dat zei Verlinden.", target, "en")


@pytest.mark.parametrize(
    "target, locale", [("Le KMI avertit.", "fr"), ("Das KMI warnt.", "de"), ("The KMI warns.", "en")]
)
def test_an_acronym_has_another_letter_or_two_swapped(target: str, locale: str) -> None:
    found = {re.findall(r"\b[A-Z]{2,}\b", text)[0] for text in damaged(words.wrong_acronym, "Het KMI.", target, locale)}

    swapped = {"MKI", "KIM"}
    assert swapped < found
    assert {1} == {distance("KMI", acronym) for acronym in found - swapped}
    assert set() == damaged(words.wrong_acronym, "De XIV eeuw.", "Louis XIV régnait.", "fr")


@pytest.mark.parametrize("locale", LOCALES)
def test_the_source_stands_where_its_translation_should(locale: str) -> None:
    assert {SOURCE} == damaged(words.untranslated, SOURCE, TARGETS[locale], locale)
    assert set() == damaged(words.untranslated, "Nieuwe brug", TARGETS[locale], locale)


def test_half_of_the_source_stands_behind_half_of_the_translation() -> None:
    source = "een twee drie vier vijf zes zeven acht negen tien elf twaalf"

    found = damaged(words.half_translated, source, "un deux trois quatre", "fr")

    assert {"un deux zeven acht negen tien elf twaalf"} == found


def test_another_language_stands_there() -> None:
    others = (TARGETS["de"], TARGETS["en"])

    assert set(others) == damaged(words.wrong_language, SOURCE, TARGETS["fr"], "fr", others=others)
    assert set() == damaged(words.wrong_language, SOURCE, TARGETS["fr"], "fr", others=("New bridge",))


def test_a_word_stands_twice_unless_the_language_has_reasons_to() -> None:
    assert {"Il est est là."} == damaged(words.double_word, "x", "Il est là.", "fr") - {"Il est là là."}
    assert set() == damaged(words.double_word, "x", "Nous nous, vous", "fr") - {"Nous nous, vous vous"}


@pytest.mark.parametrize("locale", LOCALES)
def test_a_term_of_the_office_gives_way_to_one_that_it_forbids(locale: str) -> None:
    expected = {targets[locale][1:] for _, _, targets in words.TERMS}

    for plant in plants(words.forbidden_term, SOURCE, TARGETS[locale], locale):
        preferred, forbidden = next(pair for pair in expected if pair[0] in plant.whole)
        assert plant.damaged == plant.whole.replace(preferred, forbidden)
    assert {term.text for term in words.term_bases()[locale].terms} >= {text for text, _, _ in words.TERMS}


@pytest.mark.parametrize("locale", LOCALES)
def test_a_name_that_is_not_translated_gives_way(locale: str) -> None:
    for plant in plants(words.translated_name, SOURCE, TARGETS[locale], locale):
        assert any(name in plant.source.text and name in plant.whole for name in words.KEPT)
        assert not any(name in plant.damaged for name in words.KEPT)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_link_is_lost(locale: str) -> None:
    for plant in plants(marks.lost_link, SOURCE, TARGETS[locale], locale):
        assert (1, 0) == (plant.whole.count("https://"), plant.damaged.count("https://"))


@pytest.mark.parametrize("locale", LOCALES)
def test_a_link_leads_elsewhere(locale: str) -> None:
    for plant in plants(marks.wrong_link, SOURCE, TARGETS[locale], locale):
        ours, theirs, wrong = (
            re.search(r"https://[^\s)]+", text)[0]  # type: ignore[index]
            for text in (plant.source.text, plant.whole, plant.damaged)
        )
        assert ours.replace("/nl/", f"/{locale}/") == theirs
        assert wrong != theirs


@pytest.mark.parametrize("locale", LOCALES)
def test_a_mail_address_loses_a_letter_or_is_lost(locale: str) -> None:
    for plant in plants(marks.wrong_mail, SOURCE, TARGETS[locale], locale):
        one, other = changed(plant)

        assert "@" not in plant.damaged or (len(one), other) == (1, "")


@pytest.mark.parametrize("locale", LOCALES)
def test_a_marker_is_lost(locale: str) -> None:
    for plant in plants(marks.lost_code, SOURCE, TARGETS[locale], locale):
        kept = markers(plant.damaged, plant.source.codes)

        assert ("{1}", "{/1}") == markers(plant.whole, plant.source.codes)
        assert kept in {("{1}",), ("{/1}",), ()}
        assert TARGETS[locale] == re.sub(r"\{/?1\}", "", plant.damaged)
        assert SOURCE == plain(plant.source)


@pytest.mark.parametrize("locale", LOCALES)
def test_markers_that_change_places_nest_no_more(locale: str) -> None:
    for plant in plants(marks.swapped_codes, SOURCE, TARGETS[locale], locale):
        assert not check_nesting(plant.whole, plant.source.codes)
        assert check_nesting(plant.damaged, plant.source.codes)
        assert sorted(markers(plant.whole, plant.source.codes)) == sorted(markers(plant.damaged, plant.source.codes))


@pytest.mark.parametrize(
    "target, locale",
    [(f"Il dit{NB}: «{NB}oui merci{NB}».", "fr"), ("Er sagt „ja danke“.", "de"), ("He says “yes thanks”.", "en")],
)
def test_the_quotes_become_those_of_another_language(target: str, locale: str) -> None:
    found = damaged(marks.wrong_quotes, "x", target, locale)

    def words_of(text: str) -> list[str]:
        return re.findall(r"\w+", text)

    assert len(found) == len(marks._FOREIGN[locale])
    assert target not in found
    assert len(damaged(marks.straight_quotes, "x", target, locale)) == 1
    assert {tuple(words_of(target))} == {tuple(words_of(text)) for text in found}


@pytest.mark.parametrize("locale", LOCALES)
def test_a_bracket_is_lost(locale: str) -> None:
    assert {"a b) c", "a (b c"} == damaged(marks.lost_bracket, "x", "a (b) c", locale)
    assert {("(", ""), (")", "")} == {
        changed(one) for one in plants(marks.lost_bracket, SOURCE, TARGETS[locale], locale)
    }


@pytest.mark.parametrize("locale", LOCALES)
def test_a_space_stands_twice(locale: str) -> None:
    for plant in plants(marks.double_space, SOURCE, TARGETS[locale], locale):
        assert ("", " ") == changed(plant)


def test_a_french_space_is_lost_or_becomes_plain() -> None:
    target = f"Il dit{NB}: oui"

    assert {"Il dit: oui"} == damaged(marks.missing_space, "x", target, "fr")
    assert {"Il dit : oui"} == damaged(marks.breaking_space, "x", target, "fr")
    assert set() == damaged(marks.missing_space, "x", target, "de")


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Het is zo.", "Het is zo (zie 3)."),
        ("Het is zo", "Het is zo (zie 3)"),
        ("Hij zei: “Het is zo.”", "Hij zei: “Het is zo (zie 3).”"),
        (f"«{NB}C’est ainsi.{NB}»", f"«{NB}C’est ainsi (zie 3).{NB}»"),
    ],
)
def test_a_remark_stands_before_the_end_mark(text: str, expected: str) -> None:
    assert expected == with_remark(text, "zie 3")
