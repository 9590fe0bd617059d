from __future__ import annotations

import pytest

from service.domain.covering import links_within, useless_marks, writable
from service.domain.text import CodedText, CodeKind, InlineCode

BOLD = InlineCode(1, CodeKind.BOLD)
LINK = InlineCode(2, CodeKind.LINK, "https://a.be")
OTHER = InlineCode(3, CodeKind.LINK, "https://b.be")
BREAK = InlineCode(4, CodeKind.BREAK)
CODES = (BOLD, LINK, OTHER, BREAK)
SOURCE = CodedText("Zie {1}de{/1} {2}site{/2} en {3}twee{/3}.{4/}", CODES)


@pytest.mark.parametrize(
    "target, marks",
    [
        ("Voir {1}le{/1} {2}site{/2} et {3}deux{/3}.", ()),
        ("Voir {1}le {2}site{/2} et {3}deux{/3}{/1}.", ()),
        ("Voir {1}le{/1} {2}{/2}site et {3}deux{/3}.", ("{2}",)),
        ("Voir {1}{2} {4/}{/2}{/1}site et {3}deux{/3}.", ("{1}", "{2}")),
        ("Voir {1}le{/1} {2}{3}site et deux{/3}{/2}.", ("{3}",)),
        ("Voir {1}le{/1} {3}site {1}et {2}deux{/2}{/1}{/3}.", ("{2}",)),
    ],
)
def test_marks_that_show_nothing_are_told(target: str, marks: tuple[str, ...]) -> None:
    assert marks == useless_marks(target, SOURCE)


def test_links_that_nest_in_the_source_may_nest_in_the_target() -> None:
    assert () == links_within("{3}{2}b{/2}{/3}", CodedText("{2}{3}a{/3}{/2}", CODES))


@pytest.mark.parametrize(
    "text, written",
    [
        ("Een {2}{/2}site", "Een site"),
        ("Een{1}{2} {/2}{/1}site", "Een site"),
        ("{2}{3}Een{/3} site{/2}", "{2}Een site{/2}"),
        ("Een {1}{2}site{/2}{/1}", "Een {1}{2}site{/2}{/1}"),
        ("Een{4/}site{4/}", "Een{4/}site"),
        ("{1}{4/}Een{4/}site{/1}{4/}", "{1}Een{4/}site{/1}"),
        ("{4/}", ""),
    ],
)
def test_what_shows_nothing_is_not_written(text: str, written: str) -> None:
    assert written == "".join(token.text for token in writable(CodedText(text, CODES)))
