"""What a word processor's own features become in ODT: hidden and struck out text, lists, frames, notes."""

from __future__ import annotations

import pytest

from service.domain.text import BlockKind
from service.formats.markdown import read_markdown
from service.formats.odt import read_odt
from service.formats.odt_writing import write_odt
from tests.formats.packing import part_of, repacked

_STYLES = """
<style:style style:name="Door" style:family="text">
  <style:text-properties style:text-line-through-style="solid"/></style:style>
<style:style style:name="Dubbel" style:family="text">
  <style:text-properties style:text-line-through-type="double"/></style:style>
<style:style style:name="Niet" style:family="text">
  <style:text-properties style:text-line-through-style="none" text:display="true"/></style:style>
<style:style style:name="Stil" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="Kind" style:family="text" style:parent-style-name="Stil"/>
<style:style style:name="Ongestreept" style:family="text">
  <style:text-properties style:text-line-through-style="none"/></style:style>
<style:style style:name="StilleAlinea" style:family="paragraph">
  <style:text-properties text:display="none"/></style:style>
<text:list-style style:name="Tel"><text:list-level-style-number text:level="1" style:num-format="1"/></text:list-style>
"""
_LISTED = [("header", "Vooraf."), ("item", "Een."), ("header", "Bij een."), ("item", "Twee.")]


def _file(*parts: str) -> bytes:
    """Return a file with a title, a lead and these parts."""
    start = write_odt(read_markdown("# De titel\n\nDe inleiding.").blocks, "nl")
    text = part_of(start, "content.xml").decode()
    styles = part_of(start, "styles.xml").replace(b"</office:styles>", f"{_STYLES}</office:styles>".encode())
    content = text.replace("</office:text>", f"{''.join(parts)}</office:text>")
    return repacked(start, content_dot_xml=content.encode(), styles_dot_xml=styles)


def _p(text: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def _texts(data: bytes) -> list[str]:
    return [block.content.text for block in read_odt(data).blocks[2:]]


@pytest.mark.parametrize(
    ("style", "written"),
    [("Door", ""), ("Dubbel", ""), ("Stil", ""), ("Kind", ""), ("Niet", " of 6 of 7"), ("Ongestreept", " of 6 of 7")],
)
def test_hidden_and_struck_out_text_gives_nothing(style: str, written: str) -> None:
    piece = f'<text:span text:style-name="{style}"><text:s/>of 6<text:s/><text:span>of 7</text:span></text:span>'

    assert [f"Het kost 5{written} euro."] == _texts(_file(_p(f"Het kost 5{piece} euro.")))


def test_a_paragraph_whose_style_hides_it_gives_what_its_spans_show() -> None:
    shown = 'Onder ons. <text:span text:style-name="Niet">Toch niet.</text:span>'
    struck = 'Onder ons. <text:span text:style-name="Ongestreept">Geheim.</text:span>'

    assert ["Toch niet."] == _texts(_file(_p(shown, "StilleAlinea"), _p(struck, "StilleAlinea")))


@pytest.mark.parametrize(
    ("facts", "is_shown"),
    [
        ('text:display="none"', False),
        ('text:display="condition" text:condition="ooow:x" text:is-hidden="true"', False),
        ('text:display="condition" text:condition="ooow:x"', True),
        ("", True),
    ],
)
def test_a_hidden_section_is_left_out(facts: str, is_shown: bool) -> None:  # noqa: FBT001 - a row's column
    data = _file(f'<text:section text:name="s" {facts}>{_p("In de sectie.")}</text:section>', _p("Erna."))

    assert [*(["In de sectie."] if is_shown else []), "Erna."] == _texts(data)


def test_hidden_fields_hide_their_text_or_their_paragraph() -> None:
    hidden = '<text:hidden-text text:condition="ooow:1" text:string-value="x" {}>heel</text:hidden-text>'
    shown = hidden.format('text:is-hidden="false"')
    whole = '<text:hidden-paragraph text:condition="ooow:1" text:is-hidden="{}"/>'
    data = _file(
        _p(f"Een {hidden.format('')} mooi dorp."),
        _p(f"Een {shown} mooi dorp."),
        _p(f"Weg.{whole.format('true')}"),
        _p(f"Blijft.{whole.format('false')}"),
    )

    assert ["Een mooi dorp.", "Een heel mooi dorp.", "Blijft."] == _texts(data)


def test_a_paragraph_without_a_number_stays_with_its_list() -> None:
    items = [f"<text:list-{kind}>{_p(text)}</text:list-{kind}>" for kind, text in _LISTED]
    data = _file(f'<text:list text:style-name="Tel">{"".join(items)}</text:list>', _p("Erna."))

    blocks = [(it.kind, it.ordered, it.content.text) for it in read_odt(data).blocks[2:]]

    assert [
        (BlockKind.PARAGRAPH, False, "Vooraf."),
        (BlockKind.LIST_ITEM, True, "Een.{1/}Bij een."),
        (BlockKind.LIST_ITEM, True, "Twee."),
        (BlockKind.PARAGRAPH, False, "Erna."),
    ] == blocks


def test_a_list_of_nothing_but_paragraphs_without_a_number_is_text() -> None:
    data = _file(f"<text:list><text:list-header>{_p('Los.')}</text:list-header></text:list>")

    assert [(BlockKind.PARAGRAPH, "Los.")] == [(it.kind, it.content.text) for it in read_odt(data).blocks[2:]]


def _frame(text: str) -> str:
    return f"<draw:frame><draw:text-box>{_p(text)}</draw:text-box></draw:frame>"


def test_a_text_box_stands_behind_the_paragraph_that_it_is_anchored_in() -> None:
    hidden = f'<text:span text:style-name="Stil">{_frame("Stil kader.")}</text:span>'
    data = _file(
        _p(f"Voor {_frame('In het kader.')}en na.{hidden}"),
        f'<text:h text:outline-level="2">Een {_frame("Onder de kop.")}kop</text:h>',
        _p(f"Met <text:span>twee{_frame('Buiten ' + _frame('Binnen.') + 'om.')}</text:span>.{_frame('Tweede.')}"),
        "<text:list><text:list-item>" + _p(f"Een {_frame('Bij het punt.')}punt.") + "</text:list-item></text:list>",
        _frame("Aan het blad."),
    )

    assert [
        *("Voor en na.", "In het kader.", "Een kop", "Onder de kop."),
        *("Met twee.", "Buiten om.", "Binnen.", "Tweede."),
        *("Een punt.{1/}Bij het punt.", "Aan het blad."),
    ] == _texts(data)


def test_a_drawing_in_a_paragraph_keeps_its_text_and_a_picture_gives_none() -> None:
    shape = f"<draw:custom-shape>{_p('In de vorm.')}</draw:custom-shape>"
    picture = '<draw:frame><draw:image xlink:href="Pictures/1.png"/><svg:title>Foto</svg:title></draw:frame>'
    data = _file(_p(f"Kijk {shape}{picture}hier."))

    assert ["Kijk hier.", "In de vorm."] == _texts(data)


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_notes_and_their_marks_are_left_out_with_a_warning(kind: str) -> None:
    mark = "<text:note-citation>1</text:note-citation>"
    note = f'<text:note text:note-class="{kind}">{mark}<text:note-body>{_p("In de noot.")}</text:note-body></text:note>'
    data = _file(_p(f"Een <text:span>woord{note}</text:span> verder."))

    assert ["Een woord verder."] == _texts(data)
    assert ("notes",) == read_odt(data).warnings
    assert () == read_odt(_file(_p("Zonder."))).warnings
