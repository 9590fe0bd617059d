from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from service.domain.characters import clean_line
from service.domain.concepts import GENDERS, ConceptDraft, TermDraft, is_same
from service.domain.term_files import FiledConcept, merged
from service.domain.terms import TermStatus
from service.formats.tbx import write_tbx
from tests.formats.tbx_samples import read

FULL = ConceptDraft(
    (
        TermDraft("nl", "minister", forms=("ministers", "a|b")),
        TermDraft("fr", "ministre", gender="masculine"),
        TermDraft("fr", "la ministre", TermStatus.ADMITTED, gender="common"),
        TermDraft("fr", "M&C <b>", TermStatus.FORBIDDEN, case_sensitive=True),
        TermDraft("nl-BE", "excellentie", TermStatus.DEPRECATED),
    ),
    definition="one\n  two",
    domain="EU",
    authority="IATE",
    authority_date=date(2024, 1, 2),
    do_not_translate=True,
    checked=True,
)
TEXT = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=6).map(
    lambda text: clean_line(f"a {text}")
)
TERM = st.builds(
    TermDraft,
    st.sampled_from(["nl", "fr", "nl-BE"]),
    TEXT,
    st.sampled_from([status for status in TermStatus if status is not TermStatus.PREFERRED]),
    st.sampled_from([None, *GENDERS]),
    st.booleans(),
    st.lists(TEXT, max_size=3, unique=True).map(tuple),
)
CONCEPT = st.builds(
    ConceptDraft,
    st.lists(TERM, min_size=1, max_size=5, unique_by=lambda term: term.key).map(tuple),
    definition=st.sampled_from(["", "one\ntwo", "one\n\ttwo\n\n  three"]),
    domain=st.one_of(st.just(""), TEXT),
    authority=st.one_of(st.just(""), TEXT),
    authority_date=st.one_of(st.none(), st.dates()),
    do_not_translate=st.booleans(),
    checked=st.booleans(),
)


@pytest.mark.parametrize("concept", [FULL, replace(FULL, authority=""), replace(FULL, checked=False)])
def test_what_we_write_we_read_back_equal(concept: ConceptDraft) -> None:
    (again,) = read(b"".join(write_tbx([("con_1", concept)], "nl")))

    assert isinstance(again, FiledConcept)
    assert ("con_1", ("nl", "minister")) == (again.name, again.key)
    assert is_same(concept, merged(None, again))


@given(CONCEPT)
def test_whatever_the_term_base_holds_comes_back(concept: ConceptDraft) -> None:
    (again,) = read(b"".join(write_tbx([("con_1", concept)], "nl")))

    assert isinstance(again, FiledConcept)
    assert is_same(concept, merged(None, again))


def test_what_we_write_has_only_the_values_of_the_dialect() -> None:
    root = etree.fromstring(b"".join(write_tbx([("con_1", FULL)], "nl")))

    said = {(note.get("type"), note.text) for note in root.iter("{*}termNote")}
    assert {value for name, value in said if name == "grammaticalGender"} == {"masculine", "other"}
    assert {value for name, value in said if name == "administrativeStatus"} == {
        "preferredTerm-admn-sts",
        "admittedTerm-admn-sts",
        "deprecatedTerm-admn-sts",
    }
    assert ("TBX-Basic", "dca") == (root.get("type"), root.get("style"))
    for term in root.iter("{*}termSec"):
        names = [etree.QName(child).localname for child in term]
        assert names == sorted(names, key=["term", "termNote", "note"].index)
