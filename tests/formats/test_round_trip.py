"""What is written and read again, and what is cut and composed again, is the same as before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.compose import compose
from service.domain.errors import Invalid
from service.domain.inline import check_nesting
from service.domain.segmentation import segment_document
from service.domain.text import Document
from service.formats import READERS, WRITERS, read, write
from service.formats.html import read_html, write_html
from service.formats.markdown import read_markdown, write_markdown
from service.formats.text import read_text, write_text
from tests.formats.documents import documents, plain_documents

BITS = [
    *'aA1.!?"“”‘’()[]{}<>/&;#*-_`|\\ \n\t\r\u00a0\u200b\u2028\x00>=:',
    *("<b>", "</b>", "<p>", "</li>", "<ul>", "<li>", '<a href="http://a.b/">', "</a>", "<br>", "<h1>", "- ", "1. "),
    *("> ", "{1}", "<script>", "</script>", "<!--", "-->", "<title>", "<td>", "<pre>"),
]
ANYTHING = st.lists(st.sampled_from(BITS), max_size=40).map("".join)
LOCALES = st.sampled_from(["nl", "fr", "de", "en"])

RELEASE = """Persbericht

De raad keurt het klimaatplan goed

De raad heeft het plan donderdag goedgekeurd. De stemming duurde kort.

Wat verandert er

De steun stijgt van 1.250 naar 1.500 euro. Dat zegt dhr. Peeters. Wie zich aanmeldt, krijgt antwoord.

- Scholen krijgen voorrang.
- Verenigingen volgen. Zij wachten af.

“Wij zijn tevreden. Nu het werk nog.”

Het plan geldt tot 2030.
"""


def copied(document: Document, locale: str = "nl") -> Document:
    """Return the document composed from its own segments as targets."""
    segments = segment_document(document, locale)
    return Document(compose(document, segments, [segment.source.text for segment in segments]), document.warnings)


@given(documents())
def test_html_that_is_written_reads_the_same(document: Document) -> None:
    assert document == read_html(write_html(document.blocks, "nl"))


@given(documents())
def test_markdown_that_is_written_reads_the_same(document: Document) -> None:
    assert document == read_markdown(write_markdown(document.blocks, "nl"))


@given(plain_documents())
def test_plain_text_that_is_written_reads_the_same(document: Document) -> None:
    assert document == read_text(write_text(document.blocks, "nl"))


@given(documents(), LOCALES)
def test_sources_as_targets_compose_the_same_document(document: Document, locale: str) -> None:
    assert document == copied(document, locale)


@given(documents(), LOCALES)
def test_the_markers_of_every_segment_nest(document: Document, locale: str) -> None:
    segments = segment_document(document, locale)

    wrong = [check_nesting(segment.source.text, segment.source.codes) for segment in segments]

    assert [()] * len(segments) == wrong


@pytest.mark.parametrize("name", READERS)
@given(body=ANYTHING)
def test_anything_is_read_or_refused_and_composes_the_same(name: str, body: str) -> None:
    try:
        document = read(body, name, title="De titel")
    except Invalid:
        return

    assert document == copied(document)
    assert all(block.content.text == block.content.text.strip() != "" for block in document.blocks)


@pytest.mark.parametrize("name", ["html", "markdown"])
@given(body=ANYTHING)
def test_anything_that_is_read_is_the_same_when_written_and_read_again(name: str, body: str) -> None:
    try:
        document = read(body, name, title="De titel")
    except Invalid:
        return

    assert document == read(write(document.blocks, name, "nl"), name)


@pytest.mark.parametrize("name", WRITERS)
def test_a_release_keeps_its_structure_in_every_format(name: str) -> None:
    document = read(RELEASE, "text")

    again = read(write(document.blocks, name, "nl"), name)

    assert 9 == len(document.blocks)
    assert document == again


@pytest.mark.parametrize("name", WRITERS)
def test_a_translation_has_the_structure_of_its_source(name: str) -> None:
    source = read(RELEASE, "text")
    segments = segment_document(source, "nl")
    targets = [segment.source.text.upper() for segment in segments]

    written = write(compose(source, segments, targets), name, "fr")

    shape = [(block.kind, block.level, block.ordered, block.group) for block in source.blocks]
    again = read(written, name, source_locale="nl")
    assert shape == [(block.kind, block.level, block.ordered, block.group) for block in again.blocks]


@pytest.mark.parametrize("name", ["rtf", "", "HTML"])
def test_an_unknown_format_is_not_written(name: str) -> None:
    with pytest.raises(Invalid) as refused:
        write((), name, "nl")

    assert "bad_format" == refused.value.code
