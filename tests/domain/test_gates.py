from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from service.domain.gates import ApprovalFacts, VersionFacts, approval_reasons, version_reasons
from service.domain.workflow import VersionState

READY = ApprovalFacts(
    empty=0,
    errors=0,
    differing_facts=0,
    digest="a",
    asked_digest="a",
    revision=2,
    current_revision=2,
    wrote_current_text=False,
    four_eyes=True,
)


@pytest.mark.parametrize(
    "change, codes",
    [
        ({}, []),
        ({"empty": 1}, ["empty_units"]),
        ({"errors": 3}, ["open_findings"]),
        ({"differing_facts": 2}, ["facts_differ"]),
        ({"asked_digest": "b"}, ["wrong_digest"]),
        ({"revision": 1}, ["wrong_revision"]),
        ({"wrote_current_text": True}, ["four_eyes"]),
        ({"wrote_current_text": True, "four_eyes": False}, []),
        ({"four_eyes": False}, []),
        (
            {"empty": 2, "errors": 1, "asked_digest": "", "revision": 1, "wrote_current_text": True},
            ["empty_units", "open_findings", "four_eyes", "wrong_revision", "wrong_digest"],
        ),
    ],
)
def test_an_approval_is_told_everything_that_is_missing(change: dict[str, Any], codes: list[str]) -> None:
    reasons = approval_reasons(replace(READY, **change))

    assert codes == [reason.code for reason in reasons]


def test_reasons_read_as_sentences_with_their_facts() -> None:
    reasons = approval_reasons(replace(READY, empty=4, revision=1))

    assert [
        "Segments without a text: 4.",
        "The source has changed: this text belongs to revision 1, the release is at 2.",
    ] == [str(reason) for reason in reasons]


APPROVED = VersionFacts(
    locale="fr",
    state=VersionState.APPROVED,
    digest="a",
    approved_digest="a",
    approved_revision=2,
    current_revision=2,
)


@pytest.mark.parametrize(
    "change, codes",
    [
        ({}, []),
        ({"state": VersionState.PUBLISHED, "approved_digest": None}, []),
        ({"state": VersionState.IN_REVIEW}, ["not_approved"]),
        ({"state": VersionState.WITHDRAWN}, ["not_approved"]),
        ({"state": VersionState.QUEUED, "approved_digest": None}, ["not_approved"]),
        ({"approved_digest": None}, ["not_approved"]),
        ({"approved_revision": 1}, ["wrong_revision"]),
        ({"approved_revision": None}, ["wrong_revision"]),
        ({"digest": "b"}, ["wrong_digest"]),
    ],
)
def test_only_what_was_approved_of_the_current_source_leaves(change: dict[str, Any], codes: list[str]) -> None:
    reasons = version_reasons(replace(APPROVED, **change))

    assert codes == [reason.code for reason in reasons]
