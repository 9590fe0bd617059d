from __future__ import annotations

import pytest

from service.domain.checks import Pair, Rules, Severity
from service.domain.checks.terms import TermsPreferred
from service.domain.term_base import TermBase
from service.domain.terms import SourceTerm, TargetTerm
from service.domain.text import CodedText
from tests.domain.checks.concepts import CONCEPTS, find, rows

MISSING: dict[str, list[tuple[str, ...]]] = {
    "fr": [
        ("de schepen", "le premier conseiller"), ("de gemeente", "la ville"), ("een wet", "un texte"),
        ("de gemeenteraad", "le conseil"), ("het besluit", "le choix"), ("een lidstaat", "un pays"),
        ("de bouwvergunning", "le permis"), ("De eerste minister", "Le chef"), ("Wet en orde", "Ordre"),
        ("een lidstaat van de eurozone", "un pays de la zone euro"),
    ],
    "de": [
        ("de schepen", "der erste Rat"), ("de gemeente", "die Stadt"), ("een wet", "ein Text"),
        ("de gemeenteraad", "der Rat"), ("het besluit", "die Wahl"), ("een lidstaat", "ein Land"),
        ("de bouwvergunning", "die Genehmigung"), ("De eerste minister", "Der Chef"), ("Wet en orde", "Ordnung"),
        ("een lidstaat van de eurozone", "ein Land der Eurozone"),
    ],
    "en": [
        ("de schepen", "the first member"), ("de gemeente", "the town"), ("een wet", "a text"),
        ("de gemeenteraad", "the council"), ("het besluit", "the choice"), ("een lidstaat", "a country"),
        ("de bouwvergunning", "the permit"), ("De eerste minister", "The chief"), ("Wet en orde", "Order"),
        ("een lidstaat van de eurozone", "a country of the eurozone"),
    ],
}  # fmt: skip
THERE: dict[str, list[tuple[str, ...]]] = {
    "fr": [
        ("de schepen", "l’échevin"), ("de schepen", "les échevines"), ("de gemeente", "les communes"),
        ("het besluit", "l’arrêté"), ("een lidstaat", "l’État membre"), ("De eerste minister", "le premier ministre"),
        ("de gemeente", "la municipalité"), ("gemeentewet", "un texte"), ("lidstaten", "des pays"),
        ("de gemeenteraad", "le conseil, communal aussi"), ("een oud woord", "autre chose"), ("een burgemeester", "x"),
    ],
    "de": [
        ("de schepen", "der Schöffe"), ("de schepen", "zwei Schöffinnen"), ("de gemeente", "die Gemeinden"),
        ("het besluit", "ein Erlass"), ("een wet", "ein Klimagesetz"), ("De eerste minister", "die Premierministerin"),
        ("de gemeente", "die Kommune"), ("gemeentewet", "ein Text"), ("lidstaten", "Länder"),
        ("een lidstaat", "des Mitgliedstaates"), ("een oud woord", "etwas anderes"), ("een burgemeester", "x"),
    ],
    "en": [
        ("de schepen", "the alderman"), ("de schepen", "two alderwomen"), ("de gemeente", "the municipalities"),
        ("het besluit", "the decree"), ("een lidstaat", "the Member States"), ("De eerste minister", "prime minister"),
        ("de gemeente", "the township"), ("gemeentewet", "a text"), ("lidstaten", "countries"),
        ("de gemeenteraad", "a council that is municipal"), ("een oud woord", "something"), ("een burgemeester", "x"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("locale, source, target", rows(MISSING))
def test_a_concept_under_another_name_is_a_warning(locale: str, source: str, target: str) -> None:
    (finding,) = find(TermsPreferred(), source, target, locale)

    assert ("terms_preferred", Severity.WARNING) == (finding.code, finding.severity)
    assert finding.source_span is not None
    written = source[slice(*finding.source_span)]
    assert CONCEPTS[locale][written.lower()][0] == finding.facts["preferred"]
    assert written in str(finding)


OTHER_FORMS = [
    ("de lidstaten", "lidstaten"), ("Alle lidstaten", "lidstaten"), ("27 lidstaten", "lidstaten"),
    ("nieuwe wetten", "wetten"), ("de eerste ministers", "eerste ministers"),
    ("wij besluiten de besluiten", "besluiten"), ("tussen gemeenten", "gemeenten"), ("gemeentes", "gemeentes"),
    ("{1}de{/1} schepenen", "schepenen"),
    ("van de gemeenteraden", "gemeenteraden"), ("zes gemeenteraden", "gemeenteraden"),
]  # fmt: skip


# Verbs, or words that may be verbs; names; and what stands at the end of a compound.
NO_FORMS = [
    "wij besluiten", "om te besluiten", "die besluiten", "stopt met besluiten", "wilde besluiten", "besluiten",
    "hij besloot niets", "het besluiten", "De Verenigde Lidstaten", "klimaatwetten",
]  # fmt: skip


@pytest.mark.parametrize("locale", CONCEPTS)
@pytest.mark.parametrize("source, written", OTHER_FORMS)
def test_a_term_in_another_form_is_missed_where_it_is_surely_one(locale: str, source: str, written: str) -> None:
    (finding,) = find(TermsPreferred(), source, "x", locale)

    assert finding.source_span is not None
    assert (len(source) - len(written), len(source)) == tuple(finding.source_span)


@pytest.mark.parametrize("source", NO_FORMS)
def test_nothing_is_said_of_a_word_that_may_be_a_verb_or_a_name(source: str) -> None:
    assert [] == [str(it) for it in find(TermsPreferred(), source, "x", "fr")]


def test_in_other_languages_than_dutch_only_the_term_itself_is_missed() -> None:
    rules = Rules(TermBase([SourceTerm("1", "plan", (TargetTerm("projet"),))], "en"))

    found = [
        len(list(TermsPreferred().find(Pair(CodedText(source), "x", "en", "fr", rules))))
        for source in ("the plan", "he plans")
    ]

    assert [1, 0] == found


@pytest.mark.parametrize("locale, source, target", rows(THERE))
def test_any_term_that_is_fit_or_told_of_elsewhere_will_do(locale: str, source: str, target: str) -> None:
    assert [] == [str(finding) for finding in find(TermsPreferred(), source, target, locale)]


def test_of_concepts_that_are_called_alike_one_is_enough() -> None:
    both = [SourceTerm("1", "bank", (TargetTerm("banque"),)), SourceTerm("2", "bank", (TargetTerm("banc"),))]
    rules = Rules(TermBase(both, "nl"))

    found = [
        list(TermsPreferred().find(Pair(CodedText("een bank"), text, "nl", "fr", rules))) for text in ("un banc", "x")
    ]

    assert [0, 1] == [len(findings) for findings in found]


def test_a_concept_that_stands_twice_is_told_of_once() -> None:
    assert 1 == len(find(TermsPreferred(), "een wet en een wet", "un texte", "fr"))
