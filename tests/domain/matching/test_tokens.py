from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.matching.tokens import Kind, as_compared, code_string, placed_tokens, tokens_of
from service.domain.text import CodedText, CodeKind, InlineCode

BOLD, LINK, BREAK = (
    InlineCode(1, CodeKind.BOLD),
    InlineCode(2, CodeKind.LINK, "https://example.org"),
    InlineCode(3, CodeKind.BREAK),
)


def cut(text: str) -> list[tuple[str, str]]:
    return [(token.kind.name.lower(), token.text) for token in tokens_of(CodedText(text))]


def words(text: str) -> list[str]:
    return [token.text for token in tokens_of(CodedText(text))]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("De Raad", ["De", "Raad"]),
        ("l’accord d'hier", ["l", "’", "accord", "d", "'", "hier"]),
        ("EU-lidstaat", ["EU", "-", "lidstaat"]),
        ("auto’s", ["auto", "’", "s"]),
        ("12.500,5 km", ["12.500,5", "km"]),
        ("1\u00a0250 en 3 000", ["1\u00a0250", "en", "3", "000"]),
        ("om 14.30 uur", ["om", "14.30", "uur"]),
        ("om 14u30, 9h15", ["om", "14u30", ",", "9h15"]),
        ("12,5% of 12,5 %", ["12,5", "%", "of", "12,5", "%"]),
        ("12-14 maart", ["12", "-", "14", "maart"]),
        ("de 2e keer", ["de", "2", "e", "keer"]),
        ("de G20 en A12", ["de", "G20", "en", "A12"]),
        ("en dan...", ["en", "dan", "..."]),
        ("en dan….", ["en", "dan", "…", "."]),
        ("Zie www.example.org/a,b.", ["Zie", "www.example.org/a,b", "."]),
        ("Aan pers@example.org, nu", ["Aan", "pers@example.org", ",", "nu"]),
        ("«Raad»  \n\t (2024)!", ["«", "Raad", "»", "(", "2024", ")", "!"]),
        ("be\u00adstuur\u200b", ["bestuur"]),
        ("cree\u0308ren", ["creëren"]),
        ("  \u00a0 ", []),
    ],
)
def test_a_text_is_cut_into_words_numbers_addresses_and_marks(text: str, expected: list[str]) -> None:
    assert expected == words(text)


def test_each_token_has_its_kind() -> None:
    expected = [("word", "Op"), ("number", "12"), ("mark", ":"), ("address", "https://example.org"), ("mark", ".")]

    assert expected == cut("Op 12: https://example.org.")


def test_capitals_and_the_form_of_an_apostrophe_make_no_other_key() -> None:
    one, other = (tokens_of(CodedText(text)) for text in ("L’ACCORD...", "l'accord…"))

    assert [token.key for token in one] == [token.key for token in other]
    assert code_string(one) == code_string(other)
    assert one != other


def test_a_code_counts_by_what_it_is_and_by_its_side_alone() -> None:
    codes = BOLD, LINK, BREAK
    one = tokens_of(CodedText("{1}Raad{/1}{3/}{2}hier{/2}", codes))
    elsewhere = InlineCode(5, CodeKind.LINK, "https://other.example")
    other = tokens_of(CodedText("{1}Raad{/1}{3/}{5}hier{/5}", (BOLD, elsewhere, BREAK)))

    assert one == other
    assert [Kind.CODE, Kind.WORD, Kind.CODE, Kind.CODE, Kind.CODE, Kind.WORD, Kind.CODE] == [each.kind for each in one]
    assert len(set(code_string(one))) == len(one)


def test_braces_that_are_no_code_are_marks_and_a_number() -> None:
    assert ["{", "9", "}"] == words("{9}")


def test_the_word_for_a_code_is_no_code() -> None:
    (word,) = tokens_of(CodedText("link"))
    opens, closes = tokens_of(CodedText("{2}{/2}", (LINK,)))

    assert word.text not in {opens.text, closes.text}
    assert word.key not in {opens.key, closes.key}


@given(st.text(max_size=60))
def test_tokens_stand_where_they_are_said_to(text: str) -> None:
    compared = as_compared(text)

    placed = placed_tokens(compared)

    assert [token.text for token in tokens_of(CodedText(text))] == [each.token.text for each in placed]
    assert all(compared[each.start : each.end] == each.token.text for each in placed)
    assert "".join(compared.split()) == "".join(each.token.text for each in placed)


@given(st.text(st.sampled_from("aB1é²_ .,:+-/\u00a0h5u30"), max_size=30))
def test_a_text_is_cut_alike_whether_or_not_an_address_follows(text: str) -> None:
    without, along = cut(f"{text} en"), cut(f"{text} en pers@example.org")

    assert [*without, ("address", "pers@example.org")] == along
