from __future__ import annotations

import pytest

from service.domain.errors import Invalid
from service.domain.replacing import Sought, find_hits, replace_hits
from service.domain.text import CodedText, CodeKind, InlineCode


def replaced(text: str, sought: Sought) -> str:
    return replace_hits(text, find_hits(CodedText(text), sought), sought)


@pytest.mark.parametrize(
    "text, find, replacement, expected",
    [
        pytest.param("3,5\u00a0millions", "3,5 millions", "3,6 millions", "3,6\u00a0millions", id="a no-break space"),
        pytest.param("12\u202f500 €", "12 500 €", "13 500 €", "13\u202f500 €", id="each stays the one that stood"),
        pytest.param("3,5\u00a0millions", "3,5 millions", "3500\u202f000", "3500\u202f000", id="what was typed"),
        pytest.param("à\u00a0la Lys", "à la Lys", "à Gand", "à Gand", id="fewer spaces are as they were typed"),
        pytest.param("un  pont", "  ", " ", "un pont", id="two spaces"),
        pytest.param("un \u00a0pont", "  ", " ", "un pont", id="two spaces of which one is a no-break space"),
        pytest.param(
            "Lys\u00a0! Lys !", "\u00a0", "\u202f", "Lys\u202f! Lys !", id="a no-break space alone finds itself"
        ),
        pytest.param("prive\u0301 et privé", "privé", "public", "public et public", id="decomposed in the text"),
        pytest.param("très privé", "prive\u0301", "public", "très public", id="decomposed in what is looked for"),
        pytest.param("prive\u0301", "prive", "public", "prive\u0301", id="an accent is no letter of its own"),
        pytest.param("e\u0301te\u0301 PONT x", "pont", "pas", "e\u0301te\u0301 pas x", id="behind decomposed letters"),
        pytest.param("3.5 ou 345", "3.5", "4", "4 ou 345", id="signs are themselves"),
    ],
)
def test_what_looks_alike_is_found_and_spaces_stay(text: str, find: str, replacement: str, expected: str) -> None:
    assert expected == replaced(text, Sought(find, replacement))


@pytest.mark.parametrize(
    "find, expected",
    [("pont", "tunnel des ponts  pontés"), ("  ", "pont des pontstunnelpontés"), ("% de", None)],
)
def test_whole_words_have_edges_only_where_a_word_is(find: str, expected: str | None) -> None:
    text = "25 % des ponts" if expected is None else "pont des ponts  pontés"

    assert (expected or text) == replaced(text, Sought(find, "tunnel", whole_words=True))


def test_no_hit_reaches_over_a_marker() -> None:
    coded = CodedText("le {1}pont{/1} 1", (InlineCode(1, CodeKind.BOLD),))

    assert [(6, 10)] == find_hits(coded, Sought("pont"))
    assert [(15, 16)] == find_hits(coded, Sought("1"))
    assert [] == find_hits(coded, Sought("le pont"))


@pytest.mark.parametrize("find", ["", " "])
def test_nothing_and_a_single_space_cannot_be_looked_for(find: str) -> None:
    with pytest.raises(Invalid) as refused:
        Sought(find)

    assert ("nothing_sought", "find") == (refused.value.code, refused.value.field)
