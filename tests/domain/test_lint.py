from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from pathlib import Path

import pytest

from service.domain.checks.base import Severity
from service.domain.lint import lint_source
from service.domain.term_base import TermBase
from service.domain.terms import SourceTerm, TargetTerm, TermStatus
from service.domain.text import CodedText, CodeKind, InlineCode

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
BOLD = (InlineCode(1, CodeKind.BOLD),)
TERMS = TermBase(
    [
        SourceTerm("refugee", "vluchteling", (TargetTerm("réfugié"),)),
        SourceTerm("refugee", "asielant", (TargetTerm("réfugié"),), status=TermStatus.FORBIDDEN),
        SourceTerm("county", "departement", status=TermStatus.DEPRECATED),
        SourceTerm("cabinet", "kabinet", status=TermStatus.FORBIDDEN),
        SourceTerm("cupboard", "kabinet", status=TermStatus.ADMITTED),
    ],
    "nl",
)


def told(*texts: str, terms: TermBase | None = None, locale: str = "nl-BE") -> list[tuple[int, str, str]]:
    """Return the place, the code and the sentence of all that is found."""
    segments = [CodedText(text, BOLD) for text in texts]
    return [(place, finding.code, str(finding)) for place, finding in lint_source(segments, locale, terms)]


@pytest.mark.parametrize(
    "text",
    [
        "De ministerraad komt donderdag 25 januari 2024 samen.",
        "De ministerraad komt donderdag 25 januari samen.",
        "De wet (van 2024) geldt; a) nu, b) later.",
        "“Ja”, zei ze, “het is klaar.”",
        '"Ja", zei ze, \'s avonds, "het is klaar."',
        "Hij zei dat dat klopt, en dat zij zijn zijn ouders.",
        "In Baden Baden en met Duran Duran.",
        "Meer op https://example.be/a,b en op www.example.be.",
        "Op 01-05-2026 om 14:30 uur, voor 12.500,50 euro.",
        "De vluchteling kwam aan.",
        'Een scherm van 15" kost 5,- euro.',
        "{1}Vet{/1}, en dan niet.",
        "",
    ],
)
def test_a_text_without_mistakes_is_not_talked_about(text: str) -> None:
    assert [] == told(text, terms=TERMS)


@pytest.mark.parametrize(
    "text, code, sentence",
    [
        ("Op vrijdag 25 januari 2024.", "weekday", "“25 januari 2024” is not a vrijdag but a donderdag."),
        ("Maandag 1 mei 2026 start het.", "weekday", "“1 mei 2026” is not a Maandag but a Vrijdag."),
        ("De wet (van 2024 geldt.", "brackets", "The bracket “(” has no counterpart."),
        ("De wet van 2024] geldt.", "brackets", "The bracket “]” has no counterpart."),
        ("“Het is klaar, zei ze.", "quotes", "The quotation mark “ has no counterpart."),
        ('Het is klaar", zei ze.', "quotes", 'The quotation mark " has no counterpart.'),
        ("Het  is klaar.", "spaces", "There are two spaces where one belongs."),
        ("Het is klaar .", "spaces", "There is a space where none belongs."),
        ("Het is klaar !", "spaces", "There is a space where none belongs."),
        ("Het is klaar,zei ze.", "spaces", "A space is missing behind a comma."),
        ("De de wet geldt.", "repeated", "“de” stands here twice."),
        ("Het is klaar met met de wet.", "repeated", "“met” stands here twice."),
        ("Een asielant kwam.", "source_term", "The office no longer says “asielant” but “vluchteling”."),
        ("De asielanten kwamen.", "source_term", "The office no longer says “asielanten” but “vluchteling”."),
        ("Het departement meldt.", "source_term", "The office does not use the term “departement”."),
        ("Van Halsema, zei Halsena.", "name_spelling", "“Halsena” is spelled “Halsema” elsewhere in the text."),
    ],
)
def test_a_mistake_is_told_to_the_author(text: str, code: str, sentence: str) -> None:
    assert [(0, code, sentence)] == told(text, terms=TERMS)


def test_a_term_that_is_fit_for_another_concept_is_left_alone() -> None:
    assert [] == told("Het kabinet kwam samen.", terms=TERMS)


def test_without_a_term_base_no_term_is_told() -> None:
    assert [] == told("Een asielant kwam.")


@pytest.mark.parametrize(
    "texts",
    [
        ("“Het is klaar.", "Wij gaan door.”"),
        ('"Het is klaar.', 'Wij gaan door."'),
        ("(Het is klaar.", "Wij gaan door.)"),
        ("“Het is klaar.", "“Wij gaan door.", "“Tot morgen.”"),
    ],
)
def test_marks_may_close_in_a_later_segment(texts: tuple[str, ...]) -> None:
    assert [] == told(*texts)


def test_findings_stand_in_the_order_of_the_text_with_markers_counted() -> None:
    texts = ("Goed.", "{1}Op{/1} vrijdag 25 januari 2024  kwam ze.", "Van (Halsema, naar Halsema en en Halsena.")

    found = lint_source([CodedText(text, BOLD) for text in texts], "nl")

    assert [
        (1, "weekday", "vrijdag 25 januari 2024"),
        (1, "spaces", "  "),
        (2, "brackets", "("),
        (2, "repeated", "en en"),
        (2, "name_spelling", "Halsena"),
    ] == [
        (place, finding.code, texts[place][slice(*finding.source_span)])
        for place, finding in found
        if finding.source_span
    ]


def test_only_what_is_surely_wrong_is_a_warning() -> None:
    texts = "Op vrijdag 25 januari 2024 kwam een asielant naar het departement .", "De de wet."

    found = lint_source([CodedText(text) for text in texts], "nl", TERMS)

    assert {"weekday": Severity.WARNING, "source_term": Severity.INFO} | {
        finding.code: finding.severity for _, finding in found if finding.code not in {"weekday", "source_term"}
    } == {"weekday": Severity.WARNING, "source_term": Severity.INFO, "spaces": Severity.INFO, "repeated": Severity.INFO}
    assert [Severity.WARNING, Severity.WARNING] == [
        finding.severity for _, finding in found if finding.severity is Severity.WARNING
    ]


@pytest.mark.parametrize(
    "locale, text", [("fr", "La la loi ."), ("de", "Am Freitag, dem 25. Januar 2024"), ("es", "(Sí")]
)
def test_a_source_may_be_in_another_language(locale: str, text: str) -> None:
    assert [] != told(text, locale=locale)


def test_news_by_people_is_rarely_talked_about() -> None:
    news = SHARED / "ntrex"
    if not news.is_dir():
        pytest.skip("the human translations are not beside this checkout")
    lines, names = ((news / f"{name}.txt").read_text(encoding="utf-8").splitlines() for name in ("nl", "docids"))
    documents = [[line for _, line in group] for _, group in groupby(zip(names, lines, strict=True), key=itemgetter(0))]

    talked = [place for texts in documents for place in {place for place, _, _ in told(*texts)}]

    assert len(talked) <= 0.015 * len(lines)


@pytest.mark.parametrize("part", ["(", '"', "  ", " .", "a,", "Aaaaaa", "de ", "‘", "{1}", "1-1-2024 ", "Abcdef "])
def test_a_hostile_text_takes_no_time(part: str) -> None:
    segments = [CodedText(part * (50_000 // len(part)), BOLD)]

    found = lint_source(segments, "nl", TERMS)

    assert len(found) < 100


def test_nothing_is_told_of_marks_that_are_too_many_to_be_read() -> None:
    assert [] == told(*['"Ja" en "nee".'] * 501, '"Ja.')
    assert ["quotes"] == [code for _, code, _ in told(*['"Ja" en "nee".'] * 499, '"Ja.')]
