from __future__ import annotations

import pytest

from service.domain.checks import Severity
from service.domain.checks.brackets import Brackets, lone_brackets
from service.domain.checks.edits import MOST_PLACES
from tests.domain.checks.pairs import found

# Brackets are the same in all languages; {} is a word.
GOOD = [
    ("De wet (2026) geldt.", "{} (2026) {}."),
    ("De wet geldt.", "{} ({})."),
    ("De wet (van [2026]) geldt.", "{} ({} [2026])."),
    ("De wet geldt.", "a) {}; b) {}"),
    ("De wet geldt.", "1) {} 12) {}"),
    ("De wet geldt (zie a).", "{} (a)."),
    ("De wet (zie a) en b)) geldt.", "{} ({} a) {} b))."),
    ("1) De wet", "1) {}"),
    ("De wet) geldt.", "{}) ({}"),
    ("De wet geldt :(", "{} ("),
    ("iv) de wet", "iv) {}"),
]
BAD = [
    ("De wet (2026) geldt.", "{} (2026 {}.", "("),
    ("De wet (2026) geldt.", "{} 2026) {}.", ")"),
    ("De wet geldt.", "{} [2026 {}.", "["),
    ("De wet geldt.", "{} 2026] {}.", "]"),
    ("De wet (van 2026) geldt.", "{} (({}) {}.", "("),
    ("De wet (van 2026) geldt.", "{} ({})) {}.", ")"),
    ("De wet (van 2026) geldt.", "{} ({}] {}.", "(]"),
    ("De wet geldt.", "{} {{ {}", "{"),
    ("De wet (a) geldt.", "{} (a {}", "("),
    ("De wet geldt.", "{}) {}", ")"),
    ("De wet geldt.", "a) {} {})", ")"),
    ("De wet geldt (artikel 3).", "{} 3).", ")"),
    ("De wet (bijlage b) geldt.", "{} b) {}.", ")"),
]
WORDS = {"fr": "loi", "de": "Gesetz", "en": "law"}


def rows(table: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return [
        (locale, source, target.replace("{}", word).replace("{{", "{"), *rest)
        for source, target, *rest in table
        for locale, word in WORDS.items()
    ]


@pytest.mark.parametrize("locale, source, target", rows([*GOOD]))
def test_brackets_with_a_counterpart_pass(locale: str, source: str, target: str) -> None:
    assert [] == [str(finding) for finding in found(Brackets(), source, target, locale)]


@pytest.mark.parametrize("locale, source, target, alone", rows([*BAD]))
def test_a_bracket_alone_is_a_warning(locale: str, source: str, target: str, alone: str) -> None:
    findings = found(Brackets(), source, target, locale)

    assert {("brackets", Severity.WARNING)} == {(finding.code, finding.severity) for finding in findings}
    assert alone == "".join(target[slice(*finding.target_span)] for finding in findings if finding.target_span)


def test_markers_are_no_brackets_but_braces_are() -> None:
    assert [] == found(Brackets(), "{1}De wet{/1}", "{1}La loi{/1}", coded=True)
    assert 2 == len(found(Brackets(), "{1}De wet{/1}", "{1}La loi{/1}}{", coded=True))


def test_a_hostile_text_is_told_in_a_few_places() -> None:
    assert MOST_PLACES == len(found(Brackets(), "wet", "(" * 1000))


def test_the_places_stand_in_the_order_of_the_text() -> None:
    assert [2, 5] == lone_brackets("ab( x] (c)")
