"""The rules of an office by name: another name when anything that findings depend on is another, and else the same."""

from __future__ import annotations

from dataclasses import replace

from service.domain.checks import RULES_REVISION, FrenchSpacing, Severity
from service.domain.checks.described import ALL_CHECKS
from service.domain.concepts import ConceptDraft, TermDraft
from service.operations.check_settings import set_severity
from service.operations.terms import add_concept
from service.queries.rules import OfficeRules, check_rows, office_rules
from service.uow import Desk
from tests.desk_fixtures import People
from tests.operations.steps import act
from tests.queries.test_statement_counts import statements


def rules(desk: Desk, target_locale: str = "fr", **office: object) -> OfficeRules:
    with desk.read() as reading:
        return office_rules(reading.session, replace(desk.office, **office), "nl", target_locale)  # type: ignore[arg-type]


def test_rules_are_named_the_same_until_something_changes(desk: Desk, people: People) -> None:
    before = rules(desk)

    assert before.revision == rules(desk).revision
    assert before.revision.startswith(f"{RULES_REVISION}.")
    assert len(before.revision) <= 40


def test_a_term_changes_the_rules_of_its_own_languages_alone(desk: Desk, people: People) -> None:
    before = {locale: rules(desk, locale).revision for locale in ("fr", "de", "en")}
    act(desk, people.admin, add_concept, ConceptDraft((TermDraft("nl", "raad"), TermDraft("de", "Rat"))))

    after = {locale: rules(desk, locale).revision for locale in ("fr", "de", "en")}

    assert {"de"} == {locale for locale in before if before[locale] != after[locale]}


def test_a_term_that_is_not_translated_changes_the_rules_of_every_language(desk: Desk, people: People) -> None:
    before = {locale: rules(desk, locale).revision for locale in ("fr", "de", "en")}
    act(desk, people.admin, add_concept, ConceptDraft((TermDraft("nl", "Bpost"),), do_not_translate=True))

    assert all(before[locale] != rules(desk, locale).revision for locale in before)


def test_a_severity_changes_the_rules_and_the_default_changes_them_back(desk: Desk, people: People) -> None:
    names = [rules(desk).revision]
    for severity in ("warning", "off", "default"):
        act(desk, people.admin, set_severity, "numbers", severity)
        names.append(rules(desk).revision)

    assert (3, names[0]) == (len(set(names)), names[-1])


def test_the_space_of_french_changes_the_rules_of_french_alone(desk: Desk) -> None:
    narrow = {"french_spacing": FrenchSpacing.NARROW}

    assert rules(desk).revision != rules(desk, **narrow).revision
    assert rules(desk, "de").revision == rules(desk, "de", **narrow).revision
    assert FrenchSpacing.NARROW is rules(desk, **narrow).rules.french_spacing


def test_the_rules_hold_what_the_office_set(desk: Desk, people: People) -> None:
    act(desk, people.admin, add_concept, ConceptDraft((TermDraft("nl", "raad"), TermDraft("fr", "conseil"))))
    act(desk, people.admin, set_severity, "numbers", "info")
    act(desk, people.admin, set_severity, "length", "off")

    found = rules(desk).rules

    assert (Severity.INFO, None) == (found.severities["numbers"], found.severities["length"])
    assert "inline_codes" not in found.severities
    assert found.terms is not None
    assert ["raad"] == [term.text for term in found.terms.terms]


def test_the_rules_cost_one_statement(lite_desk: Desk) -> None:
    rules(lite_desk)

    assert 1 == statements(lite_desk, lambda reading: office_rules(reading.session, lite_desk.office, "nl", "fr"))


def test_every_check_is_listed_with_what_it_does_and_weighs(desk: Desk, people: People) -> None:
    act(desk, people.admin, set_severity, "numbers", "warning")

    with desk.read() as reading:
        rows = {row.code: row for row in check_rows(reading.session)}

    assert [check.code for check in ALL_CHECKS] == list(rows)
    numbers = rows["numbers"]
    assert ("error", "warning", "warning", "Admin") == (
        numbers.default,
        numbers.setting,
        numbers.present,
        numbers.set_by,
    )
    assert (None, "warning") == (rows["length"].setting, rows["length"].present)
