"""Each plant changes what it says and nothing else, in each language."""

from __future__ import annotations

import re
from random import Random

import pytest

from benchmarks.checks.kinds import KINDS, Kind
from benchmarks.checks.planting import marks, words
from benchmarks.checks.planting.base import with_remark
from service.domain.inline import check_nesting, markers, plain
from tests.benchmarks.plantings import LOCALES, NB, SOURCE, TARGETS, changed, damaged, distance, plants, sample


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
