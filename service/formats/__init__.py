"""Texts in and out: one module per format, and here the two functions that pick one and say what is refused.

Formats turn text into the domain's values and back. They fetch nothing and store nothing, and what a document
needs to be accepted as a release is decided in `read`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from service.domain.errors import N_, Invalid
from service.domain.inline import plain
from service.domain.text import Block, BlockKind, Document
from service.formats.arranging import LONGEST_TITLE
from service.formats.building import one_line
from service.formats.html import read_html, write_html
from service.formats.language import looks_like
from service.formats.markdown import read_markdown, write_markdown
from service.formats.text import read_text, write_text

LONGEST_BODY = 1_000_000  # characters

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


def read(
    body: str,
    format: str,  # noqa: A002 - the interface's word
    *,
    title: str | None = None,
    source_locale: str = "nl",
) -> Document:
    """Read a release's text; a text in another language than `source_locale` is taken with a warning.

    The warning is `language:` and the language's tag. Raises `Invalid`: bad_format, too_large, empty_text,
    no_title, title_too_long.
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
    if len(body) > LONGEST_BODY:
        raise Invalid(
            "too_large",
            N_("The text has %(length)s characters; at most %(limit)s are taken. Split it into several."),
            field="body",
            length=len(body),
            limit=LONGEST_BODY,
        )
    given = one_line(title or "") or None
    return check_document(reader(body, title=given), source_locale=source_locale)


def check_document(document: Document, *, source_locale: str = "nl") -> Document:
    """Return the document with its warnings; raise `Invalid` if it cannot become a release.

    For readers of files (DOCX, ODT) that hand over a document of their own: empty_text, no_title,
    title_too_long.
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
