from __future__ import annotations

from datetime import timedelta
from itertools import islice, product
from weakref import WeakKeyDictionary

import pytest
from sqlalchemy import func, select

from service.domain.drafts import MemoryMatch
from service.domain.memory_files import LONGEST_TEXT
from service.domain.permissions import DESK
from service.domain.text import CodedText
from service.operations.approvals import reopen_version
from service.operations.drafting import start_draft
from service.operations.memory_ranking import Grown, take_ranking
from service.operations.publishing import request_publication, withdraw_release
from service.queries import memory_rankings
from service.queries.memory import Wanted, draft_matches, find_matches, found_by, offered_to
from service.storage.models import MemoryRanking, MemorySource
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.making import TEXT, approve, draft, job_of, submit, text_of
from tests.operations.steps import act, drafted, published, revise

SENTENCE = "De brug kostte 25 miljoen euro."


def matches(desk: Desk, people: People, text: str = TEXT) -> dict[str, MemoryMatch]:
    """Submit a text anew and return what the memory offers its French drafting."""
    other = submit(desk, people.other_author, targets=("fr",), text=text)
    work = act(desk, DESK, start_draft, job_of(desk, other, "fr"))
    assert work
    with desk.read() as reading:
        return draft_matches(reading.session, work.segments, "nl", "fr", offered_to(other, reading.now))


def offered(desk: Desk, people: People) -> set[str]:
    """Submit the same text anew and return the targets that the memory offers its French drafting."""
    return {match.target for match in matches(desk, people).values()}


def test_a_draft_that_nobody_approved_is_offered_to_nobody(desk: Desk, people: People) -> None:
    drafted(desk, people, targets=("fr",))

    assert set() == offered(desk, people)


def test_what_is_approved_is_offered_to_other_releases_at_once(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people, targets=("fr",))
    approve(desk, people.reviewer, release_id)

    assert {unit.target for unit in text_of(desk, release_id, "fr").units} == offered(desk, people)


def test_the_longest_segment_is_found_again_by_each_of_its_words(desk: Desk, people: People) -> None:
    words = [
        "".join(letters) for letters in islice(product("aeiou", "klmnprst", "aeiou", "dfgk", "aeou"), LONGEST_TEXT // 7)
    ]
    release_id = drafted(desk, people, targets=("fr",), text=f"Kop\n\n{' '.join(words)}")
    approve(desk, people.reviewer, release_id)
    words[7] = "anders"

    found = matches(desk, people, f"Een kop\n\n{' '.join(words)}")

    assert [match.score for match in found.values()] == [99]


def test_what_is_under_embargo_is_offered_to_no_other_release_before_its_hour(
    desk: Desk, people: People, clock: StillClock
) -> None:
    release_id = drafted(desk, people, targets=("fr",), embargo_at=clock.moment + timedelta(hours=1))
    approve(desk, people.reviewer, release_id)

    before = offered(desk, people)
    clock.forward(minutes=59, seconds=59)
    just_before = offered(desk, people)
    clock.forward(seconds=1)

    assert (set(), set()) == (before, just_before)
    assert {unit.target for unit in text_of(desk, release_id, "fr").units} == offered(desk, people)


def test_what_is_confidential_is_offered_to_others_once_it_is_public(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people, targets=("fr",), confidential=True)
    approve(desk, people.reviewer, release_id)
    before = offered(desk, people)

    act(desk, people.publisher, request_publication, release_id)

    assert set() == before
    assert {unit.target for unit in text_of(desk, release_id, "fr").units} == offered(desk, people)


def test_an_approval_is_filed_by_a_list_that_another_process_made(
    desk: Desk, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (drafted(desk, people, targets=("fr",), text=f"Titel {n}\n\nBrug {n} opent.") for n in (1, 2))
    approve(desk, people.reviewer, first)
    with monkeypatch.context() as elsewhere, desk.begin() as work:
        elsewhere.setattr(memory_rankings, "_LAST", WeakKeyDictionary())
        take_ranking(work, Grown("nl", 50, ("de", "brug")))
    approve(desk, people.reviewer, second)

    with desk.read() as reading:
        newest = reading.session.scalar(select(func.max(MemoryRanking.version)))
        asked = select(MemorySource.ranking).where(MemorySource.source == "Brug 2 opent.")
        assert newest == reading.session.scalar(asked)


def test_what_is_public_is_offered_to_others_in_its_context(desk: Desk, people: People) -> None:
    release_id = published(desk, people, targets=("fr", "de"))
    expected = {unit.target for unit in text_of(desk, release_id, "fr").units}

    found = matches(desk, people)

    assert (expected, {101}) == (
        {match.target for match in found.values()},
        {match.score for match in found.values()},
    )


def test_what_is_published_stays_until_its_correction_is_approved(desk: Desk, people: People) -> None:
    release_id = published(desk, people, targets=("fr",))
    before = offered(desk, people)
    revise(desk, people.author, release_id, TEXT.replace("25 miljoen", "26 miljoen"))
    meanwhile = offered(desk, people)

    draft(desk, release_id)
    approve(desk, people.reviewer, release_id)
    after = {match.target for match in matches(desk, people, TEXT.replace("25 miljoen", "26 miljoen")).values()}

    assert before == meanwhile
    assert {unit.target for unit in text_of(desk, release_id, "fr").units} == after
    assert {"[fr] De brug kostte 26 miljoen euro."} == after - before


def test_what_is_revised_before_it_is_published_is_offered_no_more(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people, targets=("fr",))
    approve(desk, people.reviewer, release_id)
    revise(desk, people.author, release_id, TEXT.replace("25 miljoen", "26 miljoen"))

    assert set() == offered(desk, people)


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
    wanted = Wanted(CodedText(SENTENCE))
    readable = found_by(getattr(people, who))

    with desk.read() as reading:
        found = find_matches(reading.session, wanted, "nl", "fr", readable)
        german = find_matches(reading.session, wanted, "nl", "de", readable)

    assert ([(f"[fr] {SENTENCE}", 100)] if sees else [], []) == ([(it.target, it.score) for it in found], german)
