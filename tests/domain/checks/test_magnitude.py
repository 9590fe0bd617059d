from __future__ import annotations

import pytest

from service.domain.checks import Severity
from tests.domain.checks.fact_checks import Rows, across, told

NB = "\u00a0"

SAME: Rows = [
    ("2,5 miljard", {"fr": "2,5 milliards", "de": "2,5 Milliarden", "en": "2.5 billion"}),
    ("2 miljoen", {"fr": f"2{NB}millions", "de": "2 Mio.", "en": "2 million"}),
    ("2 biljoen", {"fr": "2 billions", "de": "2 Billionen", "en": "2 trillion"}),
    ("3,5 miljoen euro", {"fr": "3,5 millions d’euros", "de": "3,5 Millionen Euro", "en": "€3.5 million"}),
    ("2 miljoen", {"fr": f"2{NB}000{NB}000", "de": "2.000.000", "en": "2,000,000"}),
    ("1,2 miljard", {"fr": f"1{NB}200 millions", "de": "1.200 Millionen", "en": "1,200 million"}),
    ("twee miljard", {"fr": "deux milliards", "de": "zwei Milliarden", "en": "two billion"}),
    ("een miljoen", {"fr": "un million", "de": "eine Million", "en": "a million"}),
    ("1 miljard", {"fr": "un milliard", "de": "eine Milliarde", "en": "one billion"}),
    ("2 tot 3 miljard", {"fr": "2 à 3 milliards", "de": "2 bis 3 Milliarden", "en": "2 to 3 billion"}),
    (
        "2 tot 3 miljard",
        {
            "fr": "de 2 milliards à 3 milliards",
            "de": "2 Milliarden bis 3 Milliarden",
            "en": "between 2 billion and 3 billion",
        },
    ),
    ("5 mld. euro", {"fr": "5 milliards d’euros", "de": "5 Mrd. Euro", "en": "€5bn"}),
    (
        "2 wetten, 2 miljard",
        {"fr": "2 milliards, 2 lois", "de": "2 Mrd., 2 Gesetze", "en": "2 bn, 2 acts"},
    ),
    ("zes miljoen anderen", {"fr": "six autres millions", "de": "sechs weitere Millionen", "en": "six other million"}),
    ("10 duizend", {"fr": f"10{NB}000", "de": "10 Tausend", "en": "10 thousand"}),
]
DIFFERENT: Rows = [
    ("2,5 miljard", {"fr": "2,5 millions", "de": "2,5 Millionen", "en": "2.5 million"}),
    ("2 miljard", {"fr": "2 billions", "de": "2 Billionen", "en": "2 trillion"}),
    ("2 biljoen", {"fr": "2 milliards", "de": "2 Milliarden", "en": "2 billion"}),
    ("2 miljoen", {"fr": "2 milliards", "de": "2 Milliarden", "en": "2 billion"}),
    ("3,5 miljoen euro", {"fr": "3,5 milliards d’euros", "de": "3,5 Mrd. Euro", "en": "€3.5 billion"}),
    ("2 miljard", {"fr": "2 euros", "de": "2 Euro", "en": "2 euros"}),
    ("2 mensen", {"fr": "2 millions de personnes", "de": "2 Millionen Menschen", "en": "2 million people"}),
    ("twee miljard", {"fr": "deux millions", "de": "zwei Millionen", "en": "two million"}),
    ("een miljard", {"fr": "un million", "de": "eine Million", "en": "one million"}),
    ("2 tot 3 miljard", {"fr": "2 à 3 millions", "de": "2 bis 3 Millionen", "en": "2 to 3 million"}),
    ("10 duizend", {"fr": "10 millions", "de": "10 Millionen", "en": "10 million"}),
    ("5 mld. euro", {"fr": "5 Mio d’euros", "de": "5 Mio. Euro", "en": "€5m"}),
]


@pytest.mark.parametrize("locale, source, target", across(SAME))
def test_the_same_size_passes_however_it_is_told(locale: str, source: str, target: str) -> None:
    assert [] == [str(finding) for finding in told(source, target, locale)]


@pytest.mark.parametrize("locale, source, target", across(DIFFERENT))
def test_another_size_is_one_error(locale: str, source: str, target: str) -> None:
    findings = told(source, target, locale)

    assert [("magnitude", Severity.ERROR)] == [(finding.code, finding.severity) for finding in findings]


@pytest.mark.parametrize(
    "target, locale, there",
    [
        ("Coût : 2 billions d’euros.", "fr", "2 billions d’euros"),
        ("Kosten: 2 Billionen Euro.", "de", "2 Billionen Euro"),
        ("Cost: €2 million.", "en", "€2 million"),
    ],
)
def test_a_finding_points_at_both_with_their_words(target: str, locale: str, there: str) -> None:
    source = "Kosten: {1}2 miljard euro{/1}."

    (finding,) = told(source, target, locale, coded=True)

    assert finding.source_span
    assert finding.target_span
    assert ("2 miljard euro", there) == (source[slice(*finding.source_span)], target[slice(*finding.target_span)])
    assert finding.fix is None


def test_metres_are_no_millions() -> None:
    assert [] == told("een sprong van 2 meter", "a jump of 2 m", "en")
