"""Texts in and out: one module per format, and here the two functions that pick one and say what is refused.

Formats turn text into the domain's values and back. They fetch nothing and store nothing, and what a document
needs to be accepted as a release is decided in `read`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from service.domain.errors import N_, Invalid
from service.domain.inline import plain
from service.domain.segmentation import segment_document
from service.domain.text import Block, BlockKind, Document
from service.formats.archives import check_size
from service.formats.arranging import LONGEST_TITLE
from service.formats.building import one_line
from service.formats.docx import read_docx
from service.formats.docx_writing import write_docx
from service.formats.html import read_html, write_html
from service.formats.language import looks_like
from service.formats.markdown import read_markdown, write_markdown
from service.formats.odt import read_odt
from service.formats.odt_writing import write_odt
from service.formats.text import read_text, write_text

LONGEST_BODY = 1_000_000  # characters
# Some two hundred pages. Each is a row in every language, and nobody else writes while they are put down.
MOST_SEGMENTS = 5_000

READERS: Mapping[str, Callable[..., Document]] = {
    "text": read_text,
    "markdown": read_markdown,
    "html": read_html,
}
WRITERS: Mapping[str, Callable[[Sequence[Block], str], str]] = {
    "text": write_text,
    "markdown": write_markdown,
    "html": write_html,
}
ENDINGS: Mapping[str, str] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".odt": "odt",
}
FILE_READERS: Mapping[str, Callable[..., Document]] = {"docx": read_docx, "odt": read_odt}
FILE_WRITERS: Mapping[str, Callable[[Sequence[Block], str], bytes]] = {"docx": write_docx, "odt": write_odt}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was read: its document, and its text in a format in which it can be edited again."""

    document: Document
    body: str
    format: str


def read_upload(
    data: bytes, name: str, *, form: str | None = None, title: str | None = None, source_locale: str = "nl"
) -> Upload:
    """Read a file by its name's ending, or a text file as `form`; a word processor's file is kept as HTML.

    Its document bears the warning `notes` where footnotes or endnotes were left out, and those of `read`.
    Raises `Invalid`: bad_file, file_too_large, archive_bomb, macros, not_utf8, and what `read` raises.
    """
    by_ending = ENDINGS.get(PurePath(name).suffix.lower())
    if by_ending is None:
        raise Invalid(
            "bad_file",
            N_("That kind of file cannot be read; send one that ends in %(known)s."),
            field="file",
            known=", ".join(ENDINGS),
        )
    check_size(data)
    reader = FILE_READERS.get(by_ending)
    if reader is not None:
        given = one_line(title or "") or None
        document = check_document(reader(data, title=given), source_locale=source_locale)
        body = write_html(document.blocks)
        _check_length(body)
        return Upload(document, body, "html")
    try:
        body = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid("not_utf8", N_("The file is not UTF-8 text; save it as UTF-8."), field="file") from error
    wanted = form or by_ending
    return Upload(read(body, wanted, title=title, source_locale=source_locale), body, wanted)


def read(
    body: str,
    format: str,  # noqa: A002 - the interface's word
    *,
    title: str | None = None,
    source_locale: str = "nl",
) -> Document:
    """Read a release's text; a text in another language than `source_locale` is taken with a warning.

    The warning is `language:` and the language's tag. Raises `Invalid`: bad_format, too_large, and what
    `check_document` and the reader raise.
    """
    reader = READERS.get(format)
    if reader is None:
        raise Invalid(
            "bad_format",
            N_("“%(format)s” is no format that can be read: use %(known)s."),
            field="format",
            format=format[:40],
            known=", ".join(READERS),
        )
    _check_length(body)
    given = one_line(title or "") or None
    return check_document(reader(body, title=given), source_locale=source_locale)


def _check_length(body: str) -> None:
    if len(body) > LONGEST_BODY:
        raise Invalid(
            "too_large",
            N_("The text has %(length)s characters; at most %(limit)s are taken. Split it into several."),
            field="body",
            length=len(body),
            limit=LONGEST_BODY,
        )


def _check_segments(document: Document, source_locale: str) -> None:
    """Raise `Invalid` for more segments than are written down at once; here, where nobody waits for it."""
    if sum(len(block.content.text) for block in document.blocks) <= MOST_SEGMENTS:
        return  # none is empty
    found = len(segment_document(document, source_locale))
    if found > MOST_SEGMENTS:
        raise Invalid(
            "too_many_segments",
            N_("The text has %(count)s sentences and headings; at most %(limit)s are taken. Split it into several."),
            field="body",
            count=found,
            limit=MOST_SEGMENTS,
        )


def check_document(document: Document, *, source_locale: str = "nl") -> Document:
    """Return the document with its warnings; raise `Invalid` if it cannot become a release.

    For readers of files (DOCX, ODT) that hand over a document of their own: empty_text, no_title,
    title_too_long, too_many_segments.
    """
    texts = [plain(block.content) for block in document.blocks if block.kind is not BlockKind.TITLE]
    if not any(sign.isalnum() for text in texts for sign in text):
        raise Invalid("empty_text", N_("There is no text below the title. Add the text of the release."), field="body")
    if not document.title:
        raise Invalid(
            "no_title",
            N_("The text has no title. Put it on the first line, or fill it in apart."),
            field="title",
        )
    if len(document.title) > LONGEST_TITLE:
        raise Invalid(
            "title_too_long",
            N_("The title has %(length)s characters; at most %(limit)s are taken."),
            field="title",
            length=len(document.title),
            limit=LONGEST_TITLE,
        )
    _check_segments(document, source_locale)
    expected, found = looks_like("\n".join([document.title, *texts]), source_locale)
    warnings = () if expected else (f"language:{found}",)
    return replace(document, warnings=(*document.warnings, *warnings))


def write(blocks: Sequence[Block], format: str, locale: str) -> str:  # noqa: A002 - the interface's word
    """Write blocks as `text`, `markdown` or `html`; raise `Invalid` for another format."""
    writer = WRITERS.get(format)
    if writer is None:
        raise Invalid(
            "bad_format",
            N_("“%(format)s” is no format that can be written: use %(known)s."),
            field="format",
            format=format[:40],
            known=", ".join(WRITERS),
        )
    return writer(blocks, locale)
