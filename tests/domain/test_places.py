from __future__ import annotations

import pytest

from service.domain.place_names import COUNTRIES, TOWNS_AND_REGIONS
from service.domain.places import is_place, places_called


@pytest.mark.parametrize(
    "word, other, called",
    [
        ("luik", "fr", "liege"),
        ("luik", "de", "luttich"),
        ("bergen", "fr", "mons"),
        ("belgen", "en", "belgians"),
        ("franse", "de", "franzosischen"),
        ("oekraine", "fr", "ukrainiens"),
    ],
)
def test_a_place_and_its_people_have_names_in_each_language(word: str, other: str, called: str) -> None:
    assert any(forms.matches(called) for forms in places_called(word, "nl", other))


def test_a_place_goes_from_any_language_to_any() -> None:
    assert any(forms.matches("luik") for forms in places_called("luttich", "de", "nl"))


@pytest.mark.parametrize("word, language", [("halsema", "nl"), ("luik", "en"), ("luik", "it"), ("b", "nl"), ("", "nl")])
def test_other_words_are_no_places(word: str, language: str) -> None:
    assert not is_place(word, language)
    assert () == places_called(word, language, "fr")


def test_of_a_language_that_is_not_in_the_table_nothing_is_known() -> None:
    assert () == places_called("luik", "nl", "it")


def test_every_row_has_a_name_in_every_language_and_starts_with_it() -> None:
    rows = [line.split("|") for line in (COUNTRIES + TOWNS_AND_REGIONS).splitlines() if line]

    assert [] == [row for row in rows if len(row) != 4 or not all(cell.strip() for cell in row)]
