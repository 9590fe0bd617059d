from __future__ import annotations

import string
import time

import pytest

from service.domain.checks import CHECKS, RULES_REVISION, Finding, Severity, Span, run_checks
from service.domain.text import CodedText


def test_every_check_has_a_code_of_its_own_and_a_known_severity() -> None:
    codes = [check.code for check in CHECKS]

    assert sorted(set(codes)) == sorted(codes)
    assert {"empty", "untranslated", "numbers", "inline_codes", "length"} <= set(codes)
    assert all(check.severity in Severity for check in CHECKS)


def test_the_rules_have_a_revision() -> None:
    assert RULES_REVISION >= 1


def test_findings_come_in_the_order_of_the_catalogue() -> None:
    findings = run_checks(CodedText("Er komen 3 bussen bij."), "4 " * 40, source_locale="nl", target_locale="fr")

    order = [check.code for check in CHECKS]
    assert {"numbers", "length"} == {finding.code for finding in findings}
    assert sorted((finding.code for finding in findings), key=order.index) == [finding.code for finding in findings]


def test_of_an_empty_target_nothing_else_is_told() -> None:
    findings = run_checks(CodedText("Er komen 3 bussen bij."), " ", source_locale="nl", target_locale="fr")

    assert ["empty"] == [finding.code for finding in findings]


def test_a_good_translation_has_no_findings() -> None:
    findings = run_checks(
        CodedText("Er komen 3 bussen bij."), "Trois bus s’ajoutent.", source_locale="nl", target_locale="fr"
    )

    assert () == findings


def test_a_sentence_has_a_place_for_each_of_its_facts_and_no_other() -> None:
    sources = {"Er komen 3 bussen bij.": "4 " * 40, "Er komen 5 bussen bij.": "x", "één": "12", "twee": "drei drei"}

    findings = [
        finding
        for source, target in sources.items()
        for finding in run_checks(CodedText(source), target, source_locale="nl", target_locale="de")
    ]

    assert findings
    for finding in findings:
        assert "%(" not in str(finding)
        named = {name for name in finding.facts if f"%({name})" in finding.template}
        assert set(finding.facts) == named


def test_a_finding_can_be_kept_as_plain_values() -> None:
    finding = Finding("x", Severity.INFO, "Look.", source_span=Span(1, 3))

    assert finding.source_span is not None
    assert [1, 3] == list(finding.source_span)


@pytest.mark.parametrize("piece", ["1 ", "a@", "{1}", "een ", string.ascii_lowercase, "(", "1.234."])
def test_a_hostile_text_takes_time_in_proportion_to_its_length(piece: str) -> None:
    text = piece * (50_000 // len(piece))
    began = time.process_time()

    run_checks(CodedText(text), f"{text}x", source_locale="nl", target_locale="fr")

    assert time.process_time() - began < 5
