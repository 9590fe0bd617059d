"""DOCX files as a word processor saves them, made for a test: the text in its XML, and the parts that it refers to."""

from __future__ import annotations

from html import escape

from service.formats.docx_writing import write_docx
from service.formats.markdown import read_markdown
from tests.formats.packing import part_of, repacked

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = f'<?xml version="1.0" encoding="UTF-8"?><w:{{root}} xmlns:w="{_W}" xmlns:m="{_M}" xmlns:r="{RELATIONS}">'


def run(text: str, facts: str = "") -> str:
    """Return a run, with what its properties say."""
    return f'<w:r><w:rPr>{facts}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*parts: str, facts: str = "") -> str:
    """Return a paragraph of runs, with what its properties say."""
    return f"<w:p><w:pPr>{facts}</w:pPr>{''.join(parts)}</w:p>"


def sign(text: str) -> str:
    """Return a piece of a formula."""
    return f"<m:r><m:t>{text}</m:t></m:r>"


def field(*instruction: str, shown: str) -> str:
    """Return a field in the long form, its instruction in as many pieces as are given."""
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    told = "".join(f'<w:r><w:instrText xml:space="preserve">{escape(it)}</w:instrText></w:r>' for it in instruction)
    return f"{marks[0]}{told}{marks[1]}{shown}{marks[2]}"


def part(root: str, *parts: str) -> bytes:
    """Return a part of a file by its root's name."""
    return f"{_HEAD.format(root=root)}{''.join(parts)}</w:{root}>".encode()


def word_file(*paragraphs: str, styles: str = "", **parts: bytes) -> bytes:
    """Return a file with a title, a lead and these paragraphs; `parts` such as `comments` are referred to."""
    start = write_docx(read_markdown("# De titel\n\nDe inleiding.").blocks, "nl")
    text = part_of(start, "word/document.xml").decode()
    head, end = text[: text.index("<w:body>")], text[text.index("<w:sectPr") :]
    title = paragraph(run("De titel"), facts='<w:pStyle w:val="Title"/>') + paragraph(run("De inleiding."))
    head = head.replace("<w:document ", f'<w:document xmlns:m="{_M}" ', 1) if "xmlns:m=" not in head else head
    changes = {
        "word__document_dot_xml": f"{head}<w:body>{title}{''.join(paragraphs)}{end}".encode(),
        "word__styles_dot_xml": part_of(start, "word/styles.xml").replace(
            b"</w:styles>", f"{styles}</w:styles>".encode()
        ),
    }
    relations, types = "", ""
    for name, content in parts.items():
        changes[f"word__{name}_dot_xml"] = content
        relations += f'<Relationship Id="of-{name}" Type="{RELATIONS}/{name}" Target="{name}.xml"/>'
        types += f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{name}+xml"/>'
    changes["word___rels__document_dot_xml_dot_rels"] = part_of(start, "word/_rels/document.xml.rels").replace(
        b"</Relationships>", f"{relations}</Relationships>".encode()
    )
    changes["[Content_Types]_dot_xml"] = part_of(start, "[Content_Types].xml").replace(
        b"</Types>", f"{types}</Types>".encode()
    )
    return repacked(start, **changes)
