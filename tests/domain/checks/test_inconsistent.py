from __future__ import annotations

from time import process_time

import pytest

from service.domain.checks import Finding, Pair, Severity, Span, run_document_checks
from service.domain.checks.inconsistent import LONGEST_SHOWN, Inconsistent
from service.domain.text import CodedText, CodeKind, InlineCode
from tests.domain.checks.rows import LOCALES

BOLD = (InlineCode(1, CodeKind.BOLD),)
SOURCE = "De minister komt."
# Two translations of one sentence, in each language: they differ in a word, or in order.
DIFFERENT = {
    "fr": [
        ("Le ministre arrive.", "La ministre arrive."), ("Plus d’infos", "Pour en savoir plus"), ("un plan", "le plan"),
        ("Il est là.", "Il n’est pas là."), ("12 communes", "13 communes"), ("Le SPF Santé", "Le SPF santé"),
        ("la Région", "La région"), ("Oui, merci", "Oui merci"), ("À l’État", "A l’État"), ("Fin du texte", "Fin"),
    ],
    "de": [
        ("Der Minister kommt.", "Die Ministerin kommt."), ("Mehr Infos", "Weitere Infos"), ("ein Plan", "der Plan"),
        ("Er ist da.", "Er ist nicht da."), ("12 Gemeinden", "13 Gemeinden"), ("Die Straße", "Die Strasse"),
        ("das Land", "Das land"), ("Ja, danke", "Ja danke"), ("grüne Wege", "Grüne Wegen"), ("Ende des Textes", "Ende"),
    ],
    "en": [
        ("The minister is coming.", "The minister arrives."), ("More info", "Further info"), ("a plan", "the plan"),
        ("He is here.", "He is not here."), ("12 towns", "13 towns"), ("The Council", "The council"),
        ("the Region", "The region"), ("Yes, thanks", "Yes thanks"), ("green ways", "Greener ways"), ("The end", "End"),
    ],
}  # fmt: skip
# They differ in spaces, in codes, in the end mark or in the case of the first letter: two places, not two minds.
ALIKE = [
    ("Plan A", "Plan A"), ("Plan A", "plan A"), ("Plan A", "Plan A."), ("Plan A", " Plan  A "),
    ("Plan A", "Plan\u00a0A"), ("Plan A", "{1}Plan{/1} A"), ("Plan A", "plan A!"),
    ("L’an", "L'an"), ("Plan A:", "Plan A"), ("Plan A", "Plan A…"),
]  # fmt: skip


def find(*rows: tuple[str, str], locale: str = "fr") -> list[tuple[int, Finding]]:
    return list(Inconsistent().find([Pair(CodedText(one, BOLD), other, "nl", locale) for one, other in rows]))


@pytest.mark.parametrize("locale, one, other", [(locale, *pair) for locale in LOCALES for pair in DIFFERENT[locale]])
def test_the_same_source_said_in_two_ways_is_a_warning_at_both_places(locale: str, one: str, other: str) -> None:
    findings = find((SOURCE, one), ("Iets anders dus.", "x"), (SOURCE, other), locale=locale)

    assert [
        (0, f"Segment 3 has the same source, but its translation is “{other}”."),
        (2, f"Segment 1 has the same source, but its translation is “{one}”."),
    ] == [(place, str(finding)) for place, finding in findings]
    assert {("inconsistent", Severity.WARNING)} == {(finding.code, finding.severity) for _, finding in findings}
    assert Span(0, len(one)) == findings[0][1].target_span


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("one, other", ALIKE)
def test_what_differs_in_marks_and_spaces_alone_is_the_same(locale: str, one: str, other: str) -> None:
    assert [] == find((SOURCE, one), (SOURCE, other), locale=locale)


@pytest.mark.parametrize("one, other", ALIKE)
def test_sources_are_compared_in_the_same_way(one: str, other: str) -> None:
    assert [0, 1] == [place for place, _ in find((one, "un plan"), (other, "le plan"))]


def test_a_word_alone_may_mean_two_things() -> None:
    assert [] == find(("Contact", "Contact"), ("Contact", "Nous contacter"))


def test_a_segment_without_a_translation_says_nothing_else() -> None:
    assert [] == find((SOURCE, "Le ministre arrive."), (SOURCE, " "), (SOURCE, ""))


def test_different_sources_may_be_said_in_different_ways() -> None:
    assert [] == find((SOURCE, "Le ministre arrive."), ("De minister gaat.", "Le ministre part."))


def test_an_edition_in_the_same_language_is_left_alone() -> None:
    assert [] == find((SOURCE, "De minister komt."), (SOURCE, "De minister komt er aan."), locale="nl-BE")


def test_of_three_ways_each_place_is_told_of_the_first_that_differs() -> None:
    findings = find((SOURCE, "un"), (SOURCE, "deux"), (SOURCE, "un"), (SOURCE, "trois"))

    assert [(0, 2), (1, 1), (2, 2), (3, 1)] == [(place, finding.facts["number"]) for place, finding in findings]


def test_a_long_translation_is_shown_by_its_beginning() -> None:
    (_, finding), _ = find((SOURCE, "un"), (SOURCE, "mot " * 100))

    assert LONGEST_SHOWN + 1 == len(finding.facts["other"])


def test_it_runs_with_the_checks_of_a_whole_version() -> None:
    pairs = [Pair(CodedText(SOURCE), target, "nl", "fr") for target in ("Le ministre arrive.", "La ministre arrive.")]

    assert {"inconsistent"} == {finding.code for _, finding in run_document_checks(pairs)}


def test_many_segments_take_time_in_proportion_to_their_number() -> None:
    rows = [(SOURCE, f"texte {number}") for number in range(4_000)]
    began = process_time()

    found = find(*rows)

    assert len(rows) == len(found)
    assert process_time() - began < 4  # a square law would need minutes
