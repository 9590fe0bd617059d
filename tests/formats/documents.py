"""Made-up documents for the property tests: any structure that a format can show, with words of Dutch shape."""

from __future__ import annotations

from hypothesis import strategies as st

from service.domain.text import Block, BlockKind, CodedText, CodeKind, Document
from service.formats.arranging import arrange
from service.formats.building import BREAK, Run, Style, coded

WORDS = st.sampled_from(
    [
        *(
            "De",
            "Een",
            "Minister",
            "raad",
            "zegt",
            "dat",
            "er",
            "25",
            "miljoen",
            "is",
            "voor",
            "(AI)",
            "en",
            "EU-beleid,",
        ),
        *(
            "één",
            "café",
            "*",
            "_",
            "<b>",
            "&",
            "&amp;",
            "[x](y)",
            "`c`",
            "#1",
            "{1}",
            "{/2}",
            "1.",
            "2)",
            "-",
            "+",
            ">",
        ),
        *(
            "|",
            "\\",
            "~~~",
            "https://voorbeeld.be/a_b?c=1&d=2",
            "dhr.",
            "“ja”",
            "'nee'",
            "*nadruk*",
            "__x__",
            "=",
            "---",
        ),
        ":",
    ]
)
PLAIN_WORDS = st.sampled_from(["raad", "zegt", "dat", "er", "vandaag", "25", "miljoen", "is", "voor", "café", "België"])
HREFS = st.sampled_from(["https://voorbeeld.be/", "http://voorbeeld.be/a_(b)?c=1&copy=2", "mailto:pers@voorbeeld.be"])
PAIRS = (CodeKind.BOLD, CodeKind.ITALIC, CodeKind.LINK)


@st.composite
def contents(draw: st.DrawFn, *, breaks: bool = True) -> CodedText:
    """Draw a text with nested codes, tight or loose against the words around them."""
    runs: list[Run] = []

    def fill(styles: tuple[Style, ...], depth: int) -> None:
        for _ in range(draw(st.integers(1, 3))):
            words = " ".join(draw(st.lists(WORDS, min_size=1, max_size=4)))
            runs.append(Run(draw(st.sampled_from(["", " "])) + words, styles))
            covered = {style.kind for style in styles}
            unused = [kind for kind in PAIRS if kind not in covered]
            if depth < 2 and unused and draw(st.booleans()):
                kind = draw(st.sampled_from(unused))
                fill((*styles, Style(kind, draw(HREFS) if kind is CodeKind.LINK else None)), depth + 1)
            if breaks and draw(st.integers(0, 5)) == 0:
                runs.append(Run(BREAK, styles))

    fill((), 0)
    return coded(runs)


@st.composite
def documents(draw: st.DrawFn, *, breaks: bool = True) -> Document:
    """Draw a document: a title, perhaps a kicker, then blocks of every kind."""
    blocks = [Block(BlockKind.TITLE, CodedText("De titel & meer"))]
    if draw(st.booleans()):
        blocks.insert(0, Block(BlockKind.KICKER, CodedText("Persbericht")))
    kinds = st.sampled_from(["paragraph", "heading", "list_item", "quote"])
    for group, kind in enumerate(draw(st.lists(kinds, min_size=1, max_size=6)), 1):
        if kind == "heading":
            blocks.append(Block(BlockKind.HEADING, draw(contents(breaks=breaks)), draw(st.integers(2, 6))))
        elif kind == "paragraph":
            blocks.append(Block(BlockKind.PARAGRAPH, draw(contents(breaks=breaks))))
        else:
            ordered = draw(st.booleans())
            for level in draw(st.lists(st.integers(1, 3), min_size=1, max_size=4)):
                nested = ordered if level == 1 else draw(st.booleans())
                blocks.append(Block(BlockKind(kind), draw(contents(breaks=breaks)), level, ordered=nested, group=group))
    return Document(arrange(blocks))


@st.composite
def plain_documents(draw: st.DrawFn) -> Document:
    """Draw a document that plain text can show: no codes, headings of one level, only whole sentences below."""
    blocks = [Block(BlockKind.TITLE, CodedText("De titel van vandaag"))]
    if draw(st.booleans()):
        blocks.insert(0, Block(BlockKind.KICKER, CodedText("Persbericht")))
    kinds = st.sampled_from(["section", "paragraph", "list_item", "quote"])
    for group, kind in enumerate(draw(st.lists(kinds, min_size=1, max_size=6)), 1):
        if kind == "section":
            blocks.append(Block(BlockKind.HEADING, CodedText(f"Kop {draw(_plain_words())}"), 2))
        if kind in {"section", "paragraph"}:
            blocks.append(Block(BlockKind.PARAGRAPH, CodedText(f"Alinea {draw(_plain_words())}.")))
        elif kind == "quote":
            blocks.append(Block(BlockKind.QUOTE, CodedText(f"“Ja {draw(_plain_words())}.”"), group=group))
        else:
            if blocks[-1].kind is BlockKind.LIST_ITEM:  # two lists in a row are one in plain text
                blocks.append(Block(BlockKind.PARAGRAPH, CodedText("Daarnaast geldt dit.")))
            ordered = draw(st.booleans())
            blocks += [
                Block(BlockKind.LIST_ITEM, CodedText(draw(_plain_words())), level, ordered=ordered, group=group)
                for level in draw(st.lists(st.integers(1, 3), min_size=1, max_size=4))
            ]
    return Document(arrange(blocks))


def _plain_words() -> st.SearchStrategy[str]:
    return st.lists(PLAIN_WORDS, min_size=2, max_size=5).map(" ".join)
