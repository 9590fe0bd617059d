from __future__ import annotations

import re

import pytest

from service.domain.inline import plain
from service.domain.text import Block, BlockKind, CodedText, CodeKind, Document, InlineCode
from service.formats.html import read_html, write_html

FRONT = "<h1>De titel</h1><p>De lead.</p>"
HOSTILE = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//kwaad.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg onload=alert(1)>",
    "<iframe src='https://kwaad.example/'>tekst</iframe>",
    "<object data='x'>tekst</object><embed src=x>",
    "<style>p { background: url(javascript:alert(1)) }</style>",
    "<!-- <script>alert(1)</script> --><![CDATA[<script>]]>",
    "<a href='javascript:alert(1)'>klik</a>",
    "<a href='JaVa\tScRiPt:alert(1)'>klik</a>",
    "<a href='&#106;avascript:alert(1)'>klik</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>klik</a>",
    "<a href='vbscript:x'>klik</a><a href='//kwaad.example'>klik</a><a href='/pad'>klik</a>",
    '<a href="https://voorbeeld.be/&quot; onclick=&quot;alert(1)">klik</a>',
    "<p onclick='alert(1)' style='x' id='y'>tekst</p>",
    "<form action='https://kwaad.example'><input value=x><button>klik</button></form>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>",
    "<base href='https://kwaad.example/'><meta http-equiv=refresh content='0;url=https://kwaad.example'>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
]


def outline(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, plain(block.content)) for block in document.blocks]


def below(body: str) -> list[tuple[str, str]]:
    """Read a body below a title and a lead, and leave those out."""
    return outline(read_html(FRONT + body))[2:]


def paragraph(body: str) -> CodedText:
    return read_html(f"{FRONT}<p>{body}</p>").blocks[-1].content


def test_every_kind_of_block_is_read() -> None:
    document = read_html(
        "<p>Persbericht</p><h1>De titel</h1><p>De lead.</p><h2>Kop</h2><p>Alinea.</p><h4>Kopje</h4>"
        "<blockquote><p>Een.</p><p>Twee.</p></blockquote><ol><li>Punt<ul><li>Dieper</li></ul></li></ol>"
    )

    assert (
        Block(BlockKind.TITLE, CodedText("De titel")),
        Block(BlockKind.KICKER, CodedText("Persbericht")),
        Block(BlockKind.LEAD, CodedText("De lead.")),
        Block(BlockKind.HEADING, CodedText("Kop"), 2),
        Block(BlockKind.PARAGRAPH, CodedText("Alinea.")),
        Block(BlockKind.HEADING, CodedText("Kopje"), 4),
        Block(BlockKind.QUOTE, CodedText("Een."), group=1),
        Block(BlockKind.QUOTE, CodedText("Twee."), group=1),
        Block(BlockKind.LIST_ITEM, CodedText("Punt"), 1, ordered=True, group=2),
        Block(BlockKind.LIST_ITEM, CodedText("Dieper"), 2, group=2),
    ) == document.blocks


@pytest.mark.parametrize("tag, kind", [("b", "bold"), ("strong", "bold"), ("i", "italic"), ("em", "italic")])
def test_bold_and_italic_become_codes(tag: str, kind: str) -> None:
    content = paragraph(f"De <{tag}>raad</{tag}> stemt.")

    assert CodedText("De {1}raad{/1} stemt.", (InlineCode(1, CodeKind(kind)),)) == content


def test_nested_codes_nest() -> None:
    assert "{1}a {2}b{/2}{/1} c" == paragraph("<b>a <i>b</i></b> c").text


@pytest.mark.parametrize(
    "href, kept",
    [
        ("https://voorbeeld.be/?a=1&amp;b=2", "https://voorbeeld.be/?a=1&b=2"),
        ("http://voorbeeld.be", "http://voorbeeld.be"),
        ("mailto:pers@voorbeeld.be", "mailto:pers@voorbeeld.be"),
        (" https://voorbeeld.be/een pad ", "https://voorbeeld.be/een%20pad"),
    ],
)
def test_a_link_to_a_page_or_a_mailbox_stays(href: str, kept: str) -> None:
    assert CodedText("{1}klik{/1}", (InlineCode(1, CodeKind.LINK, kept),)) == paragraph(f'<a href="{href}">klik</a>')


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,x",
        "//voorbeeld.be/",
        "/pad",
        "#anker",
        "ftp://voorbeeld.be/",
        "https://",
        "mailto:",
        "https://[",
        f"https://voorbeeld.be/{'a' * 2000}",
    ],
)
def test_any_other_link_leaves_its_text_alone(href: str) -> None:
    assert CodedText("klik") == paragraph(f'<a href="{href}">klik</a>')


def test_line_breaks_become_codes_and_two_of_them_part_paragraphs() -> None:
    assert [("paragraph", "Een\ntwee"), ("paragraph", "drie")] == below("<p>Een<br>twee<br><br>drie</p>")


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "<style>p { color: red }</style>",
        "<!-- weg -->",
        "<iframe>weg</iframe>",
        "<object>weg</object>",
        "<noscript>weg</noscript>",
        "<template>weg</template>",
        "<svg><text>weg</text></svg>",
        "<p hidden>weg</p>",
        '<p style="display: none">weg</p>',
        "<p> \u00a0 </p>",
        "<del>weg</del>",
    ],
)
def test_what_no_reader_sees_is_gone(body: str) -> None:
    assert [("paragraph", "Voor."), ("paragraph", "Na.")] == below(f"<p>Voor.</p>{body}<p>Na.</p>")


def test_unknown_blocks_are_flattened_and_cells_are_paragraphs() -> None:
    body = "<div>los<section><p>in</p></section>na</div><table><tr><th>kop</th><td>cel</td></tr></table>"

    assert [("paragraph", text) for text in ("los", "in", "na", "kop", "cel")] == below(body)


def test_lines_of_preformatted_text_stay_lines() -> None:
    assert [("paragraph", "een\ntwee")] == below("<pre><code>een\ntwee</code></pre>")


def test_white_space_is_collapsed_and_no_break_spaces_stay() -> None:
    assert [("paragraph", "De raad\u00a0stemt.")] == below("<p>\n  De   raad&nbsp;stemt.\n</p>")


def test_the_title_of_the_page_is_the_title_where_there_is_no_heading() -> None:
    document = read_html("<html><head><title>De titel</title></head><body><p>De tekst.</p></body></html>")

    assert [("title", "De titel"), ("paragraph", "De tekst.")] == outline(document)


def test_markup_that_never_ends_is_read_as_far_as_it_goes() -> None:
    assert [("paragraph", "Een twee")] == below("<p>Een <b>twee")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_markup_comes_out_harmless(hostile: str) -> None:
    written = write_html(read_html(f"{FRONT}<p>Voor {hostile} na</p>").blocks, "nl")

    assert {"h1", "p", "a", "br", "strong", "em"} >= set(re.findall(r"</?([a-z0-9]+)", written))
    assert {"class", "href", "rel"} >= set(re.findall(r"<[^>]*?\s([a-z]+)=", written))
    assert [] == re.findall(r"href=\"(?!https?://|mailto:)[^\"]*", written)


def test_a_fragment_is_small_and_plain() -> None:
    document = read_html(
        '<p>Persbericht</p><h1>Titel &amp; meer</h1><p>De <b>lead</b> <a href="https://a.be/?a=1&amp;b=2">x</a>.</p>'
        "<h2>Kop</h2><p>Een<br>twee</p><blockquote>Ja.</blockquote><ul><li>a<ol><li>b</li></ol></li><li>c</li></ul>"
    )

    assert (
        '<p class="kicker">Persbericht</p>\n'
        "<h1>Titel &amp; meer</h1>\n"
        '<p class="lead">De <strong>lead</strong> '
        '<a href="https://a.be/?a=1&amp;b=2" rel="noopener noreferrer">x</a>.</p>\n'
        "<h2>Kop</h2>\n"
        "<p>Een<br>twee</p>\n"
        "<blockquote><p>Ja.</p></blockquote>\n"
        "<ul><li>a<ol><li>b</li></ol></li><li>c</li></ul>\n"
    ) == write_html(document.blocks, "nl")


def test_misplaced_markers_are_mended_in_the_fragment() -> None:
    codes = (InlineCode(1, CodeKind.BOLD), InlineCode(2, CodeKind.ITALIC))
    blocks = [Block(BlockKind.PARAGRAPH, CodedText("{1}a{2}b{/1}c{/2} {/1}<i>", codes))]

    assert "<p><strong>a<em>b</em></strong>c &lt;i&gt;</p>\n" == write_html(blocks, "nl")


def test_a_link_that_leads_elsewhere_is_not_written() -> None:
    blocks = [Block(BlockKind.PARAGRAPH, CodedText("{1}klik{/1}", (InlineCode(1, CodeKind.LINK, "javascript:x"),)))]

    assert "<p>klik</p>\n" == write_html(blocks, "nl")


def test_no_blocks_are_an_empty_fragment() -> None:
    assert "" == write_html((), "nl")


@pytest.mark.parametrize(
    "body, expected",
    [
        ("Slot<sup>2</sup> komt", "Slot² komt"),
        ("10<sup>-6</sup> en 10<SUP><span>6</span></SUP> m<sup>2</sup>", "10⁻⁶ en 10⁶ m²"),
        ("CO<sub>2</sub> en H<sub> 2 </sub>O", "CO₂ en H₂O"),
        ("de 1<sup>er</sup> mei, mevr<sup>.</sup> X", "de 1er mei, mevr. X"),
        ("een<sup hidden>2</sup> twee<sup></sup>", "een twee"),
    ],
)
def test_figures_above_and_below_the_line_stay_apart_from_those_on_it(body: str, expected: str) -> None:
    assert expected == plain(paragraph(body))


def test_a_raised_figure_keeps_what_covers_it() -> None:
    assert "{1}10⁶{/1} stuks" == paragraph("<b>10<sup>6</sup></b> stuks").text


@pytest.mark.parametrize(
    "body, numbered",
    [
        pytest.param("<ol><li>a</li></ol><p>x</p><ol start=2><li>b</li><li>c</li></ol>", [0, 2, 0], id="a start"),
        pytest.param('<ol><li>a</li><li value="2">b</li><li value="7">c</li></ol>', [0, 0, 7], id="a value"),
        pytest.param("<ol start=3><li value=7><p>a</p></li></ol>", [7], id="both"),
        pytest.param("<ol start=-3><li value=x>a</li></ol>", [0], id="no number"),
        pytest.param("<ol start=99999999999><li>a</li></ol>", [0], id="a number out of all proportion"),
        pytest.param("<ul start=3><li value=7>a</li></ul>", [0], id="bullets"),
        pytest.param("<ol><li>a<ol start=4><li>b</li></ol></li><li>c</li></ol>", [0, 0, 0], id="a list within a list"),
    ],
)
def test_a_list_keeps_the_number_that_it_counts_from(body: str, numbered: list[int]) -> None:
    document = read_html(f"<h1>De titel</h1><p>De lead.</p>{body}")

    items = [block for block in document.blocks if block.kind is BlockKind.LIST_ITEM]
    assert numbered == [item.start for item in items]
    assert document == read_html(write_html(document.blocks, "nl"))


def test_the_number_of_a_list_is_written_where_it_is_not_one() -> None:
    document = read_html("<h1>T</h1><p>L.</p><ol><li>a</li></ol><p>x</p><ol start=2><li>b</li></ol>")

    assert write_html(document.blocks, "nl").endswith('<ol><li>a</li></ol>\n<p>x</p>\n<ol start="2"><li>b</li></ol>\n')
