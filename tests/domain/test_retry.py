from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from service.domain.retry import (
    DELIVERY_ATTEMPTS,
    Outcome,
    classify,
    is_worn_out,
    next_attempt,
    next_draft_attempt,
    parse_retry_after,
)

OUT_OF_ALL_TIME = "Wed, 21 Oct 2015 07:28:00 +99999999999999999"
NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
SECOND, MINUTE, HOUR, DAY = 1, 60, 3600, 86400


def wait(attempt: int, *, jitter: float = 0, retry_after: int | None = None, limited: bool = False) -> float:
    asked = None if retry_after is None else timedelta(seconds=retry_after)
    due = next_attempt(attempt, now=NOW, jitter=jitter, retry_after=asked, rate_limited=limited)
    assert due is not None
    return (due - NOW).total_seconds()


def test_the_schedule_has_ten_attempts_over_three_days() -> None:
    waits = [wait(attempt) for attempt in range(DELIVERY_ATTEMPTS)]

    hours = [2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR]
    assert [0, 5, 5 * MINUTE, 30 * MINUTE, *hours] == waits


@pytest.mark.parametrize("attempt", [10, 11, 1000])
def test_after_the_tenth_attempt_it_is_given_up(attempt: int) -> None:
    assert next_attempt(attempt, now=NOW, jitter=0, retry_after=timedelta(seconds=1)) is None


@pytest.mark.parametrize("jitter, expected", [(-1, 240), (-0.5, 270), (0, 300), (1, 360), (9, 360), (-9, 240)])
def test_jitter_moves_a_wait_by_a_fifth_at_most(jitter: float, expected: float) -> None:
    assert expected == wait(2, jitter=jitter)


@pytest.mark.parametrize(
    "attempt, retry_after, limited, expected",
    [
        (1, None, True, 60),
        (2, None, True, 300),
        (1, 30, False, 30),
        (1, 30, True, 60),
        (1, 90, True, 90),
        (3, 30, False, 30 * MINUTE),
        (1, 5 * DAY, False, DAY),
        (9, 0, False, DAY),
    ],
)
def test_a_receiver_that_asks_for_time_gets_it(
    *, attempt: int, retry_after: int | None, limited: bool, expected: float
) -> None:
    assert expected == wait(attempt, retry_after=retry_after, limited=limited)


def test_jitter_never_shortens_what_the_receiver_asked_for() -> None:
    assert 400 == wait(2, jitter=-1, retry_after=400)


@pytest.mark.parametrize(
    "value, seconds",
    [
        ("0", 0),
        ("120", 120),
        (" 120 ", 120),
        ("86401", DAY),
        ("9" * 400, DAY),
        ("0" * 20 + "120", 120),
        ("Sun, 01 Mar 2026 09:02:00 GMT", 120),
        ("Sunday, 01-Mar-26 09:02:00 GMT", 120),
        ("Sun Mar  1 09:02:00 2026", 120),
        ("Sun, 01 Mar 2026 08:00:00 GMT", 0),
        ("Sun, 01 Mar 2099 08:00:00 GMT", DAY),
    ],
)
def test_retry_after_is_read_in_all_its_forms(value: str, seconds: int) -> None:
    assert timedelta(seconds=seconds) == parse_retry_after(value, NOW)


@pytest.mark.parametrize(
    "value",
    [None, "", "soon", "-5", "1.5", "١٢", "Sun, 99 Mar 2026 09:02:00 GMT", "\x00", "," * 5000, OUT_OF_ALL_TIME],
)
def test_what_cannot_be_read_asks_for_nothing(value: str | None) -> None:
    assert parse_retry_after(value, NOW) is None


@pytest.mark.parametrize(
    "status, outcome",
    [
        *((status, Outcome.DELIVERED) for status in (200, 201, 202, 204, 299)),
        (410, Outcome.GONE),
        *((status, Outcome.RETRY) for status in (None, 101, 199, 300, 301, 307, 400, 404, 429, 500, 503, 999)),
    ],
)
def test_a_status_is_classified(status: int | None, outcome: Outcome) -> None:
    assert outcome is classify(status)


@pytest.mark.parametrize(
    "failing_since, expected",
    [
        (None, False),
        (NOW, False),
        (NOW - timedelta(days=5) + timedelta(seconds=1), False),
        (NOW - timedelta(days=5), True),
    ],
)
def test_an_endpoint_is_worn_out_after_five_days(*, failing_since: datetime | None, expected: bool) -> None:
    assert expected == is_worn_out(failing_since=failing_since, now=NOW)


@pytest.mark.parametrize("attempt, minutes", [(0, 1), (1, 1), (2, 5), (3, 15), (4, 60), (5, 60), (5000, 60)])
def test_drafting_is_tried_again_for_as_long_as_it_takes(attempt: int, minutes: int) -> None:
    assert NOW + timedelta(minutes=minutes) == next_draft_attempt(attempt, NOW)
