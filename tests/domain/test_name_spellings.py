from __future__ import annotations

import pytest

from service.domain.name_spellings import edits_between, two_spellings


@pytest.mark.parametrize(
    "one, other, most, edits",
    [
        ("Halsema", "Halsena", 2, 1),
        ("Halsema", "Haslema", 2, 1),
        ("Halsema", "Halsma", 2, 1),
        ("Halsema", "Halsemaa", 2, 1),
        ("Halsema", "Helsena", 2, 2),
        ("Halsema", "Helsena", 1, 2),
        ("Halsema", "Verlinden", 2, 3),
        ("Halsema", "Halsema", 2, 0),
    ],
)
def test_edits_are_counted_up_to_a_bound(one: str, other: str, most: int, edits: int) -> None:
    assert edits == edits_between(one, other, most)


@pytest.mark.parametrize(
    "texts, found",
    [
        (["Burgemeester Halsema sprak. Later zei Halsena niets."], [("Halsena", "Halsema")]),
        (["Minister Verlinden kwam.", "Ook Verlinden en Verlindem bleven."], [("Verlindem", "Verlinden")]),
        (["Met Annelies Verlinden.", "Annelies Verlinde sprak."], [("Verlinde", "Verlinden")]),
        (["De raad in Molenbeek en in Molenbekk."], [("Molenbekk", "Molenbeek")]),
        (["Naar Charleroi of naar Charlerio."], [("Charlerio", "Charleroi")]),
        (["Halsena sprak over Halsema, en ook Halsema sprak."], [("Halsena", "Halsema")]),
        (["Het plan van Vandenbroucke, door Vandenbrouke."], [("Vandenbrouke", "Vandenbroucke")]),
        (["In Antwerpen, bij Sint-Truiden en Sint-Truiten."], [("Sint-Truiten", "Sint-Truiden")]),
    ],
)
def test_a_name_spelled_two_ways_is_found_where_it_is_rarer(texts: list[str], found: list[tuple[str, str]]) -> None:
    assert found == [(one.written, one.other) for one in two_spellings(texts, "nl")]


@pytest.mark.parametrize(
    "texts",
    [
        ["Burgemeester Halsema sprak, en Halsema ging."],
        ["In Brussel, en de Brusselse raad van Brussels gewest."],
        ["De Amerikaan en de Amerikaanse en Amerikaans beleid."],
        ["De Europese Unie en een Europees plan."],
        ["Een Chinees en de Chinese regering."],
        ["Daarom kwam hij. Daarna ging hij. Daarop niet."],
        ["De Belgen en de Belg, van de Vlaming en de Vlamingen."],
        ["Minister en Ministers, de minister."],
        ["De namen Peters en Pieter, Jan en Jans."],
        ["NAVOLAND en NAVALAND"],
        ["Het plan van Halsema’s kabinet, zei Halsema."],
        ["Het Amerikaanse leger. De Amerikaan kwam, zo zei de Amerikaan. De Amerikaanse ging."],
        [""],
    ],
)
def test_forms_and_words_of_their_own_are_left_alone(texts: list[str]) -> None:
    assert [] == [(one.written, one.other) for one in two_spellings(texts, "nl")]


def test_the_place_is_that_of_the_rarer_spelling() -> None:
    texts = ["Hier is Halsema.", "Daar sprak Halsena."]

    (one,) = two_spellings(texts, "nl")

    assert "Halsena" == texts[one.place.text][one.place.start : one.place.end]
