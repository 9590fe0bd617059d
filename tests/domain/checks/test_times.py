from __future__ import annotations

import pytest

from service.domain.checks import Severity
from tests.domain.checks.fact_checks import Rows, across, told

NB = "\u00a0"

SAME: Rows = [
    ("om 14.30 uur", {"fr": "à 14 h 30", "de": "um 14.30 Uhr", "en": "at 2.30 pm"}),
    ("om 14u30", {"fr": "à 14h30", "de": "um 14:30 Uhr", "en": "at 14:30"}),
    ("om 14:30", {"fr": f"à 14{NB}h{NB}30", "de": "um 14 Uhr 30", "en": "at 2:30 p.m."}),
    ("om 20 uur", {"fr": "à 20 heures", "de": "um 20 Uhr", "en": "at 8 pm"}),
    ("om 8 uur 's avonds", {"fr": "à 20 h", "de": "um 20 Uhr", "en": "at 8 p.m."}),
    ("om 12 uur", {"fr": "à midi", "de": "am Mittag", "en": "at noon"}),
    ("om 12 uur", {"fr": "à 12 h", "de": "um 12 Uhr", "en": "at 12 noon"}),
    ("om middernacht", {"fr": "à minuit", "de": "um Mitternacht", "en": "at midnight"}),
    ("om 24 uur", {"fr": "à minuit", "de": "um 0 Uhr", "en": "at midnight"}),
    ("van 14 tot 16 uur", {"fr": "de 14 h à 16 h", "de": "von 14 bis 16 Uhr", "en": "from 2 to 4 pm"}),
    ("van 9.30 tot 17 uur", {"fr": "de 9 h 30 à 17 h", "de": "von 9.30 bis 17 Uhr", "en": "from 9.30 am to 5 pm"}),
    ("3 uur per dag", {"fr": "trois heures par jour", "de": "drei Stunden pro Tag", "en": "three hours a day"}),
    ("om half drie", {"fr": "à 14 h 30", "de": "um halb drei", "en": "at 2.30 pm"}),
    ("14.30 uur en 20 uur", {"fr": "20 h et 14 h 30", "de": "20 Uhr und 14.30 Uhr", "en": "8 pm and 2.30 pm"}),
]
DIFFERENT: Rows = [
    ("om 14.30 uur", {"fr": "à 14 h", "de": "um 14:00 Uhr", "en": "at 2 pm"}),
    ("om 14.30 uur", {"fr": "à 14 h 15", "de": "um 14.15 Uhr", "en": "at 2.15 pm"}),
    ("om 14.30 uur", {"fr": "à 15 h 30", "de": "um 15.30 Uhr", "en": "at 3.30 pm"}),
    ("om 14u30", {"fr": "à 14h03", "de": "um 14:03 Uhr", "en": "at 14:03"}),
    ("om 20 uur", {"fr": "à 21 heures", "de": "um 21 Uhr", "en": "at 9 pm"}),
    ("om 20 uur", {"fr": "ce soir", "de": "am Abend", "en": "in the evening"}),
    ("vanavond", {"fr": "à 20 h", "de": "um 20 Uhr", "en": "at 8 pm"}),
    ("om middernacht", {"fr": "à midi", "de": "am Mittag", "en": "at noon"}),
    ("om 13 uur", {"fr": "à midi", "de": "am Mittag", "en": "at noon"}),
    ("van 14 tot 16 uur", {"fr": "de 14 h à 17 h", "de": "von 14 bis 17 Uhr", "en": "from 2 to 5 pm"}),
    ("om 9 uur", {"fr": "à 8 h", "de": "um 8 Uhr", "en": "at 8 am"}),
]


@pytest.mark.parametrize("locale, source, target", across(SAME))
def test_the_same_hours_pass_on_either_clock(locale: str, source: str, target: str) -> None:
    assert [] == [str(finding) for finding in told(source, target, locale)]


@pytest.mark.parametrize("locale, source, target", across(DIFFERENT))
def test_another_hour_is_one_error(locale: str, source: str, target: str) -> None:
    findings = told(source, target, locale)

    assert [("times", Severity.ERROR)] == [(finding.code, finding.severity) for finding in findings]


@pytest.mark.parametrize(
    "target, locale, there",
    [
        ("Début à 15 h 30.", "fr", "15 h 30"),
        ("Beginn um 15.30 Uhr.", "de", "15.30 Uhr"),
        ("It starts at 3.30 pm.", "en", "3.30 pm"),
    ],
)
def test_a_finding_points_at_both_hours(target: str, locale: str, there: str) -> None:
    source = "Begin om {1}14.30 uur{/1}."

    (finding,) = told(source, target, locale, coded=True)

    assert finding.source_span
    assert finding.target_span
    assert ("14.30 uur", there) == (source[slice(*finding.source_span)], target[slice(*finding.target_span)])
    assert finding.fix is None
