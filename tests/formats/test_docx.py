"""What a word processor's own features become: fields, formulas, comments, notes, hidden and struck out text."""

from __future__ import annotations

import time

import pytest

from service.domain.errors import Invalid
from service.domain.text import CodeKind
from service.formats.docx import read_docx
from service.formats.docx_tidying import tidied
from tests.formats.packing import part_of, repacked
from tests.formats.word_samples import field, paragraph, part, run, sign, word_file


def _texts(data: bytes) -> list[str]:
    return [block.content.text for block in read_docx(data).blocks[2:]]


def _links(data: bytes) -> list[str | None]:
    return [code.href for block in read_docx(data).blocks for code in block.content.codes if code.kind is CodeKind.LINK]


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


@pytest.mark.parametrize(
    ("pieces", "href"),
    [
        ([' HYPERLINK "https://dorp.be/a" \\o "Naar het dorp" '], "https://dorp.be/a"),
        ([' HYPERLINK "https://dorp.be/a" \\t "_blank" '], "https://dorp.be/a"),
        ([' HYPERLINK "https://dorp.be/a" \\l "uren" \\h '], "https://dorp.be/a#uren"),
        ([' HYPERLINK \\o "tip" "https://dorp.be/a"'], "https://dorp.be/a"),
        ([" HYPERLINK https://dorp.be/a \\* MERGEFORMAT "], "https://dorp.be/a"),
        ([" HYPER", 'LINK "https://dorp', '.be/a" \\o "', 'tip"'], "https://dorp.be/a"),
        ([' hyperlink "https://dorp.be/a"'], "https://dorp.be/a"),
    ],
)
def test_the_field_of_a_link_leads_where_it_says(pieces: list[str], href: str) -> None:
    data = word_file(paragraph(run("Zie "), field(*pieces, shown=run("de pagina")), run(" van het dorp.")))

    assert [href] == _links(data)
    assert ["Zie {1}de pagina{/1} van het dorp."] == _texts(data)


def test_a_link_within_the_document_leads_nowhere() -> None:
    data = word_file(paragraph(field(' HYPERLINK \\l "onder" ', shown=run("Zie onder"))))

    assert ["Zie onder"] == _texts(data)


def test_the_text_of_a_simple_field_stays() -> None:
    date = f'<w:fldSimple w:instr=" DATE ">{run("3 mei")}</w:fldSimple>'
    data = word_file(paragraph(run("Op "), date, run(" gaat het open.")))

    assert ["Op 3 mei gaat het open."] == _texts(data)


def test_a_simple_field_may_be_a_link_with_another_in_it() -> None:
    inner = f'<w:fldSimple w:instr=" TITLE ">{run("het")}</w:fldSimple>{run(" dorp")}'
    link = f'<w:fldSimple w:instr=" HYPERLINK &quot;https://dorp.be&quot; \\o &quot;x&quot;">{inner}</w:fldSimple>'
    data = word_file(paragraph(run("Zie "), link, run(", en ga.")))

    assert ["https://dorp.be"] == _links(data)
    assert ["Zie {1}het dorp{/1}, en ga."] == _texts(data)


def test_a_field_that_is_never_closed_breaks_nothing() -> None:
    data = word_file(paragraph(run("Voor "), field(" PAGE ", shown=run("4")).rpartition("<w:r>")[0], run(" na.")))

    assert ["Voor 4 na."] == _texts(data)


def test_the_text_may_stand_in_a_part_of_another_name() -> None:
    data = word_file(paragraph(field(' HYPERLINK "https://dorp.be" \\o "x" ', shown=run("Dorp"))))
    changes = {
        "word__document2_dot_xml": part_of(data, "word/document.xml"),
        "word___rels__document2_dot_xml_dot_rels": part_of(data, "word/_rels/document.xml.rels"),
        "_rels___dot_rels": part_of(data, "_rels/.rels").replace(b"word/document.xml", b"word/document2.xml"),
        "word__document_dot_xml": part("document"),
    }

    assert ["https://dorp.be"] == _links(repacked(data, **changes))


def test_a_text_that_is_hundreds_of_elements_deep_is_refused() -> None:
    deep = "<w:smartTag>" * 400 + run("Diep") + "</w:smartTag>" * 400

    with pytest.raises(Invalid) as caught:
        read_docx(word_file(paragraph(deep)))

    assert "bad_file" == caught.value.code


@pytest.mark.parametrize(
    ("facts", "shown"),
    [
        ("<w:vanish/>", False),
        ("<w:strike/>", False),
        ("<w:dstrike/>", False),
        ('<w:strike w:val="true"/>', False),
        ('<w:strike w:val="0"/>', True),
        ('<w:rStyle w:val="Weg"/>', False),
        ('<w:rStyle w:val="VerderWeg"/>', False),
        ('<w:rStyle w:val="Weg"/><w:strike w:val="false"/>', True),
        ('<w:rStyle w:val="Rond"/>', True),
    ],
)
def test_hidden_and_struck_out_text_gives_nothing(facts: str, shown: bool) -> None:  # noqa: FBT001 - a row's column
    styles = (
        '<w:style w:type="character" w:styleId="Weg"><w:name w:val="Weg"/><w:rPr><w:strike/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="VerderWeg"><w:name w:val="Verder"/><w:basedOn w:val="Weg"/></w:style>'
        '<w:style w:type="character" w:styleId="Rond"><w:name w:val="Rond"/><w:basedOn w:val="Rond"/></w:style>'
    )
    data = word_file(paragraph(run("Het kost 5"), run(" of 6", facts), run(" euro.")), styles=styles)

    assert [f"Het kost 5{' of 6' if shown else ''} euro."] == _texts(data)


def test_a_paragraph_whose_style_hides_it_is_left_out_but_for_what_it_shows() -> None:
    style = '<w:style w:type="paragraph" w:styleId="Stil"><w:name w:val="Stil"/><w:rPr><w:vanish/></w:rPr></w:style>'
    stil = '<w:pStyle w:val="Stil"/>'
    data = word_file(
        paragraph(run("Onder ons."), facts=stil),
        paragraph(run("Onder ons: "), run("toch niet.", '<w:vanish w:val="0"/>'), facts=stil),
        styles=style,
    )

    assert ["toch niet."] == _texts(data)


def test_a_link_with_a_hidden_piece_stays_whole() -> None:
    link = field(' HYPERLINK "https://dorp.be" ', shown=run("het ") + run("oude ", "<w:vanish/>") + run("dorp"))
    data = word_file(paragraph(link, run(" en verder.")))

    assert ["{1}het dorp{/1} en verder."] == _texts(data)


@pytest.mark.parametrize(
    ("inside", "written"),
    [
        ("<m:r><m:t>a=b</m:t></m:r>", "a=b"),
        (f"<m:sSup><m:e>{sign('10')}</m:e><m:sup>{sign('6')}</m:sup></m:sSup>", "10⁶"),
        (f"<m:sSup><m:e>{sign('x')}</m:e><m:sup>{sign('n')}</m:sup></m:sSup>", "x^n"),
        (f"<m:sSup><m:e>{sign('x')}</m:e><m:sup>{sign('n')}{sign('+1')}</m:sup></m:sSup>", "x^(n+1)"),
        (f"<m:sSup><m:e>{sign('10')}</m:e><m:sup>{sign('-')}{sign('6')}</m:sup></m:sSup>", "10⁻⁶"),
        (f"<m:sSup><m:e>{sign('f')}</m:e><m:sup>{sign('′')}</m:sup></m:sSup>", "f′"),
        (f"<m:sSub><m:e>{sign('CO')}</m:e><m:sub>{sign('2')}</m:sub></m:sSub>", "CO₂"),
        (f"<m:f><m:num>{sign('1')}</m:num><m:den>{sign('12')}</m:den></m:f>", "1/12"),
        (f"<m:f><m:num>{sign('a+b')}</m:num><m:den>{sign('2,5')}</m:den></m:f>", "(a+b)/2,5"),
        (f"<m:d><m:e>{sign('x')}</m:e></m:d>", "(x)"),
        (f'<m:d><m:dPr><m:begChr m:val="["/><m:endChr m:val=""/></m:dPr><m:e>{sign("x")}</m:e></m:d>', "[x"),
        (f"<m:rad><m:deg/><m:e>{sign('2')}</m:e></m:rad>", "√2"),
        (f'<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:e>{sign("n")}</m:e></m:nary>', "∑n"),
        ("", ""),
    ],
)
def test_a_formula_is_written_on_the_line(inside: str, written: str) -> None:
    data = word_file(paragraph(run("Dus "), f"<m:oMath>{inside}</m:oMath>", run(" hier.")))

    assert [f"Dus {written} hier.".replace("  ", " ")] == _texts(data)


def test_a_formula_on_a_line_of_its_own_keeps_apart() -> None:
    shown = f"<m:oMathPara><m:oMath>{sign('a=b')}</m:oMath><m:oMath>{sign('c=d')}</m:oMath></m:oMathPara>"
    data = word_file(paragraph(run("Dus:"), shown, run("en zo.")), shown)

    assert ["Dus: a=b c=d en zo.", "a=b c=d"] == _texts(data)


@pytest.mark.parametrize("broken", ["<w:cr/>", "<w:br/>", '<w:br w:type="page"/>', '<w:br w:type="column"/>'])
def test_any_break_keeps_the_words_apart(broken: str) -> None:
    data = word_file(paragraph(run("Tot hier"), f"<w:r>{broken}</w:r>", run("en verder.")))

    (block,) = read_docx(data).blocks[2:]

    assert "Tot hier{1/}en verder." == block.content.text
    assert [CodeKind.BREAK] == [code.kind for code in block.content.codes]


def test_a_page_break_beside_a_paragraphs_text_is_no_line_of_it() -> None:
    page = '<w:r><w:br w:type="page"/></w:r>'
    data = word_file(paragraph(run("Einde."), page), paragraph(page), paragraph(page, run("Nieuw.")))

    assert ["Einde.", "Nieuw."] == _texts(data)


@pytest.mark.parametrize("name", ["Emphasis", "Intense Emphasis", "Subtle Emphasis"])
def test_the_styles_for_emphasis_are_italic(name: str) -> None:
    style = f'<w:style w:type="character" w:styleId="Nadruk"><w:name w:val="{name}"/></w:style>'
    data = word_file(paragraph(run("Het is "), run("nu", '<w:rStyle w:val="Nadruk"/>'), run(" tijd.")), styles=style)

    (block,) = read_docx(data).blocks[2:]

    assert "Het is {1}nu{/1} tijd." == block.content.text
    assert [CodeKind.ITALIC] == [code.kind for code in block.content.codes]


@pytest.mark.parametrize(
    "crowd",
    [
        "<m:oMathPara>" + f"<m:oMath>{sign('1')}</m:oMath>" * 20_000 + "</m:oMathPara>",
        f"<m:oMath>{sign('1') * 30_000}</m:oMath>",
    ],
    ids=["formulas", "signs"],
)
def test_a_paragraph_crowded_with_formulas_is_tidied_in_a_moment(crowd: str) -> None:
    started = time.process_time()
    tidied(part("document", paragraph(crowd)), part("styles"))

    assert time.process_time() - started < 2


def test_notes_and_their_marks_are_left_out_with_a_warning() -> None:
    notes = {
        kind: part(f"{kind}s", f'<w:{kind} w:id="3">{paragraph(run("In de noot."))}</w:{kind}>')
        for kind in ("footnote", "endnote")
    }
    first, second = (f'<w:r><w:{kind}Reference w:id="3"/></w:r>' for kind in notes)
    text = paragraph(run("Een woord"), first, run(" verder."), second)
    data = word_file(text, footnotes=notes["footnote"], endnotes=notes["endnote"])

    assert ["Een woord verder."] == _texts(data)
    assert ("notes",) == read_docx(data).warnings
    assert () == read_docx(word_file(paragraph(run("Zonder.")))).warnings
