from __future__ import annotations

import io

import pytest

from service.domain.concepts import ConceptDraft, TermDraft
from service.domain.term_files import FiledConcept, merged
from service.formats.terms_csv import BadTermList, read_terms
from tests.formats.term_list_samples import LOCALES, read

LIST = """nl,fr,de,checked
lidstaat,État membre,Mitgliedstaat,no
"Raad, Milieu",Conseil «Environnement»,,yes
"""


def faults(text: str | bytes) -> list[str]:
    with pytest.raises(BadTermList) as refused:
        read(text)
    return [str(reason) for reason in refused.value.reasons]


def terms(filed: FiledConcept) -> dict[str, str]:
    return {term.locale: term.text for term in filed.terms}


def test_a_line_is_a_concept() -> None:
    first, second = read(LIST)

    assert ({"nl": "lidstaat", "fr": "État membre", "de": "Mitgliedstaat"}, 2) == (terms(first), first.line)
    assert ({"checked": False}, {"checked": True}) == (first.facts, second.facts)
    assert ("nl", "Raad, Milieu") == second.key


@pytest.mark.parametrize(
    "text",
    [
        LIST.encode("utf-8-sig"),
        LIST.replace("\n", "\r\n").encode(),
        LIST.replace("\n", "\r").encode(),
        b"sep=,\n" + LIST.encode(),
        LIST.replace(",", ";").replace('"Raad; Milieu"', "Raad, Milieu").encode(),
        LIST.replace(",", "\t").replace('"Raad\t Milieu"', "Raad, Milieu").encode(),
        LIST.replace("lidstaat,", " lidstaat\u00a0,").encode(),
        LIST.replace("nl,fr,de,checked", "NL,fr,DE,Checked,,").encode(),
    ],
    ids=["mark", "carriage returns", "carriage returns alone", "sep", "semicolons", "tabs", "spaces", "header"],
)
def test_what_spreadsheets_write_is_taken(text: bytes) -> None:
    assert [terms(one) for one in read(LIST)] == [terms(one) for one in read(text)]


def test_lines_with_a_status_belong_to_the_concept_of_their_first_term() -> None:
    (one,) = read("nl,fr,status\nlidstaat,État membre,\nlidstaat,pays membre,admitted\nlidstaat,état,Forbidden\n")

    assert [
        ("nl", "lidstaat", "preferred"),
        ("fr", "État membre", "preferred"),
        ("fr", "pays membre", "admitted"),
        ("fr", "état", "forbidden"),
    ] == [(term.locale, term.text, term.status) for term in one.terms]


def test_concepts_of_one_name_or_one_domain_are_told_apart() -> None:
    named = read("concept,nl,fr\na,bank,banque\nb,bank,banc\n")
    by_domain = read("nl,fr,domain\nbank,banque,geld\nbank,banc,meubels\n")

    assert [2, 2] == [len(named), len(by_domain)]


@pytest.mark.parametrize(
    "text, sentence",
    [
        ("", "Line 1: it names the columns, and needs one for each language, such as nl or fr."),
        (
            "definition,domain\nx,y\n",
            "Line 1: it names the columns, and needs one for each language, such as nl or fr.",
        ),
        ("nl,fr,nl\na,b,c\n", "Line 1: the column “nl” is there twice."),
        ("nl,fr\na,b,c\n", "Line 2: it has more cells than the first line has columns."),
        ("nl,fr,domain\n,,geld\n", "Line 2: there is no term in any language."),
        ("nl,fr,checked\na,b,maybe\n", "Line 2: write yes or no in the column “checked”."),
        ("nl,authority_date\na,2 maart\n", "Line 2: write the date of the authority as 2026-03-02."),
        ("nl,fr\n\na,b\na,c\n", "Line 4: line 3 has another fr term for this. Give one of them a status."),
        ("nl,fr\na,…\n", "Line 2: A term needs a word: “…” has none."),
        (f"nl,fr\na,{'b' * 501}\n", "Line 2: That is longer than 500 characters."),
        ('nl,fr\na,"b" c\n', "Line 2: the quotation marks around its cells do not match."),
        (
            "nl,definition\nb,x\na,'" + "x" * 140_000 + "'\n",
            "Line 3: a cell has more than 131072 characters. Shorten it, or put a quotation mark where it ends.",
        ),
        (
            'nl,definition\nb,x\na,"b\n' + "e,f\n" * 40_000,
            "Line 3: a cell has more than 131072 characters. Shorten it, or put a quotation mark where it ends.",
        ),
        ('nl,fr\rb,c\ra,"b" c\r', "Line 3: the quotation marks around its cells do not match."),
        ('nl,fr\na,"b\n', "Line 2: the quotation marks around its cells do not match."),
        (b"nl,fr\nstaat,\xc9tat\n", "Line 2: the letters are not in UTF-8. Save the list as “CSV UTF-8”."),
        ("nl,fr\na,b\n".encode("utf-16"), "Line 1: the letters are not in UTF-8. Save the list as “CSV UTF-8”."),
        (
            "nl,fr,domain\na,b,\na,c,geld\n",
            "Line 2: line 3 has the same term for a domain of its own. Give both a domain.",
        ),
    ],
)
def test_what_cannot_be_taken_is_told_with_its_line(text: str | bytes, sentence: str) -> None:
    assert [sentence] == faults(text)


def test_an_unknown_column_and_status_are_told_with_the_known_ones() -> None:
    (column,) = faults("nl,fr,opmerking\na,b,c\n")
    (status,) = faults("nl,fr,status\na,b,goed\n")

    start = (
        "Line 1: there is no column “opmerking”. Rename it or take it out; there are nl, fr, de, en, concept, status, "
    )
    assert column.startswith(start)
    assert "Line 2: the status “goed” is none of preferred, admitted, deprecated, forbidden." == status


@pytest.mark.parametrize("name", ["id", "foo", "it", "id_gender"])
def test_a_column_of_no_language_of_the_office_is_refused(name: str) -> None:
    (column,) = faults(f"{name},nl,fr\nK1,huis,maison\n")

    assert f"Line 1: there is no column “{name}”. " == column[: 31 + len(name)]


def test_a_column_of_a_country_stands_for_the_office_s_language() -> None:
    text = "NL_be,fr-CA,FR-ca_gender\nkasseien,pavés,m\n"

    (one,) = read(text)
    (own,) = read(text, ("nl-BE", "fr"))

    assert [TermDraft("nl", "kasseien"), TermDraft("fr", "pavés", gender="masculine")] == list(merged(None, one).terms)
    assert {"nl-BE": "kasseien", "fr": "pavés"} == terms(own)
    assert ["Line 1: the column “nl” is there twice."] == faults("nl,nl-BE\na,b\n")


def test_columns_of_other_languages_that_the_term_base_has_are_taken() -> None:
    own = "nl,nl-BE,it\nkassei,kasseisteen,pavé\n"

    (one,) = read(own, others=("it", "nl-BE"))
    (alone,) = read("nl-BE,it\nkassei,pavé\n", others=("it", "nl-BE"))

    assert ({"nl": "kassei", "nl-BE": "kasseisteen", "it": "pavé"}) == terms(one)
    assert {"nl": "kassei", "it": "pavé"} == terms(alone)


def test_every_line_that_is_wrong_is_told_at_once_but_not_without_end() -> None:
    with pytest.raises(BadTermList) as refused:
        read("nl,fr,checked\n" + "a,b,maybe\n" * 30)

    told = str(refused.value).splitlines()

    assert ("Nothing of the list is taken in.", "… and 10 more.", 22) == (told[0], told[-1], len(told))


def test_the_number_of_a_line_counts_those_inside_quotation_marks() -> None:
    assert ["Line 4: there is no term in any language."] == faults('nl,definition\na,"one\ntwo"\n,x\n')


def test_reading_tells_how_far_it_is() -> None:
    text = ("nl,fr\n" + "".join(f"woord{n},mot{n}\n" for n in range(1_000))).encode()
    told: list[int] = []

    read_terms(io.BytesIO(text), LOCALES, progress=told.append)

    assert (len(text), sorted(told)) == (told[-1], told)
    assert len(told) >= 5


def test_what_a_list_leaves_empty_of_a_term_stays_and_a_dash_takes_it_away() -> None:
    before = ConceptDraft((TermDraft("fr", "ministre", gender="masculine", forms=("ministres",)),))
    (empty,) = read("fr,fr_gender,fr_forms\nministre,,\n")
    (dashes,) = read("fr,fr_gender,fr_forms\nministre,-,-\n")

    assert [before, ConceptDraft((TermDraft("fr", "ministre"),))] == [merged(before, one) for one in (empty, dashes)]


@pytest.mark.parametrize(
    "text, sentence",
    [
        ("nl,fr_gender,fr\na,feminine,\n", "Line 2: “fr_gender” is filled in, but there is no term in “fr”."),
        (
            "nl,fr,fr_gender\na,b,woman\n",
            "Line 2: write masculine, feminine, neuter or common in the column “fr_gender”, or - for none.",
        ),
        ("nl,nl_case_sensitive\na,perhaps\n", "Line 2: write yes or no in the column “nl_case_sensitive”."),
        ("nl,nl_forms,nl-forms\na,b,c\n", "Line 1: the column “nl_forms” is there twice."),
        ("nl_forms\na\n", "Line 1: it names the columns, and needs one for each language, such as nl or fr."),
        ("nl,nl_forms\na," + "|".join(map(str, range(51))) + "\n", "Line 2: A term has at most 50 other forms."),
    ],
)
def test_what_cannot_be_told_of_a_term_is_refused_with_its_line(text: str, sentence: str) -> None:
    assert [sentence] == faults(text)


def test_lines_of_a_definition_may_end_as_those_of_the_file() -> None:
    first, second = read('nl,definition\ra,"one\rtwo"\rb,three\r')

    assert ({"definition": "one\ntwo"}, 2, {"definition": "three"}, 4) == (
        first.facts,
        first.line,
        second.facts,
        second.line,
    )


def test_letters_are_composed_and_what_nobody_sees_is_no_part_of_a_cell() -> None:
    lines = "cafe\u0301,ca\u00adfe\u0301,horeca\u200b,\ufeff\ncaf\u00e9,caf\u00e9,horeca,\n"
    (one,) = read(f"nl,\u200bfr,domain,de\n{lines}")

    assert [("nl", "caf\u00e9"), ("fr", "caf\u00e9")] == [term.key for term in one.terms]


def test_the_lines_of_a_definition_are_kept() -> None:
    (one,) = read('nl,definition\na,"one\r\n  two "\n')

    assert {"definition": "one\n  two"} == one.facts


def test_what_was_told_of_the_old_term_is_not_told_of_the_one_in_its_place() -> None:
    old = TermDraft("fr", "pays membre", gender="masculine", case_sensitive=True, forms=("pays-membre",))
    before = ConceptDraft((TermDraft("nl", "gemeente", forms=("gemeentje",)), old))

    (one,) = read("nl,fr\ngemeente,commune\n")

    assert ConceptDraft((before.terms[0], TermDraft("fr", "commune"))) == merged(before, one)
