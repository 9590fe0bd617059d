from __future__ import annotations

from time import process_time

import pytest

from service.domain.checks import Pair, Rules, Severity, Span
from service.domain.checks.acronyms import Acronyms
from service.domain.term_base import TermBase
from service.domain.terms import SourceTerm, TargetTerm, TermStatus
from service.domain.text import CodedText
from tests.domain.checks.pairs import found

# Dutch, French, German, English.
GOOD = [
    ("de EU-lidstaten", "les États membres de l’UE", "die EU-Mitgliedstaaten", "the EU Member States"),
    ("de EU", "l’Union européenne", "die Europäische Union", "the European Union"),
    ("de NAVO en de VN", "l’OTAN et l’ONU", "die NATO und die UN", "NATO and the UN"),
    ("de VN", "les Nations unies", "die Vereinten Nationen", "the United Nations"),
    ("de btw daalt", "la TVA baisse", "die Mehrwertsteuer sinkt", "VAT falls"),
    ("de BTW daalt", "la TVA baisse", "die MwSt. sinkt", "value added tax falls"),
    ("wetten over AI", "des lois sur l’IA", "Gesetze über KI", "laws on AI"),
    ("de Raad JBZ", "le Conseil JAI", "der Rat JI", "the JHA Council"),
    ("de RAZEB", "le CAE", "der RFAB", "the FAC"),
    ("het bbp van de VS", "le PIB des États-Unis", "das BIP der USA", "the GDP of the US"),
    ("voor kmo’s en ngo’s", "pour les PME et les ONG", "für KMU und NGOs", "for SMEs and NGOs"),
    ("de FOD Financiën", "le SPF Finances", "der FÖD Finanzen", "the FPS Finance"),
    ("de UNESCO en COVID-19", "l’Unesco et le covid-19", "die Unesco und Covid-19", "UNESCO and Covid-19"),
    ("de AVG van de OESO", "le RGPD de l’OCDE", "die DSGVO der OECD", "the GDPR of the OECD"),
    ("het OCMW en de RSZ", "le CPAS et l’ONSS", "das ÖSHZ und das LSS", "the PCSW and the NSSO"),
    ("het Coreper", "le Coreper", "der AStV", "Coreper"),
    ("het KNMI", "le KNMI", "das KNMI", "the KNMI"),
    ("deel XIV", "quatorzième partie", "vierzehnter Teil", "part fourteen"),
    ("DIT IS BELANGRIJK", "C’est important", "Das ist wichtig", "This is important"),
    ("de SAR werkt", "la Société Automobile Royale", "die Schöne Alte Region", "the Society of Average Rivers"),
    ("Mail info@AB.example.org of bel.", "Écrivez ou appelez.", "Schreiben Sie.", "Write or call."),
]

# The language, the source, the target, what stands there and what belongs there; None where nothing does.
BAD = [
    ("fr", "het KNMI meldt", "le KMNI annonce", "KMNI", "KNMI"),
    ("fr", "het KNMI meldt", "le KNMJ annonce", "KNMJ", "KNMI"),
    ("fr", "het KNMI meldt", "l’institut annonce", None, "KNMI"),
    ("fr", "de NAVO vergadert", "l’OTNA se réunit", "OTNA", "OTAN"),
    ("fr", "de NAVO vergadert", "la NAVO se réunit", "NAVO", "OTAN"),
    ("fr", "de VN vergaderen", "les VN se réunissent", "VN", "ONU"),
    ("fr", "het bbp groeit", "le PBI augmente", "PBI", "PIB"),
    ("fr", "de btw daalt", "la TAV baisse", "TAV", "TVA"),
    ("fr", "de kmo’s", "les KMO", "KMO", "PME"),
    ("fr", "de OESO meldt", "l’OCED annonce", "OCED", "OCDE"),
    ("fr", "de MIVB rijdt", "les bus roulent", None, "MIVB"),
    ("de", "het KNMI meldt", "das KMNI meldet", "KMNI", "KNMI"),
    ("de", "het KNMI meldt", "das KNMJ meldet", "KNMJ", "KNMI"),
    ("de", "het KNMI meldt", "das Institut meldet", None, "KNMI"),
    ("de", "de NAVO vergadert", "die NAOT tagt", "NAOT", "NATO"),
    ("de", "de NAVO vergadert", "die NATI tagt", "NATI", "NATO"),
    ("de", "de NAVO vergadert", "die NAVO tagt", "NAVO", "NATO"),
    ("de", "het bbp groeit", "das BPI wächst", "BPI", "BIP"),
    ("de", "de btw daalt", "die BTW sinkt", "BTW", "MwSt"),
    ("de", "de kmo’s", "die KMO", "KMO", "KMU"),
    ("de", "de OVSE meldt", "die OZSE meldet", "OZSE", "OSZE"),
    ("de", "de MIVB rijdt", "die Busse fahren", None, "MIVB"),
    ("en", "het KNMI meldt", "the KMNI reports", "KMNI", "KNMI"),
    ("en", "het KNMI meldt", "the KNMJ reports", "KNMJ", "KNMI"),
    ("en", "het KNMI meldt", "the institute reports", None, "KNMI"),
    ("en", "de NAVO vergadert", "NAVO meets", "NAVO", "NATO"),
    ("en", "de NAVO vergadert", "NATP meets", "NATP", "NATO"),
    ("en", "de VN vergaderen", "the VN meet", "VN", "UN"),
    ("en", "het bbp groeit", "BBP grows", "BBP", "GDP"),
    ("en", "de btw daalt", "VTA falls", "VTA", "VAT"),
    ("en", "de OESO meldt", "the OEDC reports", "OEDC", "OECD"),
    ("en", "de OVSE meldt", "the OCSE reports", "OCSE", "OSCE"),
    ("en", "de MIVB rijdt", "the buses run", None, "MIVB"),
]


@pytest.mark.parametrize("column, locale", [(1, "fr"), (2, "de"), (3, "en")])
@pytest.mark.parametrize("row", GOOD, ids=lambda row: row[0])
def test_acronyms_pass_as_they_are_as_a_language_has_them_and_in_full(
    row: tuple[str, str, str, str], column: int, locale: str
) -> None:
    assert [] == [str(finding) for finding in found(Acronyms(), row[0], row[column], locale)]


@pytest.mark.parametrize("locale, source, target, written, right", BAD)
def test_a_wrong_or_missing_acronym_is_found(
    locale: str, source: str, target: str, written: str | None, right: str
) -> None:
    (finding,) = found(Acronyms(), source, target, locale)

    assert finding.source_span is not None
    assert "acronyms" == finding.code
    assert right in {finding.facts.get("right"), finding.facts.get("acronym")}
    assert source[slice(*finding.source_span)] in source.split(" ")[1].split("’")
    if written is None:
        assert finding.target_span is None
    else:
        assert finding.target_span is not None
        assert (Severity.WARNING, None) == (finding.severity, finding.fix)
        assert right == finding.facts["right"]
        assert written == target[slice(*finding.target_span)]


def test_a_missing_one_is_a_warning_unless_another_may_stand_for_it() -> None:
    (alone,) = found(Acronyms(), "het ABCD meldt", "l’institut annonce")
    (other,) = found(Acronyms(), "het ABCD meldt", "l’IRMX annonce")

    assert (Severity.WARNING, Severity.INFO) == (alone.severity, other.severity)


def test_an_acronym_that_is_missing_twice_is_told_once() -> None:
    assert 1 == len(found(Acronyms(), "de ABC en de ABC", "l’institut"))


def test_markers_count_in_the_spans() -> None:
    (finding,) = found(Acronyms(), "{1}het{/1} KNMI", "{1}le{/1} KMNI", coded=True)

    assert (Span(11, 15), Span(10, 14)) == (finding.source_span, finding.target_span)


@pytest.mark.parametrize(
    "term, target, codes",
    [
        (SourceTerm("x", "DAV", (TargetTerm("SAD"),)), "la SAD", []),
        (SourceTerm("x", "DAV", (TargetTerm("archives"),)), "les archives", []),
        (SourceTerm("x", "DAV", (TargetTerm("SAD"),)), "l’agence", ["acronyms"]),
        (SourceTerm("x", "DAV", (TargetTerm("SAD", TermStatus.FORBIDDEN),)), "la SAD", ["acronyms"]),
        (SourceTerm("x", "DAV", ()), "l’agence", ["acronyms"]),
        (SourceTerm("x", "DAV-dienst", (TargetTerm("service du dav"),)), "le service du dav", ["acronyms"]),
    ],
)
def test_what_the_office_calls_it_passes(term: SourceTerm, target: str, codes: list[str]) -> None:
    pair = Pair(CodedText("de DAV"), target, "nl", "fr", Rules(TermBase([term], "nl")))

    assert codes == [finding.code for finding in Acronyms().find(pair)]


def test_a_target_in_capitals_is_left_alone() -> None:
    assert [] == found(Acronyms(), "Het KNMI meldt", "L’INSTITUT ANNONCE")


@pytest.mark.parametrize("part", ["A ", "AB ", "ABC", "AB-", "ABs ", "kmo ", "AB AC ad ", "I", "É"])
def test_a_hostile_text_takes_time_in_proportion_to_its_length(part: str) -> None:
    text = "a " + part * (20_000 // len(part))
    began = process_time()

    found(Acronyms(), text, text.replace("A", "Q") + "x", "de")

    assert process_time() - began < 5  # a square law would need minutes
