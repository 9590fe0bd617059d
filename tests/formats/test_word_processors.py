"""DOCX and ODT files, out and in again, and what is refused before a library reads it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings

from service.domain.errors import Invalid
from service.domain.inline import plain
from service.domain.text import Block, BlockKind, CodedText, Document
from service.formats import FILE_READERS, FILE_WRITERS, read_upload
from service.formats.docx import read_docx
from service.formats.docx_writing import write_docx
from service.formats.markdown import read_markdown
from tests.formats.documents import documents
from tests.formats.packing import many_entries, part_of, repacked

BOTH = pytest.mark.parametrize("form", ["docx", "odt"])
MAIN = {"docx": "word__document_dot_xml", "odt": "content_dot_xml"}
RELEASE = read_markdown("""Persbericht

# Nieuwe brug over de Leie

De **gemeente** opent een [nieuwe](https://voorbeeld.be/a?b=1&c=2) _brug_.\\
Tweede regel met {1} erin & meer.

## Veiliger naar school

### En sneller

1. een
   - eerst
   - dan
2. twee

Tussenin.

- x
- y

> Citaat **hier**.
>
> En verder.

Einde.
""")
LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><l>&b;</l>"""


def _refused(form: str, data: bytes) -> str:
    with pytest.raises(Invalid) as caught:
        FILE_READERS[form](data)
    return caught.value.code


def _shape(blocks: Sequence[Block]) -> list[tuple[BlockKind, int, bool, str]]:
    return [(block.kind, block.level, block.ordered, plain(block.content)) for block in blocks]


@BOTH
def test_what_is_written_reads_the_same(form: str) -> None:
    written = FILE_WRITERS[form](RELEASE.blocks, "nl")

    assert RELEASE == FILE_READERS[form](written)


@BOTH
@given(document=documents())
@settings(max_examples=12, deadline=None)
def test_any_text_keeps_its_blocks_and_words(form: str, document: Document) -> None:
    again = FILE_READERS[form](FILE_WRITERS[form](document.blocks, "fr"))

    assert _shape(document.blocks) == _shape(again.blocks)


@BOTH
def test_a_character_that_xml_cannot_hold_is_left_out(form: str) -> None:
    blocks = [Block(BlockKind.TITLE, CodedText("Ti\x01tel")), Block(BlockKind.PARAGRAPH, CodedText("Tekst\ufffe."))]

    again = FILE_READERS[form](FILE_WRITERS[form](blocks, "nl"))

    assert ["Titel", "Tekst."] == [block.content.text for block in again.blocks]


@BOTH
def test_a_given_title_wins_over_the_files(form: str) -> None:
    again = FILE_READERS[form](FILE_WRITERS[form](RELEASE.blocks, "nl"), title="Een andere titel")

    assert "Een andere titel" == again.title


@BOTH
def test_an_upload_is_kept_as_html_that_reads_the_same(form: str) -> None:
    upload = read_upload(FILE_WRITERS[form](RELEASE.blocks, "nl"), f"Bericht.{form.upper()}")

    assert "html" == upload.format
    assert RELEASE.blocks == upload.document.blocks
    assert "<h1>Nieuwe brug over de Leie</h1>" in upload.body


@pytest.mark.parametrize(
    "form, part, bold, raised",
    [
        ("docx", "word__document_dot_xml", b"<w:b/>", b'<w:vertAlign w:val="superscript"/>'),
        ("odt", "styles_dot_xml", b'fo:font-weight="bold"', b'style:text-position="super 58%"'),
    ],
)
def test_figures_above_the_line_stay_apart_from_those_on_it(form: str, part: str, bold: bytes, raised: bytes) -> None:
    data = FILE_WRITERS[form](read_markdown("# Titel\n\nHet kost 10**6** euro.").blocks, "nl")
    written = part_of(data, part.replace("__", "/").replace("_dot_", "."))

    document = FILE_READERS[form](repacked(data, **{part: written.replace(bold, raised)}))

    assert bold in written
    assert "Het kost 10⁶ euro." == document.blocks[-1].content.text


@BOTH
@pytest.mark.parametrize(
    ("code", "spoil"),
    [
        ("bad_file", lambda _: b"De raad keurt het plan goed."),
        ("bad_file", lambda data: data[: len(data) // 2]),
        ("bad_file", lambda _: b"\xd0\xcf\x11\xe0" + bytes(600)),
        ("bad_file", lambda _: many_entries(3)),
        ("archive_bomb", lambda _: many_entries(2_001)),
        ("archive_bomb", lambda data: repacked(data, media=bytes(49_000_000))),
        ("file_too_large", lambda data: data + bytes(10_000_001)),
        ("macros", lambda data: repacked(data, word__vbaProject_dot_bin=b"x")),
        ("macros", lambda data: repacked(data, Basic__Standard__Module_dot_xml=b"<a/>")),
    ],
    ids=["text", "torn", "old", "zip", "entries", "unpacked", "large", "vba", "basic"],
)
def test_a_file_that_is_not_safe_to_read_is_refused(form: str, code: str, spoil: Callable[[bytes], bytes]) -> None:
    spoiled = spoil(FILE_WRITERS[form](RELEASE.blocks, "nl"))

    started = time.process_time()
    found = _refused(form, spoiled)

    assert code == found
    assert time.process_time() - started < 1


@BOTH
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp037"])
def test_entities_are_refused_in_any_encoding(form: str, encoding: str) -> None:
    bomb = LAUGHS.decode().replace('"1.0"', f'"1.0" encoding="{encoding}"').encode(encoding)

    assert "bad_file" == _refused(form, repacked(FILE_WRITERS[form](RELEASE.blocks, "nl"), **{MAIN[form]: bomb}))


@BOTH
def test_a_file_of_the_other_kind_is_refused(form: str) -> None:
    other = "odt" if form == "docx" else "docx"

    assert "bad_file" == _refused(form, FILE_WRITERS[other](RELEASE.blocks, "nl"))


def test_a_document_that_may_run_macros_is_refused() -> None:
    written = write_docx(RELEASE.blocks, "nl")
    types = part_of(written, "[Content_Types].xml").replace(
        b"vnd.openxmlformats-officedocument.wordprocessingml.document.main",
        b"vnd.ms-word.document.macroEnabled.main",
    )

    assert "macros" == _refused("docx", repacked(written, **{"[Content_Types]_dot_xml": types}))


def test_a_document_of_endless_paragraphs_is_refused() -> None:
    written = write_docx(RELEASE.blocks, "nl")
    # Enough different words that it is no bomb by its ratio.
    endless = "".join(f"<w:p><w:r><w:t>{number**3}</w:t></w:r></w:p>" for number in range(20_000))
    text = part_of(written, "word/document.xml").replace(b"<w:body>", b"<w:body>" + endless.encode())

    assert "too_large" == _refused("docx", repacked(written, word__document_dot_xml=text))


def test_the_title_is_known_in_any_language_of_the_word_processor() -> None:
    written = write_docx(RELEASE.blocks, "nl")
    text = part_of(written, "word/document.xml").replace(b'w:val="Title"', b'w:val="Titel"')
    styles = part_of(written, "word/styles.xml").replace(b'w:styleId="Title"', b'w:styleId="Titel"')

    again = read_docx(repacked(written, word__document_dot_xml=text, word__styles_dot_xml=styles))

    assert RELEASE == again


@BOTH
def test_the_language_stands_in_the_file(form: str) -> None:
    written = FILE_WRITERS[form](RELEASE.blocks, "fr")

    language = {"docx": b'w:lang w:val="fr"', "odt": b'fo:language="fr"'}[form]
    assert language in part_of(written, {"docx": "word/styles.xml", "odt": "styles.xml"}[form])


def test_a_list_of_an_open_document_keeps_the_number_that_it_counts_from() -> None:
    document = read_markdown("# De titel\n\nDe lead.\n\n1. een\n\nTussenin.\n\n2. twee\n3. drie\n")

    assert document == FILE_READERS["odt"](FILE_WRITERS["odt"](document.blocks, "nl"))


def test_a_list_of_word_counts_from_its_number() -> None:
    document = read_markdown("# De titel\n\nDe lead.\n\n7. zeven\n   1. dieper\n8. acht\n")

    numbering = part_of(write_docx(document.blocks, "nl"), "word/numbering.xml").decode()

    assert '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/>' in numbering
    assert '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="7"/>' not in numbering
