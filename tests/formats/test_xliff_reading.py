"""XLIFF as it comes back: what tools make of a file, and what is refused as a whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.errors import Invalid
from service.domain.exchange import SentVersion, as_sent, judged
from service.domain.text import CodedText
from service.formats.xliff import write_xliff, write_xliff12
from tests.formats.xliff_samples import CODES, back, unit, version

CORE = 'xmlns="urn:oasis:names:tc:xliff:document:2.0"'
CORE_12 = 'xmlns="urn:oasis:names:tc:xliff:document:1.2"'
META = (
    '<metadata xmlns="urn:oasis:names:tc:xliff:metadata:2.0"><metaGroup category="perstolk">'
    '<meta type="row-version">7</meta><meta type="source-hash">ff</meta></metaGroup></metadata>'
)
CONTEXT = (
    '<context-group><context context-type="x-perstolk-row-version">7</context>'
    '<context context-type="x-perstolk-source-hash">ff</context></context-group>'
)
Write = Callable[[SentVersion], bytes]


def two(inside: str, *, languages: str = 'srcLang="nl" trgLang="fr"', core: str = CORE, number: str = "2.0") -> bytes:
    """Return an XLIFF 2 file with one unit that has `inside`."""
    unit_ = f'<unit id="unt_1">{META}{inside}</unit>'
    return f'<xliff {core} version="{number}" {languages}><file id="rel_1">{unit_}</file></xliff>'.encode()


def one(inside: str, *, languages: str = 'source-language="nl" target-language="fr"') -> bytes:
    """Return an XLIFF 1.2 file with one unit that has `inside` behind its source."""
    unit_ = f'<trans-unit id="unt_1"><source>Bron</source>{inside}{CONTEXT}</trans-unit>'
    file = f'<file original="rel_1" datatype="htmlbody" {languages}><body><group>{unit_}</group></body></file>'
    return f'<xliff {CORE_12} version="1.2">{file}</xliff>'.encode()


def text_in(data: bytes) -> str | None:
    """Return the target of the file's only unit."""
    target = back(data)[0].target
    return None if target is None else target.text


def segment(target: str, source: str = "Bron") -> str:
    """Return a segment of XLIFF 2."""
    return f"<segment><source>{source}</source><target>{target}</target></segment>"


@pytest.mark.parametrize(
    "target, expected",
    [
        ('Un <pc id="1">pont</pc>', "Un {1}pont{/1}"),
        ('Un <sc id="1"/>pont<ec startRef="1"/>', "Un {1}pont{/1}"),
        ('Un <sc id="1" isolated="yes"/>pont<ec id="1" isolated="yes"/>', "Un {1}pont{/1}"),
        ('Un <sc id="1"/>p<sc id="2"/>o<ec startRef="1"/>nt<ec startRef="2"/>', "Un {1}p{2}o{/1}nt{/2}"),
        ('Un<ph id="3"/>pont', "Un{3/}pont"),
        ('Un <mrk id="m1" type="term">pont</mrk> neuf', "Un pont neuf"),
        ('Un <sm id="m1" type="comment"/>pont<em startRef="m1"/>', "Un pont"),
        ('Un <mrk id="m1"><pc id="1">grand</pc> pont</mrk>', "Un {1}grand{/1} pont"),
        ('<pc id="1">Un</pc> <pc id="9" copyOf="1">pont</pc>', "{1}Un{/1} {1}pont{/1}"),
        ('<pc id="1">Un</pc> <sc id="9" copyOf="1"/>pont<ec startRef="9"/>', "{1}Un{/1} {1}pont{/1}"),
        ('Un pont<cp hex="0001"/>', "Un pont\x01"),
        ('Un pont<cp hex="D800"/><cp hex="zz"/><cp hex="FFFFFFFF"/>', "Un pont\ufffd\ufffd\ufffd"),
        ("Un<!-- a note --> pont<?tool x?> &amp; <![CDATA[<b>]]>", "Un pont & <b>"),
        ("  Un\n  pont ", "  Un\n  pont "),
    ],
)
def test_what_tools_write_in_version_two(target: str, expected: str) -> None:
    assert expected == text_in(two(segment(target)))


@pytest.mark.parametrize(
    "target, expected",
    [
        ('Un <g id="1">pont</g><x id="3"/>', "Un {1}pont{/1}{3/}"),
        ('Un <bx id="1" rid="5"/>pont<ex id="2" rid="5"/>', "Un {1}pont{/1}"),
        ('Un <bx id="1"/>pont<ex id="1"/>', "Un {1}pont{/1}"),
        ('Un <bpt id="1">&lt;b&gt;</bpt>pont<ept id="1">&lt;/b&gt;</ept>', "Un {1}pont{/1}"),
        ('Un<ph id="3">&lt;br&gt;<sub>never read</sub></ph>pont', "Un{3/}pont"),
        ('Un <it id="1" pos="open">&lt;b&gt;</it>pont<it id="1" pos="close"/>', "Un {1}pont{/1}"),
        ('<mrk mtype="seg" mid="0">Un pont.</mrk> <mrk mtype="seg" mid="1">Neuf.</mrk>', "Un pont. Neuf."),
    ],
)
def test_what_tools_write_in_version_one(target: str, expected: str) -> None:
    assert expected == text_in(one(f"<target>{target}</target>"))


def test_a_unit_that_was_cut_is_whole_again() -> None:
    cut = (
        "<segment><source>A.</source><target>Un <sc id='1'/>pont.</target></segment>"
        "<ignorable><source> </source></ignorable>"
        "<segment><source>B.</source><target>Neuf<ec startRef='1'/>.</target></segment>"
    )

    returned = back(two(cut))[0]

    assert "A. B." == returned.source.text
    assert "Un {1}pont. Neuf{/1}." == text_in(two(cut))


def test_the_parts_of_a_target_stand_in_the_order_that_they_ask_for() -> None:
    swapped = (
        "<segment><source>A</source><target order='3'>un</target></segment>"
        "<ignorable><source> </source><target order='2'> - </target></ignorable>"
        "<segment><source>B</source><target order='1'>deux</target></segment>"
    )

    assert "deux - un" == text_in(two(swapped))


@pytest.mark.parametrize(
    "data",
    [
        two("<segment><source>A</source></segment>"),
        two("<segment><source>A</source><target> </target></segment>"),
        two("<segment><source>A</source></segment>" + segment("Un pont")),
        one(""),
        one("<target/>"),
        one("<alt-trans><target>Un pont</target></alt-trans><note>Not a target</note>"),
    ],
)
def test_a_unit_without_a_whole_target_has_none(data: bytes) -> None:
    assert text_in(data) is None


def test_a_candidate_is_no_target() -> None:
    match = (
        '<matches xmlns="urn:oasis:names:tc:xliff:matches:2.0"><match ref="#1">'
        f"<source {CORE}>A</source><target {CORE}>Une offre</target></match></matches>"
    )

    assert "Un pont" == text_in(two(match + segment("Un pont")))


@pytest.mark.parametrize("data", [two(segment("Un")), one("<target>Un</target>")])
def test_a_unit_says_what_it_was_made_from(data: bytes) -> None:
    assert [("unt_1", 7, "ff")] == [(each.id, each.row_version, each.source_hash) for each in back(data)]


def test_a_unit_whose_facts_were_dropped_or_spoilt_says_nothing() -> None:
    dropped = two(segment("Un")).replace(META.encode(), b"")
    spoilt = two(segment("Un")).replace(b">7<", b">seven<").replace(b">ff<", b"> <")

    assert [(None, None)] * 2 == [(each.row_version, each.source_hash) for each in (*back(dropped), *back(spoilt))]


@pytest.mark.parametrize(
    "languages",
    ['srcLang="nl" trgLang="fr"', 'srcLang="NL-be" trgLang="fr-BE"', 'srcLang="nl_BE" trgLang="FR"'],
)
def test_a_tool_may_add_the_region_to_a_language(languages: str) -> None:
    assert "Un" == text_in(two(segment("Un"), languages=languages))


def test_a_later_version_two_is_read_too() -> None:
    later = two(segment("Un"), core=CORE.replace("2.0", "2.2"), number="2.2")

    assert "Un" == text_in(later)


ENTITY = b'<!DOCTYPE x [<!ENTITY a "b">]>'


@pytest.mark.parametrize(
    "data, code",
    [
        (b"", "bad_file"),
        (b"no XML at all", "bad_file"),
        (two(segment("Un"))[:-4], "bad_file"),
        (two(segment("&unknown;")), "bad_file"),
        (b'<?xml version="1.0" encoding="no-such-one"?>' + two(segment("Un")), "bad_file"),
        (two(segment("Un")).replace(b"Un", b"\x01"), "bad_file"),
        (two(segment("Un")).replace(b"Un", b"\xff"), "bad_file"),
        (two("<mrk>" * 1000 + "</mrk>" * 1000), "bad_file"),
        (ENTITY + two(segment("Un")), "bad_file"),
        ((ENTITY.decode() + two(segment("&a;")).decode()).encode("utf-16"), "bad_file"),
        (b'<!DOCTYPE xliff SYSTEM "http://192.0.2.1/x.dtd">' + two(segment("Un")), "bad_file"),
        (b" " * 5_000_001, "file_too_large"),
        (b"<tmx version='1.4'/>", "not_xliff"),
        (b"<xliff version='2.0'/>", "not_xliff"),
        (two(segment("Un"), core='xmlns="urn:oasis:names:tc:xliff:document:1.1"'), "not_xliff"),
        (f"<file {CORE}/>".encode(), "not_xliff"),
        (two(segment("Un"), languages='srcLang="nl" trgLang="de"'), "other_languages"),
        (two(segment("Un"), languages='srcLang="en" trgLang="fr"'), "other_languages"),
        (two(segment("Un"), languages='srcLang="nl"'), "other_languages"),
        (one("<target>Un</target>", languages='source-language="nl"'), "other_languages"),
        (two(segment("Un")).replace(b"rel_1", b"rel_2"), "other_release"),
        (one("<target>Un</target>").replace(b"rel_1", b"rel_2"), "other_release"),
        (f'<xliff {CORE} srcLang="nl" trgLang="fr"/>'.encode(), "other_release"),
        (f'<xliff {CORE_12} version="1.2"/>'.encode(), "other_release"),
    ],
)
def test_a_file_that_is_not_this_versions_is_refused_as_a_whole(data: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        back(data)

    assert code == refused.value.code
    assert "file" == refused.value.field
    assert str(refused.value)


BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 9}">' for n in range(1, 10))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_nothing_of_a_document_type_is_read(encoding: str) -> None:
    bomb = f'<!DOCTYPE xliff [<!ENTITY e0 "ha">{BOMB}]><xliff {CORE} version="&e9;"/>'

    with pytest.raises(Invalid) as refused:
        back(bomb.encode(encoding))

    assert "document type" in str(refused.value)


def test_a_file_with_another_release_beside_this_one_is_refused() -> None:
    own = one("<target>Un</target>").decode()
    strange = own[own.index("<file") : own.index("</xliff>")].replace("rel_1", "rel_2")

    with pytest.raises(Invalid) as refused:
        back(own.replace("</xliff>", f"{strange}</xliff>").encode())

    assert "other_release" == refused.value.code


def test_another_encoding_is_read() -> None:
    text = two(segment("Élargi")).decode()

    assert "Élargi" == text_in(text.encode("utf-16"))
    assert "Élargi" == text_in(f'<?xml version="1.0" encoding="iso-8859-1"?>{text}'.encode("latin-1"))


BITS = [
    *("a", "é", "𝒳", "&", "<", ">", '"', "'", "]]>", "\u00a0", "\u202f", "\u00ad", "\u2028", "\u0085", "\t", "\n"),
    *("\r", "\r\n", "\x00", "\x01", "\x0b", "\x1f", "\x7f", "\ufffe", "\uffff", "\ufeff", "\u202e", "👩\u200d👧"),
    *("{1}", "{/1}", "{1/}", "{2}", "{/2}", "{3/}", "{3}", "{/3}", "{4}", "{/4}", "{9}", "{", "}", "{/", "1}", " "),
]
TEXTS = st.lists(st.one_of(st.sampled_from(BITS), st.text(max_size=3)), max_size=14).map("".join)
TABLES = st.sets(st.sampled_from(CODES)).map(lambda codes: tuple(sorted(codes, key=lambda code: code.id)))


@pytest.mark.parametrize("write", [write_xliff, write_xliff12])
@given(source=TEXTS, target=TEXTS, draft=TEXTS, codes=TABLES)
def test_a_file_that_nobody_touched_brings_nothing_new(
    write: Write, source: str, target: str, draft: str, codes: tuple[object, ...]
) -> None:
    sent = unit(source=CodedText(source, codes), target=target, draft=draft)  # type: ignore[arg-type]

    returned = back(write(version(sent)))

    assert [sent.id] == [each.id for each in returned]
    assert as_sent(sent.source) == returned[0].source.text.strip()
    assert judged(returned[0], sent) is None


@pytest.mark.parametrize("write", [write_xliff, write_xliff12])
@given(target=TEXTS, written=st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1))
def test_what_a_translator_writes_is_what_is_saved(write: Write, target: str, written: str) -> None:
    source = CodedText("Een {1}brug{/1}", CODES[:1])
    sent = unit(source=source, target=target)
    edited = unit(source=source, target=f"Un {{1}}pont{{/1}} {written.replace('{', '(')}!")

    returned = back(write(version(edited)))

    assert edited.target == judged(returned[0], sent)
