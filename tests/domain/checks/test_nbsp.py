from __future__ import annotations

import pytest

from service.domain.checks import Severity
from service.domain.checks.nbsp import NoBreakSpace
from service.domain.fixes import apply_fix
from tests.domain.checks.pairs import found

NB, NN = "\u00a0", "\u202f"

GOOD = {
    "fr": [
        f"12{NB}500 personnes",
        f"12{NN}500 personnes",
        f"à 14{NB}h{NB}30 ou 14h30",
        "en 2026 300 personnes",
        "le 5 125 personnes",
        "Appelez le 02 123 45 67 ou le +32 470 123 456",
        "voir la page 3 et M. le ministre",
        f"p.{NB}3, art.{NB}5, n°{NB}7, M.{NB}Dupont",
        "https://example.be/12 500",
        "3 kilomètres et 4 heures",
        "le no 12 bis",
    ],
    "de": [
        f"12{NB}500 Menschen",
        "12.500 Menschen",
        f"25{NB}% und 30{NB}€",
        "im Jahr 2026 300 Menschen",
        "Rufen Sie 02 123 45 67 an",
        f"z.{NB}B. Nr.{NB}3",
        "Seite 3 und z.B. mehr",
        "25 Prozent und 30 Euro",
        "5 Kilometer",
        "Prof. med. hat 3 und 400",
    ],
    "en": [
        "12,500 people",
        "25 % and €30",
        f"300{NB}km",
        "300km and 300 kmh",
        "Mr Smith and Dr Jones",
        "page 3",
        "No one, no. 3",
        "p.3",
        "12 500 people",
        "5 kilometres",
    ],
}
SOURCE = "12.500 mensen en 1 250 000 en 7125 en 116"
BAD = {
    "fr": [
        ("12 500 personnes", f"12{NB}500 personnes"),
        ("1 250 000 euros", f"1{NB}250{NB}000 euros"),
        ("soit 7 125,5 ha", f"soit 7{NB}125,5{NB}ha"),
        ("à 14 h 30", f"à 14{NB}h{NB}30"),
        ("à 14 h.", f"à 14{NB}h."),
        ("p. 3", f"p.{NB}3"),
        ("l’art. 5 et le n° 7", f"l’art.{NB}5 et le n°{NB}7"),
        ("M. Dupont et Mme Élise", f"M.{NB}Dupont et Mme{NB}Élise"),
        ("300 km et 25 °C", f"300{NB}km et 25{NB}°C"),
        ("§ 3", f"§{NB}3"),
    ],
    "de": [
        ("12 500 Menschen", f"12{NB}500 Menschen"),
        ("1 250 000 Euro", f"1{NB}250{NB}000 Euro"),
        ("25 % der Menschen", f"25{NB}% der Menschen"),
        ("für 30 €.", f"für 30{NB}€."),
        ("Nr. 3", f"Nr.{NB}3"),
        ("§ 3 Abs. 2", f"§{NB}3 Abs.{NB}2"),
        ("300 km", f"300{NB}km"),
        ("z. B. heute", f"z.{NB}B. heute"),
        ("Dr. Müller", f"Dr.{NB}Müller"),
        ("S. 12", f"S.{NB}12"),
    ],
    "en": [
        ("300 km", f"300{NB}km"),
        ("25 °C", f"25{NB}°C"),
        ("5 kg.", f"5{NB}kg."),
        ("p. 3", f"p.{NB}3"),
        ("pp. 3 and 4", f"pp.{NB}3 and 4"),
        ("No. 7", f"No.{NB}7"),
        ("§ 3", f"§{NB}3"),
        ("12 GW and 5 MWh", f"12{NB}GW and 5{NB}MWh"),
        ("at 120 km/h", f"at 120{NB}km/h"),
        ("40 m² or 4 km²", f"40 m² or 4{NB}km²".replace("40 m", f"40{NB}m")),
    ],
}


@pytest.mark.parametrize("locale, target", [(locale, target) for locale, all_ in GOOD.items() for target in all_])
def test_where_a_line_may_break_nothing_is_told(locale: str, target: str) -> None:
    assert [] == [str(finding) for finding in found(NoBreakSpace(), "300 mensen", target, locale)]


@pytest.mark.parametrize("locale, target, right", [(locale, *row) for locale, all_ in BAD.items() for row in all_])
def test_where_no_line_may_break_it_is_told_with_a_fix(locale: str, target: str, right: str) -> None:
    (finding,) = found(NoBreakSpace(), SOURCE, target, locale)

    assert ("no_break_space", Severity.INFO) == (finding.code, finding.severity)
    assert right == apply_fix(target, finding)


def test_two_numbers_of_the_source_are_not_joined() -> None:
    assert [] == found(NoBreakSpace(), "12 scholen krijgen 500 euro", "donne aux 12 500 euros")


def test_a_finding_points_at_the_place_with_markers_counted() -> None:
    target = "{1}à{/1} 14 h 30 {2}ou{/2} 300 km"

    (finding,) = found(NoBreakSpace(), "x", target, coded=True)

    assert finding.target_span
    assert " h 30 {2}ou{/2} 300 " == target[slice(*finding.target_span)]
    assert f"{NB}h{NB}30 {{2}}ou{{/2}} 300{NB}" == finding.fix
