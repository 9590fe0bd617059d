from __future__ import annotations

from time import process_time

import pytest

from service.domain.checks import Check, Pair, Rules, Severity
from service.domain.checks.terms import TermsDoNotTranslate, TermsForbidden, TermsPreferred
from service.domain.term_base import TermBase
from service.domain.terms import SourceTerm, TargetTerm
from service.domain.text import CodedText
from tests.domain.checks.concepts import CODES, N, find, rows

# The forbidden term stands between bars; behind it what the fix makes of the whole, where there is one.
FORBIDDEN: dict[str, list[tuple[str, ...]]] = {
    "fr": [
        ("Een schepen komt.", "Un |adjoint| arrive.", "Un échevin arrive."),
        ("de schepen", "l’|adjoint|", "l’échevin"),
        ("de gemeente", "la |municipalité|", "la commune"),
        ("Twee gemeenten", "Deux |municipalités|", ""),
        ("De gemeenteraad", "Le |conseil municipal|", "Le conseil communal"),
        ("de gemeenteraden", "les |conseils municipaux|", ""),
        ("een lidstaat", "ce |pays membre|", ""),
        ("elke lidstaat", "chaque |pays membre|", "chaque État membre"),
        ("de bouwvergunning", "l’|autorisation|", ""),
        ("Bouwvergunning vereist", "|Autorisation| requise", "Permis d’urbanisme requise"),
        ("de eerste minister", "le |chef de gouvernement|", "le Premier ministre"),
        ("een oud woord", "un |mot interdit|", ""),
    ],
    "de": [
        ("Een schepen komt.", "Ein |Beigeordneter| kommt.", "Ein Schöffe kommt."),
        ("de gemeente", "die |Kommune|", "die Gemeinde"),
        ("Twee gemeenten", "Zwei |Kommunen|", ""),
        ("De gemeenteraad", "Der |Stadtrat|", "Der Gemeinderat"),
        ("de gemeenteraden", "die |Stadträte|", ""),
        ("een lidstaat", "ein |Mitgliedsland|", "ein Mitgliedstaat"),
        ("de lidstaten", "die |Mitgliedsländer|", ""),
        ("de bouwvergunning", "die |Bauerlaubnis|", "die Städtebaugenehmigung"),
        ("de eerste minister", "der |Regierungschef|", "der Premierminister"),
        ("een oud woord", "ein |Unwort|", ""),
    ],
    "en": [
        ("Een schepen komt.", "A |councillor| is coming.", ""),
        ("de schepen", "the |councillor|", "the alderman"),
        ("de gemeente", "the |township|", "the municipality"),
        ("Twee gemeenten", "Two |townships|", ""),
        ("De gemeenteraad", "The |town council|", "The municipal council"),
        ("de gemeenteraden", "the |town councils|", ""),
        ("een lidstaat", "one |member country|", "one Member State"),
        ("Gemeente helpt", "|Township| helps", "Municipality helps"),
        ("de bouwvergunning", "the |construction licence|", "the planning permit"),
        ("de eerste minister", "the |head of government|", "the Prime Minister"),
        ("een oud woord", "a |bad word|", ""),
    ],
}
OUT_OF_USE = [
    ("fr", "de bouwvergunning", "le |permis de bâtir|"),
    ("fr", "de gemeenteraad", "le |conseil de la commune|"),
    ("fr", "een oud woord", "un |vieux mot|"),
    ("de", "de bouwvergunning", "die |Baugenehmigung|"),
    ("de", "de schepen", "der |Magistrat|"),
    ("de", "een oud woord", "ein |Altwort|"),
    ("en", "de bouwvergunning", "the |building permit|"),
    ("en", "de schepen", "the |magistrate|"),
    ("en", "een oud woord", "an |old word|"),
]
NOT_FORBIDDEN: dict[str, list[tuple[str, ...]]] = {
    "fr": [
        ("Een schepen komt.", "Un échevin arrive."),
        ("de schepen", "l’échevine"),
        ("Twee gemeenten", "Deux communes"),
        ("een lidstaat van de eurozone", "un pays membre de la zone euro"),
        ("de burgemeester", "la municipalité et l’adjoint"),
        ("de schepen", "il adjoindra"),
        ("de gemeente", "la municipale"),
        ("het besluit", "l’arrêté"),
        ("de stadsgemeenteraadszaal", "la salle du conseil municipal"),
        ("de wet", "l’autorisation"),
    ],
    "de": [
        ("Een schepen komt.", "Ein Schöffe kommt."),
        ("de schepen", "die Schöffin"),
        ("Twee gemeenten", "Zwei Gemeinden"),
        ("een lidstaat van de eurozone", "ein Mitgliedsland der Eurozone"),
        ("de burgemeester", "die Kommune und ein Beigeordneter"),
        ("de gemeente", "die Kommunewahlen"),
        ("de gemeenteraad", "das Stadtratsmitglied und der Gemeinderat"),
        ("het besluit", "der Erlass"),
        ("de lidstaat", "ein Nichtmitgliedsland als Mitgliedstaat"),
        ("de wet", "die Bauerlaubnis"),
    ],
    "en": [
        ("Een schepen komt.", "An alderman is coming."),
        ("de schepen", "the alderwoman"),
        ("Twee gemeenten", "Two municipalities"),
        ("een lidstaat van de eurozone", "a member country of the eurozone"),
        ("de burgemeester", "the township and a councillor"),
        ("de gemeente", "town and ship"),
        ("de gemeenteraad", "the municipal council of the town"),
        ("het besluit", "the decree"),
        ("de lidstaat", "the Member State"),
        ("de wet", "the construction licence"),
    ],
}


@pytest.mark.parametrize("locale, source, marked, right", rows(FORBIDDEN))
def test_a_forbidden_term_is_an_error_where_it_stands(locale: str, source: str, marked: str, right: str) -> None:
    target = marked.replace("|", "")
    start, end = marked.index("|"), marked.rindex("|") - 1

    (finding,) = find(TermsForbidden(), source, target, locale)

    assert ("terms_forbidden", Severity.ERROR, (start, end)) == (finding.code, finding.severity, finding.target_span)
    assert target[start:end] in str(finding)
    assert right == ("" if finding.fix is None else target[:start] + finding.fix + target[end:])


@pytest.mark.parametrize("locale, source, marked", OUT_OF_USE)
def test_a_term_that_is_out_of_use_is_a_warning(locale: str, source: str, marked: str) -> None:
    (finding,) = find(TermsForbidden(), source, marked.replace("|", ""), locale)

    assert (Severity.WARNING, (marked.index("|"), marked.rindex("|") - 1)) == (finding.severity, finding.target_span)
    assert "is out of use" in str(finding)


@pytest.mark.parametrize("locale, source, target", rows(NOT_FORBIDDEN))
def test_what_is_fit_or_belongs_to_another_word_passes(locale: str, source: str, target: str) -> None:
    assert [] == [str(finding) for finding in find(TermsForbidden(), source, target, locale)]


def test_the_sentence_names_what_the_office_says() -> None:
    (finding,) = find(TermsForbidden(), "De gemeenten", "Les municipalités", "fr")
    (other,) = find(TermsForbidden(), "Een oud woord", "Un mot interdit", "fr")

    assert "For “gemeenten” the office says “commune”, never “municipalités”." == str(finding)
    assert "The office does not say “mot interdit” for “oud woord”." == str(other)


def test_words_of_two_genders_are_changed_by_a_person() -> None:
    targets = (TargetTerm("commune", gender="feminine"), TargetTerm("village", N, gender="masculine"))
    base = TermBase([SourceTerm("1", "dorp", targets)], "nl")

    (finding,) = TermsForbidden().find(Pair(CodedText("een dorp"), "un village", "nl", "fr", Rules(base)))

    assert finding.fix is None


def test_what_another_concept_of_the_source_is_called_is_left_alone() -> None:
    both = [
        SourceTerm("1", "schepen", (TargetTerm("échevin"), TargetTerm("adjoint", N))),
        SourceTerm("2", "medewerker", (TargetTerm("adjoint"),)),
    ]

    pair = Pair(
        CodedText("de schepen en de medewerker"), "l’échevin et l’adjoint", "nl", "fr", Rules(TermBase(both, "nl"))
    )

    assert [] == list(TermsForbidden().find(pair))


KEPT = [
    ("Kijk op Be-Alert.", "{} Be-Alert."),
    ("Kijk op Be-Alert.", "{} BE-ALERT."),
    ("Meld u aan bij MyGov", "{} MyGov"),
    ("Vlaanderen Vakantieland opent", "{} Vlaanderen Vakantieland"),
    ("Sciensano's cijfers", "{} Sciensano"),
    ("BE-ALERT: NIEUWE VERSIE", "BE-ALERT: {}"),
    ("be-alert", "be-alert {}"),
    ("Be-Alerttoestellen", "{}"),
    ("de app MyGovernment", "{}"),
    ("Vlaanderen", "{}"),
]
TRANSLATED = [
    ("Kijk op Be-Alert.", "{} Sois-Alerte.", "Be-Alert"),
    ("Kijk op Be-Alert.", "{}", "Be-Alert"),
    ("Kijk op Be-Alert.", "{} be-alert.", "Be-Alert"),
    ("Kijk op Be-Alert.", "{} Be Alert.", "Be-Alert"),
    ("Meld u aan bij MyGov", "{} Mygov", "MyGov"),
    ("Meld u aan bij MyGov", "{} MyGovernment", "MyGov"),
    ("Vlaanderen Vakantieland opent", "{} Vlaanderen", "Vlaanderen Vakantieland"),
    ("Vlaanderen Vakantieland opent", "{} Flandern Urlaubsland", "Vlaanderen Vakantieland"),
    ("Sciensano meldt", "{} Sciensado", "Sciensano"),
    ("Be-Alert en MyGov", "{} Be-Alert", "MyGov"),
]
FILLED = {"fr": "le texte", "de": "der Text", "en": "the text"}


@pytest.mark.parametrize("locale", FILLED)
@pytest.mark.parametrize("source, target", KEPT)
def test_a_name_that_stays_as_it_is_passes(locale: str, source: str, target: str) -> None:
    assert [] == [str(one) for one in find(TermsDoNotTranslate(), source, target.format(FILLED[locale]), locale)]


@pytest.mark.parametrize("locale", FILLED)
@pytest.mark.parametrize("source, target, name", TRANSLATED)
def test_a_name_that_is_lost_is_an_error_at_its_place(locale: str, source: str, target: str, name: str) -> None:
    (finding,) = find(TermsDoNotTranslate(), source, target.format(FILLED[locale]), locale)

    assert ("terms_do_not_translate", Severity.ERROR) == (finding.code, finding.severity)
    assert finding.source_span is not None
    assert name == source[slice(*finding.source_span)]
    assert f"“{name}” is not translated and belongs in the translation as it is." == str(finding)


@pytest.mark.parametrize("check", [TermsForbidden(), TermsDoNotTranslate(), TermsPreferred()])
def test_places_count_the_markers_and_without_a_term_base_nothing_is_said(check: Check) -> None:
    source, target = "{1}De{/1} gemeente, een wet en MyGov", "{1}La{/1} municipalité"

    (finding,) = find(check, source, target, "fr")

    texts = [
        span and text[slice(*span)] for text, span in ((source, finding.source_span), (target, finding.target_span))
    ]
    assert texts in (["gemeente", "municipalité"], ["MyGov", None], ["wet", None])
    assert [] == list(check.find(Pair(CodedText(source, CODES), target, "nl", "fr")))


@pytest.mark.parametrize("check", [TermsForbidden(), TermsDoNotTranslate(), TermsPreferred()])
@pytest.mark.parametrize("part", ["gemeente ", "wet, ", "MyGov ", "municipalité ", "gemeente wet MyGov "])
def test_hostile_texts_take_time_in_proportion_to_their_length(check: Check, part: str) -> None:
    text = part * (20_000 // len(part))
    began = process_time()

    find(check, text, "municipalité " * 1_500, "fr")
    find(check, text, "x " * 10_000, "fr")

    assert process_time() - began < 5  # a square law would need minutes
