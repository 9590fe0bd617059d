"""What a translation has of marks that show nothing, no file has."""

from __future__ import annotations

import io
import zipfile

import pytest

from service.domain.text import Block, BlockKind, CodedText, CodeKind, InlineCode
from service.formats import FILE_WRITERS, write

CODES = (
    InlineCode(1, CodeKind.LINK, "https://een.be"),
    InlineCode(2, CodeKind.LINK, "https://twee.be"),
    InlineCode(3, CodeKind.BOLD),
)
USELESS = CodedText("Zie {3} {/3}de {2}site en een {1}andere{/1}{/2}.", CODES)
USEFUL = CodedText("Zie  de {2}site en een andere{/2}.", CODES)


@pytest.mark.parametrize("name", ["html", "markdown", "text"])
def test_empty_pairs_and_inner_links_are_written_in_no_text(name: str) -> None:
    useless, useful = (write([Block(BlockKind.PARAGRAPH, text)], name, "nl") for text in (USELESS, USEFUL))

    assert useful == useless


@pytest.mark.parametrize("name", FILE_WRITERS)
def test_empty_pairs_are_written_in_no_file(name: str) -> None:
    written = FILE_WRITERS[name]([Block(BlockKind.PARAGRAPH, CodedText("Zie {1} {/1}de {2}site{/2}.", CODES))], "nl")

    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        parts = b"".join(archive.read(part) for part in archive.namelist())
    assert (False, True) == (b"https://een.be" in parts, b"https://twee.be" in parts)
