from __future__ import annotations

import pytest

from service.domain.checks import Severity
from tests.domain.checks.fact_checks import Rows, across, told

NB = "\u00a0"

SAME: Rows = [
    ("5 procent", {"fr": f"5{NB}%", "de": "5 Prozent", "en": "5 per cent"}),
    ("5%", {"fr": "5 pour cent", "de": f"5{NB}%", "en": "5%"}),
    ("1,5 procent", {"fr": f"1,5{NB}%", "de": "1,5 Prozent", "en": "1.5 percent"}),
    ("5 tot 10 procent", {"fr": "de 5 à 10 %", "de": "5 bis 10 Prozent", "en": "5 to 10 per cent"}),
    ("5 tot 10 procent", {"fr": "de 5 % à 10 %", "de": "5 % bis 10 %", "en": "5% to 10%"}),
    ("vijf procent", {"fr": "cinq pour cent", "de": "fünf Prozent", "en": "five per cent"}),
    ("vijf procent", {"fr": f"5{NB}%", "de": "5 %", "en": "5%"}),
    ("2 procentpunt", {"fr": "2 points de pourcentage", "de": "2 Prozentpunkte", "en": "2 percentage points"}),
    ("50 procent", {"fr": "la moitié", "de": "die Hälfte", "en": "half"}),
    ("100 procent", {"fr": f"100{NB}%", "de": "100%ig", "en": "100 per cent"}),
    ("5 procent van 5 miljoen", {"fr": "5 % de 5 millions", "de": "5 % von 5 Mio.", "en": "5% of 5 million"}),
    ("een 20%-regel", {"fr": "une règle de 20 %", "de": "eine 20-%-Regel", "en": "a 20 per cent rule"}),
]
DIFFERENT: Rows = [
    ("5 procent", {"fr": f"6{NB}%", "de": "6 Prozent", "en": "6 per cent"}),
    ("5%", {"fr": "50 %", "de": "50 %", "en": "50%"}),
    ("1,5 procent", {"fr": "1.5 %", "de": "1.5 Prozent", "en": "1,5 per cent"}),
    ("12,5%", {"fr": "12,6 %", "de": "12,6 %", "en": "12.6%"}),
    ("5 procent", {"fr": "5", "de": "5", "en": "5"}),
    ("5 mensen", {"fr": "5 % des personnes", "de": "5 Prozent der Menschen", "en": "5 per cent of people"}),
    ("5 procent", {"fr": "une partie", "de": "ein Teil", "en": "some"}),
    ("een deel", {"fr": "5 %", "de": "5 %", "en": "5%"}),
    ("2 procentpunt", {"fr": "2 %", "de": "2 Prozent", "en": "2 per cent"}),
    ("2 procent", {"fr": "2 points de pourcentage", "de": "2 Prozentpunkte", "en": "2 percentage points"}),
    ("5 tot 10 procent", {"fr": "de 5 à 11 %", "de": "5 bis 11 Prozent", "en": "5 to 11 per cent"}),
    ("vijf procent", {"fr": "six pour cent", "de": "sechs Prozent", "en": "six per cent"}),
]


@pytest.mark.parametrize("locale, source, target", across(SAME))
def test_the_same_percentages_pass_however_they_are_written(locale: str, source: str, target: str) -> None:
    assert [] == [str(finding) for finding in told(source, target, locale)]


@pytest.mark.parametrize("locale, source, target", across(DIFFERENT))
def test_another_percentage_is_one_error(locale: str, source: str, target: str) -> None:
    findings = told(source, target, locale)

    assert [("percentages", Severity.ERROR)] == [(finding.code, finding.severity) for finding in findings]


@pytest.mark.parametrize(
    "target, locale, fix",
    [
        (f"Hausse de 12.5{NB}%.", "fr", f"12,5{NB}%"),
        ("Anstieg um 12.5 Prozent.", "de", "12,5 Prozent"),
        ("A rise of 12,5%.", "en", "12.5%"),
        ("A rise of 12.6%.", "en", None),
    ],
)
def test_only_marks_within_the_figures_have_a_fix(target: str, locale: str, fix: str | None) -> None:
    source = "Stijging: {1}12,5 procent{/1}."

    (finding,) = told(source, target, locale, coded=True)

    assert finding.source_span
    assert finding.target_span
    assert "12,5 procent" == source[slice(*finding.source_span)]
    assert fix == finding.fix
    if fix:
        start, end = finding.target_span
        assert [] == told(source, target[:start] + fix + target[end:], locale, coded=True)
