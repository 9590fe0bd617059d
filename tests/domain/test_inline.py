from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.inline import (
    TokenKind,
    balanced,
    check_nesting,
    codes_used,
    free_numbers,
    join_coded,
    markers,
    parse_markers,
    plain,
    split_coded,
)
from service.domain.text import CodedText, CodeKind, InlineCode

BOLD = InlineCode(1, CodeKind.BOLD)
LINK = InlineCode(2, CodeKind.LINK, "https://voorbeeld.be/")
BREAK = InlineCode(3, CodeKind.BREAK)
CODES = (BOLD, LINK, BREAK)

TANGLED = st.lists(
    st.sampled_from(["a", "B. ", " ", "{1}", "{/1}", "{2}", "{/2}", "{3/}", "{9}", "{", "}"]), max_size=25
)


def coded(text: str) -> CodedText:
    return CodedText(text, CODES)


def test_a_text_is_read_as_stretches_and_markers() -> None:
    tokens = parse_markers(coded("De {1}raad{/1}{3/}stemt"))

    assert [
        (TokenKind.TEXT, "De ", None),
        (TokenKind.OPEN, "{1}", BOLD),
        (TokenKind.TEXT, "raad", None),
        (TokenKind.CLOSE, "{/1}", BOLD),
        (TokenKind.ALONE, "{3/}", BREAK),
        (TokenKind.TEXT, "stemt", None),
    ] == [(token.kind, token.text, token.code) for token in tokens]


@pytest.mark.parametrize("text", ["{7}", "{0}", "{01}", "{/1/}", "{ 1}", "{1", "{}", "{a}", "{1234567890}"])
def test_braces_that_name_no_code_are_the_authors_own(text: str) -> None:
    assert text == plain(coded(text))


@pytest.mark.parametrize(
    "text, expected",
    [
        pytest.param("{1}De{/1} {2}raad{/2}", "De raad", id="pairs"),
        pytest.param("Wetstraat 16{3/}Brussel", "Wetstraat 16\nBrussel", id="a line break"),
        pytest.param("{/1}De raad{2}", "De raad", id="out of place"),
        pytest.param("De {7} raad", "De {7} raad", id="braces of the author"),
    ],
)
def test_the_plain_text_has_no_markers(text: str, expected: str) -> None:
    assert expected == plain(coded(text))


def test_markers_come_in_the_order_of_the_text() -> None:
    assert ("{2}", "{/2}", "{3/}", "{1}") == markers("{2}a{/2}{9}{3/}{1}", CODES)


def test_only_the_codes_in_a_text_are_used() -> None:
    assert (BOLD, BREAK) == codes_used("{3/}{/1}{9}", CODES)


@pytest.mark.parametrize(
    "text, wrong",
    [
        pytest.param("{1}a{2}b{/2}{/1}{3/}", (), id="nested"),
        pytest.param("{1}a{2}b{/1}c{/2}", ("{1}", "{/1}"), id="crossed"),
        pytest.param("a{/1}", ("{/1}",), id="never opened"),
        pytest.param("{1}a", ("{1}",), id="never closed"),
        pytest.param("{1/}a", ("{1/}",), id="a pair that stands alone"),
        pytest.param("{3}a{/3}", ("{3}", "{/3}"), id="a break as a pair"),
    ],
)
def test_markers_out_of_place_are_named(text: str, wrong: tuple[str, ...]) -> None:
    assert wrong == check_nesting(text, CODES)


@pytest.mark.parametrize(
    "text, mended",
    [
        pytest.param("{1}a{2}b{/1}c{/2}", "{1}a{2}b{/2}{/1}c", id="crossed"),
        pytest.param("a{/1}b", "ab", id="never opened"),
        pytest.param("{1}a{2}b", "{1}a{2}b{/2}{/1}", id="never closed"),
        pytest.param("{1}a{1}b{/1}c{/1}", "{1}ab{/1}c", id="opened twice"),
        pytest.param("a{3}b{/3}", "a{3/}b", id="a break as a pair"),
        pytest.param("{1/}a", "a", id="a pair that stands alone"),
    ],
)
def test_misplaced_markers_are_mended_for_writers(text: str, mended: str) -> None:
    assert mended == "".join(token.text for token in balanced(coded(text)))


@given(TANGLED)
def test_mended_markers_always_nest(parts: list[str]) -> None:
    mended = "".join(token.text for token in balanced(coded("".join(parts))))

    assert () == check_nesting(mended, CODES)


@pytest.mark.parametrize(
    "text, cuts, pieces",
    [
        pytest.param("Een twee", [3, 4], ["Een", " ", "twee"], id="no codes"),
        pytest.param("{1}Een{/1} twee", [3, 4], ["{1}Een{/1}", " ", "twee"], id="a pair before the cut"),
        pytest.param("Een {1}twee{/1}", [3, 4], ["Een", " ", "{1}twee{/1}"], id="a pair behind the cut"),
        pytest.param("{1}Een twee{/1}", [3], ["{1}Een{/1}", "{1} twee{/1}"], id="a pair across the cut"),
        pytest.param(
            "{1}a{2}Een twee{/2}{/1}", [4], ["{1}a{2}Een{/2}{/1}", "{1}{2} twee{/2}{/1}"], id="two pairs across"
        ),
        pytest.param("Een{3/}twee", [3, 4], ["Een", "{3/}", "twee"], id="a break between cuts"),
        pytest.param("Een", [0, 3], ["", "Een", ""], id="at the edges"),
    ],
)
def test_a_pair_across_a_cut_is_closed_and_opened_again(text: str, cuts: list[int], pieces: list[str]) -> None:
    assert pieces == [piece.text for piece in split_coded(coded(text), cuts)]


def test_every_piece_lists_its_own_codes() -> None:
    pieces = split_coded(coded("{1}Een twee{/1} {2}drie{/2}"), [3, 8])

    assert [(BOLD,), (BOLD,), (LINK,)] == [piece.codes for piece in pieces]


def test_joining_makes_one_pair_of_what_a_cut_opened_again() -> None:
    joined = join_coded([(CodedText("{1}Een.{/1}", (BOLD,)), " "), (CodedText("{1}Twee.{/1}", (BOLD,)), "")])

    assert CodedText("{1}Een. Twee.{/1}", (BOLD,)) == joined


def test_joining_keeps_two_codes_apart() -> None:
    other = InlineCode(2, CodeKind.BOLD)

    joined = join_coded([(CodedText("{1}Een.{/1}", (BOLD,)), " "), (CodedText("{2}Twee.{/2}", (other,)), "")])

    assert CodedText("{1}Een.{/1} {2}Twee.{/2}", (BOLD, other)) == joined


@given(TANGLED, st.lists(st.integers(0, 60), max_size=5))
def test_what_is_cut_and_joined_reads_the_same(parts: list[str], cuts: list[int]) -> None:
    content = coded("".join(token.text for token in balanced(coded("".join(parts)))))
    inside = sorted(cut for cut in cuts if cut <= len(plain(content)))

    joined = join_coded([(piece, "") for piece in split_coded(content, inside)])

    assert plain(content) == plain(joined)
    assert () == check_nesting(joined.text, joined.codes)


@pytest.mark.parametrize(
    "text, numbers",
    [
        pytest.param("De raad", [1, 2], id="no braces"),
        pytest.param("Vul {1} en {/4} in", [5, 6], id="above the authors own"),
        pytest.param("Vul {999999} in", [1, 2], id="a large number is stepped over"),
    ],
)
def test_codes_are_numbered_above_the_authors_own_braces(text: str, numbers: list[int]) -> None:
    assert numbers == list(itertools.islice(free_numbers(text), 2))
