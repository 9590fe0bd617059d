"""What was found, put aside and approved before findings knew the name of their rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from service.dispatch import RecordingDispatcher
from service.domain.checks import Finding, Severity
from service.domain.checks.keys import finding_keys, pair_digest
from service.domain.text import CodedText
from service.storage.models import Approval, Dismissal, FindingRow, Publication, Version
from service.uow import Desk
from tests.desk_fixtures import StillClock, make_desk
from tests.storage.old_desks import MOMENT, OldDesk, upgrade

BEFORE = "0003"
SOURCE, TARGET = "De brug kostte 25 miljoen euro.", "Le pont a coûté 52 millions d’euros."
TEMPLATE = "The source says “%(source)s”, the translation “%(target)s”."
FACTS = {"source": "25", "target": "52"}


@pytest.fixture
def desk(old_url: str) -> Iterator[Desk]:
    """A desk whose findings were carried over: two that say the same, one of them put aside, and an approval."""
    old = OldDesk(old_url)
    old.segment(1, 0, CodedText(SOURCE))
    old.put("unit", id="unt_1", version_id="ver_1_fr", segment_id="seg_1_0", target=TARGET, state="translated")
    told = {"unit_id": "unt_1", "code": "numbers", "severity": "error", "template": TEMPLATE, "facts": FACTS}
    old.put("finding", id="fnd_1", rules_revision=2, source_span=[16, 18], **told)
    old.put(
        "finding",
        id="fnd_2",
        rules_revision=2,
        source_span=[20, 22],
        dismissed_by="usr_reviewer",
        dismissed_reason="Klopt zo.",
        dismissed_at=MOMENT + timedelta(microseconds=7),
        **told,
    )
    old.put("approval", id="apr_1", version_id="ver_1_fr", rules_revision=1, approved_by="usr_reviewer", digest="d")
    old.put("publication", id="pub_1", release_id="rel_1", version_id="ver_1_fr", approval_id="apr_1", locale="fr")
    old.database.dispose()
    upgrade(old_url, "head")
    made = make_desk(old_url, RecordingDispatcher(), StillClock())
    yield made
    made.database.dispose()


def test_findings_and_approvals_keep_the_number_of_their_rules_as_its_name(desk: Desk) -> None:
    with desk.read() as reading:
        findings = dict(reading.session.execute(select(FindingRow.id, FindingRow.rules_revision)).all())  # type: ignore[arg-type]
        approval = reading.session.scalars(select(Approval)).one()
        publication = reading.session.scalars(select(Publication)).one()

    assert {"fnd_1": "2", "fnd_2": "2"} == findings
    assert ("1", "apr_1") == (approval.rules_revision, publication.approval_id)


def test_findings_get_the_keys_that_checks_give_them(desk: Desk) -> None:
    finding = Finding("numbers", Severity.ERROR, TEMPLATE, FACTS)

    with desk.read() as reading:
        keys = reading.session.execute(select(FindingRow.id, FindingRow.key).order_by(FindingRow.id)).all()

    assert list(finding_keys([finding, finding])) == [key for _, key in keys]


def test_what_was_put_aside_is_on_record_with_its_reason(desk: Desk) -> None:
    with desk.read() as reading:
        kept = reading.session.scalars(select(Dismissal)).one()
        finding = reading.session.get_one(FindingRow, "fnd_2")

    assert ("unt_1", "numbers", "error", TEMPLATE, FACTS) == (
        kept.unit_id,
        kept.code,
        kept.severity,
        kept.template,
        kept.facts,
    )
    assert ("Klopt zo.", "usr_reviewer", MOMENT + timedelta(microseconds=7), None) == (
        kept.reason,
        kept.dismissed_by,
        kept.dismissed_at,
        kept.ended_at,
    )
    assert (finding.key, pair_digest(SOURCE, TARGET)) == (kept.key, kept.digest)


def test_every_version_is_checked_anew(desk: Desk) -> None:
    with desk.read() as reading:
        versions = reading.session.scalars(select(Version)).all()

    assert (4, {None}) == (len(versions), {version.checked_with for version in versions})
