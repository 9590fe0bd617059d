"""What a check weighs in an office: set by administrators, on record, in force for the next save."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from service.domain.errors import Invalid, NotAllowed, NotFound
from service.operations.check_settings import set_severity
from service.queries.rules import office_severities
from service.storage.models import AuditEntry, CheckSetting
from service.uow import Desk
from tests.desk_fixtures import People
from tests.operations.steps import act, at_once


def test_a_severity_that_is_set_again_is_one_row(desk: Desk, people: People) -> None:
    for severity in ("warning", "info"):
        act(desk, people.admin, set_severity, "numbers", severity)

    with desk.read() as reading:
        row = reading.session.scalars(select(CheckSetting).where(CheckSetting.code == "numbers")).one()
    assert ("numbers", "info", people.admin.user_id) == (row.code, row.severity, row.set_by)


def test_two_who_set_a_severity_at_once_both_succeed(desk: Desk, people: People) -> None:
    def setting(severity: str) -> None:
        act(desk, people.admin, set_severity, "numbers", severity)

    results = at_once(lambda: setting("warning"), lambda: setting("off"))

    assert [None, None] == results


def test_every_change_is_audited_and_tells_the_workers(desk: Desk, people: People) -> None:
    with desk.begin(people.admin) as work:
        set_severity(work, "numbers", "off")
        nudged = work.nudge
    act(desk, people.admin, set_severity, "numbers", "default")

    with desk.read() as reading:
        entries = reading.session.scalars(
            select(AuditEntry).where(AuditEntry.action == "check.set").order_by(AuditEntry.number)
        ).all()
        assert "numbers" not in office_severities(reading.session)
    assert nudged
    assert [("numbers", "off"), ("numbers", "default")] == [(one.subject, one.facts["severity"]) for one in entries]


@pytest.mark.parametrize("who", ["author", "reviewer", "publisher", "auditor"])
def test_only_administrators_set_severities(desk: Desk, people: People, who: str) -> None:
    with pytest.raises(NotAllowed):
        act(desk, getattr(people, who), set_severity, "numbers", "off")


def test_what_is_no_check_and_what_is_no_severity_is_refused(desk: Desk, people: People) -> None:
    with pytest.raises(NotFound):
        act(desk, people.admin, set_severity, "spelling", "off")
    with pytest.raises(Invalid):
        act(desk, people.admin, set_severity, "numbers", "fatal")
