from __future__ import annotations

import pytest

from service.domain.checks import Severity, run_checks
from service.domain.checks.too_long import LONGEST_CHECKED, TooLong
from service.domain.fixes import apply_all
from service.domain.memory_files import LONGEST_TEXT
from service.domain.text import CodedText
from tests.domain.checks.pairs import found

LONG = "a" * (LONGEST_CHECKED + 1)
FITS = "a" * LONGEST_CHECKED


def test_what_a_person_may_save_is_checked() -> None:
    assert LONGEST_TEXT == LONGEST_CHECKED


@pytest.mark.parametrize("source, target", [(FITS, FITS), ("a", FITS), (FITS, "a"), ("", "")])
def test_what_is_no_longer_passes(source: str, target: str) -> None:
    assert [] == found(TooLong(), source, target)


@pytest.mark.parametrize(
    "source, target, sentence",
    [
        ("a", LONG, "The translation has 20001 characters; no more than 20000 can be checked."),
        (LONG, LONG, "The translation has 20001 characters; no more than 20000 can be checked."),
        (LONG, "a", "The source has 20001 characters; no more than 20000 can be checked."),
        (LONG, "", "The source has 20001 characters; no more than 20000 can be checked."),
    ],
)
def test_what_is_longer_blocks_and_nothing_else_is_told(source: str, target: str, sentence: str) -> None:
    (finding,) = run_checks(CodedText(source), target, source_locale="nl", target_locale="fr")

    assert ("too_long", Severity.ERROR, sentence) == (finding.code, finding.severity, str(finding))


def test_what_is_longer_is_not_mended() -> None:
    target = LONG + "  b"

    assert target == apply_all(CodedText("a"), target, source_locale="nl", target_locale="fr")
