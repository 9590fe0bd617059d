from __future__ import annotations

from time import process_time

import pytest

from service.domain.checks import (
    CHECKS,
    RULES_REVISION,
    Finding,
    Pair,
    Rules,
    Severity,
    Span,
    run_checks,
    run_document_checks,
)
from service.domain.text import CodedText, CodeKind, InlineCode

SOURCE = CodedText("De regering keurde {1}12.500 euro{/1} goed.", (InlineCode(1, CodeKind.BOLD),))


def codes_of(source: str, target: str, locale: str = "fr") -> list[str]:
    findings = run_checks(CodedText(source), target, source_locale="nl", target_locale=locale)
    return [finding.code for finding in findings]


def test_every_check_has_a_code_of_its_own() -> None:
    codes = [check.code for check in CHECKS]

    assert sorted(set(codes)) == sorted(codes)


def test_the_rules_bear_a_number() -> None:
    assert RULES_REVISION >= 1


@pytest.mark.parametrize(
    "locale, target",
    [
        ("fr", "Le gouvernement a approuvé {1}12\u00a0500 euros{/1}."),
        ("de", "Die Regierung hat {1}12.500 Euro{/1} genehmigt."),
        ("en", "The government approved {1}12,500 euros{/1}."),
    ],
)
def test_a_good_translation_has_no_findings(locale: str, target: str) -> None:
    findings = run_checks(SOURCE, target, source_locale="nl-BE", target_locale=locale)

    assert () == findings


def test_each_check_reports_and_in_the_order_of_the_catalogue() -> None:
    findings = run_checks(
        SOURCE, "Le gouvernement a approuvé 12\u00a0600 euros.", source_locale="nl", target_locale="fr"
    )

    assert ["inline_codes", "inline_codes", "numbers"] == [finding.code for finding in findings]


@pytest.mark.parametrize("target", ["", "  ", "\u00a0\n", "{1}{/1}", " {1} {/1} "])
def test_of_an_empty_target_only_that_is_told(target: str) -> None:
    findings = run_checks(SOURCE, target, source_locale="nl", target_locale="fr")

    assert [("empty", Severity.ERROR)] == [(finding.code, finding.severity) for finding in findings]


def test_nothing_is_asked_of_a_source_without_text() -> None:
    assert [] == codes_of("  ", "")


def test_a_finding_reads_as_a_sentence() -> None:
    (finding,) = run_checks(CodedText("12 mensen"), "13 personnes", source_locale="nl", target_locale="fr")

    assert "The source says “12”, the translation “13”." == str(finding)


def test_a_sentence_has_a_place_for_each_of_its_facts_and_no_other() -> None:
    targets = {"Er komen 3 bussen bij.": "4 " * 40, "Er komen 5 bussen bij.": "x", "één": "12", "twee": "drei drei"}

    findings = [
        finding
        for source, target in targets.items()
        for finding in run_checks(CodedText(source), target, source_locale="nl", target_locale="de")
    ]

    assert {"numbers", "length"} <= {finding.code for finding in findings}
    assert [] == [finding for finding in findings if "%(" in str(finding)]
    assert [] == [f for f in findings if any(f"%({name})" not in f.template for name in f.facts)]


def test_a_span_can_be_kept_as_plain_numbers() -> None:
    finding = Finding("x", Severity.INFO, "Look.", source_span=Span(1, 3))

    assert finding.source_span is not None
    assert [1, 3] == list(finding.source_span)


@pytest.mark.parametrize("severity", [Severity.ERROR, Severity.WARNING, Severity.INFO, None])
def test_a_finding_weighs_what_the_office_says(severity: Severity | None) -> None:
    rules = Rules(severities={"numbers": severity, "inconsistent": severity})
    source = CodedText("Er komen 12 bussen.")

    alone = run_checks(source, "Il y a 13 bus.", source_locale="nl", target_locale="fr", rules=rules)
    whole = run_document_checks(
        [Pair(source, target, "nl", "fr", rules) for target in ("Il y a 12 bus.", "On aura 12 bus.")]
    )

    assert [severity] * (severity is not None) == [one.severity for one in alone if one.code == "numbers"]
    assert {severity} - {None} == {one.severity for _, one in whole if one.code == "inconsistent"}


@pytest.mark.parametrize("part", ["1 ", "1.", "een ", "{1}", "a@", "I", "\u00bd", "12:", "mei 1 ", "+1 "])
def test_a_hostile_pair_takes_time_in_proportion_to_its_length(part: str) -> None:
    text = part * (20_000 // len(part))
    source = CodedText(text, (InlineCode(1, CodeKind.BOLD),))
    began = process_time()

    run_checks(source, text + "1", source_locale="nl", target_locale="fr")

    assert process_time() - began < 5  # a square law would need minutes
