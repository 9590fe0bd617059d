"""What a word processor's own features become: fields, formulas, comments, notes, hidden and struck out text."""

from __future__ import annotations

from service.formats.docx import read_docx
from tests.formats.word_samples import paragraph, part, run, word_file


def _texts(data: bytes) -> list[str]:
    return [block.content.text for block in read_docx(data).blocks[2:]]


def test_a_comment_is_no_part_of_the_text() -> None:
    comment = f'<w:comment w:id="4" w:author="Els">{paragraph(run("Nog niet zeggen!"))}</w:comment>'
    data = word_file(
        paragraph(
            '<w:commentRangeStart w:id="4"/>',
            run("De school opent in mei."),
            '<w:commentRangeEnd w:id="4"/><w:r><w:commentReference w:id="4"/></w:r>',
        ),
        comments=part("comments", comment),
    )

    assert ["De school opent in mei."] == _texts(data)
