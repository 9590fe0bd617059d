from __future__ import annotations

import unicodedata
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain.checks import CHECKS, Finding, FrenchSpacing, Pair, Rules, Severity, Span, run_checks
from service.domain.checks.edits import MOST_PLACES
from service.domain.fixes import TYPOGRAPHY, apply_all, apply_fix, apply_fixes
from service.domain.inline import markers
from service.domain.text import CodedText, CodeKind, InlineCode

NB, NN = "\u00a0", "\u202f"
NTREX = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "ntrex"
CODES = (InlineCode(1, CodeKind.BOLD), InlineCode(2, CodeKind.LINK, "https://example.org/"))
SOURCE = CodedText("{1}De minister{/1} zei: “12.500 mensen (25%) {2}komen{/2}!”", CODES)
RULES = (Rules(), Rules(french_spacing=FrenchSpacing.NARROW))


def letters_and_digits(text: str) -> str:
    return "".join(character for character in text if unicodedata.category(character)[0] in "LN")


def mend(target: str, locale: str, rules: Rules = RULES[0]) -> str:
    return apply_all(SOURCE, target, source_locale="nl", target_locale=locale, rules=rules)


def told(source: CodedText, target: str, locale: str, rules: Rules = RULES[0]) -> list[Finding]:
    """Return what those checks find of which fixes are made."""
    pair = Pair(source, target, "nl", locale, rules)
    return [finding for check in CHECKS if check.code in TYPOGRAPHY for finding in check.find(pair)]


def hold(source: CodedText, target: str, locale: str, rules: Rules = RULES[0]) -> None:
    """Hold a text to all that a fix promises."""
    whole = apply_all(source, target, source_locale="nl", target_locale=locale, rules=rules)
    again = apply_all(source, whole, source_locale="nl", target_locale=locale, rules=rules)
    findings = told(source, target, locale, rules)

    assert whole == again
    assert letters_and_digits(target) == letters_and_digits(whole)
    assert markers(target, source.codes) == markers(whole, source.codes)
    assert [] == [finding for finding in told(source, whole, locale, rules) if finding.fix is not None]
    for finding in findings if len(findings) < MOST_PLACES else ():
        if finding.fix is not None:
            left = told(source, apply_fix(target, finding), locale, rules)
            assert alike(left)[finding.code, finding.template] < alike(findings)[finding.code, finding.template]


def alike(findings: list[Finding]) -> Counter[tuple[str, str]]:
    return Counter((finding.code, finding.template) for finding in findings)


@pytest.mark.parametrize(
    "locale, target, right",
    [
        ("fr", 'Il dit  : "oui" .', f"Il dit{NB}: «{NB}oui{NB}»."),
        ("fr", "12.500 personnes ( 25% ) , ici", f"12{NB}500 personnes (25{NB}%), ici"),
        ("fr", "«  oui  »", f"«{NB}oui{NB}»"),
        ("fr", ' {1}"Non!"{/1} ', f"{{1}}«{NB}Non{NB}!{NB}»{{/1}}"),
        ("de", 'Er sagt "ja" , nicht « nein »  .', "Er sagt „ja“, nicht „nein“."),
        ("de", "12,500 Menschen (25 %)", f"12{NB}500 Menschen (25{NB}%)"),
        ("en", "He says „yes“ , twice  !", "He says “yes”, twice!"),
        ("en", "12.500 people", "12,500 people"),
        ("en", "He says “yes”.", "He says “yes”."),
    ],
)
def test_all_that_is_certain_is_put_right_at_once(locale: str, target: str, right: str) -> None:
    assert right == mend(target, locale)


def test_the_office_says_which_space_its_french_has() -> None:
    assert f"Oui{NN}! Dit{NB}: oui" == mend("Oui ! Dit : oui", "fr", RULES[1])


def test_a_check_that_the_office_silenced_mends_nothing() -> None:
    assert "Oui ! «oui»" == mend("Oui  ! «oui»", "fr", Rules(severities={"french_spacing": None}))


def test_only_the_checks_that_are_named_mend() -> None:
    mended = apply_all(SOURCE, "Oui  !", source_locale="nl", target_locale="fr", codes={"spaces"})

    assert "Oui !" == mended


def test_a_finding_without_a_fix_changes_nothing() -> None:
    assert "Oui" == apply_fix("Oui", Finding("x", Severity.INFO, "Look.", target_span=Span(0, 1)))
    assert "Oui" == apply_fix("Oui", Finding("x", Severity.INFO, "Look.", fix="non"))


def test_of_two_fixes_that_overlap_one_is_made() -> None:
    findings = [
        Finding("x", Severity.INFO, "Look.", target_span=Span(0, 3), fix="abc"),
        Finding("x", Severity.INFO, "Look.", target_span=Span(2, 5), fix="xyz"),
        Finding("x", Severity.INFO, "Look.", target_span=Span(6, 6), fix="!"),
    ]

    assert "01xyz5!6" == apply_fixes("0123456".replace("3456", "3456")[:7], findings)


MARKS = [" ", "  ", NB, NN, "\u2009", "\t", "\n", *"\"“”„«»›‹‘’'()[],.;:!?…%€-–/&@", " : ", " ?", ' "mot" ']
WORDS = [
    "a",
    "mot",
    "Été",
    "12",
    "500",
    "12.500",
    "12 500",
    "30",
    "14 h 30",
    "M.",
    "p.",
    "n°",
    "Nr.",
    "h",
    "km",
    "z. B.",
]
OTHERS = ["{1}", "{/1}", "{2}", "{/2}", "{9}", "www.example.be", "pers@example.be", "02 123 45 67"]
PARTS = st.sampled_from([*MARKS, *WORDS, *OTHERS])


@settings(max_examples=400, deadline=None)
@given(parts=st.lists(PARTS, max_size=14), locale=st.sampled_from(["fr", "de", "en"]), rules=st.sampled_from(RULES))
def test_fixes_come_to_rest_and_keep_words_figures_and_markers(parts: list[str], locale: str, rules: Rules) -> None:
    hold(SOURCE, "".join(parts), locale, rules)


def lines(locale: str) -> list[str]:
    if not NTREX.is_dir():
        pytest.skip("the human translations are not beside this checkout")
    return (NTREX / f"{locale}.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("locale", ["fr", "de", "en"])
def test_human_translations_keep_their_words_whatever_is_mended(locale: str) -> None:
    for source, target in zip(lines("nl"), lines(locale), strict=True):
        hold(CodedText(source), target, locale)


@pytest.mark.parametrize("locale", ["fr", "de", "en"])
def test_another_languages_typography_is_mended_without_touching_a_word(locale: str) -> None:
    """Every text is read as if it were in this language, which its marks and spaces then are not."""
    others = [line for other in ("fr", "de", "en", "nl") if other != locale for line in lines(other)[::4]]

    for source, target in pairwise(others):
        hold(CodedText(source), target, locale)


@pytest.mark.parametrize("locale", ["fr", "de", "en"])
def test_no_fix_but_a_terms_changes_a_letter_or_a_digit(locale: str) -> None:
    """Whatever check offers it: also for texts that are wrong, each read beside the sentence before its own."""
    sources = lines("nl")
    for source, target in [
        *zip(sources, lines(locale), strict=True),
        *zip(sources[1::3], lines(locale)[::3], strict=False),
    ]:
        coded = CodedText(source)
        for finding in run_checks(coded, target, source_locale="nl", target_locale=locale):
            if finding.fix is not None:
                assert letters_and_digits(target) == letters_and_digits(apply_fix(target, finding)), finding
