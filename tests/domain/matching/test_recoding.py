from __future__ import annotations

import pytest

from service.domain.inline import check_nesting
from service.domain.matching.recoding import recoded
from service.domain.text import CodedText, CodeKind, InlineCode

ONE, TWO = InlineCode(1, CodeKind.BOLD), InlineCode(2, CodeKind.BOLD)
ITALIC = InlineCode(3, CodeKind.ITALIC)
HERE, THERE = InlineCode(4, CodeKind.LINK, "https://a.example"), InlineCode(5, CodeKind.LINK, "https://b.example")
BREAK, LATER_BREAK = InlineCode(6, CodeKind.BREAK), InlineCode(7, CodeKind.BREAK)


@pytest.mark.parametrize(
    "target, source, wanted, expected",
    [
        ("Le {1}pont{/1}", CodedText("De {1}brug{/1}", (ONE,)), CodedText("De {2}brug{/2}", (TWO,)), "Le {2}pont{/2}"),
        ("Le {1}pont{/1}", CodedText("De {1}brug{/1}", (ONE,)), CodedText("De brug"), "Le pont"),
        ("Le pont", CodedText("De brug"), CodedText("De {2}brug{/2}", (TWO,)), "Le pont"),
        (
            "Le {1}pont{/1}",
            CodedText("De {1}brug{/1}", (ONE,)),
            CodedText("De {3}brug{/3}", (ITALIC,)),
            "Le pont",
        ),
        (
            "{4}ici{/4} et {5}là{/5}",
            CodedText("{4}hier{/4} en {5}daar{/5}", (HERE, THERE)),
            CodedText(
                "{1}hier{/1} en {2}daar{/2}",
                (InlineCode(1, CodeKind.LINK, "https://b.example"), InlineCode(2, CodeKind.LINK, "https://a.example")),
            ),
            "{2}ici{/2} et {1}là{/1}",
        ),
        (
            "Une ligne{6/}et une autre",
            CodedText("Een lijn{6/}en nog een", (BREAK,)),
            CodedText("Een lijn{7/}en nog een", (LATER_BREAK,)),
            "Une ligne{7/}et une autre",
        ),
        (
            "Une ligne{6/}et une autre",
            CodedText("Een lijn{6/}en nog een", (BREAK,)),
            CodedText("Een lijn en nog een"),
            "Une ligne et une autre",
        ),
        (
            "Le {1}pont{/1} et la {1}rive{/1}",
            CodedText("De {1}brug{/1}", (ONE,)),
            CodedText("De {2}brug{/2}", (TWO,)),
            "Le {2}pont{/2} et la rive",
        ),
        (
            "{1}Le {3}pont{/1}{/3}",
            CodedText("{1}De {3}brug{/3}{/1}", (ONE, ITALIC)),
            CodedText("{3}De brug{/3}", (ITALIC,)),
            "Le {3}pont{/3}",
        ),
        ("Un {9} seul", CodedText("Een {9} alleen"), CodedText("Een {9} alleen"), "Un {9} seul"),
    ],
)
def test_a_target_takes_the_numbers_of_the_segment(
    target: str, source: CodedText, wanted: CodedText, expected: str
) -> None:
    mapped = recoded(target, source, wanted)

    assert expected == mapped
    assert () == check_nesting(mapped, wanted.codes)


def test_braces_in_the_text_are_not_read_as_one_of_the_segments_marks() -> None:
    mapped = recoded(
        "Voir {2} et {1}ici{/1}", CodedText("Zie {1}hier{/1}", (ONE,)), CodedText("Zie {2}hier{/2}", (TWO,))
    )

    assert () == check_nesting(mapped, (TWO,))
    assert "{2}ici{/2}" in mapped
