from __future__ import annotations

import pytest

from service.domain.asked_texts import MOST_WAYS, read_like, ways_to_read
from service.domain.inline import codes_written
from service.domain.text import CodedText, CodeKind, InlineCode

BOLD, ITALIC, LINK, BREAK = CodeKind.BOLD, CodeKind.ITALIC, CodeKind.LINK, CodeKind.BREAK


def kinds(coded: CodedText) -> dict[int, CodeKind]:
    return {code.id: code.kind for code in coded.codes}


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Een {1}vet{/1} woord{2/}hier", {1: BOLD, 2: BREAK}),
        ("{3}a {1}b{/1}{/3} {1}c{/1}", {1: BOLD, 3: BOLD}),
        ("{1}a", {}),
        ("a{/1}", {}),
        ("{/1}a{1}", {}),
        ("{1}a{/1}{/1} {2}b{/2}", {2: BOLD}),
        ("{1/}a{/1} {2}b{2/}", {}),
        ("{/1/} {0}a{/0} {x}b{/x}", {}),
        ("{2}a {1} b{/2}", {2: BOLD}),
        ("{2}a {/1} b{/2}", {2: BOLD}),
        ("{1}a{2}b{/1}c{/2}", {1: BOLD}),
        ("geen", {}),
    ],
)
def test_markers_that_stand_well_may_be_codes(text: str, expected: dict[int, CodeKind]) -> None:
    assert expected == {code.id: code.kind for code in codes_written(text)}


def test_a_text_is_read_in_every_way_in_which_its_markers_can_be_codes_or_braces() -> None:
    ways = ways_to_read("{1}a{/1}{2/}")

    assert [{1: BOLD, 2: BREAK}, {1: BOLD}] == [kinds(way) for way in ways[:2]]
    assert [{2: BREAK}, {}] == [kinds(way) for way in ways[-2:]]
    assert 8 == len(set(ways))
    assert (CodedText("zonder"),) == ways_to_read("zonder")


def test_of_very_many_ways_only_those_are_read_whose_pairs_are_the_same() -> None:
    ways = ways_to_read("{9/}" + "".join(f"{{{n}}}a{{/{n}}}" for n in range(1, 6)))

    assert [{BOLD, BREAK}, {ITALIC, BREAK}, {LINK, BREAK}, set()] == [set(kinds(way).values()) for way in ways]
    assert len(ways_to_read("".join(f"{{{n}}}a{{/{n}}}" for n in range(1, 5)))) == MOST_WAYS


def test_a_text_that_is_asked_for_is_cleaned_as_sources_are() -> None:
    assert (CodedText("Caf\u00e9"),) == ways_to_read("Ca\u200bfe\u0301\u00ad")


def test_pairs_are_read_as_they_are_in_what_is_like_it() -> None:
    asked = ways_to_read("{1}a{/1}{2}b{/2}{3/}{4}d{/4}")[0]
    other = CodedText("", (InlineCode(2, LINK, "https://a.be/"), InlineCode(3, ITALIC), InlineCode(4, BREAK)))

    assert {1: BOLD, 2: LINK, 3: BREAK, 4: BOLD} == kinds(read_like(asked, other))
