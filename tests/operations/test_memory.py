from __future__ import annotations

import pytest

from service.domain.permissions import DESK
from service.domain.segmentation import source_hash
from service.domain.text import CodedText
from service.operations.approvals import reopen_version
from service.operations.drafting import start_draft
from service.operations.publishing import withdraw_release
from service.queries.memory import exact_matches
from service.uow import Desk
from tests.desk_fixtures import People
from tests.operations.making import approve, job_of, submit, text_of
from tests.operations.steps import act, drafted, published

SENTENCE = "De brug kostte 25 miljoen euro."


def offered(desk: Desk, people: People) -> set[str]:
    """Submit the same text anew and return what the memory offers its French drafting."""
    other = submit(desk, people.other_author, targets=("fr",))
    work = act(desk, DESK, start_draft, job_of(desk, other, "fr"))
    assert work
    return {match.target for match in work.memory.values()}


def test_a_draft_that_nobody_approved_is_offered_to_nobody(desk: Desk, people: People) -> None:
    drafted(desk, people, targets=("fr",))

    assert set() == offered(desk, people)


def test_what_is_approved_but_not_public_is_offered_to_no_other_release(desk: Desk, people: People) -> None:
    approve(desk, people.reviewer, drafted(desk, people, targets=("fr",)))

    assert set() == offered(desk, people)


def test_what_is_public_is_offered_to_others_with_its_full_score(desk: Desk, people: People) -> None:
    release_id = published(desk, people, targets=("fr", "de"))
    expected = {unit.target for unit in text_of(desk, release_id, "fr").units}

    other = submit(desk, people.other_author, targets=("fr",))
    work = act(desk, DESK, start_draft, job_of(desk, other, "fr"))

    assert work
    assert (expected, {100}) == (
        {match.target for match in work.memory.values()},
        {match.score for match in work.memory.values()},
    )


@pytest.mark.parametrize("end", ["reopened", "withdrawn"])
def test_what_is_taken_back_is_offered_no_more(desk: Desk, people: People, end: str) -> None:
    release_id = published(desk, people, targets=("fr",))
    if end == "reopened":
        act(desk, people.publisher, reopen_version, release_id, "fr", "Een fout.")
    else:
        act(desk, people.publisher, withdraw_release, release_id, "Een fout.")

    assert set() == offered(desk, people)


@pytest.mark.parametrize(
    "who, public, sees",
    [
        ("author", False, True),
        ("reviewer", False, True),
        ("publisher", False, True),
        ("other_author", False, False),
        ("other_author", True, True),
    ],
)
def test_one_finds_pairs_of_what_is_public_or_what_one_sees(
    desk: Desk, people: People, who: str, *, public: bool, sees: bool
) -> None:
    if public:
        published(desk, people, targets=("fr",))
    else:
        approve(desk, people.reviewer, drafted(desk, people, targets=("fr",)))
    wanted = source_hash(CodedText(SENTENCE, ()))

    with desk.read() as reading:
        found = exact_matches(reading.session, getattr(people, who), wanted, "fr")
        german = exact_matches(reading.session, getattr(people, who), wanted, "de")

    assert ([f"[fr] {SENTENCE}"] if sees else [], []) == ([row.target for row in found], list(german))
