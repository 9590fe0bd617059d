from __future__ import annotations

import pytest

from service.domain.characters import clean, clean_draft, clean_line, clean_target


@pytest.mark.parametrize(
    "text, expected",
    [
        pytest.param("coûte \u202e3,5 \u202cmillions", "coûte 3,5 millions", id="an override of the direction"),
        pytest.param("\u20663,5\u2069 \u200emillions\u200f\u061c", "3,5 millions", id="other marks of direction"),
        pytest.param("d\ufeff'euros\u0007\x00\x7f\x9f", "d'euros", id="a byte order mark and control characters"),
        pytest.param("la\u00adng\u200b\u2060", "lang", id="where a line may break"),
        pytest.param("3,5\u00a0millions\u202f!", "3,5\u00a0millions\u202f!", id="no-break spaces stay"),
        pytest.param("👩\u200d👧 \u200c", "👩\u200d👧 \u200c", id="joiners stay"),
        pytest.param("a\r\nb\rc\u2028d\u0085e\tf", "a\nb\nc\nd\ne\tf", id="one kind of line end"),
        pytest.param("prive\u0301", "priv\u00e9", id="composed"),
        pytest.param("a\ud800b", "a\ufffdb", id="half a pair"),
    ],
)
def test_a_text_holds_only_what_a_press_text_needs(text: str, expected: str) -> None:
    assert expected == clean(text)


def test_a_line_has_one_space_between_its_words_once_what_nobody_sees_is_gone() -> None:
    assert "caf\u00e9 bar" == clean_line(" cafe\u0301 \u200b\u00a0bar\u2028")


@pytest.mark.parametrize(
    "text, expected",
    [
        pytest.param("Titre\navec ligne", "Titre avec ligne", id="a line end"),
        pytest.param("Une\n\ndeux \r\n # trois\u2028quatre", "Une deux # trois quatre", id="several"),
        pytest.param("un\tdeux", "un deux", id="a tab"),
        pytest.param("un  deux", "un  deux", id="two spaces are what was typed"),
        pytest.param("10\u00a0euros\u202f!\nOui", "10\u00a0euros\u202f! Oui", id="no-break spaces"),
        pytest.param("\n un{1/}\ndeux\n", "un{1/} deux", id="a line break is a code"),
    ],
)
def test_a_target_stands_on_one_line(text: str, expected: str) -> None:
    assert expected == clean_target(text) == clean_draft(text)


def test_a_person_s_soft_hyphens_stay_and_a_draft_s_go() -> None:
    assert ("la\u00adng", "lang") == (clean_target("la\u00adng"), clean_draft("la\u00adng"))
