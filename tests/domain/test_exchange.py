"""Which texts of a translator's file are taken, and why others are not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from service.domain.drafts import OriginKind
from service.domain.exchange import Refusal, ReturnedText, ReturnedUnit, SentUnit, as_sent, judged, printable
from service.domain.text import BlockKind, CodedText, CodeKind, InlineCode
from service.domain.workflow import UnitState

CODES = (InlineCode(1, CodeKind.BOLD), InlineCode(2, CodeKind.BREAK))
SOURCE = CodedText("De {1}brug{/1}{2/}gaat open.", CODES)
TARGET = "Le {1}pont{/1}{2/}ouvre."
NEW = "Le {1}grand pont{/1}{2/}ouvre."

UNIT = SentUnit(
    id="unt_1",
    n=4,
    block="blk_1",
    kind=BlockKind.PARAGRAPH,
    source=SOURCE,
    target=TARGET,
    state=UnitState.TRANSLATED,
    origin=OriginKind.MT,
    engine="libretranslate",
    score=None,
    draft=TARGET,
    row_version=2,
    source_hash="aa",
)


def returned(text: str | None, *codes: str, source: str = SOURCE.text, **rest: Any) -> ReturnedUnit:
    target = None if text is None else ReturnedText(text, frozenset(codes))
    made = ReturnedUnit("unt_1", ReturnedText(source), target, row_version=2, source_hash="aa")
    return replace(made, **rest)


def code_of(verdict: str | Refusal | None) -> str:
    assert isinstance(verdict, Refusal), verdict
    assert str(verdict.reason)
    return verdict.reason.code


@pytest.mark.parametrize(
    "text", [NEW, f" {NEW}\n", "{1}Pont{/1}{2/}", "{2/}Ouvre {1}le pont{/1}", "Le\u00ad {1}a{/1}{2/}"]
)
def test_a_new_text_with_the_codes_of_its_source_is_taken(text: str) -> None:
    assert text.strip() == judged(returned(text, "1", "2"), UNIT)


def test_a_returned_text_stands_on_one_line() -> None:
    assert NEW == judged(returned(NEW.replace(" ", "\r\n\t", 1)), UNIT)


@pytest.mark.parametrize("text", [TARGET, f"\n {TARGET} ", TARGET.replace(" ", "\n")])
def test_the_text_that_stands_brings_nothing_new(text: str) -> None:
    assert judged(returned(text), UNIT) is None


def test_the_text_that_stands_brings_nothing_new_whatever_happened_meanwhile() -> None:
    moved = returned(TARGET, source="Anders", row_version=9, source_hash="bb")

    assert judged(moved, UNIT) is None


def test_an_empty_unit_that_comes_back_empty_is_the_same() -> None:
    assert judged(returned(None), replace(UNIT, target="")) is None


def test_a_text_whose_codes_were_mended_for_the_file_brings_nothing_new() -> None:
    unit = replace(UNIT, target="Le {1}pont\r\n{2/}{2/}\x01 ouvre ")

    assert judged(returned("Le {1}pont\n{2/} ouvre {/1}"), unit) is None


def test_a_text_that_a_tool_only_broke_anew_by_soft_hyphens_brings_nothing_new() -> None:
    assert judged(returned(TARGET[:2] + "\u00ad\u200b" + TARGET[2:]), UNIT) is None


@pytest.mark.parametrize(
    "file, code",
    [
        (returned(None), "empty_target"),
        (returned(" \n"), "empty_target"),
        (returned(NEW, source_hash=None), "undated"),
        (returned(NEW, row_version=None), "undated"),
        (returned(NEW, source_hash="bb"), "source_changed"),
        (returned(NEW, source="De {1}brug{/1}{2/}gaat niet open."), "source_changed"),
        (returned(NEW, row_version=1), "stale"),
        (returned(NEW, row_version=3), "stale"),
        (returned(NEW + "\x01"), "bad_characters"),
        (returned(NEW + "\u202e"), "bad_characters"),
        (returned(NEW, "1", "2", "7"), "codes_unknown"),
        (returned(NEW, "1", "2", "lost"), "codes_unknown"),
        (returned("Le pont ouvre."), "codes_missing"),
        (returned("Le {1}pont{/1} ouvre."), "codes_missing"),
        (returned("Le {1}pont{2/}ouvre."), "codes_missing"),
        (returned(NEW + "{2/}"), "codes_doubled"),
        (returned(NEW + "{1}{/1}"), "codes_doubled"),
        (returned("{/1}Le {1}pont{2/}ouvre."), "codes_misplaced"),
        (returned("Le pont{1}{/1}{2/}ouvre."), "codes_misplaced"),
    ],
)
def test_what_is_refused_and_why(file: ReturnedUnit, code: str) -> None:
    assert code == code_of(judged(file, UNIT))


def test_a_refusal_names_what_is_wrong() -> None:
    missing = judged(returned("Le pont ouvre."), UNIT)
    unwanted = judged(returned(NEW + "\x01\x07"), UNIT)

    assert isinstance(missing, Refusal)
    assert isinstance(unwanted, Refusal)
    assert ("unt_1", 4, {"marks": "{1} {/1} {2/}"}) == (missing.unit, missing.n, missing.reason.facts)
    assert {"characters": "U+0001, U+0007"} == unwanted.reason.facts


def test_only_a_stale_text_comes_with_both_sides() -> None:
    stale = judged(returned(NEW, row_version=1), UNIT)
    other = judged(returned("Le pont ouvre."), UNIT)

    assert isinstance(stale, Refusal)
    assert isinstance(other, Refusal)
    assert (NEW, TARGET) == (stale.mine, stale.theirs)
    assert (None, None) == (other.mine, other.theirs)


def test_white_space_in_the_files_source_is_no_change() -> None:
    assert NEW == judged(returned(NEW, source="De  {1}brug{/1}{2/}gaat\n open. "), UNIT)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("{1}a{/1} {1}b{/1}", "{1}a{/1} b"),
        ("{2/}{2/}", "{2/}"),
        ("{/1}a{1}b", "a{1}b{/1}"),
        ("a\r\nb\rc\x00\x1f\ufffe", "a\nb\nc"),
        (" {9} ", "{9}"),
    ],
)
def test_a_text_as_a_file_can_hold_it(text: str, expected: str) -> None:
    assert expected == as_sent(CodedText(text, CODES))


def test_a_title_as_a_file_can_hold_it() -> None:
    assert "Een\tbrug" == printable("\x02Een\tbr\ufffeug")
