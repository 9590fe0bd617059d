"""Texts that mean the checks ill: no pattern takes more than time in proportion to their length."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from itertools import count, cycle
from random import Random
from time import process_time

import pytest

from service.domain.checks import CHECKS, DOCUMENT_CHECKS, Pair, run_checks
from service.domain.checks.too_long import LONGEST_CHECKED
from service.domain.text import CodedText, CodeKind, InlineCode

MEGABYTE = 1_000_000
CODES = (InlineCode(1, CodeKind.BOLD),)
MARKS = " \u00a0.,;:!?…'’\"“”„«»‘()[]{}–-/%€@#&*+=<>|\\"
PARTS = [
    *(
        " ",
        "\u00a0",
        "\u202f",
        ".",
        ",",
        ";",
        ":",
        "!",
        "?",
        "?!",
        "…",
        "... ",
        "-",
        "–",
        "- ",
        "/",
        "%",
        "€",
        "@",
        "_",
    ),
    *("'", "’", "‘", '"', '" ', "“", "„", "« ", "»", "(", ")", "[", "{", "(a) ", "a) "),
    *("1", "1 ", "1.", "1,", "1:", "5%", "000 ", "12.500 ", "1/2/", "I", "½", "+1 ", "0 ", "1 mei "),
    *("A", "Ab ", "AB ", "a", "a,", "a ,", " a", "a@", "a.be/", "www.", "https://", "een ", "niet ", "de ", "M. A"),
    *("{1}", "{/1}", "{1", "é", "e\u0301", "\ufffc"),
]
LENGTH = LONGEST_CHECKED // 2
QUICK_SECONDS = 0.3  # below this no law of growth shows, and none does harm
MOST_GROWTH = 3  # for twice the text; a square law has 4
MARKS_AT_RANDOM = "".join(Random(1).choices(MARKS, k=LONGEST_CHECKED))


NUMBERS = count(10_000)


def pair_of(part: str, length: int, locale: str) -> Pair:
    """Return a pair that was never read before, for what was is kept."""
    number = str(next(NUMBERS))
    text = (number + part * (length // len(part) + 1))[: length - 1]
    return Pair(CodedText(text, CODES), f"{text}1", "nl", locale)


@pytest.fixture(autouse=True)
def _no_collecting() -> Iterator[None]:
    """Let nobody look for garbage meanwhile: that takes the longer the more the whole test run keeps."""
    gc.disable()
    yield
    gc.enable()


def seconds(part: str, length: int, locale: str) -> dict[str, float]:
    """Return the time that each check takes; what several ask the pair for is counted with the first of them."""
    pair = pair_of(part, length, locale)
    taken = {}
    for check in CHECKS:
        began = process_time()
        list(check.find(pair))
        taken[check.code] = process_time() - began
    for whole in DOCUMENT_CHECKS:
        began = process_time()
        list(whole.find([pair]))
        taken[whole.code] = process_time() - began
    return taken


@pytest.mark.parametrize(
    "part, locale",
    list(zip([*PARTS, MARKS_AT_RANDOM], cycle(["fr", "de", "en"]), strict=False)),
    ids=lambda value: repr(value[:9]),
)
def test_each_check_takes_time_in_proportion_to_the_text(part: str, locale: str) -> None:
    whole = seconds(part, LENGTH, locale)
    slow = {code for code, taken in whole.items() if taken > QUICK_SECONDS}
    half = seconds(part, LENGTH // 2, locale) if slow else {}

    # A second look, for another program may have held up the first.
    steep = {code for code in slow if whole[code] > MOST_GROWTH * half[code]}
    again = (seconds(part, LENGTH, locale), seconds(part, LENGTH // 2, locale)) if steep else ({}, {})
    assert [] == [code for code in sorted(steep) if again[0][code] > MOST_GROWTH * again[1][code]]


@pytest.mark.parametrize("part", [*PARTS, MARKS_AT_RANDOM], ids=lambda part: repr(part[:9]))
def test_a_megabyte_is_answered_within_a_second(part: str) -> None:
    pair = pair_of(part, MEGABYTE, "fr")
    began = process_time()

    findings = run_checks(pair.source, pair.target, source_locale="nl", target_locale="fr")

    assert process_time() - began < 1
    assert ["too_long"] == [finding.code for finding in findings]
