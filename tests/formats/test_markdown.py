from __future__ import annotations

import pytest

from service.domain.errors import Invalid
from service.domain.inline import plain
from service.domain.text import Block, BlockKind, CodedText, CodeKind, Document, InlineCode
from service.formats.markdown import read_markdown, write_markdown

FRONT = "# De titel\n\nDe lead.\n\n"


def outline(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, plain(block.content)) for block in document.blocks]


def below(body: str) -> list[tuple[str, str]]:
    """Read a body below a title and a lead, and leave those out."""
    return outline(read_markdown(FRONT + body))[2:]


def test_every_kind_of_block_is_read() -> None:
    document = read_markdown(
        "Persbericht\n\n# De titel\n\nDe lead.\n\n## Kop\n\nAlinea.\n\n> Een.\n>\n> Twee.\n\n1. Punt\n   - Dieper\n"
    )

    assert (
        Block(BlockKind.TITLE, CodedText("De titel")),
        Block(BlockKind.KICKER, CodedText("Persbericht")),
        Block(BlockKind.LEAD, CodedText("De lead.")),
        Block(BlockKind.HEADING, CodedText("Kop"), 2),
        Block(BlockKind.PARAGRAPH, CodedText("Alinea.")),
        Block(BlockKind.QUOTE, CodedText("Een."), group=1),
        Block(BlockKind.QUOTE, CodedText("Twee."), group=1),
        Block(BlockKind.LIST_ITEM, CodedText("Punt"), 1, ordered=True, group=2),
        Block(BlockKind.LIST_ITEM, CodedText("Dieper"), 2, group=2),
    ) == document.blocks


@pytest.mark.parametrize(
    "written, read, code",
    [
        ("De **raad** stemt.", "De {1}raad{/1} stemt.", InlineCode(1, CodeKind.BOLD)),
        ("De _raad_ stemt.", "De {1}raad{/1} stemt.", InlineCode(1, CodeKind.ITALIC)),
        ("De [raad](https://a.be) stemt.", "De {1}raad{/1} stemt.", InlineCode(1, CodeKind.LINK, "https://a.be")),
        ("<https://a.be>", "{1}https://a.be{/1}", InlineCode(1, CodeKind.LINK, "https://a.be")),
        ("Een\\\ntwee", "Een{1/}twee", InlineCode(1, CodeKind.BREAK)),
        ("Een  \ntwee", "Een{1/}twee", InlineCode(1, CodeKind.BREAK)),
    ],
)
def test_inline_markup_becomes_codes(written: str, read: str, code: InlineCode) -> None:
    assert CodedText(read, (code,)) == read_markdown(FRONT + written).blocks[-1].content


@pytest.mark.parametrize(
    "body, expected",
    [
        pytest.param("Een\ntwee", [("paragraph", "Een twee")], id="a soft line end"),
        pytest.param("```\neen *x*\ntwee\n```", [("paragraph", "een *x*\ntwee")], id="a code fence"),
        pytest.param("| a | b |\n|---|---|\n| c | d |", [("paragraph", sign) for sign in "abcd"], id="a table"),
        pytest.param("Kijk: ![foto](x.png)", [("paragraph", "Kijk:")], id="an image"),
        pytest.param("Een <b>vet</b> woord", [("paragraph", "Een vet woord")], id="raw HTML"),
        pytest.param(
            "Voor.\n\n<script>alert(1)</script>\n\nNa.", [("paragraph", "Voor."), ("paragraph", "Na.")], id="a script"
        ),
        pytest.param("[klik](javascript:alert(1))", [("paragraph", "klik")], id="a link that runs"),
        pytest.param("[klik](//kwaad.example)", [("paragraph", "klik")], id="a link without a scheme"),
        pytest.param("Een\r\n\r\ntwee", [("paragraph", "Een"), ("paragraph", "twee")], id="CRLF"),
        pytest.param("Een\n\u00a0\ntwee", [("paragraph", "Een"), ("paragraph", "twee")], id="a no-break blank line"),
        pytest.param("De\u200b raad", [("paragraph", "De raad")], id="a zero-width space"),
    ],
)
def test_the_rest_becomes_paragraphs_or_nothing(body: str, expected: list[tuple[str, str]]) -> None:
    assert expected == below(body)


def test_markup_characters_are_escaped_where_they_would_count() -> None:
    blocks = [Block(BlockKind.PARAGRAPH, CodedText(text)) for text in ("# geen kop", "1. geen lijst", "a*b*c_d_e <b>")]

    assert "\\# geen kop\n\n1\\. geen lijst\n\na\\*b\\*c_d_e \\<b>\n" == write_markdown(blocks, "nl")


@pytest.mark.parametrize("kind", [BlockKind.PARAGRAPH, BlockKind.TITLE])
def test_a_link_behind_an_exclamation_mark_is_no_image(kind: BlockKind) -> None:
    content = CodedText("Nieuw!{1}site{/1}", (InlineCode(1, CodeKind.LINK, "https://a.be"),))

    written = write_markdown([Block(kind, content)], "nl")

    assert "Nieuw\\![site](<https://a.be>)" == written.strip("# \n")
    assert "Nieuw!site" in [text for _, text in below(written)] + [text for _, text in outline(read_markdown(written))]


def test_a_line_break_at_the_end_of_a_block_is_not_written() -> None:
    content = CodedText("Adres{1/}en straat.{2/}", (InlineCode(1, CodeKind.BREAK), InlineCode(2, CodeKind.BREAK)))

    assert "Adres\\\nen straat.\n" == write_markdown([Block(BlockKind.PARAGRAPH, content)], "nl")


@pytest.mark.parametrize("end", ["---", "..."])
def test_a_header_above_the_text_is_no_text(end: str) -> None:
    header = f"---\ntitle: Mijn titel\nlang: nl\ntags:\n- a\n  - b\n# c\n\n{end}\n"

    assert read_markdown(FRONT + "Alinea.") == read_markdown(header + FRONT + "Alinea.")


@pytest.mark.parametrize("title", ["Mijn <titel>", '"Mijn <titel>"', "'Mijn <titel>' "])
def test_the_title_of_a_header_is_the_title_of_a_text_without_one(title: str) -> None:
    document = read_markdown(f"---\nlang: nl\ntitle: {title}\n---\n\nDe lead.\n\nAlinea.\n")

    assert [("title", "Mijn <titel>"), ("lead", "De lead."), ("paragraph", "Alinea.")] == outline(document)


@pytest.mark.parametrize(
    "text",
    ["---\nEen zin.\n---\n", "---\nlang: nl\n\nEen zin.\n", "Een zin.\n\n---\nlang: nl\n---\n", "---\n---\nZin.\n"],
)
def test_lines_that_only_look_like_a_header_are_text(text: str) -> None:
    words = " ".join(text for _, text in outline(read_markdown(text, title="De titel")))

    assert all(word in words for word in text.replace("-", "").split())


@pytest.mark.parametrize("sign", ["**a", "_a", "[a", "![a", "`a", "<b>a</b>", "|a", "- a\n", "a\n\n", "> a\n"])
def test_a_text_that_is_all_markup_is_refused_at_once(sign: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_markdown(sign * (900_000 // len(sign)), title="De titel")

    assert ("too_much_markup", "body") == (refused.value.code, refused.value.field)


def test_a_long_text_with_the_markup_of_a_text_is_read() -> None:
    paragraph = (
        "Een **vet** en een _schuin_ woord en [een link](https://a.be).\n"
        + "Een regel van een zin die langer is.\n" * 18
    )

    document = read_markdown(f"{paragraph}\n" * 700, title="De titel")

    assert 701 == len(document.blocks)


def test_the_kicker_is_written_above_the_title() -> None:
    blocks = read_markdown("Persbericht\n\n# De titel\n\nDe **lead**.\n\n- een\n- twee\n").blocks

    assert "Persbericht\n\n# De titel\n\nDe **lead**.\n\n- een\n- twee\n" == write_markdown(blocks, "nl")


def test_no_blocks_are_an_empty_text() -> None:
    assert "" == write_markdown((), "nl")


def test_a_list_keeps_the_number_that_it_counts_from() -> None:
    document = read_markdown("# De titel\n\nDe lead.\n\n1. een\n\nTussenin.\n\n2. twee\n3. drie\n\n7) zeven\n")

    written = write_markdown(document.blocks, "nl")

    assert [0, 2, 0, 7] == [block.start for block in document.blocks if block.ordered]
    assert written.endswith("1. een\n\nTussenin.\n\n2) twee\n3) drie\n\n7. zeven\n")
    assert document == read_markdown(written)
