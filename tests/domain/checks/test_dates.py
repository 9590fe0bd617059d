from __future__ import annotations

from time import process_time

import pytest

from service.domain.checks import Severity
from tests.domain.checks.fact_checks import Rows, across, told

NB = "\u00a0"

SAME: Rows = [
    (
        "donderdag 25 januari 2024",
        {"fr": "jeudi 25 janvier 2024", "de": "Donnerstag, den 25. Januar 2024", "en": "Thursday 25 January 2024"},
    ),
    ("op 1 mei 2026", {"fr": "le 1er mai 2026", "de": "am 1. Mai 2026", "en": "on May 1st, 2026"}),
    ("op 25-06-2026", {"fr": "le 25 juin 2026", "de": "am 25.6.2026", "en": "on 25/06/2026"}),
    ("op 5-6-2026", {"fr": "le 05/06/2026", "de": "am 05.06.26", "en": "on 06/05/2026"}),
    ("op 2026-06-25", {"fr": "le 25/06/2026", "de": "am 25. Juni 2026", "en": "on 2026-06-25"}),
    ("op 25 juni 2026", {"fr": f"le 25{NB}juin{NB}2026", "de": f"am 25.{NB}Juni", "en": "on 25 June"}),
    ("op 25 juni", {"fr": "le 25 juin 2026", "de": "am 25.06.", "en": "on the 25th of June"}),
    ("op 25 en 26 januari", {"fr": "les 25-26 janvier", "de": "am 25. und 26. Januar", "en": "on 25 and 26 January"}),
    (
        "van donderdag 25 tot zaterdag 27 januari 2024",
        {
            "fr": "du jeudi 25 au samedi 27 janvier 2024",
            "de": "von Donnerstag, dem 25., bis Samstag, den 27. Januar 2024",
            "en": "from Thursday 25 to Saturday 27 January 2024",
        },
    ),
    ("25, 26 en 27 mei", {"fr": "les 25, 26 et 27 mai", "de": "der 25., 26. und 27. Mai", "en": "May 25, 26 and 27"}),
    ("op donderdag (25 januari)", {"fr": "le jeudi 25 janvier", "de": "am Donnerstag, 25. Januar", "en": "25 January"}),
    ("op maandag", {"fr": "lundi", "de": "am Montag", "en": "on Monday"}),
    ("maandagavond", {"fr": "lundi soir", "de": "am Montagabend", "en": "Monday evening"}),
    ("op maandag, niet op zondag", {"fr": "lundi (ce lundi-là)", "de": "am Montag", "en": "on Monday"}),
    ("op maandag", {"fr": "hier", "de": "gestern", "en": "yesterday"}),
    ("in maart 2025", {"fr": "en mars 2025", "de": "im März 2025", "en": "in March 2025"}),
    ("op 3 sept. 2025", {"fr": "le 3 sept. 2025", "de": "am 3. Sept. 2025", "en": "on Sept. 3, 2025"}),
    ("25 juni en 25 juni", {"fr": "le 25 juin", "de": "am 25. Juni", "en": "on 25 June"}),
    ("op 25 juni", {"fr": "le 25 de ce mois", "de": "am 25. dieses Monats", "en": "on the 25th"}),
]
DIFFERENT: Rows = [
    ("op 25 juni", {"fr": "le 25 juillet", "de": "am 25. Juli", "en": "on 25 July"}),
    ("op 30 juni", {"fr": "le 30 février", "de": "am 30. Februar", "en": "on 30 February"}),
    ("op 25 juni", {"fr": "le 26 juin", "de": "am 26. Juni", "en": "on 26 June"}),
    ("op 25 juni 2026", {"fr": "le 25 juin 2025", "de": "am 25. Juni 2025", "en": "on 25 June 2025"}),
    ("op 25-6-2026", {"fr": "le 25/7/2026", "de": "am 25.7.2026", "en": "on 25/7/2026"}),
    ("op 25-6-2026", {"fr": "le 24 juin 2026", "de": "am 24. Juni 2026", "en": "on June 24, 2026"}),
    ("op 1 mei 2026", {"fr": "le 1er mars 2026", "de": "am 1. März 2026", "en": "on 1 March 2026"}),
    ("op 25 juni", {"fr": "en juin", "de": "im Juni", "en": "in June"}),
    ("in de zomer", {"fr": "le 25 juin", "de": "am 25. Juni", "en": "on 25 June"}),
    ("donderdag 25 januari", {"fr": "vendredi 25 janvier", "de": "Freitag, 25. Januar", "en": "Friday 25 January"}),
    (
        "vrijdag 25 januari 2024",
        {"fr": "vendredi 25 janvier 2024", "de": "Freitag, der 25. Januar 2024", "en": "Friday, January 25, 2024"},
    ),
    (
        "25 januari 2024",
        {"fr": "lundi 25 janvier 2024", "de": "Montag, 25. Januar 2024", "en": "Monday 25 January 2024"},
    ),
    ("op maandag", {"fr": "mardi", "de": "am Dienstag", "en": "on Tuesday"}),
    (
        "van vrijdag tot zaterdag",
        {"fr": "de samedi à samedi", "de": "von Samstag bis Samstag", "en": "Saturday to Saturday"},
    ),
    ("in maart", {"fr": "en mai", "de": "im Mai", "en": "in May"}),
    ("van 25 tot 27 mei", {"fr": "du 25 au 28 mai", "de": "vom 25. bis 28. Mai", "en": "from 25 to 28 May"}),
    ("van 25 tot 27 mei", {"fr": "du 24 au 27 mai", "de": "vom 24. bis 27. Mai", "en": "May 24-27"}),
    ("op 2026-06-25", {"fr": "le 25 mai 2026", "de": "am 25.05.2026", "en": "on 2026-05-25"}),
]


@pytest.mark.parametrize("locale, source, target", across(SAME))
def test_the_same_dates_pass_however_they_are_written(locale: str, source: str, target: str) -> None:
    assert [] == [str(finding) for finding in told(source, target, locale)]


@pytest.mark.parametrize("locale, source, target", across(DIFFERENT))
def test_another_date_is_one_error(locale: str, source: str, target: str) -> None:
    findings = told(source, target, locale)

    assert [("dates", Severity.ERROR)] == [(finding.code, finding.severity) for finding in findings]


@pytest.mark.parametrize(
    "source, target, locale, spans",
    [
        ("op 25 juni", "le 25 juillet", "fr", ("25 juni", "25 juillet")),
        ("op maandag 25 juni", "am Montag, dem 25. Juli", "de", ("maandag 25 juni", "Montag, dem 25. Juli")),
        ("donderdag 25 mei", "Friday 25 May", "en", ("donderdag", "Friday")),
        ("op maandag", "mardi", "fr", ("maandag", "mardi")),
        ("{1}op{/1} {2}25 juni{/2}", "{1}le{/1} {2}26 juin{/2}", "fr", ("25 juni", "26 juin")),
    ],
)
def test_a_finding_points_at_both_dates(source: str, target: str, locale: str, spans: tuple[str, str]) -> None:
    (finding,) = told(source, target, locale, coded=True)

    assert finding.source_span
    assert finding.target_span
    assert spans == (source[slice(*finding.source_span)], target[slice(*finding.target_span)])


@pytest.mark.parametrize(
    "source, target, locale",
    [
        ("donderdag 25 januari", "vendredi 25 janvier", "fr"),
        ("donderdag 25 januari", "Freitag, 25. Januar", "de"),
        ("op maandag", "On TUESDAY", "en"),
        ("op 25 juni", "le 26 juin", "fr"),
    ],
)
def test_words_and_days_are_for_a_person_to_put_right(source: str, target: str, locale: str) -> None:
    (finding,) = told(source, target, locale)

    assert finding.fix is None


def test_a_weekday_that_does_not_fit_is_told_with_the_one_that_does() -> None:
    (finding,) = told("25 januari 2024", "am Montag, dem 25. Januar 2024", "de")

    assert "“dem 25. Januar 2024” is not a Montag but a Donnerstag." == str(finding)


def test_the_year_of_the_source_tells_the_weekday_too() -> None:
    (finding,) = told("25 januari 2024", "Monday 25 January", "en")

    assert "“25 January” is not a Monday but a Thursday." == str(finding)


def test_a_weekday_that_the_translator_put_right_passes() -> None:
    assert [] == told("vrijdag 25 januari 2024", "jeudi 25 janvier 2024", "fr")


def test_a_year_that_stands_elsewhere_belongs_to_its_date() -> None:
    assert [] == told("op 25 juni 2026", "In 2026, on 25 June", "en")


def test_a_marker_within_a_date_leaves_its_parts_to_be_found() -> None:
    assert [] == told("{1}25{/1} juni 2026", "{1}25 juin{/1} 2026", "fr", coded=True)


@pytest.mark.parametrize("word", ["may march", "we may go on Monday", "to march"])
def test_english_words_in_lower_case_are_no_months(word: str) -> None:
    assert [] == told("in juni, op maandag", word, "en")


@pytest.mark.parametrize(
    "part",
    [
        "25 en ",
        "25, ",
        "25 ",
        "1.",
        "1-1-",
        "mei ",
        "1 mei ",
        "maandag ",
        "maandag 1 mei 2024 ",
        "25-",
        "25 en maandag ",
    ],
)
@pytest.mark.parametrize("locale", ["nl", "fr", "de", "en"])
def test_a_hostile_text_takes_time_in_proportion_to_its_length(part: str, locale: str) -> None:
    text = part * (20_000 // len(part))
    began = process_time()

    told(text, text + "1", locale)

    assert process_time() - began < 5  # a square law would need minutes
