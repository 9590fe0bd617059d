"""XLIFF as it is written: what the standards ask of the structure, and what the desk has to say in it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from lxml import etree

from service.domain.exchange import SentVersion, as_sent
from service.domain.text import CodedText
from service.formats.xliff import write_xliff, write_xliff12
from tests.formats.xliff_samples import EVERY_KIND, HASH, SOURCE, TARGET, back, found, root_of, unit, version

NMTOKEN = re.compile(r"[\w.:-]+")
WRITERS = pytest.mark.parametrize("write", [write_xliff, write_xliff12])
Write = Callable[[SentVersion], bytes]

ORDER_2 = {
    "xliff": ["file"],
    "file": ["metadata", "notes", "group"],
    "group": ["unit"],
    "unit": ["metadata", "matches", "originalData", "segment"],
    "segment": ["source", "target"],
    "match": ["source", "target"],
}
ORDER_12 = {
    "xliff": ["file"],
    "file": ["header", "body"],
    "header": ["tool", "note"],
    "group": ["trans-unit"],
    "trans-unit": ["source", "target", "context-group", "alt-trans"],
    "alt-trans": ["source", "target"],
}


def _children_in_order(root: etree._Element, order: dict[str, list[str]]) -> dict[str, bool]:
    """Tell for each element whether its children stand in the order that the standard gives."""
    kept = {}
    for element in root.iter():
        name = etree.QName(element).localname
        if name in order:
            children = [etree.QName(child).localname for child in element]
            kept[f"{name} {element.get('id')}"] = children == sorted(children, key=order[name].index)
    return kept


def test_version_two_has_its_parts_in_the_order_of_the_standard() -> None:
    root = root_of(write_xliff(EVERY_KIND))

    assert ("2.1", "nl", "fr") == (root.get("version"), root.get("srcLang"), root.get("trgLang"))
    assert {True} == set(_children_in_order(root, ORDER_2).values())
    assert [1] * 7 == [len(found(each, "x:segment")) for each in found(root, "//x:unit")]


def test_version_one_has_its_parts_in_the_order_of_the_standard() -> None:
    root = root_of(write_xliff12(EVERY_KIND))
    file = found(root, "y:file")[0]

    assert "1.2" == root.get("version")
    assert ("rel_1", "nl", "fr", "htmlbody") == tuple(
        file.get(name) for name in ("original", "source-language", "target-language", "datatype")
    )
    assert {True} == set(_children_in_order(root, ORDER_12).values())
    assert found(root, "//y:tool/@tool-id") == [file.get("tool-id")]
    assert [] == found(root, "//y:context-group/@name")  # names would have to differ within the file


def test_ids_of_version_two_are_names_and_differ_where_they_must() -> None:
    root = root_of(write_xliff(EVERY_KIND))
    units = found(root, "//x:unit")

    assert all(NMTOKEN.fullmatch(name) for name in found(root, "//@id"))
    assert sorted({each.get("id") for each in units}) == sorted(each.get("id") for each in units)
    assert len(set(found(root, "//x:group/@id"))) == len(found(root, "//x:group"))
    for each in units:
        names = [*found(each, "x:segment/@id"), *found(each, "x:segment/x:source//@id")]
        assert len(set(names)) == len(names)


def test_a_code_of_a_target_is_its_sources_in_every_attribute() -> None:
    for each in found(root_of(write_xliff(EVERY_KIND)), "//x:segment"):
        codes = {code.get("id"): code for code in found(each, "x:source//*")}
        twins = found(each, "x:target//*")

        assert len({code.get("id") for code in twins}) == len(twins)
        assert [] == [
            twin.get("id")
            for twin in twins
            if (twin.tag, dict(twin.attrib)) != (codes[twin.get("id")].tag, dict(codes[twin.get("id")].attrib))
        ]


def test_original_data_is_there_for_every_reference_and_for_nothing_else() -> None:
    for each in found(root_of(write_xliff(EVERY_KIND)), "//x:unit"):
        named = found(each, "x:originalData/x:data/@id")
        referred = set(found(each, ".//@dataRef | .//@dataRefStart | .//@dataRefEnd"))

        assert sorted(named) == sorted(set(named))
        assert set(named) == referred


def test_values_of_version_two_are_those_of_the_standard() -> None:
    root = root_of(write_xliff(EVERY_KIND))

    assert ["translated", "initial", "final", "reviewed"] == found(root, "//x:segment/@state")[:4]
    assert all(re.fullmatch(r"[^\s:]+:[^\s:]+", value) for value in found(root, "//@subState | //@subType"))
    assert {"fmt", "link"} == set(found(root, "//x:segment//@type"))
    assert ["tm", "mt", "tb", "mt", "tm"] == found(root, "//mtc:match/@type")
    assert {"#s1"} == set(found(root, "//mtc:match/@ref"))
    assert ["100", "82"] == found(root, "//mtc:match/@similarity")
    assert {"preserve"} == set(found(root, "//x:file/@xml:space"))


def test_values_of_version_one_are_those_of_the_standard() -> None:
    root = root_of(write_xliff12(EVERY_KIND))

    assert ["no", "no", "yes", "yes", "no", "no", "no"] == found(root, "//y:trans-unit/@approved")
    assert ["needs-review-translation", "final", "signed-off"] == found(root, "//y:trans-unit/y:target/@state")[:3]
    assert ["mt-suggestion", "exact-match", "leveraged-glossary", "mt-suggestion"] == found(root, "//@state-qualifier")
    assert {"bold", "italic", "link", "lb"} == set(found(root, "//@ctype"))
    assert {"proposal"} == set(found(root, "//@alttranstype"))
    assert all(value.startswith("x-") for value in found(root, "//@restype | //@context-type"))


def test_a_pair_and_a_break_are_the_elements_of_each_version() -> None:
    two = found(root_of(write_xliff(version())), "//x:segment/x:target")[0]
    one = found(root_of(write_xliff12(version())), "//y:trans-unit/y:target")[0]

    assert ["pc", "pc", "ph", "pc"] == [etree.QName(each).localname for each in two]
    assert ["g", "g", "x", "g"] == [etree.QName(each).localname for each in one]
    assert "Le nouveau pontouvre aujourd’hui & <ferme>." == "".join(str(each) for each in two.itertext())
    assert "".join(str(each) for each in two.itertext()) == "".join(str(each) for each in one.itertext())


def test_what_a_code_was_stands_beside_it() -> None:
    data = found(root_of(write_xliff(version())), "//x:data")

    assert {
        "o1": "<b>",
        "c1": "</b>",
        "o2": '<a href="https://example.org/?a=1&amp;b=2">',
        "c2": "</a>",
        "o3": "<br>",
        "o4": "<i>",
        "c4": "</i>",
    } == {each.get("id"): each.text for each in data}


def test_an_empty_unit_has_no_target() -> None:
    empty = version(unit(target="", draft=""))

    assert [] == found(root_of(write_xliff(empty)), "//x:target")
    assert [] == found(root_of(write_xliff12(empty)), "//y:target")


@WRITERS
def test_what_is_written_reads_the_same(write: Write) -> None:
    for sent, returned in zip(EVERY_KIND.units, back(write(EVERY_KIND)), strict=True):
        expected = as_sent(CodedText(sent.target, sent.source.codes)) or None

        assert sent.id == returned.id
        assert as_sent(sent.source) == returned.source.text
        assert expected == (returned.target.text if returned.target else None)
        assert (sent.row_version, HASH) == (returned.row_version, returned.source_hash)


@WRITERS
def test_a_target_with_broken_codes_is_mended_on_its_way(write: Write) -> None:
    broken = version(unit(target="{1}un{/1} {1}deux {2}trois{/4}{3/}{3/}"))

    target = back(write(broken))[0].target

    assert target is not None
    assert "{1}un{/1} deux {2}trois{3/}{/2}" == target.text


@WRITERS
def test_braces_that_are_no_marks_stay_what_they_are(write: Write) -> None:
    odd = version(unit(source=CodedText("Kies {9} of {1}"), target="Choisis {9} ou {1}"))

    returned = back(write(odd))[0]

    assert returned.target is not None
    assert ("Kies {9} of {1}", "Choisis {9} ou {1}") == (returned.source.text, returned.target.text)
    assert frozenset() == returned.target.codes


@WRITERS
def test_the_title_may_have_characters_that_no_file_can_hold(write: Write) -> None:
    odd = SentVersion("rel_1", "Een\x02 brug\ufffe", "nl", "fr", 1, (unit(),))

    assert "Een brug" in write(odd).decode()


def test_the_sample_is_what_the_tests_take_it_for() -> None:
    assert (SOURCE.text, TARGET) == (as_sent(SOURCE), as_sent(CodedText(TARGET, SOURCE.codes)))
