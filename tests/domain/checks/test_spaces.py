from __future__ import annotations

import pytest

from service.domain.checks import Severity
from service.domain.checks.edits import MOST_PLACES
from service.domain.checks.spaces import Spaces
from service.domain.fixes import apply_fixes
from tests.domain.checks.pairs import found

NB, NN = "\u00a0", "\u202f"
ANY = ("fr", "de", "en")

GOOD = [
    (ANY, "a b, c. (d) e"),
    (ANY, "prix de 1,5 et 2.5"),
    (ANY, "les (a,1) et 2,4-D"),
    (ANY, "voir https://example.be/a,b et www.example.be/x,y"),
    (ANY, "un .be et des .docx"),
    (ANY, "a ... b"),
    (ANY, "a, b…, c"),
    (ANY, "x_1,y_2 ou a/b,c/d"),
    (ANY, f"a{NB}b"),
    (ANY, "a\nb"),
    (ANY, "de 5 ,- euros"),
    (("fr",), f"a{NB}: b{NN}; c{NB}! «{NB}d{NB}»"),
    (("fr",), "a : b ; c ?"),
    (("de", "en"), "a: b; c! d?"),
    (("de", "en"), "ein Sieg mit 3 : 1"),
    (("de", "en"), "see :-) and ;-)"),
]
# What is written, and what it becomes.
BAD = [
    (ANY, "a  b", "a b"),
    (ANY, "a   b  c", "a b c"),
    (ANY, f"a {NB}b", f"a{NB}b"),
    (ANY, f"a{NN} b", f"a{NN}b"),
    (ANY, " a b", "a b"),
    (ANY, f"a b{NB}", "a b"),
    (ANY, "a , b", "a, b"),
    (ANY, "a b .", "a b."),
    (ANY, f"a{NB}, b", "a, b"),
    (ANY, "a (b ) c", "a (b) c"),
    (ANY, "a ( b) c", "a (b) c"),
    (ANY, "mot,mot", "mot, mot"),
    (ANY, "a,b,c", "a, b, c"),
    (("de", "en"), "a : b", "a: b"),
    (("de", "en"), "a !", "a!"),
    (("de", "en"), f"a{NB}?", "a?"),
    (("de", "en"), "a ; b", "a; b"),
]


def rows(table: list[tuple[tuple[str, ...], str] | tuple[tuple[str, ...], str, str]]) -> list[tuple[str, ...]]:
    return [(locale, *texts) for locales, *texts in table for locale in locales]


@pytest.mark.parametrize("locale, target", rows([*GOOD]))
def test_spaces_where_they_belong_pass(locale: str, target: str) -> None:
    assert [] == [str(finding) for finding in found(Spaces(), "x", target, locale)]


@pytest.mark.parametrize("locale, target, right", rows([*BAD]))
def test_a_space_too_many_or_missing_is_a_warning_with_a_fix(locale: str, target: str, right: str) -> None:
    findings = found(Spaces(), "x", target, locale)

    assert {("spaces", Severity.WARNING)} == {(finding.code, finding.severity) for finding in findings}
    assert right == apply_fixes(target, findings)


@pytest.mark.parametrize(
    "target, span, sentence",
    [
        ("{1}a{/1} b  c", "  ", "There are two spaces where one belongs."),
        ("{1} a{/1}", " ", "There is a space at the edge of the translation."),
        ("{1}a{/1} , b", " ", "There is a space where none belongs."),
        ("{1}a{/1}b , c", " ", "There is a space where none belongs."),
        ("{1}a{/1}b,c", "", "A space is missing behind a comma."),
    ],
)
def test_a_finding_points_at_the_place_with_markers_counted(target: str, span: str, sentence: str) -> None:
    findings = found(Spaces(), "x", target, coded=True)

    assert [span] == [target[slice(*finding.target_span)] for finding in findings if finding.target_span]
    assert [sentence] == [str(finding) for finding in findings]


@pytest.mark.parametrize(
    "source, target, right",
    [(" x", " a", " a"), (" x", " a ", " a"), ("x ", "a ", "a "), ("{1} x{/1}", "{1} a{/1}", "{1} a{/1}")],
)
def test_an_edge_that_the_source_has_stays(source: str, target: str, right: str) -> None:
    assert right == apply_fixes(target, found(Spaces(), source, target, coded=True))


def test_many_places_are_told_together_and_mended_together() -> None:
    target = "a  " * 100 + "a"

    findings = found(Spaces(), "x", target)

    assert MOST_PLACES == len(findings)
    assert "a " * 100 + "a" == apply_fixes(target, findings)
