"""Every way of saving past an error ends before the approval: it is refused as long as the error stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from service.domain.checks import CHECKS, Finding, Pair, Severity
from service.domain.concepts import ConceptDraft, TermDraft
from service.domain.drafts import DraftedUnit, DraftResult, Origin, OriginKind
from service.domain.errors import Refused
from service.domain.exchange import ReturnedText, ReturnedUnit
from service.operations.alternatives import ask_alternative, take_alternative
from service.operations.approvals import approve_version
from service.operations.check_settings import set_severity
from service.operations.claiming_alternatives import claim_alternative, save_alternative
from service.operations.dismissals import dismiss_finding, take_up_finding
from service.operations.exchange import take_in
from service.operations.matches import take_match
from service.operations.publishing import publish_due, request_publication
from service.operations.review import confirm_all, edit_unit
from service.operations.terms import add_concept
from service.queries.exchange import sent_version
from service.queries.unit_matches import unit_matches
from service.storage.models import Release
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.checking_steps import (
    COST,
    RIGHT,
    WRONG,
    SameStart,
    check,
    findings,
    in_french,
    open_codes,
    put,
    same_start,
)
from tests.operations.making import approve, text_of
from tests.operations.memory_filling import put_in
from tests.operations.steps import act, states, version_of

__all__ = ["same_start"]


@pytest.fixture
def release_id(desk: Desk, people: People) -> str:
    """A release in review in French, without a fault."""
    return in_french(desk, people)


def refusal(desk: Desk, people: People, release_id: str, digest: str | None = None) -> list[str]:
    """Return why an approval is refused; empty where it is given."""
    wanted = digest or text_of(desk, release_id, "fr").digest
    try:
        act(desk, people.reviewer, approve_version, release_id, "fr", digest=wanted)
    except Refused as error:
        return [reason.code for reason in error.reasons]
    return []


def by_saving(desk: Desk, people: People, release_id: str) -> None:
    put(desk, people, release_id, WRONG)


def by_confirming_it(desk: Desk, people: People, release_id: str) -> None:
    unit = text_of(desk, release_id, "fr").units[1]
    with desk.begin(people.second_reviewer) as work:
        edit_unit(work, release_id, "fr", unit.id, row_version=unit.row_version, target=WRONG, state="reviewed")


def by_confirming_all(desk: Desk, people: People, release_id: str) -> None:
    put(desk, people, release_id, WRONG)
    act(desk, people.second_reviewer, confirm_all, release_id, "fr")


def by_a_file(desk: Desk, people: People, release_id: str) -> None:
    with desk.begin(people.second_reviewer) as work:
        release = work.session.get_one(Release, release_id)
        version = version_of(desk, release_id, "fr")
        unit = sent_version(work.session, release, version).units[1]
        texts = ReturnedText(unit.source.text), ReturnedText(WRONG)
        returned = ReturnedUnit(unit.id, *texts, unit.row_version, unit.source_hash)
        taken = take_in(work, release_id, "fr", [returned])
    assert 1 == len(taken.changed), taken


def by_a_match(desk: Desk, people: People, release_id: str) -> None:
    put_in(desk, [(COST, "fr", WRONG)])
    unit = text_of(desk, release_id, "fr").units[1]
    with desk.begin(people.second_reviewer) as work:
        release = work.session.get_one(Release, release_id)
        version = version_of(desk, release_id, "fr")
        offered = unit_matches(work.session, work.actor, release, version, work.now, unit_id=unit.id)[unit.id]
        take_match(work, release_id, "fr", unit.id, offered[0].unit_id, row_version=unit.row_version)


def by_another_draft(desk: Desk, people: People, release_id: str) -> None:
    unit = text_of(desk, release_id, "fr").units[1]
    asked = act(desk, people.second_reviewer, ask_alternative, release_id, "fr", unit.id, engine="deepl").id
    with desk.begin() as work:
        claimed = claim_alternative(work, asked)
    assert claimed is not None
    made = DraftedUnit(unit.id, WRONG, Origin(OriginKind.MT, engine="deepl"))
    with desk.begin() as work:
        assert save_alternative(work, asked, claimed.draft.token, DraftResult((made,), (), ()))
    act(
        desk,
        people.second_reviewer,
        take_alternative,
        release_id,
        "fr",
        unit.id,
        asked,
        row_version=unit.row_version,
    )


def by_switching_the_check_off_and_on(desk: Desk, people: People, release_id: str) -> None:
    act(desk, people.admin, set_severity, "numbers", "off")
    put(desk, people, release_id, WRONG)
    check(desk)
    assert [] == open_codes(desk, release_id)
    act(desk, people.admin, set_severity, "numbers", "default")


def by_weighing_it_less_for_a_while(desk: Desk, people: People, release_id: str) -> None:
    act(desk, people.admin, set_severity, "numbers", "info")
    by_confirming_all(desk, people, release_id)
    act(desk, people.admin, set_severity, "numbers", "error")


def by_taking_up_what_was_put_aside(desk: Desk, people: People, release_id: str) -> None:
    put(desk, people, release_id, WRONG)
    found = findings(desk, release_id)[0]
    act(desk, people.second_reviewer, dismiss_finding, release_id, "fr", found.id, "Klopt zo.")
    act(desk, people.second_reviewer, take_up_finding, release_id, "fr", found.id)


def by_an_older_dismissal(desk: Desk, people: People, release_id: str) -> None:
    put(desk, people, release_id, WRONG)
    found = findings(desk, release_id)[0]
    act(desk, people.second_reviewer, dismiss_finding, release_id, "fr", found.id, "Klopt zo.")
    put(desk, people, release_id, RIGHT)
    put(desk, people, release_id, WRONG)


def while_a_publication_is_scheduled(desk: Desk, people: People, release_id: str) -> None:
    approve(desk, people.reviewer, release_id)
    act(desk, people.publisher, request_publication, release_id)
    put(desk, people, release_id, WRONG)


WAYS: dict[str, Callable[[Desk, People, str], None]] = {
    way.__name__: way
    for way in (
        by_saving,
        by_confirming_it,
        by_confirming_all,
        by_a_file,
        by_a_match,
        by_another_draft,
        by_switching_the_check_off_and_on,
        by_weighing_it_less_for_a_while,
        by_taking_up_what_was_put_aside,
        by_an_older_dismissal,
    )
}


@pytest.mark.parametrize("checked", [False, True])
@pytest.mark.parametrize("way", WAYS)
def test_no_way_of_saving_past_an_error_leads_to_an_approval(
    desk: Desk, people: People, release_id: str, way: str, *, checked: bool
) -> None:
    WAYS[way](desk, people, release_id)
    if checked:
        check(desk)

    assert ["open_findings"] == refusal(desk, people, release_id)
    assert {"fr": "in_review"} == states(desk, release_id)


def test_the_digest_of_the_text_without_the_error_approves_nothing(desk: Desk, people: People, release_id: str) -> None:
    good = text_of(desk, release_id, "fr").digest
    put(desk, people, release_id, WRONG)

    assert ["open_findings", "wrong_digest"] == refusal(desk, people, release_id, good)


def test_a_rule_that_became_an_error_after_the_check_stops_the_approval(
    desk: Desk, people: People, release_id: str
) -> None:
    act(desk, people.admin, set_severity, "numbers", "warning")
    put(desk, people, release_id, WRONG)
    check(desk)
    assert {"warning"} == {one.severity for one in findings(desk, release_id)}
    act(desk, people.admin, set_severity, "numbers", "error")

    assert ["open_findings"] == refusal(desk, people, release_id)


def test_a_warning_alone_stops_nothing(desk: Desk, people: People, release_id: str) -> None:
    act(desk, people.admin, set_severity, "numbers", "warning")
    put(desk, people, release_id, WRONG)

    assert [] == refusal(desk, people, release_id)


def test_what_only_the_whole_shows_stops_an_approval_that_no_worker_came_before(
    desk: Desk, people: People, release_id: str, same_start: SameStart
) -> None:
    object.__setattr__(same_start, "severity", Severity.ERROR)
    put(desk, people, release_id, "Un pont pour les piétons.", n=2)
    assert [] == open_codes(desk, release_id)

    assert ["open_findings"] == refusal(desk, people, release_id)


@dataclass(frozen=True)
class PreferredTerms:
    """A rule that every preferred term of the source stands in the target, letter for letter."""

    code: str = "preferred_terms"
    severity: Severity = Severity.ERROR

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield a finding for each term that is missing."""
        for hit in pair.term_hits:
            if hit.term.preferred not in pair.target:
                yield Finding(self.code, self.severity, "%(term)s is missing.", {"term": hit.term.preferred})


def test_a_term_that_came_between_check_and_approval_stops_the_approval(
    desk: Desk, people: People, release_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.domain.checks.CHECKS", (*CHECKS, PreferredTerms()))
    check(desk)
    act(desk, people.admin, add_concept, ConceptDraft((TermDraft("nl", "brug"), TermDraft("fr", "passerelle"))))
    assert [] == open_codes(desk, release_id)

    assert ["open_findings"] == refusal(desk, people, release_id)


def test_a_release_that_is_scheduled_does_not_leave_with_an_error(
    desk: Desk, people: People, clock: StillClock
) -> None:
    release_id = in_french(desk, people, embargo_at=clock.moment + timedelta(hours=1))
    while_a_publication_is_scheduled(desk, people, release_id)
    refused = refusal(desk, people, release_id)
    clock.forward(hours=2)

    with desk.begin() as work:
        publish_due(work, release_id)

    assert (["open_findings"], {"fr": "in_review"}) == (refused, states(desk, release_id))


def test_an_error_that_is_put_aside_with_a_reason_is_approved(desk: Desk, people: People, release_id: str) -> None:
    put(desk, people, release_id, WRONG)
    found = findings(desk, release_id)[0]
    act(desk, people.reviewer, dismiss_finding, release_id, "fr", found.id, "Klopt zo.")

    assert [] == refusal(desk, people, release_id)
