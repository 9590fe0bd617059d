from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from service.domain.checks import Severity
from service.domain.checks.numbers import Numbers
from tests.domain.checks.fact_checks import told
from tests.domain.checks.pairs import found

NB = "\u00a0"
NN = "\u202f"
SHARED = Path(__file__).resolve().parents[3].parent / "shared"
MOST_ALARMS = 0.02
FIGURE = re.compile(r"[0-9]")

SAME = [
    ("12.500 mensen", {"fr": "12\u00a0500 personnes", "de": "12.500 Menschen", "en": "12,500 people"}),
    ("1.000,5 ha", {"fr": "1\u202f000,5 ha", "de": "1\u00a0000,5 ha", "en": "1,000.5 ha"}),
    ("1,5 procent", {"fr": "1,5\u00a0%", "de": "1,5\u00a0%", "en": "1.5%"}),
    ("drie doden", {"fr": "3 morts", "de": "drei Tote", "en": "three dead"}),
    ("12 landen", {"fr": "douze pays", "de": "zwölf Länder", "en": "twelve countries"}),
    ("de 2e keer", {"fr": "la deuxième fois", "de": "das zweite Mal", "en": "the second time"}),
    ("in de 19e eeuw", {"fr": "au XIXe siècle", "de": "im 19. Jahrhundert", "en": "in the 19th century"}),
    ("de jaren '90", {"fr": "les années 1990", "de": "die 1990er Jahre", "en": "the 1990s"}),
    ("2,5 miljoen euro", {"fr": "2,5 millions d’euros", "de": "2,5 Millionen Euro", "en": "€2.5 million"}),
    ("2 miljoen", {"fr": "2\u00a0000\u00a0000", "de": "2.000.000", "en": "2,000,000"}),
    ("op 25 juni 2026", {"fr": "le 25 juin 2026", "de": "am 25. Juni 2026", "en": "on 25 June 2026"}),
    ("op 1 mei", {"fr": "le 1er mai", "de": "am 1. Mai", "en": "on 1 May"}),
    ("op 25-06-2026", {"fr": "le 25/06/2026", "de": "am 25.06.2026", "en": "on 25/06/2026"}),
    ("om 14.30 uur", {"fr": "à 14 h 30", "de": "um 14.30 Uhr", "en": "at 2.30 pm"}),
    ("om 20 uur", {"fr": "à 20 h", "de": "um 20 Uhr", "en": "at 8 pm"}),
    ("om 14u30", {"fr": "à 14h30", "de": "um 14:30 Uhr", "en": "at 14:30"}),
    ("een man", {"fr": "un homme", "de": "ein Mann", "en": "the man"}),
    ("beide landen", {"fr": "les deux pays", "de": "beide Länder", "en": "the two countries"}),
    ("een driejarige", {"fr": "un enfant de 3 ans", "de": "ein Dreijähriger", "en": "a three-year-old"}),
    ("versie 1.5", {"fr": "version 1.5", "de": "Version 1.5", "en": "version 1.5"}),
    ("tot -5 graden", {"fr": "jusqu’à −5 degrés", "de": "bis -5 Grad", "en": "down to minus 5 degrees"}),
    ("een daling van 5 procent", {"fr": "une évolution de −\u00a05\u00a0%", "de": "um -5\u00a0%", "en": "by -5%"}),
    ("groei: -5 procent", {"fr": "un recul de 5\u00a0%", "de": "5\u00a0% weniger", "en": "a fall of 5%"}),
    ("5 of -5 graden", {"fr": "-5 ou 5 degrés", "de": "-5 oder 5 Grad", "en": "-5 or 5 degrees"}),
    ("-5 maatregelen", {"fr": "- 5 mesures", "de": "5 Maßnahmen", "en": "5 measures"}),
    (
        "10-15 km, of 2020 -2021",
        {"fr": "10 à 15 km ou 2020 à 2021", "de": "10 bis 15 km, 2020/2021", "en": "10–15 km, 2020–2021"},
    ),
    ("zie https://example.be/2024", {"fr": "voir ici", "de": "siehe hier", "en": "see here"}),
]
DIFFERENT = [
    ("12.500 mensen", {"fr": "12.500 personnes", "de": "12,500 Menschen", "en": "12.500 people"}),
    ("1,5 km", {"fr": "1.5 km", "de": "1.5 km", "en": "1,5 km"}),
    ("12 landen", {"fr": "13 pays", "de": "13 Länder", "en": "13 countries"}),
    ("12 landen", {"fr": "des pays", "de": "Länder", "en": "countries"}),
    ("de landen", {"fr": "les 12 pays", "de": "die 12 Länder", "en": "the 12 countries"}),
    ("drie doden", {"fr": "quatre morts", "de": "vier Tote", "en": "four dead"}),
    ("12 landen", {"fr": "treize pays", "de": "dreizehn Länder", "en": "thirteen countries"}),
    ("in 2026", {"fr": "en 2025", "de": "im Jahr 2025", "en": "in 2025"}),
    ("in de 19e eeuw", {"fr": "au XVIIIe siècle", "de": "im 18. Jahrhundert", "en": "in the 18th century"}),
    ("3 en 3", {"fr": "3", "de": "3", "en": "3"}),
    ("tot -5 graden", {"fr": "jusqu’à 5 degrés", "de": "bis 5 Grad", "en": "to 5 degrees"}),
    ("tot 5 graden", {"fr": "jusqu’à −5 degrés", "de": "bis -5 Grad", "en": "to -5 degrees"}),
    ("winst: -€ 5 miljoen", {"fr": "profit : 5 millions d’euros", "de": "5 Mio. Euro", "en": "profit: €5 million"}),
    ("van -3 en 4 graden", {"fr": "de 3 et 4 degrés", "de": "von 3 und 4 Grad", "en": "of 3 and 4 degrees"}),
    ("jaren 1930", {"fr": "années 1830", "de": "1830er Jahre", "en": "1830s"}),
]  # fmt: skip

GOOD = {
    "fr": [
        ("De steun stijgt met 1.000,5 euro.", f"L’aide augmente de 1{NN}000,5 euros."),
        ("Er kwamen 12.500 mensen.", f"12{NB}500 personnes sont venues."),
        ("De wet geldt vanaf 1 mei 2026.", "La loi s’applique à partir du 1er mai 2026."),
        ("De zitting begint om 14.30 uur.", "La séance commence à 14 h 30."),
        ("De zitting begint om 14 uur.", f"La séance commence à 14{NB}h."),
        ("Een gebouw uit de 19e eeuw.", "Un bâtiment du XIXe siècle."),
        ("De jaren 1930 waren moeilijk.", "Les années 30 ont été difficiles."),
        ("In de jaren tachtig verdween het.", "Cela a disparu dans les années 1980."),
        ("Er zijn drie scholen en 5 bussen.", "Il y a 3 écoles et cinq bus."),
        ("Een budget van 2,5 miljoen euro.", f"Un budget de 2{NB}500{NB}000 euros."),
        ("De tweede editie duurt 4 dagen.", "La 2e édition dure quatre jours."),
        ("De 25e verjaardag.", "Le vingt-cinquième anniversaire."),
        ("Bel +32 2 123 45 67.", "Appelez le 02 123 45 67."),
        ("Het seizoen 2025-2026 begint.", "La saison 2025-26 commence."),
        ("Beide landen tekenden op 1-5-2026.", "Les deux pays ont signé le 1er mai 2026."),
        ("Lees https://example.org/nl/123.", "Lisez https://example.org/fr/456."),
        ("Het is 1 van de punten.", "C’est un des points."),
        ("Er waren 7 zetels.", "Il y avait sept sièges."),
    ],
    "de": [
        ("De steun stijgt met 1.000,5 euro.", "Die Hilfe steigt um 1.000,5 Euro."),
        ("Er kwamen 12.500 mensen.", f"Es kamen 12{NB}500 Menschen."),
        ("De wet geldt vanaf 1 mei 2026.", "Das Gesetz gilt ab dem 1. Mai 2026."),
        ("De wet geldt vanaf 1 mei 2026.", "Das Gesetz gilt ab 01.05.2026."),
        ("De zitting begint om 14.30 uur.", "Die Sitzung beginnt um 14:30 Uhr."),
        ("De zitting begint om half drie.", "Die Sitzung beginnt um 14.30 Uhr."),
        ("Een gebouw uit de 19e eeuw.", "Ein Gebäude aus dem 19. Jahrhundert."),
        ("De jaren 30 waren moeilijk.", "Die 1930er Jahre waren schwierig."),
        ("De jaren 1930 waren moeilijk.", "Die 30er waren schwierig."),
        ("Er zijn drie scholen en 5 bussen.", "Es gibt 3 Schulen und fünf Busse."),
        ("Een jongen van 5 jaar.", "Ein fünfjähriger Junge."),
        ("Een bedrag van 3,5 miljoen.", "Ein Betrag von 3,5 Millionen."),
        ("Twee derde stemde voor.", "Zwei Drittel stimmten dafür."),
        ("Web 2.0 blijft.", "Web 2.0 bleibt."),
        ("De 25e editie.", "Die fünfundzwanzigste Ausgabe."),
    ],
    "en": [
        ("De steun stijgt met 1.000,5 euro.", "Support rises by 1,000.5 euros."),
        ("Er kwamen 12.500 mensen.", "12,500 people came."),
        ("De wet geldt vanaf 1 mei 2026.", "The law applies from 1 May 2026."),
        ("De wet geldt vanaf 1 mei 2026.", "The law applies from May 1st, 2026."),
        ("De zitting begint om 14.30 uur.", "The session starts at 2.30 pm."),
        ("De zitting begint om 20 uur.", "The session starts at 8 p.m."),
        ("De zitting begint om 14.30 uur.", "The session starts at 14:30."),
        ("De jaren dertig waren moeilijk.", "The 1930s were difficult."),
        ("Er zijn drie scholen en 5 bussen.", "There are 3 schools and five buses."),
        ("Een jongen van 5 jaar.", "A five-year-old boy."),
        ("Een bedrag van 2 miljard.", "An amount of 2 billion."),
        ("De helft stemde voor, 25 tegen.", "Half voted for, twenty-five against."),
        ("Web 2.0 blijft.", "Web 2.0 remains."),
        ("Een stijging van 1 miljoen.", "A rise of a million."),
        ("Een daling van 0,25 procent.", "A fall of 0.25 per cent."),
    ],
}

BAD = {
    "fr": [
        ("Een stijging van 1,5 graden.", "Une hausse de 1.5 degré."),
        ("Er kwamen 12.500 mensen.", "12.500 personnes sont venues."),
        ("Er kwamen 12.500 mensen.", "12,5 personnes sont venues."),
        ("Er kwamen 25 mensen.", "26 personnes sont venues."),
        ("Er kwamen 25 mensen.", "Des personnes sont venues."),
        ("Er kwamen mensen.", "40 personnes sont venues."),
        ("De hulp kost 25 euro.", "L’aide coûte 25 dollars."),
        ("De hulp kost 2,5 miljoen euro.", "L’aide coûte 3,5 millions d’euros."),
        ("Een gebouw uit de 19e eeuw.", "Un bâtiment du XXe siècle."),
        ("Er zijn drie scholen.", "Il y a quatre écoles."),
        ("Groepen van 3 en 3 kinderen.", "Des groupes de trois enfants."),
        ("De jaren 1930.", "Les années 40."),
        ("Het duurt 2 jaar.", "Cela dure deux ans et demi."),
        ("Bel 112 bij gevaar.", "En cas de danger, appelez le 113."),
    ],
    "de": [
        ("Er kwamen 12.500 mensen.", "Es kamen 12,500 Menschen."),
        ("Een stijging van 1,5 graden.", "Ein Anstieg von 1.5 Grad."),
        ("Er kwamen 25 mensen.", "Es kamen 52 Menschen."),
        ("Er kwamen 25 mensen.", "Es kamen Menschen."),
        ("Er kwamen mensen.", "Es kamen 40 Menschen."),
        ("In 2026 begint het.", "2025 beginnt es."),
        ("De hulp kost 25 euro.", "Die Hilfe kostet 25 Dollar."),
        ("Een gebouw uit de 19e eeuw.", "Ein Gebäude aus dem 18. Jahrhundert."),
        ("Er zijn drie scholen.", "Es gibt vier Schulen."),
        ("Een bedrag van 3,5 miljoen.", "Ein Betrag von 3,6 Millionen."),
        ("Artikel 12 en 12.", "Artikel 12."),
    ],
    "en": [
        ("Het duurt 2,5 jaar.", "It takes two years."),
        ("Een stijging van 1,5 graden.", "A rise of 1,5 degrees."),
        ("Er kwamen 12.500 mensen.", "12.500 people came."),
        ("De steun stijgt met 1.000,5 euro.", "Support rises by 1.000,5 euros."),
        ("Er kwamen 25 mensen.", "24 people came."),
        ("Er kwamen 25 mensen.", "People came."),
        ("Er kwamen mensen.", "40 people came."),
        ("In 2026 begint het.", "It begins in 2025."),
        ("De hulp kost 25 euro.", "The aid costs $25."),
        ("Er zijn drie scholen.", "There are four schools."),
        ("Een bedrag van 2,5 miljoen.", "An amount of 25 million."),
        ("De 21e eeuw.", "The 20th century."),
    ],
}


def rows(table: list[tuple[str, dict[str, str]]], more: dict[str, list[tuple[str, str]]]) -> list[tuple[str, str, str]]:
    """Return (locale, source, target) for every pair of both tables."""
    across = [(locale, source, target) for source, targets in table for locale, target in targets.items()]
    return across + [(locale, *pair) for locale, pairs in more.items() for pair in pairs]


def human_translations(locale: str) -> list[tuple[str, str]]:
    """Return pairs of a Dutch text and its translation by a person."""
    texts = SHARED / "data" / "ntrex"
    if not texts.is_dir():
        pytest.skip("the human translations are not beside this checkout")
    nl, other = ((texts / f"{name}.txt").read_text(encoding="utf-8").splitlines() for name in ("nl", locale))
    return list(zip(nl, other, strict=True))


def next_figure(found_figure: re.Match[str]) -> str:
    """Return another figure than the one that stands there, and no nought in front."""
    return str(int(found_figure[0]) % 9 + 1)


@pytest.mark.parametrize("locale, source, target", rows(SAME, GOOD))
def test_the_same_numbers_pass_however_they_are_written(locale: str, source: str, target: str) -> None:
    assert [] == [str(finding) for finding in told(source, target, locale)]


@pytest.mark.parametrize("locale, source, target", rows(DIFFERENT, BAD))
def test_another_number_is_an_error(locale: str, source: str, target: str) -> None:
    findings = told(source, target, locale)

    assert {("numbers", Severity.ERROR)} == {(finding.code, finding.severity) for finding in findings}


@pytest.mark.parametrize(
    "target, locale, fix",
    [
        ("12.500 personnes.", "fr", f"12{NB}500"),
        ("12,500 Menschen.", "de", f"12{NB}500"),
        ("12.500 people.", "en", "12,500"),
        ("12.501 people.", "en", None),
    ],
)
def test_only_a_number_with_the_same_figures_has_a_fix(target: str, locale: str, fix: str | None) -> None:
    (finding,) = found(Numbers(), "12.500 mensen.", target, locale)

    assert fix == finding.fix
    assert finding.target_span == (0, 6)


def test_a_finding_points_at_both_sides_with_markers_counted() -> None:
    source, target = "{1}Er{/1} kwamen {2}25{/2} mensen.", "{1}Il{/1} y avait {2}26{/2} personnes."

    (finding,) = found(Numbers(), source, target, coded=True)

    assert finding.source_span
    assert finding.target_span
    assert ("25", "26") == (source[slice(*finding.source_span)], target[slice(*finding.target_span)])
    assert "The source says “25”, the translation “26”." == str(finding)


def test_a_text_between_markers_joins_no_numbers() -> None:
    assert [] == found(Numbers(), "{1}1{/1}2 dagen", "{1}1{/1}2 jours", coded=True)


@pytest.mark.parametrize("locale", ["fr", "de", "en"])
def test_human_translations_rarely_raise_an_alarm(locale: str) -> None:
    pairs = human_translations(locale)

    alarms = sum(bool(told(*pair, locale)) for pair in pairs)

    assert alarms / len(pairs) <= MOST_ALARMS


@pytest.mark.parametrize("locale", ["fr", "de", "en"])
def test_a_figure_changed_in_a_human_translation_is_seen(locale: str) -> None:
    pairs = [pair for pair in human_translations(locale) if not told(*pair, locale)]
    changed = [(source, wrong) for source, target in pairs if (wrong := FIGURE.sub(next_figure, target, 1)) != target]

    missed = [pair for pair in changed if not told(*pair, locale)]

    assert len(changed) > 100
    assert len(missed) <= 0.01 * len(changed), missed


@pytest.mark.parametrize("locale", ["fr", "de", "en"])
def test_a_number_moved_to_its_neighbour_is_seen(locale: str) -> None:
    numbers = ["2", "13", "140", "1500"]

    missed = [
        (one, other) for one, other in pairwise(numbers) if not found(Numbers(), f"{one} x", f"{other} x", locale)
    ]

    assert [] == missed
