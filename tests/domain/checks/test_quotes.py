from __future__ import annotations

import pytest

from service.domain.checks import Pair, Severity
from service.domain.checks.edits import MOST_PLACES
from service.domain.checks.quotes import QuotesLost, QuotesStyle
from service.domain.fixes import apply_fixes
from service.domain.text import CodedText
from tests.domain.checks.pairs import found

NB, NN = "\u00a0", "\u202f"

GOOD = {
    "fr": [
        f"Il dit «{NB}oui{NB}».",
        f"«{NB}Il a dit “oui”, dit-elle.{NB}»",
        f"«{NB}Il a dit «{NB}oui{NB}»{NB}»",
        f"«{NN}oui{NN}»",
        "« oui »",
        "L’accord d'État n’est pas ‘prêt’.",
        f"suite “mot” et fin{NB}».",
        f"«{NB}début “mot” sans fin",
        "‹ oui ›",
        "Bonjour.",
    ],
    "de": [
        "Er sagt „ja“.",
        "Er sagt »ja«.",
        "„Er sagte ‚ja‘, sagt sie.“",
        "„Er sagte »ja«, sagt sie.“",
        "Wort“ und „mehr",
        "Wort“ und „mehr“",
        "Das ist Hans' Haus, geht’s?",
        "›ja‹ und ›nein‹",
        "„a“, „b“ und „c“",
        "Guten Tag.",
    ],
    "en": [
        "He says “yes”.",
        "He says ‘yes’.",
        "“He said ‘yes’,” she says.",
        "‘He said “yes”,’ she says.",
        "“An opening without an end",
        "the end of it.”",
        "It's James' house; don't go.",
        "rock ’n’ roll in the ’90s",
        "“a”, “b” and “c”",
        "Good day.",
    ],
}
# What is written, what it becomes (None: nobody can tell), and whether its marks are another language's.
WARNING, INFO = Severity.WARNING, Severity.INFO
BAD = {
    "fr": [
        ("Il dit “oui”.", f"Il dit «{NB}oui{NB}».", WARNING),
        ("Il dit „oui“.", f"Il dit «{NB}oui{NB}».", WARNING),
        ("Il dit „oui”.", f"Il dit «{NB}oui{NB}».", WARNING),
        ("Il dit “ oui ”.", f"Il dit «{NB}oui{NB}».", WARNING),
        (f"Il dit “{NN}oui{NN}”.", f"Il dit «{NN}oui{NN}».", WARNING),
        ('Il dit "oui".', f"Il dit «{NB}oui{NB}».", INFO),
        (f'«{NB}Il dit "oui".{NB}»', f"«{NB}Il dit “oui”.{NB}»", INFO),
        ('"Oui"', f"«{NB}Oui{NB}»", INFO),
        ('L\'"oui" et (le "non")', f"L'«{NB}oui{NB}» et (le «{NB}non{NB}»)", INFO),
        ("“Il a dit „oui“.”", f"«{NB}Il a dit “oui”.{NB}»", WARNING),
        ('Il dit "oui', None, INFO),
        ('Un "écran" de 15" plat', None, INFO),
    ],
    "de": [
        ("Er sagt “ja”.", "Er sagt „ja“.", WARNING),
        (f"Er sagt «{NB}ja{NB}».", "Er sagt „ja“.", WARNING),
        ("Er sagt «ja».", "Er sagt „ja“.", WARNING),
        ("Er sagt „ja”.", "Er sagt „ja“.", WARNING),
        ("Er sagt “ ja ”.", "Er sagt „ja“.", WARNING),
        ('Er sagt "ja".', "Er sagt „ja“.", INFO),
        ('„Er sagte "ja".“', "„Er sagte ‚ja‘.“", INFO),
        ('"Ja", sagt er, "gut."', "„Ja“, sagt er, „gut.“", INFO),
        ("„Er sagte «ja».“", "„Er sagte ‚ja‘.“", WARNING),
        ('(das "Ja")', "(das „Ja“)", INFO),
        ('Er sagt "ja', None, INFO),
    ],
    "en": [
        ("He says „yes“.", "He says “yes”.", WARNING),
        ("He says „yes”.", "He says “yes”.", WARNING),
        (f"He says «{NB}yes{NB}».", "He says “yes”.", WARNING),
        ("He says « yes ».", "He says “yes”.", WARNING),
        ("He says »yes«.", "He says “yes”.", WARNING),
        ('He says "yes".', "He says “yes”.", INFO),
        ('"Yes," he says, "it\'s good."', "“Yes,” he says, “it's good.”", INFO),
        ('“He said "yes".”', "“He said ‘yes’.”", INFO),
        ('the "yes"—and the "no"', "the “yes”—and the “no”", INFO),
        ("“He said «yes».”", "“He said ‘yes’.”", WARNING),
        ('A 15" screen and a "word"', None, INFO),
    ],
}


def good() -> list[tuple[str, str]]:
    return [(locale, target) for locale, targets in GOOD.items() for target in targets]


def bad() -> list[tuple[str, str, str | None, Severity]]:
    return [(locale, *row) for locale, table in BAD.items() for row in table]


@pytest.mark.parametrize("locale, target", good())
def test_the_marks_of_the_language_pass(locale: str, target: str) -> None:
    assert [] == [str(finding) for finding in found(QuotesStyle(), "x", target, locale)]


@pytest.mark.parametrize("locale, target, right, severity", bad())
def test_other_marks_are_told_and_mended_where_they_are_in_pairs(
    locale: str, target: str, right: str | None, severity: Severity
) -> None:
    findings = found(QuotesStyle(), "x", target, locale)

    assert {("quotes_style", severity)} == {(finding.code, finding.severity) for finding in findings}
    assert (right or target) == apply_fixes(target, findings)
    assert (right is None) == all(finding.fix is None for finding in findings)


def test_swiss_german_has_guillemets() -> None:
    assert [] == found(QuotesStyle(), "x", "Er sagt «ja».", "de-CH")


def test_an_unknown_language_has_any_marks() -> None:
    assert [] == found(QuotesStyle(), "x", 'Dice "sí" y “no”.', "es")


def test_a_finding_spans_its_quotation_and_keeps_its_markers() -> None:
    target = "Er sagt {1}“{2}ja{/2}”{/1}."

    (finding,) = found(QuotesStyle(), "x", target, "de", coded=True)

    assert finding.target_span
    assert "“{2}ja{/2}”" == target[slice(*finding.target_span)]
    assert "„{2}ja{/2}“" == finding.fix
    assert "Quotations stand in „ “ in this language, not in “ ”." == str(finding)


def test_many_quotations_are_told_together() -> None:
    target = '"a" ' * 100

    findings = found(QuotesStyle(), "x", target, "en")

    assert MOST_PLACES == len(findings)
    assert "“a” " * 100 == apply_fixes(target, findings)


def lost(pairs: list[tuple[str, str]], locale: str = "fr") -> list[tuple[int, str]]:
    return [
        (place, str(finding))
        for place, finding in QuotesLost().find(
            [Pair(CodedText(source), target, "nl", locale) for source, target in pairs]
        )
    ]


@pytest.mark.parametrize(
    "pairs, locale",
    [
        ([("“Ja.”", f"«{NB}Oui.{NB}»")], "fr"),
        ([("“Ja.", f"«{NB}Oui."), ("Nee.”", f"Non.{NB}»")], "fr"),
        ([("“Ja. Nee.”", "« Oui. »"), ("Ja.", "« Oui. »"), ("“Nee.”", "Non.")], "fr"),
        ([("‘Ja’ en ‘nee’", "„Ja“ und „nein“")], "de"),
        ([("'Ja' en 's avonds", "„Ja“ und abends")], "de"),
        ([("“Zij zei ‘ja’”", "„Sie sagte ‚ja‘“")], "de"),
        ([("'Ja', zei hij", '"Yes," he said')], "en"),
        ([("zo’n auto’s", "don't, it’s the ’90s")], "en"),
        ([("'Ja. ", '"Yes.'), ("Nee.'", 'No."')], "en"),
        ([("“Ja” en “nee”", ""), ("“Ja”", "“Yes”")], "en"),
    ],
)
def test_as_many_quotations_pass_wherever_they_stand(pairs: list[tuple[str, str]], locale: str) -> None:
    assert [] == lost(pairs, locale)


@pytest.mark.parametrize(
    "pairs, locale, place, sentence",
    [
        ([("a", "a"), ("“Ja.”", "Oui.")], "fr", 1, "Quotations were lost: the source has 1, this version 0."),
        ([("“Ja.", "Oui."), ("Nee.”", "Non.")], "fr", 0, "Quotations were lost: the source has 1, this version 0."),
        ([("Ja.", f"«{NB}Oui.{NB}»")], "fr", 0, "Quotations were added: the source has 0, this version 1."),
        ([("‘Ja’ en ‘nee’", "„Ja“ und nein")], "de", 0, "Quotations were lost: the source has 2, this version 1."),
        ([("“Zij zei ‘ja’”", "„Sie sagte ja“")], "de", 0, "Quotations were lost: the source has 2, this version 1."),
        ([("'Ja' en 's avonds", "Ja und abends")], "de", 0, "Quotations were lost: the source has 1, this version 0."),
        ([("“Ja”", "‘Yes’ and ‘no’")], "en", 0, "Quotations were added: the source has 1, this version 2."),
    ],
)
def test_a_lost_or_added_quotation_is_told_at_its_segment(
    pairs: list[tuple[str, str]], locale: str, place: int, sentence: str
) -> None:
    assert [(place, sentence)] == lost(pairs, locale)
