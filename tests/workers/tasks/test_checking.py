"""The workers' check of whole versions: what waits is checked, one that fails holds up no other, a nudge is enough."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from service.dispatch import CHECK_TASK, RecordingDispatcher
from service.domain.checks import Finding, Pair, Severity
from service.operations.check_settings import set_severity
from service.operations.checking import CLAIM_SECONDS
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.checking_steps import WRONG, findings, in_french, put
from tests.operations.steps import act, version_of
from tests.workers.tasks.conftest import MakeParts
from workers.tasks import checking
from workers.tasks.checking import check_one, check_some, check_versions
from workers.tasks.sweeping import relay_outbox


@dataclass(frozen=True)
class Broken:
    """A rule that fails on every text that speaks of a ferry."""

    code: str = "broken"
    severity: Severity = Severity.WARNING

    def find(self, pairs: Sequence[Pair]) -> Iterable[tuple[int, Finding]]:
        """Raise where there is a ferry."""
        if any("bac" in pair.target for pair in pairs):
            message = "no ferries"
            raise ValueError(message)
        return ()


def checked(desk: Desk, release_id: str) -> bool:
    return version_of(desk, release_id, "fr").checked_with is not None


def test_the_task_checks_everything_that_waits(lite_desk: Desk, lite_people: People, make_parts: MakeParts) -> None:
    make_parts()
    ids = [in_french(lite_desk, lite_people) for _ in range(3)]
    for release_id in ids:
        put(lite_desk, lite_people, release_id, WRONG)

    check_versions()

    assert [True] * 3 == [checked(lite_desk, release_id) for release_id in ids]
    assert 0 == check_some(lite_desk, seconds=1.0)


@dataclass
class Someone:
    """Somebody who is at work already, or nobody."""

    free: bool

    @contextmanager
    def at(self, _work: str, *, seconds: float) -> Iterator[bool]:
        yield self.free


@pytest.mark.parametrize("free", [True, False])
def test_one_worker_at_a_time_checks(
    lite_desk: Desk, lite_people: People, make_parts: MakeParts, *, free: bool
) -> None:
    make_parts().__dict__["alone"] = Someone(free)
    release_id = in_french(lite_desk, lite_people)
    put(lite_desk, lite_people, release_id, WRONG)

    check_versions()

    assert free == checked(lite_desk, release_id)


def test_what_is_changed_while_the_task_checks_is_checked_by_it(
    lite_desk: Desk, lite_people: People, make_parts: MakeParts, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_parts().__dict__["alone"] = Someone(free=True)
    ids = [in_french(lite_desk, lite_people) for _ in range(2)]
    put(lite_desk, lite_people, ids[0], WRONG)
    late = iter([ids[1]])

    def check_and_change(desk: Desk, version_id: str) -> bool:
        for release_id in late:
            put(desk, lite_people, release_id, WRONG)
        return check_one(desk, version_id)

    monkeypatch.setattr(checking, "check_one", check_and_change)

    check_versions()

    assert [True] * 2 == [checked(lite_desk, release_id) for release_id in ids]


def test_a_version_that_cannot_be_checked_holds_up_no_other_and_is_tried_again(
    lite_desk: Desk, lite_people: People, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.domain.checks.DOCUMENT_CHECKS", (Broken(),))
    bad, good = (in_french(lite_desk, lite_people) for _ in range(2))
    put(lite_desk, lite_people, good, "Un pont", n=2)
    put(lite_desk, lite_people, bad, "Un bac", n=2)

    tries = [check_some(lite_desk, seconds=5.0), check_some(lite_desk, seconds=5.0)]
    put(lite_desk, lite_people, bad, "Un pont", n=2)
    clock.forward(seconds=CLAIM_SECONDS)
    tries.append(check_some(lite_desk, seconds=5.0))

    assert ([1, 0, 1], True, True) == (tries, checked(lite_desk, good), checked(lite_desk, bad))


def test_when_the_time_is_up_the_next_run_goes_on(lite_desk: Desk, lite_people: People) -> None:
    ids = [in_french(lite_desk, lite_people) for _ in range(2)]
    for release_id in ids:
        put(lite_desk, lite_people, release_id, WRONG)

    runs = [check_some(lite_desk, seconds=0.0) for _ in range(3)]

    assert [1, 1, 0] == runs


def test_a_text_that_changes_while_it_is_checked_is_left_to_the_next_run(
    lite_desk: Desk, lite_people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    release_id = in_french(lite_desk, lite_people)
    put(lite_desk, lite_people, release_id, "Un pont pour tous.", n=2)
    usual = checking.run_whole

    def interrupted(asked: Any) -> Any:
        put(lite_desk, lite_people, release_id, WRONG)
        return usual(asked)

    monkeypatch.setattr(checking, "run_whole", interrupted)
    version_id = version_of(lite_desk, release_id, "fr").id
    first = check_one(lite_desk, version_id)
    monkeypatch.setattr(checking, "run_whole", usual)

    assert (False, True) == (first, check_one(lite_desk, version_id))
    assert ["numbers"] == [one.code for one in findings(lite_desk, release_id)]


def test_a_change_of_the_rules_sends_the_task_at_once(
    lite_desk: Desk, lite_people: People, dispatcher: RecordingDispatcher, make_parts: MakeParts
) -> None:
    make_parts()
    in_french(lite_desk, lite_people)
    relay_outbox()
    dispatcher.sent.clear()
    relay_outbox()
    before = list(dispatcher.sent)

    act(lite_desk, lite_people.admin, set_severity, "numbers", "warning")
    relay_outbox()

    sent = [name for name, *_ in dispatcher.sent if name == CHECK_TASK]
    assert (False, [CHECK_TASK]) == ((CHECK_TASK,) in before, sent)
