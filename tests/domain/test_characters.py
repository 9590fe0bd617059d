from __future__ import annotations

import pytest

from service.domain.characters import clean, clean_line


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
