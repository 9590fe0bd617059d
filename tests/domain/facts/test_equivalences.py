"""What the four languages write in their own ways is one fact, and what only looks alike is not."""

from __future__ import annotations

import pytest

from service.domain.checks import Pair
from service.domain.facts.differences import Differs
from service.domain.text import CodedText

NB = "\u00a0"
NN = "\u202f"

EQUAL = [
    ("1.234,56", "1 234,56", "1.234,56", "1,234.56"),
    ("1.234,56", f"1{NB}234,56", f"1{NB}234,56", "1,234.56"),
    ("1.234,56", f"1{NN}234,56", "1'234,56", "1,234.56"),
    ("2,5 miljard", "2,5 milliards", "2,5 Milliarden", "2.5 billion"),
    (
        "donderdag 25 januari 2024",
        "jeudi 25 janvier 2024",
        "Donnerstag, den 25. Januar 2024",
        "Thursday 25 January 2024",
    ),
    ("14.30 uur", "14 h 30", "14.30 Uhr", "2.30 pm"),
    ("27", "27", "27", "27"),
    ("zevenentwintig", "vingt-sept", "siebenundzwanzig", "twenty-seven"),
    ("27", "vingt-sept", "siebenundzwanzig", "twenty-seven"),
    ("zevenentwintig", "27", "27", "27"),
    ("de 27e", "le 27e", "der 27.", "the 27th"),
    ("de zevenentwintigste", "le vingt-septième", "der siebenundzwanzigste", "the twenty-seventh"),
    ("de 19e eeuw", "le XIXe siècle", "das 19. Jahrhundert", "the 19th century"),
    ("25 en 26 januari", "25-26 janvier", "25. und 26. Januar", "25 and 26 January"),
    ("2,5 jaar", "deux ans et demi", "zweieinhalb Jahre", "two and a half years"),
    ("tweeënhalf jaar", "2,5 ans", "2,5 Jahre", "2.5 years"),
    ("14.30 uur", "14 heures et demie", "14.30 Uhr", "2.30 pm"),
    ("2 biljoen", "2 billions", "2 Billionen", "2 trillion"),
    ("5 procent", "5 pour cent", "5 Prozent", "5 per cent"),
    ("5%", f"5{NB}%", "5 %", "5%"),
    ("12 uur", "midi", "12 Uhr", "noon"),
    ("middernacht", "minuit", "Mitternacht", "midnight"),
    ("€ 12.500", f"12{NB}500{NB}€", "12.500 Euro", "€12,500"),
]
UNEQUAL = [
    ("2,5 miljard", "2,5 millions", "2,5 Millionen", "2.5 million", Differs.MAGNITUDE),
    ("1.234,56", "1 234,65", "1.234,65", "1,234.65", Differs.NUMBERS),
    ("donderdag 25 januari 2024", "jeudi 25 février 2024", "25. Februar 2024", "25 February 2024", Differs.DATES),
    ("14.30 uur", "14 h 03", "14.03 Uhr", "2.03 pm", Differs.TIMES),
    ("zevenentwintig", "vingt-huit", "achtundzwanzig", "twenty-eight", Differs.NUMBERS),
    ("5 procent", "5 points de pourcentage", "5 Prozentpunkte", "5 percentage points", Differs.PERCENTAGES),
]
COLUMNS = {"nl": 0, "fr": 1, "de": 2, "en": 3}


def differences(source: str, target: str, source_locale: str, target_locale: str) -> list[Differs]:
    pair = Pair(CodedText(source), target, source_locale, target_locale)
    return [difference.kind for difference in pair.facts.differences]


@pytest.mark.parametrize("source_locale", COLUMNS)
@pytest.mark.parametrize("target_locale", COLUMNS)
@pytest.mark.parametrize("row", EQUAL, ids=lambda row: row[0])
def test_what_is_written_in_another_way_is_the_same(
    row: tuple[str, ...], source_locale: str, target_locale: str
) -> None:
    source, target = row[COLUMNS[source_locale]], row[COLUMNS[target_locale]]

    assert [] == differences(source, target, source_locale, target_locale)


@pytest.mark.parametrize("locale", ["fr", "de", "en"])
@pytest.mark.parametrize("row", UNEQUAL, ids=lambda row: row[0])
def test_what_looks_alike_is_another_fact(row: tuple[str, str, str, str, Differs], locale: str) -> None:
    assert [row[4]] == differences(row[0], str(row[COLUMNS[locale]]), "nl", locale)


@pytest.mark.parametrize("locale", ["fr", "de", "en"])
def test_a_sentence_with_every_kind_of_fact_agrees(locale: str) -> None:
    good = [row for row in EQUAL if row[0] not in {"27", "middernacht", "1.234,56"}]
    source, target = (". ".join(row[column] for row in good) for column in (0, COLUMNS[locale]))

    assert [] == differences(source, target, "nl", locale)
