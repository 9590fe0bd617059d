from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest

from service.domain.concepts import ConceptDraft, TermDraft
from service.domain.errors import Invalid
from service.domain.memory_files import LeftOut
from service.domain.term_files import FiledConcept, merged
from service.domain.terms import TermStatus
from service.formats.tbx import read_tbx
from service.formats.tbx.parsing import entries
from service.formats.xml_stream import is_xml
from tests.formats.tbx_samples import read

DCA = """<?xml version="1.0" encoding="UTF-8"?>
<tbx xmlns="urn:iso:std:iso:30042:ed-2" type="TBX-Basic" style="dca" xml:lang="nl">
<tbxHeader><fileDesc><sourceDesc><p>A list</p></sourceDesc></fileDesc></tbxHeader>
<text><body>
<conceptEntry id="c1">
  <descrip type="subjectField">EU</descrip>
  <transacGrp><transac type="transactionType">origination</transac><date>2023-01-02</date></transacGrp>
  <transacGrp><transac type="transactionType">modification</transac><date>2024-03-04T09:00:00</date></transacGrp>
  <langSec xml:lang="fr">
    <descripGrp><descrip type="definition">un pays</descrip></descripGrp>
    <termSec><term>État membre</term>
      <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote>
      <termNote type="grammaticalGender">masculine</termNote></termSec>
    <termSec><term>pays membre</term>
      <termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></termSec>
  </langSec>
  <langSec xml:lang="nl">
    <descripGrp><descrip type="definition">een land</descrip><admin type="source">IATE</admin></descripGrp>
    <termSec><term>lidstaat</term><termNote type="partOfSpeech">noun</termNote>
      <descripGrp><descrip type="context">Zij stemt.</descrip><admin type="source">elsewhere</admin></descripGrp>
    </termSec>
  </langSec>
</conceptEntry>
</body></text></tbx>
"""
DCT = """<tbx xmlns="urn:iso:std:iso:30042:ed-2" type="TBX-Basic" style="dct" xml:lang="nl"
  xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
<tbxHeader><fileDesc><sourceDesc><p>A list</p></sourceDesc></fileDesc></tbxHeader>
<text><body>
<conceptEntry id="c1">
  <min:subjectField>EU</min:subjectField>
  <transacGrp><basic:transactionType>modification</basic:transactionType><date>2024-03-04</date></transacGrp>
  <langSec xml:lang="fr">
    <basic:definition>un pays</basic:definition>
    <termSec><term>État membre</term>
      <min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus>
      <basic:grammaticalGender>masculine</basic:grammaticalGender></termSec>
    <termSec><term>pays <hi>membre</hi></term>
      <min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus></termSec>
  </langSec>
  <langSec xml:lang="nl">
    <descripGrp><basic:definition>een
      land</basic:definition><basic:source>IATE</basic:source></descripGrp>
    <termSec><term>lidstaat</term><min:partOfSpeech>noun</min:partOfSpeech>
      <descripGrp><basic:context>De lidstaat stemt.</basic:context><basic:source>x</basic:source></descripGrp>
    </termSec>
  </langSec>
</conceptEntry>
</body></text></tbx>
"""
OF_2008 = (
    DCA.replace('<tbx xmlns="urn:iso:std:iso:30042:ed-2" type', '<!DOCTYPE martif SYSTEM "TBX.dtd"><martif type')
    .replace("tbxHeader", "martifHeader")
    .replace("conceptEntry", "termEntry")
    .replace("langSec", "langSet")
    .replace("<termSec>", "<ntig><termGrp>")
    .replace("</termSec>", "</termGrp></ntig>")
    .replace("</tbx>", "</martif>")
)


def concepts(data: str | bytes) -> list[FiledConcept]:
    return [one for one in read(data) if isinstance(one, FiledConcept)]


def told(data: str | bytes) -> list[str]:
    left_out = [one for one in read(data) if isinstance(one, LeftOut)]
    return [f"{one.line} {one.locale} {one.reason}" for one in left_out]


def file(*sections: str, entry: str = "", name: str = 'id="c1"') -> str:
    body = "\n".join(sections)
    return f"<tbx><text><body>\n<conceptEntry {name}>{entry}\n{body}</conceptEntry>\n</body></text></tbx>"


def section(locale: str, *terms: str | tuple[str, str]) -> str:
    written = []
    for term in terms:
        text, status = (term, "") if isinstance(term, str) else term
        note = f'<termNote type="administrativeStatus">{status}</termNote>' if status else ""
        written.append(f"<termSec><term>{text}</term>{note}</termSec>")
    return f'<langSec xml:lang="{locale}">{"".join(written)}</langSec>'


def statuses(data: str) -> dict[str, str]:
    (one,) = concepts(data)
    return {term.text: str(term.status) for term in one.terms}


@pytest.mark.parametrize("data", [DCA, DCT, OF_2008], ids=["dca", "dct", "2008"])
def test_every_style_says_the_same(data: str) -> None:
    (one,) = concepts(data)

    facts = {"domain": "EU", "definition": "een land", "authority": "IATE", "authority_date": date(2024, 3, 4)}
    assert (5, "c1", ("nl", "lidstaat"), facts) == (one.line, one.name, one.key, one.facts)
    assert {
        TermDraft("nl", "lidstaat"),
        TermDraft("fr", "État membre", gender="masculine"),
        TermDraft("fr", "pays membre", TermStatus.DEPRECATED),
    } == set(merged(None, one).terms)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_other_encodings_are_read(encoding: str) -> None:
    written = DCA.partition("\n")[2]

    assert ["lidstaat"] == [one.key[1] for one in concepts(written.encode(encoding))]


def test_what_has_no_place_is_counted_and_told_once() -> None:
    twice = DCA.replace(
        "</body>",
        '<conceptEntry id="c2"><note>a</note><langSec xml:lang="nl"><termSec><term>brug</term>'
        '<termNote type="partOfSpeech">noun</termNote></termSec></langSec></conceptEntry></body>',
    )

    assert [
        "10  “definition” has no place in the term base; this and all others (1) are left out.",
        "19  “partOfSpeech” has no place in the term base; this and all others (2) are left out.",
        "20  “context” has no place in the term base; this and all others (1) are left out.",
        "24  “note” has no place in the term base; this and all others (1) are left out.",
    ] == sorted(told(twice))


@pytest.mark.parametrize(
    "written, status",
    [
        ("preferredTerm-admn-sts", "preferred"),
        ("preferred", "preferred"),
        ("admittedTerm-admn-sts", "admitted"),
        ("deprecatedTerm-admn-sts", "deprecated"),
        ("supersededTerm", "deprecated"),
        ("notRecommended", "deprecated"),
        ("Not recommended", "deprecated"),
        ("forbidden", "forbidden"),
    ],
)
def test_statuses_of_other_tools_are_understood(written: str, status: str) -> None:
    assert status == statuses(file(section("nl", ("brug", written))))["brug"]


def test_one_term_of_a_language_is_preferred() -> None:
    without = statuses(file(section("nl", "brug", "overbrugging", ("oeververbinding", "deprecatedTerm-admn-sts"))))
    beside = statuses(file(section("nl", "brug", ("overbrugging", "preferredTerm-admn-sts"))))
    both = file(section("nl", ("brug", "preferred"), ("overbrugging", "preferred")))

    assert {"brug": "preferred", "overbrugging": "admitted", "oeververbinding": "deprecated"} == without
    assert {"brug": "admitted", "overbrugging": "preferred"} == beside
    assert {"brug": "preferred", "overbrugging": "admitted"} == statuses(both)
    assert ["3 nl “brug” is preferred already; this is taken as admitted."] == told(both)


def test_letters_are_composed_and_what_nobody_sees_is_no_part_of_a_term() -> None:
    entry = "<descrip type='subjectField'>horeca\u200b</descrip>"
    data = file(section("nl", "cafe\u0301", "caf\u00e9"), section("fr", "\u202ecafe\u0301"), entry=entry)

    (one,) = concepts(data)

    assert (("nl", "caf\u00e9"), "horeca", {"caf\u00e9"}) == (one.key, one.domain, {term.text for term in one.terms})
    assert ["3 nl “caf\u00e9” is in the entry already."] == told(data)


def test_a_term_that_loses_its_place_keeps_what_is_known_of_it() -> None:
    before = ConceptDraft((TermDraft("nl", "brug", gender="feminine", forms=("bruggen",)),))
    (one,) = concepts(file(section("nl", ("overgang", "preferred"), ("brug", "admitted"))))

    after = merged(before, one)

    assert {replace(before.terms[0], status=TermStatus.ADMITTED), TermDraft("nl", "overgang")} == set(after.terms)


def test_a_language_stands_for_the_office_s_own_but_not_in_our_own_files() -> None:
    other = file(section("fr-CA", "pont"), section("it", "ponte"))
    ours = file(section("fr-CA", "pont"), entry="<note>perstolk:checked=no</note>")

    assert [["fr", "it"], ["fr-CA"]] == [[term.locale for term in concepts(one)[0].terms] for one in (other, ours)]


def test_entries_of_the_same_term_stay_apart_without_names_of_their_own() -> None:
    data = file(section("nl", "bank")) + "\n"
    both = data.replace(
        "</body>",
        '\n<conceptEntry><langSec xml:lang="nl"><termSec><term>bank</term></termSec></langSec></conceptEntry></body>',
    )

    assert 2 == len({one.name for one in concepts(both)})


@pytest.mark.parametrize(
    "data, sentence",
    [
        (file(section("nl", "brug", "…")), "3 nl A term needs a word: “…” has none."),
        (file(section("nl", "brug", "b" * 501)), "3 nl That is longer than 500 characters."),
        (file(section("nl", "brug", "brug")), "3 nl “brug” is in the entry already."),
        (file(section("nl", "brug"), '<langSec xml:lang="fr">\n<termSec/></langSec>'), "5 fr There is no term in it."),
        (file(section("nl", "brug"), section("??", "x")), "4  “??” is not a language tag such as fr or nl-BE."),
        (
            file(section("nl", ("brug", "splendid"))),
            "3 nl The status “splendid” is not known here; the term counts as one without.",
        ),
        (
            file(section("nl", "brug"), entry="\n<transacGrp><date>March</date></transacGrp>"),
            "3  The date “March” is not written as 2026-03-02.",
        ),
        (
            file(section("nl", "brug"), entry=f'<descrip type="subjectField">{"d" * 121}</descrip>'),
            "2  That is longer than 120 characters.",
        ),
        (file(section("nl", "brug", "a &b; c")), "3 nl “term” has an entity that XML does not know."),
    ],
)
def test_what_cannot_be_taken_is_told_with_its_line_and_the_rest_is_taken(data: str, sentence: str) -> None:
    with_type = '<!DOCTYPE tbx SYSTEM "x.dtd">' + data

    assert [sentence] == told(with_type)
    assert ("nl", "brug") == concepts(with_type)[0].key


def test_an_entry_without_a_term_is_left_out() -> None:
    assert ["2  The entry has no term that can be taken."] == told(file())
    assert [] == concepts(file())


def test_a_term_too_many_is_left_out() -> None:
    data = file(section("nl", *(f"woord {n}" for n in range(201))))

    assert ["3 nl A concept has at most 200 terms."] == told(data)
    assert 200 == len(concepts(data)[0].terms)


def test_bad_xml_is_told_with_its_line_after_what_was_read_before() -> None:
    data = DCA.replace("</body>", "<conceptEntry>\n<a></b>")
    reading = read_tbx(io.BytesIO(data.encode()), ("nl",))

    first = next(reading)
    with pytest.raises(Invalid) as refused:
        list(reading)

    assert isinstance(first, FiledConcept)
    assert "bad_tbx" == refused.value.code
    assert "Line 25: from here on the file is not XML that can be read." == str(refused.value)


@pytest.mark.parametrize(
    "data, code",
    [
        ("<tmx/>", "not_tbx"),
        ("<a><tbx/></a>", "not_tbx"),
        ("nl,fr", "bad_tbx"),
        ("", "bad_tbx"),
        ('<!DOCTYPE tbx [<!ENTITY a "b">]><tbx>&a;</tbx>', "bad_tbx"),
        ('<!DOCTYPE tbx [<!ENTITY a SYSTEM "file:///etc/hostname">]><tbx>&a;</tbx>', "bad_tbx"),
    ],
)
def test_what_is_not_tbx_or_has_entities_of_its_own_is_refused(data: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(data)

    assert code == refused.value.code


def test_entries_are_forgotten_once_they_are_read() -> None:
    count = 3_000
    entry = section("nl", "brug").join(["<conceptEntry>", "</conceptEntry>"])
    stream = io.BytesIO(f"<tbx><text><body>{entry * count}</body></text></tbx>".encode())

    held = [len(body) for element in entries(stream, None) if (body := element.getparent()) is not None]

    assert count == len(held)
    assert max(held) < count / 4


def test_a_stream_is_told_from_a_list_by_its_first_letter() -> None:
    texts = [DCA.encode(), DCT.encode("utf-16"), b"\xef\xbb\xbf\n <tbx/>", b"nl,fr\na,b\n", b""]

    assert [True, True, True, False, False] == [is_xml(io.BytesIO(text)) for text in texts]


def test_what_tells_a_stream_takes_nothing_of_it() -> None:
    plain, buffered = io.BytesIO(DCA.encode()), io.BufferedReader(io.BytesIO(DCA.encode()))

    assert [True, True] == [is_xml(stream) for stream in (plain, buffered)]
    assert DCA.encode() == plain.read() == buffered.read()
