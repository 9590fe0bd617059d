from __future__ import annotations

from pathlib import Path

import pytest

from service.domain.checks.base import Finding, Pair, Severity, Span
from service.domain.checks.numbers import Numbers
from service.domain.text import CodedText, CodeKind, InlineCode

NTREX = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "ntrex"
MOST_ALARMS = 0.03

GOOD = [
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
    ("zie https://example.be/2024", {"fr": "voir ici", "de": "siehe hier", "en": "see here"}),
]
BAD = [
    ("12.500 mensen", {"fr": "12.500 personnes", "de": "12,500 Menschen", "en": "12.500 people"}),
    ("1,5 procent", {"fr": "1.5\u00a0%", "de": "1.5\u00a0%", "en": "1,5%"}),
    ("12 landen", {"fr": "13 pays", "de": "13 Länder", "en": "13 countries"}),
    ("12 landen", {"fr": "des pays", "de": "Länder", "en": "countries"}),
    ("de landen", {"fr": "les 12 pays", "de": "die 12 Länder", "en": "the 12 countries"}),
    ("drie doden", {"fr": "quatre morts", "de": "vier Tote", "en": "four dead"}),
    ("12 landen", {"fr": "treize pays", "de": "dreizehn Länder", "en": "thirteen countries"}),
    ("in 2026", {"fr": "en 2025", "de": "im Jahr 2025", "en": "in 2025"}),
    ("op 25 juni 2026", {"fr": "le 26 juin 2026", "de": "am 26. Juni 2026", "en": "on 26 June 2026"}),
    ("op 25 juni", {"fr": "le 25 juillet", "de": "am 25. Juli", "en": "on 25 July"}),
    ("om 14.30 uur", {"fr": "à 14 h", "de": "um 14:00 Uhr", "en": "at 2 pm"}),
    ("in de 19e eeuw", {"fr": "au XVIIIe siècle", "de": "im 18. Jahrhundert", "en": "in the 18th century"}),
    ("3 en 3", {"fr": "3", "de": "3", "en": "3"}),
    ("jaren 1930", {"fr": "années 1830", "de": "1830er Jahre", "en": "1830s"}),
]  # fmt: skip


def findings(source: str, target: str, locale: str) -> list[Finding]:
    return list(Numbers().find(Pair(CodedText(source), target, "nl", locale)))


def rows(table: list[tuple[str, dict[str, str]]]) -> list[tuple[str, str, str]]:
    return [(source, locale, target) for source, targets in table for locale, target in targets.items()]


@pytest.mark.parametrize("source, locale, target", rows(GOOD))
def test_the_same_numbers_pass(source: str, locale: str, target: str) -> None:
    assert [] == [str(found) for found in findings(source, target, locale)]


@pytest.mark.parametrize("source, locale, target", rows(BAD))
def test_a_number_that_differs_is_an_error(source: str, locale: str, target: str) -> None:
    found = findings(source, target, locale)

    assert {("numbers", Severity.ERROR)} == {(finding.code, finding.severity) for finding in found}


def test_a_finding_shows_both_places() -> None:
    (found,) = findings("wel 12 landen", "13 pays", "fr")

    assert (Span(4, 6), Span(0, 2)) == (found.source_span, found.target_span)


def test_places_are_counted_with_the_markers() -> None:
    source = CodedText("{1}12{/1} landen", (InlineCode(1, CodeKind.BOLD),))

    (found,) = Numbers().find(Pair(source, "pour {1}13{/1} pays", "nl", "fr"))

    assert (Span(3, 5), Span(8, 10)) == (found.source_span, found.target_span)


@pytest.mark.parametrize(
    "locale, target, fix",
    [
        ("fr", "12.500", "12\u00a0500"),
        ("de", "12,500", "12\u00a0500"),
        ("en", "12.500", "12,500"),
        ("en", "12.501", None),
    ],
)
def test_wrong_marks_within_a_number_are_mended(locale: str, target: str, fix: str | None) -> None:
    (found,) = findings("12.500", target, locale)

    assert fix == found.fix


@pytest.mark.parametrize("locale", ["fr", "de", "en"])
@pytest.mark.skipif(not NTREX.exists(), reason="the shared news translations are not beside the checkout")
def test_human_translations_are_seldom_suspected(locale: str) -> None:
    sources = (NTREX / "nl.txt").read_text(encoding="utf-8").splitlines()
    targets = (NTREX / f"{locale}.txt").read_text(encoding="utf-8").splitlines()

    alarms = sum(bool(findings(source, target, locale)) for source, target in zip(sources, targets, strict=True))

    assert alarms / len(sources) <= MOST_ALARMS
