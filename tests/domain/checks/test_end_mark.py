from __future__ import annotations

import pytest

from service.domain.checks import Severity
from service.domain.checks.end_mark import EndMark
from tests.domain.checks.pairs import found

NB = "\u00a0"

GOOD = {
    "fr": [
        ("Het is klaar.", "C’est prêt."),
        ("Nieuwe wet", "Nouvelle loi"),
        ("Is het klaar?", f"Est-ce prêt{NB}?"),
        ("Stop!", f"Arrêtez{NB}!"),
        ("Dit zijn de maatregelen:", f"Voici les mesures{NB}:"),
        ("Wordt vervolgd…", "À suivre..."),
        ("‘Het is klaar.’", f"«{NB}C’est prêt.{NB}»"),
        ("“Het is klaar”.", f"«{NB}C’est prêt.{NB}»"),
        ("(Het is klaar.)", "(C’est prêt)."),
        ("de eerste maatregel;", f"la première mesure{NB};"),
        ("de laatste maatregel.", f"la dernière mesure{NB};"),
        ("Echt waar?!", f"Vraiment{NB}?"),
        ("Meer op https://example.be.", "Plus sur https://example.be"),
        ("Bel om 14 uur enz.", "Appelez à 14 heures, etc."),
        ("Klaar. ", "Prêt."),
    ],
    "de": [
        ("Het is klaar.", "Es ist fertig."),
        ("Nieuwe wet", "Neues Gesetz"),
        ("Is het klaar?", "Ist es fertig?"),
        ("Stop!", "Halt!"),
        ("Dit zijn de maatregelen:", "Das sind die Maßnahmen:"),
        ("Wordt vervolgd...", "Fortsetzung folgt…"),
        ("‘Het is klaar.’", "„Es ist fertig.“"),
        ("“Het is klaar”, zegt ze.", "„Es ist fertig“, sagt sie."),
        ("“Is het klaar?”", "„Ist es fertig?“"),
        ("de eerste maatregel;", "die erste Maßnahme,"),
        ("Budget van 2 miljoen", "Budget von 2 Mio."),
        ("Open tot 25 mei", "Geöffnet bis zum 25."),
    ],
    "en": [
        ("Het is klaar.", "It is ready."),
        ("Nieuwe wet", "New law"),
        ("Is het klaar?", "Is it ready?"),
        ("Stop!", "Stop!"),
        ("Dit zijn de maatregelen:", "These are the measures:"),
        ("Wordt vervolgd…", "To be continued…"),
        ("“Het is klaar”.", "“It is ready.”"),
        ("Start om 14 uur", "Starts at 2 p.m."),
        ("Start om 14 uur.", "It starts at 2 p.m."),
        ("de eerste maatregel;", "the first measure"),
        ("Mail pers@example.be.", "Write to pers@example.be"),
    ],
}
BAD = {
    "fr": [
        ("Het is klaar.", "C’est prêt"),
        ("Nieuwe wet", "Nouvelle loi."),
        ("Is het klaar?", "C’est prêt."),
        ("Het is klaar.", f"Est-ce prêt{NB}?"),
        ("Stop!", "Arrêtez."),
        ("Dit zijn de maatregelen:", "Voici les mesures."),
        ("Wordt vervolgd…", "À suivre."),
        ("‘Het is klaar.’", f"«{NB}C’est prêt{NB}»"),
        ("“Is het klaar?”", f"«{NB}C’est prêt.{NB}»"),
        ("Dit zijn de maatregelen", f"Voici les mesures{NB}:"),
        ("Het is klaar in 2026.", "C’est prêt en 2026"),
    ],
    "de": [
        ("Het is klaar.", "Es ist fertig"),
        ("Nieuwe wet", "Neues Gesetz."),
        ("Is het klaar?", "Es ist fertig."),
        ("Het is klaar.", "Ist es fertig?"),
        ("Stop!", "Halt."),
        ("Dit zijn de maatregelen:", "Das sind die Maßnahmen."),
        ("Wordt vervolgd...", "Fortsetzung folgt."),
        ("‘Het is klaar.’", "„Es ist fertig“"),
        ("“Is het klaar?”", "„Es ist fertig.“"),
        ("Nieuwe wet?", "Neues Gesetz"),
    ],
    "en": [
        ("Het is klaar.", "It is ready"),
        ("Nieuwe wet", "New law."),
        ("Is het klaar?", "It is ready."),
        ("Het is klaar.", "Is it ready?"),
        ("Stop!", "Stop."),
        ("Dit zijn de maatregelen:", "These are the measures"),
        ("Wordt vervolgd…", "To be continued."),
        ("‘Het is klaar.’", "“It is ready”"),
        ("“Is het klaar?”", "“It is ready.”"),
        ("Nieuwe wet", "New law!"),
    ],
}


def rows(table: dict[str, list[tuple[str, str]]]) -> list[tuple[str, str, str]]:
    return [(locale, *pair) for locale, pairs in table.items() for pair in pairs]


@pytest.mark.parametrize("locale, source, target", rows(GOOD))
def test_ends_of_the_same_kind_pass(locale: str, source: str, target: str) -> None:
    assert [] == [str(finding) for finding in found(EndMark(), source, target, locale)]


@pytest.mark.parametrize("target, severity", [("Il fait beau.", Severity.INFO), ("Il fait beau !", Severity.WARNING)])
def test_a_full_stop_that_a_whole_sentence_of_the_source_lacks_is_information(target: str, severity: Severity) -> None:
    (finding,) = found(EndMark(), "De zon schijnt vandaag de hele dag in Gent", target, "fr")

    assert severity is finding.severity


@pytest.mark.parametrize("locale, source, target", rows(BAD))
def test_another_end_is_a_warning(locale: str, source: str, target: str) -> None:
    findings = found(EndMark(), source, target, locale)

    assert [("end_mark", Severity.WARNING)] == [(finding.code, finding.severity) for finding in findings]


@pytest.mark.parametrize(
    "source, target, span, sentence",
    [
        ("{1}Klaar?{/1}", "{1}Prêt.{/1}", ".", "The source ends with “?”, the translation with “.”."),
        ("{1}Klaar.{/1}", "{1}Prêt{/1}", "t", "The source ends with “.”, the translation without a mark."),
        ("Klaar", "«\u00a0Prêt.\u00a0»", ".", "The translation ends with “.”, the source without a mark."),
    ],
)
def test_a_finding_points_at_the_end_inside_quotes_and_markers(
    source: str, target: str, span: str, sentence: str
) -> None:
    (finding,) = found(EndMark(), source, target, coded=True)

    assert finding.target_span
    assert span == target[slice(*finding.target_span)]
    assert sentence == str(finding)


@pytest.mark.parametrize("source, target", [("", "Prêt."), ("Klaar.", ""), ("“”", "Prêt.")])
def test_nothing_is_asked_of_a_side_without_text(source: str, target: str) -> None:
    assert [] == found(EndMark(), source, target)
