from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from translate.storage.tmx import tmxfile

from service.domain.memory_files import (
    Filed,
    FiledTarget,
    FiledUnit,
    KeptSource,
    KeptTarget,
    Provenance,
)
from service.domain.text import CodedText, CodeKind, InlineCode
from service.formats.tmx import read_tmx, write_tmx

MAY = datetime(2026, 5, 14, 9, 30, 15, tzinfo=UTC)
CODES = (
    InlineCode(3, CodeKind.BOLD),
    InlineCode(5, CodeKind.LINK, "https://example.org/?a=1&b=2"),
    InlineCode(6, CodeKind.ITALIC),
    InlineCode(8, CodeKind.BREAK),
)
SOURCE = CodedText("De {3}brug{/3} is <open>{8/}{5}lees {6}meer{/6}{/5} & {2}", CODES)
FRENCH = "{5}lisez {6}plus{/6}{/5}{8/}le {3}pont{/3} est <ouvert> & {2}"


def written(*kept: KeptSource, source: str = "nl") -> bytes:
    return b"".join(write_tmx(kept, source))


def read_back(data: bytes, source: str = "nl") -> list[Filed]:
    return list(read_tmx(io.BytesIO(data), source, ("nl", "fr", "de", "en")))


def kept(*targets: FiledTarget, source: CodedText = SOURCE, **provenance: object) -> KeptSource:
    came_from = Provenance(**provenance)  # type: ignore[arg-type]
    return KeptSource("nl", source, tuple(KeptTarget(target, came_from) for target in targets))


def test_what_we_write_we_read_back_equal() -> None:
    targets = (
        FiledTarget("fr", FRENCH, MAY),
        FiledTarget("de", "Die {3}Brücke{/3}", MAY, confirmed=False, context="0123456789abcdef" * 2),
    )

    data = written(kept(*targets, release_id="rel_1", revision=2, approved_by="usr_1"))

    (one,) = read_back(data)
    assert FiledUnit(6, SOURCE, targets) == one


def test_several_targets_of_a_language_are_units_of_their_own() -> None:
    targets = [FiledTarget("fr", "a"), FiledTarget("de", "b"), FiledTarget("fr", "c")]

    filed = read_back(written(kept(*targets)))

    assert [targets[:2], targets[2:]] == [list(one.targets) for one in filed if isinstance(one, FiledUnit)]


def test_a_source_in_another_language_says_so() -> None:
    french = KeptSource("fr", CodedText("Le pont."), (KeptTarget(FiledTarget("nl", "De brug.")),))

    data = written(kept(FiledTarget("fr", FRENCH)), french)

    sources = [
        [(type(one).__name__, one.source.text if isinstance(one, FiledUnit) else one.reason.code) for one in filed]
        for filed in (read_back(data), read_back(data, "fr"))
    ]
    assert [
        [("FiledUnit", SOURCE.text), ("LeftOut", "other_source")],
        [("LeftOut", "other_source"), ("FiledUnit", "Le pont.")],
    ] == sources


def test_a_target_tells_where_it_came_from() -> None:
    data = written(
        kept(
            FiledTarget("fr", FRENCH, MAY),
            release_id="rel_1",
            revision=2,
            collection="old.tmx",
            approved_by="usr_1",
        )
    )

    root = etree.fromstring(data)
    target = root.findall("body/tu/tuv")[1]
    assert {
        "{http://www.w3.org/XML/1998/namespace}lang": "fr",
        "creationid": "usr_1",
        "creationdate": "20260514T093015Z",
    } == dict(target.attrib)
    assert {
        "x-perstolk-release": "rel_1",
        "x-perstolk-revision": "2",
        "x-perstolk-collection": "old.tmx",
    } == {prop.get("type"): prop.text for prop in target.findall("prop")}
    assert ("1.4", "nl") == (root.get("version"), root.find("header").get("srclang"))  # type: ignore[union-attr]


def test_an_empty_memory_is_a_file_without_units() -> None:
    assert [] == read_back(written())


def test_another_programs_reader_reads_the_same_pairs() -> None:
    data = written(
        kept(FiledTarget("fr", "Le pont & <la rive>"), source=CodedText("De brug & <de oever>")),
        kept(FiledTarget("fr", "Où ?"), FiledTarget("de", "Wo?"), source=CodedText("Waar?")),
        kept(FiledTarget("fr", "Le {1}pont{/1}"), source=CodedText("De {1}brug{/1}", (InlineCode(1, CodeKind.BOLD),))),
    )

    french = tmxfile(io.BytesIO(data), sourcelanguage="nl", targetlanguage="fr")
    german = tmxfile(io.BytesIO(data), sourcelanguage="nl", targetlanguage="de")

    assert [("De brug & <de oever>", "Le pont & <la rive>"), ("Waar?", "Où ?")] == [
        (unit.source, unit.target) for unit in french.units[:2]
    ]
    # It keeps the native form of a code as text.
    assert ("De <b>brug</b>", "Le <b>pont</b>") == (french.units[2].source, french.units[2].target)
    assert "Wo?" == german.translate("Waar?")


@pytest.mark.parametrize("text", ["a\x00b\x0bc\ufffe", "{3}a", "a{/3}", "{3}a{5}b{/3}c{/5}", "{3}a{/3}{3}b{/3}"])
def test_what_xml_cannot_hold_is_mended(text: str) -> None:
    (one,) = read_back(written(kept(FiledTarget("fr", text), source=CodedText("x {3}y{/3}{5}z{/5}", CODES[:2]))))

    assert isinstance(one, FiledUnit)


@given(st.text(min_size=1).filter(str.strip), st.text(min_size=1).filter(str.strip))
def test_any_text_comes_back_but_for_what_no_text_here_has(source: str, target: str) -> None:
    once = read_back(written(kept(FiledTarget("fr", target), source=CodedText(source))))
    if not (once and isinstance(once[0], FiledUnit)):
        return
    again = read_back(written(kept(*once[0].targets, source=once[0].source)))

    assert once == again
