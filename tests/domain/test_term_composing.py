from __future__ import annotations

import pytest

from service.domain.term_base import TermBase
from service.domain.term_composing import compose_from_terms
from service.domain.terms import SourceTerm, TargetTerm, TermStatus
from service.domain.text import CodedText, CodeKind, InlineCode

CODES = (InlineCode(1, CodeKind.BOLD), InlineCode(2, CodeKind.BREAK))
BASE = TermBase(
    [
        SourceTerm("news", "nieuwsbericht", (TargetTerm("communiqué de presse"),)),
        SourceTerm("council", "Raad Milieu", (TargetTerm("Conseil «Environnement»"),)),
        SourceTerm("article", "artikel", (TargetTerm("article"),)),
        SourceTerm("net", "Belnet", (TargetTerm("BELNET"),), do_not_translate=True),
        SourceTerm("bank", "bank", (TargetTerm("banque"),)),
        SourceTerm("bench", "bank", (TargetTerm("banc"),)),
        SourceTerm("old", "oud woord", (TargetTerm("vieux mot", TermStatus.DEPRECATED),)),
        SourceTerm("eu", "EU", (TargetTerm("UE"),)),
    ],
    "nl",
)


def composed(text: str, target: str = "fr", source: str = "nl") -> str:
    coded = CodedText(text, CODES)
    return compose_from_terms(coded, BASE.find(coded), source, target)


@pytest.mark.parametrize(
    "text, target",
    [
        ("Nieuwsbericht", "Communiqué de presse"),
        ("nieuwsbericht", "communiqué de presse"),
        ("NIEUWSBERICHT", "COMMUNIQUÉ DE PRESSE"),
        ("EU", "UE"),
        ("Belnet", "Belnet"),
        ("Raad Milieu, 25 januari 2024", "Conseil «Environnement», 25 janvier 2024"),
        ("{1}Nieuwsbericht{/1}", "{1}Communiqué de presse{/1}"),
        ("{1}Nieuwsbericht{/1} – {1}Raad Milieu{/1}", "{1}Communiqué de presse{/1} – {1}Conseil «Environnement»{/1}"),
        ("Nieuwsbericht{2/}25 januari", "Communiqué de presse{2/}25 janvier"),
        ("Artikel 5", "Article 5"),
        ("Nieuwsbericht (2024)", "Communiqué de presse (2024)"),
    ],
)
def test_terms_numbers_and_dates_are_put_together(text: str, target: str) -> None:
    assert target == composed(text)


@pytest.mark.parametrize(
    "text, french, german, english",
    [
        ("25 januari 2024", "25 janvier 2024", "25. Januar 2024", "25 January 2024"),
        ("1 maart", "1er mars", "1. März", "1 March"),
        ("Donderdag 14 mei 2026", "Jeudi 14 mai 2026", "Donnerstag, 14. Mai 2026", "Thursday 14 May 2026"),
        ("25/01/2024", "25/01/2024", "25.01.2024", "25/01/2024"),
        ("1.234,5", "1\u00a0234,5", "1\u00a0234,5", "1,234.5"),
        ("12,5%", "12,5\u00a0%", "12,5\u00a0%", "12.5%"),
        ("2024", "2024", "2024", "2024"),
    ],
)
def test_dates_and_numbers_follow_the_language(text: str, french: str, german: str, english: str) -> None:
    assert (french, german, english) == tuple(composed(text, target) for target in ("fr", "de", "en"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Het nieuwsbericht",
        "nieuwsberichten",
        "Nieuwsbericht artikel",
        "5 artikel",
        "bank",
        "oud woord",
        "Nieuwsbericht: artikel",
        "„Nieuwsbericht”",
        "Nieuwsbericht-artikel",
        "31 februari 2024",
        "32 januari",
        "14.30",
        "-5",
        "25 en 26 januari",
        "Nieuws{1}bericht{/1}",
        "€ 5",
        "25 miljoen",
    ],
)
def test_what_is_not_certain_is_not_composed(text: str) -> None:
    assert "" == composed(text)


def test_a_colon_stands_alike_where_french_is_not_concerned() -> None:
    assert "Communiqué de presse: 2024" == composed("Nieuwsbericht: 2024", "de")


def test_dates_are_read_in_the_language_of_the_source() -> None:
    found = [
        composed("1er mars 2024", "en", "fr"),
        composed("1. März 2024", "fr", "de"),
        composed("1 maart", "en", "fr"),
    ]

    assert ["1 March 2024", "1er mars 2024", ""] == found


def test_a_language_without_conventions_of_its_own_is_left_to_others() -> None:
    assert "" == composed("25 januari 2024", "sv")
