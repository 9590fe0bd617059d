from __future__ import annotations

from time import process_time

import pytest

from service.domain.checks import Pair, Rules, Severity, Span
from service.domain.checks.names import Names
from service.domain.term_base import TermBase
from service.domain.terms import SourceTerm, TargetTerm
from service.domain.text import CodedText
from tests.domain.checks.pairs import found

# Dutch, French, German, English.
GOOD = [
    (
        "Volgens Femke Halsema komt dat.",
        "Selon Femke Halsema, cela viendra.",
        "Laut Femke Halsema kommt das.",
        "According to Femke Halsema, that will come.",
    ),
    (
        "Zoë Müller sprak in Luik met de Franse minister.",
        "Zoe Muller s’est entretenue à Liège avec le ministre français.",
        "Zoé Muller sprach in Lüttich mit dem französischen Minister.",
        "Zoe Muller spoke in Liège with the French minister.",
    ),
    (
        "De Eerste Minister reist maandag naar Bergen en Doornik.",
        "Le Premier ministre se rend lundi à Mons et à Tournai.",
        "Der Premierminister reist am Montag nach Mons und Tournai.",
        "The Prime Minister travels to Mons and Tournai on Monday.",
    ),
    (
        "President Poetin belde met Lavrov.",
        "Le président Poutine a téléphoné à Lavrov.",
        "Präsident Putin telefonierte mit Lawrow.",
        "President Putin called Lavrov.",
    ),
    (
        "De Europese Commissie en het Europees Parlement beslissen.",
        "La Commission européenne et le Parlement européen décident.",
        "Die Europäische Kommission und das Europäische Parlament entscheiden.",
        "The European Commission and the European Parliament decide.",
    ),
    (
        "In Rusland, Oekraïne en Bolivia wonen Belgen.",
        "Des Belges habitent en Russie, en Ukraine et en Bolivie.",
        "In Russland, der Ukraine und Bolivien wohnen Belgier.",
        "Belgians live in Russia, Ukraine and Bolivia.",
    ),
    (
        "Verbruggens plan ligt op tafel, zegt Peeters.",
        "Le plan de Verbruggen est sur la table, dit Peeters.",
        "Verbruggens Plan liegt auf dem Tisch, sagt Peeters.",
        "Verbruggen’s plan is on the table, says Peeters.",
    ),
    (
        "De Vlaamse en de Waalse minister gaan naar Kortrijk, Namen en Aarlen.",
        "Les ministres flamand et wallon vont à Courtrai, Namur et Arlon.",
        "Die flämische und die wallonische Ministerin fahren nach Kortrijk, Namur und Arlon.",
        "The Flemish and the Walloon ministers go to Kortrijk, Namur and Arlon.",
    ),
    (
        "De bus rijdt van Laken en Menen naar Itter.",
        "Le bus va de Laeken et de Menin à Ittre.",
        "Der Bus fährt von Laeken und Menen nach Ittre.",
        "The bus runs from Laeken and Menen to Ittre.",
    ),
    (
        "De trein stopt in Zwevegem en Merelbeke.",
        "Le train s’arrête à Zwevegem et à Merelbeke.",
        "Der Zug hält in Zwevegem und Merelbeke.",
        "The train stops in Zwevegem and Merelbeke.",
    ),
    (
        "Nadat Liesbeth Van den Broeck vertrok, sprak Karim Ben Ali.",
        "Après le départ de Liesbeth Van den Broeck, Karim Ben Ali a pris la parole.",
        "Nachdem Liesbeth Van den Broeck gegangen war, sprach Karim Ben Ali.",
        "After Liesbeth Van den Broeck had left, Karim Ben Ali spoke.",
    ),
    (
        "Zelensky ontmoette de Democraten in het Congres.",
        "Zelensky a rencontré les démocrates au Congrès.",
        "Selenskyj traf die Demokraten im Kongress.",
        "Zelensky met the Democrats in Congress.",
    ),
    (
        "Lees het op www.halsema.example.org van Pieters.",
        "Lisez-le sur www.halsena.example.org de Pieters.",
        "Lesen Sie es auf www.halsena.example.org von Pieters.",
        "Read it on www.halsena.example.org by Pieters.",
    ),
]

# The language, the source, the target, what stands there and what belongs there.
BAD = [
    ("fr", "Volgens Femke Halsema komt dat.", "Selon Femke Halsena, cela viendra.", "Halsena", "Halsema"),
    ("fr", "Volgens burgemeester Halsema komt dat.", "Selon la bourgmestre Halsena, oui.", "Halsena", "Halsema"),
    ("fr", "zegt Sanne Verbruggen", "dit Sanne Verbrugen", "Verbrugen", "Verbruggen"),
    ("fr", "zegt Sanne Verbruggen", "dit Sanne Verburggen", "Verburggen", "Verbruggen"),
    ("fr", "zegt Sanne Verbruggen", "dit Sonne Verbruggen", "Sonne", "Sanne"),
    ("fr", "zegt minister Vandenbroucke", "dit le ministre Vandenbrouke", "Vandenbrouke", "Vandenbroucke"),
    ("fr", "zegt minister Vandenbroucke", "dit le ministre Vandenbruocke", "Vandenbruocke", "Vandenbroucke"),
    ("fr", "de trein naar Zwevegem", "le train pour Zwevegen", "Zwevegen", "Zwevegem"),
    ("fr", "de haven van Zeebrugge", "le port de Zeebruge", "Zeebruge", "Zeebrugge"),
    ("fr", "de trein naar Kortrijk", "le train pour Coutrai", "Coutrai", "Courtrai"),
    ("fr", "zegt Peeters; Peeters komt", "dit Peeters ; aussi Peetres vient", "Peetres", "Peeters"),
    ("de", "Volgens Femke Halsema komt dat.", "Laut Femke Halsena kommt das.", "Halsena", "Halsema"),
    ("de", "Volgens burgemeester Halsema komt dat.", "Laut Halsena kommt das.", "Halsena", "Halsema"),
    ("de", "zegt Sanne Verbruggen", "sagt Sanne Verbrugen", "Verbrugen", "Verbruggen"),
    ("de", "zegt Sanne Verbruggen", "sagt Sanne Verbrugge", "Verbrugge", "Verbruggen"),
    ("de", "zegt Sanne Verbruggen", "sagt Sonne Verbruggen", "Sonne", "Sanne"),
    ("de", "zegt minister Vandenbroucke", "sagt Minister Vandenbrouke", "Vandenbrouke", "Vandenbroucke"),
    ("de", "zegt minister Vandenbroucke", "sagt Minister Vandenbruocke", "Vandenbruocke", "Vandenbroucke"),
    ("de", "de trein naar Zwevegem", "der Zug nach Zwevegen", "Zwevegen", "Zwevegem"),
    ("de", "de haven van Zeebrugge", "der Hafen von Zeebruge", "Zeebruge", "Zeebrugge"),
    ("de", "de trein naar Luik", "der Zug nach Lütich", "Lütich", "Lüttich"),
    ("de", "zegt Peeters; Peeters komt", "sagt Peeters; auch Peetres kommt", "Peetres", "Peeters"),
    ("en", "Volgens Femke Halsema komt dat.", "According to Femke Halsena, it will.", "Halsena", "Halsema"),
    ("en", "Volgens burgemeester Halsema komt dat.", "Mayor Halsena says it will.", "Halsena", "Halsema"),
    ("en", "zegt Sanne Verbruggen", "says Sanne Verbrugen", "Verbrugen", "Verbruggen"),
    ("en", "zegt Sanne Verbruggen", "says Sanne Kerbruggen", "Kerbruggen", "Verbruggen"),
    ("en", "zegt Sanne Verbruggen", "says Sonne Verbruggen", "Sonne", "Sanne"),
    ("en", "zegt minister Vandenbroucke", "says Minister Vandenbrouke", "Vandenbrouke", "Vandenbroucke"),
    ("en", "zegt minister Vandenbroucke", "says Minister Vandenbruocke", "Vandenbruocke", "Vandenbroucke"),
    ("en", "de trein naar Zwevegem", "the train to Zwevegen", "Zwevegen", "Zwevegem"),
    ("en", "de haven van Zeebrugge", "the port of Zeebruge", "Zeebruge", "Zeebrugge"),
    ("en", "de trein naar Duitsland", "the train to Gemany", "Gemany", "Germany"),
    ("en", "zegt Peeters; Peeters komt", "says Peeters; then Peetres comes", "Peetres", "Peeters"),
]


@pytest.mark.parametrize("column, locale", [(1, "fr"), (2, "de"), (3, "en")])
@pytest.mark.parametrize("row", GOOD, ids=lambda row: row[0][:20])
def test_names_pass_as_they_are_and_as_a_language_calls_them(
    row: tuple[str, str, str, str], column: int, locale: str
) -> None:
    assert [] == [str(finding) for finding in found(Names(), row[0], row[column], locale)]


@pytest.mark.parametrize("locale, source, target, written, right", BAD)
def test_a_misspelt_name_is_a_warning(locale: str, source: str, target: str, written: str, right: str) -> None:
    (finding,) = found(Names(), source, target, locale)

    assert finding.source_span is not None
    assert finding.target_span is not None
    assert ("names", Severity.WARNING) == (finding.code, finding.severity)
    assert {"written": written, "name": right} == finding.facts
    assert written == target[slice(*finding.target_span)]
    assert source[slice(*finding.source_span)][0].isupper()


def test_a_name_is_for_a_person_to_put_right() -> None:
    (finding,) = found(Names(), "zegt Femke Halsema", "dit Femke Halsena")

    assert finding.fix is None


def test_a_full_name_that_is_missing_is_told_as_information() -> None:
    (finding,) = found(Names(), "Dat zegt Sanne Verbruggen.", "C’est ce que dit la ministre.")

    assert (Severity.INFO, Span(9, 25), None) == (finding.severity, finding.source_span, finding.target_span)
    assert {"name": "Sanne Verbruggen"} == finding.facts


def test_of_a_name_in_one_word_that_is_missing_nothing_is_told() -> None:
    assert [] == found(Names(), "Dat zegt Verbruggen.", "C’est ce que dit la ministre.")


def test_a_name_that_is_missing_twice_is_told_once() -> None:
    source = "Sanne Verbruggen zegt het, en Sanne Verbruggen herhaalt het."

    assert 1 == len(found(Names(), source, "La ministre le dit et le répète."))


def test_markers_count_in_the_spans() -> None:
    (finding,) = found(Names(), "zegt {1}Femke{/1} Halsema", "dit {1}Femke{/1} Halsena", coded=True)

    assert (Span(18, 25), Span(17, 24)) == (finding.source_span, finding.target_span)


@pytest.mark.parametrize("source, target", [("ZEGT FEMKE HALSEMA", "DIT FEMKE HALSENA"), ("Halsema", "HALSENA")])
def test_texts_in_capitals_are_left_alone(source: str, target: str) -> None:
    assert [] == found(Names(), source, target)


@pytest.mark.parametrize("targets", [(), (TargetTerm("Vakantieland"),)])
def test_a_term_of_the_office_is_left_to_the_checks_of_terms(targets: tuple[TargetTerm, ...]) -> None:
    term = SourceTerm("x", "Vlaanderen Vakantieland", targets, do_not_translate=not targets)
    pair = Pair(CodedText("in Vlaanderen Vakantieland"), "à Vakantielamd", "nl", "fr", Rules(TermBase([term], "nl")))

    assert [] == list(Names().find(pair))
    assert ["Vakantielamd"] == [finding.facts["written"] for finding in found(Names(), pair.source.text, pair.target)]


@pytest.mark.parametrize("part", ["A ", "Aa ", "Aa de ", "AA ", "A-", "de ", "Abcdef Abcdxf ", "A. ", "Aa' "])
def test_a_hostile_text_takes_time_in_proportion_to_its_length(part: str) -> None:
    text = part * (20_000 // len(part))
    began = process_time()

    found(Names(), text, text.replace("x", "y") + "Zabcdef", "de")

    assert process_time() - began < 5  # a square law would need minutes
