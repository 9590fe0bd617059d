from __future__ import annotations

import pytest

from service.domain.checks.base import Finding, Pair, Severity, Span
from service.domain.checks.codes import InlineCodes
from service.domain.text import CodedText, CodeKind, InlineCode

CODES = (
    InlineCode(1, CodeKind.BOLD),
    InlineCode(2, CodeKind.LINK, "https://example.be"),
    InlineCode(3, CodeKind.BREAK),
    InlineCode(4, CodeKind.LINK, "https://example.be/4"),
)


def findings(source: str, target: str) -> list[Finding]:
    return list(InlineCodes().find(Pair(CodedText(source, CODES), target, "nl", "fr")))


@pytest.mark.parametrize(
    "source, target",
    [
        ("{1}vet{/1}", "{1}gras{/1}"),
        ("een {1}vet{/1} woord", "un mot {1}gras{/1}"),
        ("{1}a{/1} {2}b{/2}", "{2}b{/2} {1}a{/1}"),
        ("{1}a {2}b{/2}{/1}", "{1}{2}b{/2} a{/1}"),
        ("{1}a {2}b{/2}{/1}", "{2}{1}b{/1} a{/2}"),
        ("a{3/}b", "a{3/}b"),
        ("{1}a{3/}b{/1}", "{1}a{/1}{3/}b"),
        ("geen", "aucun"),
        ("{7} typte de auteur", "{8} a écrit l’auteur"),
        ("a{1}{/1}", "{1}{/1}a"),
        ("{1}{2}a{/2}{/1}", "{1}{2}b{/2}{/1}"),
    ],
)
def test_the_same_marks_in_any_order_pass(source: str, target: str) -> None:
    assert [] == findings(source, target)


@pytest.mark.parametrize(
    "source, target, marks",
    [
        ("{1}vet{/1}", "{1}gras", ["{/1}"]),
        ("{1}vet{/1}", "gras{/1}", ["{1}"]),
        ("{1}vet{/1}", "gras", ["{1}", "{/1}"]),
        ("a{3/}b", "ab", ["{3/}"]),
        ("{1}a{/1} {2}b{/2}", "{1}a{/1} b", ["{2}", "{/2}"]),
        ("{1}vet{/1}", "{1}gras{/1}{/1}", ["{/1}"]),
        ("{1}vet{/1}", "{1}gras{/1} {2}lien{/2}", ["{2}", "{/2}"]),
        ("a{3/}b", "a{3/}{3/}b", ["{3/}"]),
        ("{1}vet{/1}", "{/1}gras{1}", ["{/1}", "{1}"]),
        ("{1}a{/1} {2}b{/2}", "{1}a {2}b{/1}{/2}", ["{/1}", "{1}"]),
        ("{1}vet{/1}", "{2}gras{/2}", ["{1}", "{/1}", "{2}", "{/2}"]),
    ],
)
def test_a_mark_that_is_missing_extra_or_misplaced_is_an_error(source: str, target: str, marks: list[str]) -> None:
    found = findings(source, target)

    assert sorted(marks) == sorted({finding.facts["marker"] for finding in found})
    assert {("inline_codes", Severity.ERROR)} == {(finding.code, finding.severity) for finding in found}


@pytest.mark.parametrize("target", ["{1}{/1}lang", "{1} {/1}lang", "{1}\u00a0{/1}lang"])
def test_a_pair_with_no_words_in_it_is_an_error(target: str) -> None:
    (found,) = findings("{1}lang{/1}", target)

    assert ({"marker": "{1}"}, Span(0, 3)) == (found.facts, found.target_span)


def test_a_link_within_a_link_is_an_error() -> None:
    (found,) = findings("{2}een{/2} {4}twee{/4}", "{2}{4}un{/4} deux{/2}")

    assert ("{4}", Span(3, 6)) == (found.facts["marker"], found.target_span)


def test_a_missing_mark_is_shown_in_the_source() -> None:
    (found,) = findings("een {1}vet{/1} woord", "un {1}mot gras")

    assert (Span(10, 14), None) == (found.source_span, found.target_span)


def test_an_extra_mark_is_mended_by_leaving_it_out() -> None:
    (found,) = findings("{1}vet{/1}", "{1}gras{/1}{/1}")

    assert (Span(11, 15), "") == (found.target_span, found.fix)


def test_a_source_that_is_out_of_order_asks_no_order() -> None:
    assert [] == findings("{/1}a{1}", "{1}b{/1}")
    assert [] == findings("{/1}a{1}", "{/1}b{1}")
