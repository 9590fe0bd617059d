from __future__ import annotations

import json

import pytest

from service.domain.receipts import Said, locale_of, page_text, read_receipts, shows, squeezed_blocks
from service.domain.text import Block, BlockKind, CodedText, CodeKind, InlineCode

DIGEST, OTHER = "a" * 64, "b" * 64
URL = "https://news.example/brug"
LINK = (InlineCode(1, CodeKind.LINK, "https://example.org/"),)
BLOCKS = squeezed_blocks(
    [
        Block(BlockKind.TITLE, CodedText("Une «\u202fpasserelle\u202f» ouvre")),
        Block(BlockKind.PARAGRAPH, CodedText("Elle coûte {1}25 millions{/1} d’euros.", LINK)),
        Block(BlockKind.PARAGRAPH, CodedText("Elle ouvre le 14 mai\u00a02026.")),
    ]
)
PAGE = """<!doctype html><html><head><title>Une "passerelle" ouvre</title><style>p { color: red }</style></head>
<body><nav>Accueil</nav><h1>Une “passerelle” ouvre</h1>
<p>Elle co&ucirc;te <a href="/x"><b>25</b> millions</a> d'euros.</p><aside>Lisez aussi</aside>
<p>Elle ouvre
le 14&nbsp;mai 2026.</p><script>var a = "<p>";</script></body></html>"""


def said(**given: object) -> str:
    return json.dumps({"url": URL, "digest": DIGEST} | given)


@pytest.mark.parametrize(
    "answer, expected",
    [
        (said(), (Said(URL, DIGEST),)),
        (said(digest=DIGEST.upper(), locale="fr", more=1), (Said(URL, DIGEST, "fr"),)),
        (f"[{said()}, {said(digest=OTHER)}]", (Said(URL, DIGEST), Said(URL, OTHER))),
        (f'{{"receipts": [{said()}, 3]}}', (Said(URL, DIGEST),)),
        ("", ()),
        ("ok", ()),
        ("[1, null, []]", ()),
        ('{"received": true}', ()),
        (said(digest="abc"), ()),
        (said(url=7), ()),
        (said(url=""), ()),
    ],
)
def test_an_answer_is_read_for_receipts(answer: str, expected: tuple[Said, ...]) -> None:
    assert expected == read_receipts(answer)


@pytest.mark.parametrize(
    "one, sent, expected",
    [
        (Said(URL, DIGEST), {"fr": OTHER, "de": DIGEST}, "de"),
        (Said(URL, DIGEST, "fr"), {"fr": OTHER, "de": DIGEST}, "de"),
        (Said(URL, "c" * 64, "fr"), {"fr": OTHER, "de": DIGEST}, "fr"),
        (Said(URL, "c" * 64), {"fr": OTHER}, "fr"),
        (Said(URL, "c" * 64), {"fr": OTHER, "de": DIGEST}, ""),
        (Said(URL, "c" * 64, "en"), {"fr": OTHER, "de": DIGEST}, ""),
    ],
)
def test_a_receipt_is_for_the_language_of_its_digest(one: Said, sent: dict[str, str], expected: str) -> None:
    assert expected == locale_of(one, sent)


def test_a_page_shows_a_text_in_its_own_setting() -> None:
    assert shows(page_text(PAGE), BLOCKS)


@pytest.mark.parametrize(
    "old, new",
    [
        ("<b>25</b>", "<b>26</b>"),
        ("Elle ouvre\nle", "Elle ferme\nle"),
        ("<h1>Une “passerelle” ouvre</h1>", ""),
        ("<p>Elle ouvre", "<script>Elle ouvre"),
        ("<p>Elle co&ucirc;te", "<p>Elle ouvre le 14 mai 2026.</p><p>Elle coute"),
    ],
)
def test_a_page_that_changed_or_hides_a_word_does_not(old: str, new: str) -> None:
    assert old in PAGE

    assert not shows(page_text(PAGE.replace(old, new)), BLOCKS)


def test_paragraphs_in_another_order_are_another_text() -> None:
    first, second = PAGE.index("<p>Elle co"), PAGE.index("<p>Elle ouvre")
    end = PAGE.index("<script>")
    turned = PAGE[:first] + PAGE[second:end] + PAGE[first:second] + PAGE[end:]

    assert not shows(page_text(turned), BLOCKS)


def test_no_text_is_shown_by_no_page() -> None:
    assert not shows(page_text(PAGE), ())
