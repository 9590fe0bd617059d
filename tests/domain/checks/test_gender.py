from __future__ import annotations

from time import process_time

import pytest

from service.domain.checks import Pair, Rules, Severity
from service.domain.checks.base import Finding
from service.domain.checks.gender import Gender
from service.domain.term_base import TermBase
from service.domain.terms import SourceTerm, TargetTerm, TermStatus
from service.domain.text import CodedText, CodeKind, InlineCode

F, M, C = "feminine", "masculine", "common"
ADMITTED = TermStatus.ADMITTED
PERSONS = (
    SourceTerm("1", "Annelies Verlinden", do_not_translate=True, gender=F),
    SourceTerm("2", "Nicole de Moor", (TargetTerm("Nicole de Moor"),), gender=F),
    SourceTerm("3", "Bart De Wever", do_not_translate=True, gender=M),
    SourceTerm("4", "Robin Peeters", do_not_translate=True),
    SourceTerm("5", "Europese Commissie", (TargetTerm("Commission européenne"), TargetTerm("Kommission")), gender=F),
)
FIRST = [TargetTerm("Premier ministre", gender=M), TargetTerm("Première ministre", ADMITTED, gender=F)]
STATE = [TargetTerm("Staatssekretär", gender=M), TargetTerm("Staatssekretärin", ADMITTED, gender=F)]
FUNCTIONS = {
    "fr": (
        ("minister", [TargetTerm("ministre")]),
        ("staatssecretaris", [TargetTerm("secrétaire d’État", gender=C)]),
        ("directeur", [TargetTerm("directeur", gender=M), TargetTerm("directrice", ADMITTED, gender=F)]),
        ("woordvoerder", [TargetTerm("porte-parole", gender=M)]),
        ("eerste minister", FIRST),
        ("bezieler", [TargetTerm("âme", gender=F)]),
    ),
    "de": (
        ("minister", [TargetTerm("Minister", gender=M), TargetTerm("Ministerin", ADMITTED, gender=F)]),
        ("staatssecretaris", STATE),
        ("directeur", [TargetTerm("Direktor", gender=M)]),
        ("woordvoerder", [TargetTerm("Sprecherin", gender=F)]),
        ("eerste minister", [TargetTerm("Premierminister", gender=M)]),
        ("bezieler", [TargetTerm("Seele", gender=F)]),
    ),
}  # fmt: skip
RULES = {
    locale: Rules(TermBase([*PERSONS, *(SourceTerm(text, text, tuple(said)) for text, said in functions)], "nl"))
    for locale, functions in FUNCTIONS.items()
}
RULES["en"] = Rules(TermBase([*PERSONS, SourceTerm("m", "minister", (TargetTerm("minister", gender=M),))], "nl"))

# The wrong form stands between bars.
WRONG = {
    "fr": [
        ("Minister Annelies Verlinden komt.", "Le |ministre| Annelies Verlinden arrive."),
        ("de minister van Binnenlandse Zaken Annelies Verlinden", "le |ministre| de l’Intérieur Annelies Verlinden"),
        ("Annelies Verlinden, minister van Justitie", "Annelies Verlinden, le |ministre| de la Justice"),
        ("de minister van Justitie, Annelies Verlinden", "du |ministre| de la Justice, Annelies Verlinden"),
        ("staatssecretaris Nicole de Moor", "le |secrétaire d’État| Nicole de Moor"),
        ("staatssecretaris voor Asiel Nicole de Moor", "au |secrétaire d’État| à l’Asile Nicole de Moor"),
        ("directeur Annelies Verlinden", "le |directeur| Annelies Verlinden"),
        ("directeur Bart De Wever", "la |directrice| Bart De Wever"),
        ("woordvoerder Annelies Verlinden", "un |porte-parole|, Annelies Verlinden"),
        ("eerste minister Bart De Wever", "la |Première ministre| Bart De Wever"),
        ("minister Bart De Wever", "la |ministre| Bart De Wever"),
        ("minister Bart De Wever en minister Nicole de Moor", "la |ministre| Bart De Wever, la ministre De Moor"),
    ],
    "de": [
        ("Minister Annelies Verlinden komt.", "|Minister| Annelies Verlinden kommt."),
        ("de minister van Binnenlandse Zaken Annelies Verlinden", "der |Minister| des Innern Annelies Verlinden"),
        ("Annelies Verlinden, minister van Justitie", "Annelies Verlinden, |Minister| der Justiz"),
        ("de minister van Justitie, Annelies Verlinden", "der |Minister| der Justiz, Annelies Verlinden"),
        ("staatssecretaris Nicole de Moor", "|Staatssekretär| Nicole de Moor"),
        ("staatssecretaris voor Asiel Nicole de Moor", "|Staatssekretär| für Asyl Nicole de Moor"),
        ("directeur Annelies Verlinden", "|Direktor| Annelies Verlinden"),
        ("staatssecretaris Bart De Wever", "die |Staatssekretärin| Bart De Wever"),
        ("woordvoerder Bart De Wever", "die |Sprecherin| Bart De Wever"),
        ("eerste minister Annelies Verlinden", "der |Premierminister| Annelies Verlinden"),
        ("minister Bart De Wever", "die |Ministerin| Bart De Wever"),
        ("minister Bart De Wever en minister Nicole de Moor", "Minister Bart De Wever und |Minister| Nicole de Moor"),
    ],
}  # fmt: skip
RIGHT = {
    "fr": [
        ("Minister Annelies Verlinden komt.", "La ministre Annelies Verlinden arrive."),
        ("de minister van Justitie, Annelies Verlinden", "de la ministre de la Justice, Annelies Verlinden"),
        ("Annelies Verlinden, minister van Justitie", "Annelies Verlinden, ministre de la Justice"),
        ("staatssecretaris Nicole de Moor", "la secrétaire d’État Nicole de Moor"),
        ("directeur Annelies Verlinden", "la directrice Annelies Verlinden"),
        ("directeur Bart De Wever", "le directeur Bart De Wever"),
        ("eerste minister Bart De Wever", "le Premier ministre Bart De Wever"),
        ("minister Robin Peeters", "le ministre Robin Peeters"),
        ("De minister sprak met Annelies Verlinden.", "Le ministre a parlé avec Annelies Verlinden."),
        ("minister Bart De Wever en Annelies Verlinden", "le ministre Bart De Wever et Annelies Verlinden"),
        ("minister Jan Jansen, Annelies Verlinden", "le ministre Jan Jansen, Annelies Verlinden"),
        ("bezieler Bart De Wever", "l’âme du projet, Bart De Wever"),
        ("Annelies Verlinden, minister Jansen", "Annelies Verlinden, le ministre Jansen"),
        ("de minister, Europese Commissie", "le ministre, Commission européenne"),
        ("minister Annelies Verlinden", "Annelies Verlinden"),
        ("De minister. Annelies Verlinden", "Le ministre. Annelies Verlinden"),
    ],
    "de": [
        ("Minister Annelies Verlinden komt.", "Ministerin Annelies Verlinden kommt."),
        ("de minister van Justitie, Annelies Verlinden", "der Ministerin der Justiz, Annelies Verlinden"),
        ("Annelies Verlinden, minister van Justitie", "Annelies Verlinden, Ministerin der Justiz"),
        ("staatssecretaris Nicole de Moor", "die Staatssekretärin Nicole de Moor"),
        ("directeur Annelies Verlinden", "die Direktorin Annelies Verlinden"),
        ("directeur Bart De Wever", "der Direktor Bart De Wever"),
        ("eerste minister Bart De Wever", "der Premierminister Bart De Wever"),
        ("minister Robin Peeters", "der Minister Robin Peeters"),
        ("De minister sprak met Annelies Verlinden.", "Der Minister sprach mit Annelies Verlinden."),
        ("minister Bart De Wever en Annelies Verlinden", "Minister Bart De Wever und Annelies Verlinden"),
        ("minister Annelies Verlinden", "Haushaltsministerin Annelies Verlinden"),
        ("bezieler Bart De Wever", "die Seele, Bart De Wever"),
        ("minister Annelies Verlinden", "Annelies Verlinden"),
        ("De minister. Annelies Verlinden", "Der Minister. Annelies Verlinden"),
    ],
    "en": [
        ("Minister Annelies Verlinden komt.", "Minister Annelies Verlinden is coming."),
        ("minister Bart De Wever", "minister Bart De Wever"),
        ("de minister van Justitie, Annelies Verlinden", "the minister of Justice, Annelies Verlinden"),
        ("Annelies Verlinden, minister van Justitie", "Annelies Verlinden, minister of Justice"),
        ("minister Robin Peeters", "minister Robin Peeters"),
        ("minister Nicole de Moor", "Nicole de Moor, the minister"),
        ("De minister sprak met Annelies Verlinden.", "The minister spoke with Annelies Verlinden."),
        ("minister Bart De Wever en Annelies Verlinden", "minister Bart De Wever and Annelies Verlinden"),
        ("Annelies Verlinden", "Annelies Verlinden"),
        ("De minister. Annelies Verlinden", "The minister. Annelies Verlinden"),
    ],
}


def find(source: str, target: str, locale: str, codes: tuple[InlineCode, ...] = ()) -> list[Finding]:
    return list(Gender().find(Pair(CodedText(source, codes), target, "nl", locale, RULES[locale])))


@pytest.mark.parametrize("locale, source, marked", [(locale, *row) for locale in WRONG for row in WRONG[locale]])
def test_a_function_of_the_other_gender_is_a_warning(locale: str, source: str, marked: str) -> None:
    start, end = marked.index("|"), marked.rindex("|") - 1

    (finding,) = find(source, marked.replace("|", ""), locale)

    assert ("gender", Severity.WARNING, (start, end)) == (finding.code, finding.severity, finding.target_span)
    assert finding.source_span is not None
    assert source[slice(*finding.source_span)].lower() in {text for text, _ in FUNCTIONS[locale]}


@pytest.mark.parametrize("locale, source, target", [(locale, *row) for locale in RIGHT for row in RIGHT[locale]])
def test_where_the_genders_agree_or_nobody_can_tell_nothing_is_said(locale: str, source: str, target: str) -> None:
    assert [] == [str(finding) for finding in find(source, target, locale)]


@pytest.mark.parametrize(
    "locale, source, target, sentence",
    [
        ("de", "minister Nicole de Moor", "Minister Nicole de Moor",
         "Nicole de Moor is a woman: not “Minister” but “Ministerin”."),
        ("de", "minister Bart De Wever", "Ministerin Bart De Wever",
         "Bart De Wever is a man: not “Ministerin” but “Minister”."),
        ("fr", "minister Nicole de Moor", "le ministre Nicole de Moor",
         "Nicole de Moor is a woman, but “ministre” stands here as for a man."),
        ("fr", "minister Bart De Wever", "la ministre Bart De Wever",
         "Bart De Wever is a man, but “ministre” stands here as for a woman."),
    ],
)  # fmt: skip
def test_the_sentence_names_the_person_and_the_right_form(locale: str, source: str, target: str, sentence: str) -> None:
    (finding,) = find(source, target, locale)

    assert sentence == str(finding)


def test_markers_hide_nothing() -> None:
    codes = (InlineCode(1, CodeKind.BOLD),)

    (finding,) = find("minister {1}Nicole de Moor{/1}", "{1}Minister{/1} {1}Nicole de Moor{/1}", "de", codes)

    assert finding.target_span is not None
    assert "Minister" == "{1}Minister{/1} {1}Nicole de Moor{/1}"[slice(*finding.target_span)].strip("{1}/")


def test_nothing_is_said_without_a_term_base() -> None:
    assert [] == list(Gender().find(Pair(CodedText("minister Nicole de Moor"), "Minister Nicole de Moor", "nl", "de")))


def test_hostile_texts_take_time_in_proportion_to_their_length() -> None:
    source, target = "minister Nicole de Moor " * 800, "le ministre Nicole de Moor " * 800
    began = process_time()

    find(source, target, "fr")

    assert process_time() - began < 5  # a square law would need minutes
