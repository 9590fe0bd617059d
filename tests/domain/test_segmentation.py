from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.inline import plain
from service.domain.segmentation import normalise_source, segment_block, segment_document, source_hash
from service.domain.text import Block, BlockKind, CodedText, CodeKind, Document, InlineCode

HERE = Path(__file__).parent
NTREX = HERE.parents[1].parent / "shared" / "data" / "ntrex"
CUT = " | "
ITEMS = {"nl": 200, "fr": 50, "de": 50, "en": 50}
BOLD = InlineCode(1, CodeKind.BOLD)
BREAK = InlineCode(2, CodeKind.BREAK)


def items(locale: str) -> list[str]:
    lines = (HERE / "segmentation" / f"{locale}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def sentences(
    text: str,
    locale: str = "nl",
    *,
    kind: BlockKind = BlockKind.PARAGRAPH,
    codes: tuple[InlineCode, ...] = (),
    abbreviations: tuple[str, ...] = (),
) -> list[str]:
    pieces = segment_block(CodedText(text, codes), kind, locale, abbreviations=abbreviations)
    return [piece.text for piece, _ in pieces]


@pytest.mark.parametrize("locale, item", [(locale, item) for locale in ITEMS for item in items(locale)])
def test_sentences_end_where_a_reader_ends_them(locale: str, item: str) -> None:
    text = item.replace(CUT, " ")

    cut = CUT.join(sentences(text, locale))

    assert item == cut


@pytest.mark.parametrize("locale", ITEMS)
def test_the_regression_items_are_many_and_no_two_are_the_same(locale: str) -> None:
    written = items(locale)

    repeated = [item for item, times in Counter(written).items() if times > 1]

    assert [] == repeated
    assert ITEMS[locale] <= len(written)


@pytest.mark.parametrize("kind", [BlockKind.TITLE, BlockKind.KICKER, BlockKind.HEADING])
def test_a_title_is_one_segment_whatever_its_marks(kind: BlockKind) -> None:
    title = "Komt er een akkoord? De raad beslist. Morgen."

    assert [title] == sentences(title, kind=kind)


@pytest.mark.parametrize("kind", [BlockKind.LEAD, BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST_ITEM])
def test_any_other_block_is_cut_into_its_sentences(kind: BlockKind) -> None:
    assert ["Eerst dit.", "Dan dat."] == sentences("Eerst dit. Dan dat.", kind=kind)


def test_white_space_between_two_sentences_is_kept_beside_the_first() -> None:
    content = CodedText("Eerst dit.\u00a0 Dan dat.")

    pieces = segment_block(content, BlockKind.PARAGRAPH, "nl")

    assert [("Eerst dit.", "\u00a0 "), ("Dan dat.", "")] == [(piece.text, gap) for piece, gap in pieces]


@pytest.mark.parametrize("text", ["", "   ", "\u00a0\n\u202f"])
def test_a_block_without_text_has_no_segments(text: str) -> None:
    assert [] == sentences(text)


def test_a_line_break_parts_two_lines_and_stands_in_the_gap() -> None:
    content = CodedText("Persdienst{2/}Wetstraat 16{2/}1000 Brussel", (BREAK,))

    pieces = segment_block(content, BlockKind.PARAGRAPH, "nl")

    assert [("Persdienst", "\n"), ("Wetstraat 16", "\n"), ("1000 Brussel", "")] == [
        (piece.text, gap) for piece, gap in pieces
    ]


def test_a_line_break_within_a_sentence_stays_in_it() -> None:
    assert ["De raad{2/}vergadert."] == sentences("De raad{2/}vergadert.", codes=(BREAK,))


def test_codes_do_not_hide_the_end_of_a_sentence() -> None:
    cut = sentences("{1}Eerst dit.{/1} Dan dat.", codes=(BOLD,))

    assert ["{1}Eerst dit.{/1}", "Dan dat."] == cut


def test_a_pair_around_two_sentences_is_closed_and_opened_again() -> None:
    cut = sentences("Zo: {1}Eerst dit. Dan dat.{/1} Klaar.", codes=(BOLD,))

    assert ["Zo: {1}Eerst dit.{/1}", "{1}Dan dat.{/1}", "Klaar."] == cut


def test_a_segment_lists_only_the_codes_that_it_bears() -> None:
    content = CodedText("{1}Eerst{/1} dit. Dan dat.", (BOLD,))

    pieces = segment_block(content, BlockKind.PARAGRAPH, "nl")

    assert [(BOLD,), ()] == [piece.codes for piece, _ in pieces]


@pytest.mark.parametrize("given_as", ["dir", "dir.", "Dir."])
def test_an_office_adds_abbreviations_of_its_own(given_as: str) -> None:
    text = "De dir. Peeters spreekt."

    assert ["De dir.", "Peeters spreekt."] == sentences(text)
    assert [text] == sentences(text, abbreviations=(given_as,))


def test_a_language_of_a_country_is_cut_by_the_languages_rules() -> None:
    text = "Es war am 25. Juli. Der Rat tagte."

    assert ["Es war am 25. Juli.", "Der Rat tagte."] == sentences(text, "de-BE")


def test_a_very_long_quotation_is_cut_into_its_sentences() -> None:
    quoted = " ".join(["Dit is een zin in een lange toespraak."] * 12)

    cut = sentences(f"Ze zei: “{quoted}” Daarna vertrok ze.")

    assert 13 == len(cut)


def test_a_document_names_the_block_of_every_segment() -> None:
    document = Document(
        (
            Block(BlockKind.TITLE, CodedText("Titel. Echt.")),
            Block(BlockKind.LEAD, CodedText("Een. Twee.")),
            Block(BlockKind.LIST_ITEM, CodedText("Drie."), 1, group=1),
        )
    )

    segments = segment_document(document, "nl")

    assert [(0, "Titel. Echt."), (1, "Een."), (1, "Twee."), (2, "Drie.")] == [
        (segment.block, segment.source.text) for segment in segments
    ]


@pytest.mark.parametrize(
    "unit",
    [
        pytest.param("a", id="one word"),
        pytest.param("woord ", id="words without a full stop"),
        pytest.param(".", id="full stops only"),
        pytest.param(". ", id="full stops apart"),
        pytest.param("\n", id="line ends"),
        pytest.param("“", id="quotations never closed"),
        pytest.param("(", id="brackets never closed"),
        pytest.param('"a. ', id="straight quotation marks"),
        pytest.param("dr. ", id="abbreviations"),
        pytest.param(".)", id="marks that close"),
        pytest.param(".[12", id="footnotes never closed"),
        pytest.param("{1", id="markers never closed"),
        pytest.param("Dit is een zin. ", id="sentences"),
    ],
)
def test_a_text_of_a_million_characters_is_cut_in_little_time(unit: str) -> None:
    content = CodedText(unit * (1_000_000 // len(unit)), (BOLD,))

    began = time.process_time()
    segment_block(content, BlockKind.PARAGRAPH, "nl")
    seconds = time.process_time() - began

    assert seconds < (2 if unit in {"a", "woord "} else 8)  # what is not linear takes minutes


@given(st.text(alphabet=list("aB1.!?…,:;\"'“”‘’„«»()[]{}/ \n\u00a0\u202f"), max_size=80), st.sampled_from(list(ITEMS)))
def test_nothing_is_lost_where_a_text_is_cut(text: str, locale: str) -> None:
    pieces = segment_block(CodedText(text, (BOLD,)), BlockKind.PARAGRAPH, locale)

    joined = "".join(plain(piece) + gap for piece, gap in pieces)

    assert plain(CodedText(text, (BOLD,))).strip() == joined
    assert all(piece.text == piece.text.strip() != "" and not gap.strip() for piece, gap in pieces)


@pytest.mark.parametrize("locale, most", [("nl", 0.05), ("fr", 0.04), ("de", 0.07), ("en", 0.01)])
def test_lines_of_one_sentence_are_seldom_cut(locale: str, most: float) -> None:
    path = NTREX / f"{locale}.txt"
    if not path.exists():
        pytest.skip(f"the shared reference texts are not there: {path}")
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]

    cut = [line for line in lines if len(sentences(line.strip(), locale)) > 1]

    assert len(cut) / len(lines) < most


@pytest.mark.parametrize(
    "text, normalised",
    [
        pytest.param("  De  raad\u00a0stemt.\n", "De raad stemt.", id="white space"),
        pytest.param("cafe\u0301", "caf\u00e9", id="composed letters"),
        pytest.param("De RAAD", "De RAAD", id="case is kept"),
    ],
)
def test_sources_are_compared_without_their_layout(text: str, normalised: str) -> None:
    assert normalised == normalise_source(text)


def test_equal_sources_have_equal_hashes() -> None:
    once, again = CodedText("De  {1}raad{/1}\u00a0stemt.", (BOLD,)), CodedText("De {1}raad{/1} stemt.", (BOLD,))

    assert source_hash(once) == source_hash(again)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(CodedText("De {1}Raad{/1} stemt.", (BOLD,)), id="another case"),
        pytest.param(CodedText("De {1}raad{/1} stemt.", (InlineCode(1, CodeKind.ITALIC),)), id="another code"),
        pytest.param(CodedText("De {1}raad{/1} stemt."), id="braces of the author"),
        pytest.param(CodedText("De raad stemt."), id="no code"),
    ],
)
def test_other_sources_have_other_hashes(other: CodedText) -> None:
    assert source_hash(CodedText("De {1}raad{/1} stemt.", (BOLD,))) != source_hash(other)


def test_where_a_link_leads_is_no_part_of_the_hash() -> None:
    one = CodedText("{1}Lees{/1}", (InlineCode(1, CodeKind.LINK, "https://voorbeeld.be/a"),))
    other = CodedText("{1}Lees{/1}", (InlineCode(1, CodeKind.LINK, "https://voorbeeld.be/b"),))

    assert source_hash(one) == source_hash(other)
