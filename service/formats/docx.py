"""DOCX in: what a word processor saved, turned into HTML and read as such.

The title is the paragraph in the style Title; without one it is found as in HTML. Pictures, comments, notes,
text that is deleted, hidden or struck out, headers and footers are left out. How a DOCX file is written is told in
`docx_writing`.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

from lxml import etree

from service.domain.errors import N_, Invalid
from service.domain.text import Document
from service.formats.archives import refuse_macros, unpack, unreadable, without_notes
from service.formats.docx_tidying import tidied, tree
from service.formats.html import read_html

MOST_TAGS = 100_000  # far above any release; the reader takes a tenth of a millisecond for each

_MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TEXT_PART = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
# A word processor in another language calls the style by another identifier, but by the same name.
_TITLE_STYLE = re.compile(rb'w:styleId="([^"]+)"[^>]*>\s*<w:name w:val="Title"')
_STYLES = """
p[style-name='Kicker'] => p.kicker:fresh
p[style-name='Lead'] => p.lead:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
r[style-name='Emphasis'] => em
r[style-name='Subtle Emphasis'] => em
r[style-name='Intense Emphasis'] => em
"""
_WITH_TITLE = "p[style-name='Title'] => h1:fresh\n" + "".join(
    f"p[style-name='Heading {level}'] => h{level + 1}:fresh\np.Heading{level} => h{level + 1}:fresh\n"
    for level in range(1, 6)
)


def read_docx(data: bytes, *, title: str | None = None) -> Document:
    """Read a DOCX file; raise `Invalid` for what cannot be taken, as `archives.unpack` does, or too_large."""
    parts = unpack(data)
    types = parts.get("[Content_Types].xml", b"")
    if b"macroEnabled" in types:
        refuse_macros()
    if _MAIN not in types:
        raise Invalid("bad_file", N_("The file is not a Word document; save it again as .docx."), field="file")
    main = _main_part(parts)
    text = parts.get(main, b"")
    if text.count(b"<") > MOST_TAGS:
        raise Invalid("too_large", N_("The document is too long for a release; split it into several."), field="file")
    import mammoth  # noqa: PLC0415 - only a file of this kind needs it, and it takes long to load

    styles = parts.get("word/styles.xml") or b"<none/>"
    named = _TITLE_STYLE.search(styles)
    has_title = b'<w:pStyle w:val="%s"' % (named[1] if named else b"Title") in text
    try:
        tidy, has_notes = tidied(text, styles)
        converted = mammoth.convert_to_html(
            _packed({**parts, main: tidy}),
            style_map=(_WITH_TITLE if has_title else "") + _STYLES,
            include_embedded_style_map=False,
            convert_image=_no_picture,
        )
    except Exception as error:  # noqa: BLE001 - the reader raises whatever a strange file makes of it
        unreadable(error)
    return without_notes(read_html(str(converted.value), title=title), has_notes=has_notes)


def _main_part(parts: Mapping[str, bytes]) -> str:
    """Return the name of the part that holds the text: some programs call it otherwise, and the reader follows them."""
    usual = "word/document.xml"
    try:
        relations = tree(parts.get("_rels/.rels", b"<none/>"))
    except etree.XMLSyntaxError as error:
        unreadable(error)
    names = (it.get("Target", "").lstrip("/") for it in relations if it.get("Type") == _TEXT_PART)
    return next((name for name in names if name in parts), usual)


def _packed(parts: Mapping[str, bytes]) -> io.BytesIO:
    """Return an archive of these parts: the reader gets no other than those that were looked at."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    written.seek(0)
    return written


def _no_picture(_picture: object) -> list[object]:
    """Make nothing of a picture: its bytes, or the address they would come from, are not touched."""
    return []
