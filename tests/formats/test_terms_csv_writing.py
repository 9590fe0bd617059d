from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.characters import clean_line
from service.domain.concepts import GENDERS, ConceptDraft, TermDraft, is_same
from service.domain.term_files import merged
from service.domain.terms import TermStatus
from service.formats.terms_csv import write_terms
from tests.formats.term_list_samples import read


def test_what_is_written_is_read_back() -> None:
    concept = ConceptDraft(
        (
            TermDraft("nl", "lidstaat"),
            TermDraft("nl", "lid-staat", TermStatus.DEPRECATED),
            TermDraft("fr", "État membre"),
            TermDraft("fr", 'pays "membre", ou', TermStatus.ADMITTED),
            TermDraft("fr", "état", TermStatus.FORBIDDEN),
            TermDraft("fr", "pays", TermStatus.FORBIDDEN),
        ),
        definition="Een staat die lid is",
        domain="EU",
        authority="IATE",
        authority_date=date(2024, 1, 2),
        do_not_translate=True,
        checked=True,
    )

    (again,) = read("".join(write_terms([("con_1", concept)], ["nl", "fr", "de"])))

    both = [merged(None, again), concept]
    assert ("con_1", sorted(both[1].terms, key=str)) == (again.name, sorted(both[0].terms, key=str))
    assert [(concept.definition, concept.domain, concept.authority, concept.authority_date, True, True)] * 2 == [
        (one.definition, one.domain, one.authority, one.authority_date, one.do_not_translate, one.checked)
        for one in both
    ]


def test_a_line_without_a_term_in_a_language_writes_an_empty_cell() -> None:
    written = list(csv.DictReader(write_terms([("c", ConceptDraft((TermDraft("fr", "été"),)))], ["nl", "fr"])))

    assert [("", "été", "preferred")] == [(row["nl"], row["fr"], row["status"]) for row in written]


def test_columns_beside_a_language_are_about_its_term() -> None:
    (one,) = read(
        "nl,nl_forms,fr,FR Gender,fr-case-sensitive,status\n"
        "minister,ministers | excellentie,ministre,Masculine,ja,\n"
        "minister,,la ministre,f,,admitted\n"
    )

    assert [
        TermDraft("nl", "minister", forms=("ministers", "excellentie")),
        TermDraft("fr", "ministre", gender="masculine", case_sensitive=True),
        TermDraft("fr", "la ministre", TermStatus.ADMITTED, gender="feminine"),
    ] == list(merged(None, one).terms)


FORMULAS = [
    '=HYPERLINK("http://a.example";"b")',
    "+32 is an",
    "-isme",
    "@SOM(A1)",
    "'-isme",
    "''=b",
    "'s avonds",
    "=b|-c",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula_and_what_looks_like_one_comes_back_as_it_was(text: str) -> None:
    concept = ConceptDraft((TermDraft("nl", text, forms=(text,)), TermDraft("fr", "c")), definition=text, domain=text)

    written = "".join(write_terms([("con_1", concept)], ["nl", "fr"]))
    (again,) = read(written)

    (_, row) = csv.reader(io.StringIO(written))
    assert not any(cell.startswith(tuple("=+-@")) for cell in row)
    assert is_same(concept, merged(None, again))


TEXT = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=6).map(
    lambda text: clean_line(f"{text} a")
)
TERM = st.builds(
    TermDraft,
    st.sampled_from(["nl", "fr", "nl-BE"]),
    TEXT,
    st.sampled_from([status for status in TermStatus if status is not TermStatus.PREFERRED]),
    st.sampled_from([None, *GENDERS]),
    st.booleans(),
    st.lists(TEXT | st.sampled_from(["a|b", "\\", "a\\|", "|", "-"]), max_size=3, unique=True).map(tuple),
)
CONCEPT = st.builds(
    ConceptDraft,
    st.lists(TERM, min_size=1, max_size=5, unique_by=lambda term: term.key).map(tuple),
    definition=st.sampled_from(["", "one\ntwo", 'a "b", c']),
)


@given(CONCEPT)
def test_a_list_with_everything_comes_back_as_it_was(concept: ConceptDraft) -> None:
    (again,) = read("".join(write_terms([("con_1", concept)], ["nl", "fr", "nl-BE"])), others=("nl-BE",))

    assert is_same(concept, merged(None, again))


def test_only_details_that_are_asked_for_have_a_column() -> None:
    concept = ConceptDraft((TermDraft("nl", "a", forms=("b",)), TermDraft("fr", "c")))

    (row,) = csv.DictReader(write_terms([("c", concept)], ["nl", "fr"], details={("nl", "forms")}))

    assert ["concept", "nl", "nl_forms", "fr", "status"] == list(row)[:5]
    assert "b" == row["nl_forms"]
