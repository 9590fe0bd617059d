from __future__ import annotations

import pytest

from service.domain.checks import Severity
from service.domain.checks.addresses import Addresses
from tests.domain.checks.pairs import found

# A source and what is told of it in each language; {} is the language's tag.
SAME = [
    ("Zie https://example.be/pers.", "x https://example.be/pers"),
    ("Zie https://example.be/nl/pers-12.", "x https://example.be/{}/pers-12!"),
    ("Zie https://example.be/nl/ministerraad/12", "x https://example.be/{}/conseil/12"),
    ("Zie https://example.be/pers?lang=nl&p=2", "x https://example.be/pers?lang={}&p=2"),
    ("Zie https://example.be/nl/pers", "x https://example.be/nl/pers"),
    ("Zie http://example.be/", "x (https://example.be)"),
    ("Zie www.example.be of example.eu", "x example.eu x www.example.be"),
    ("Mail pers@example.be", "x Pers@example.be!"),
    ("Bel +32 2 123 45 67", "x 02/123.45.67"),
    ("Bel 0032 (0)2 123 45 67.", "x +32\u00a02\u00a0123\u00a045\u00a067 x"),
    ("Bel 0800 14 689", "x 0800/14.689"),
    ("Geen adres, op 01.05.2026", "x 01.05.2026 x"),
]
DIFFERENT = [
    ("Zie https://example.be/pers.", "x"),
    ("Zie de site.", "x https://example.be/pers"),
    ("Zie https://example.be/pers/12", "x https://example.be/pers/21"),
    ("Zie https://example.be/nl/pers-12", "x https://example.be/{}/pers-13"),
    ("Zie https://example.be/nl/a/12", "x https://example.be/{}/12"),
    ("Zie https://example.be/?ref=1", "x https://example.be/"),
    ("Zie https://example.be/ en https://example.be/", "x https://example.be/"),
    ("Zie example.be", "x example.eu"),
    ("Mail pers@example.be", "x per@example.be"),
    ("Mail pers@example.be", "x www.example.be"),
    ("Bel +32 2 123 45 67", "x 02 123 45 68"),
    ("Bel 02 123 45 67", "x"),
]


def rows(table: list[tuple[str, str]]) -> list[tuple[str, str, str]]:
    return [(locale, source, target.format(locale)) for source, target in table for locale in ("fr", "de", "en")]


@pytest.mark.parametrize("locale, source, target", rows(SAME))
def test_the_same_addresses_pass(locale: str, source: str, target: str) -> None:
    assert [] == [str(finding) for finding in found(Addresses(), source, target, locale)]


@pytest.mark.parametrize("locale, source, target", rows(DIFFERENT))
def test_another_address_is_an_error(locale: str, source: str, target: str) -> None:
    findings = found(Addresses(), source, target, locale)

    assert findings
    assert {("addresses", Severity.ERROR, None)} == {(one.code, one.severity, one.fix) for one in findings}


def test_a_finding_points_at_both_sides_with_markers_counted() -> None:
    source, target = "{1}Zie{/1} {2}example.be/a{/2}.", "{1}Voir{/1} {2}example.be/b{/2}."

    (finding,) = found(Addresses(), source, target, coded=True)

    assert finding.source_span
    assert finding.target_span
    assert "example.be/a" == source[slice(*finding.source_span)]
    assert "example.be/b" == target[slice(*finding.target_span)]
    assert "The source leads to “example.be/a”, the translation to “example.be/b”." == str(finding)


def test_what_is_lost_and_what_is_added_are_told_by_kind() -> None:
    findings = found(Addresses(), "Zie example.be, bel 02 123 45 67", "Schreib an pers@example.be", "de")

    assert [
        "The address “example.be” is not in the translation.",
        "The address “pers@example.be” is not in the source.",
        "The address “02 123 45 67” is not in the translation.",
    ] == [str(finding) for finding in findings]
