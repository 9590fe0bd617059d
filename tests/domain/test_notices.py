from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from service.domain.notices import (
    MAIL_WAITS,
    MailMode,
    NoticeKind,
    first_due,
    near_hours,
    next_digest,
    next_mail_attempt,
)

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
BRUSSELS = "Europe/Brussels"


@pytest.mark.parametrize(
    "now, due",
    [
        (datetime(2026, 3, 2, 6, 59, tzinfo=UTC), datetime(2026, 3, 2, 7, 0, tzinfo=UTC)),
        (datetime(2026, 3, 2, 7, 0, tzinfo=UTC), datetime(2026, 3, 3, 7, 0, tzinfo=UTC)),
        (datetime(2026, 3, 28, 12, 0, tzinfo=UTC), datetime(2026, 3, 29, 6, 0, tzinfo=UTC)),  # summer time begins
        (datetime(2026, 3, 2, 23, 30, tzinfo=UTC), datetime(2026, 3, 3, 7, 0, tzinfo=UTC)),
    ],
)
def test_a_digest_comes_at_eight_local_time(now: datetime, due: datetime) -> None:
    assert due == next_digest(now, BRUSSELS)


def test_what_is_near_does_not_wait_for_the_morning() -> None:
    near = first_due(NoticeKind.NEAR, MailMode.DAILY, now=NOW, timezone=BRUSSELS)
    ready = first_due(NoticeKind.READY, MailMode.DAILY, now=NOW, timezone=BRUSSELS)

    assert (timedelta(minutes=1), timedelta(hours=19)) == (near - NOW, ready - NOW)


@pytest.mark.parametrize("hours, told", [(-1, None), (0, None), (1, 2), (2, 2), (2.1, 24), (24, 24), (24.1, None)])
def test_the_nearest_hour_counts(hours: float, told: int | None) -> None:
    assert told == near_hours(NOW + timedelta(hours=hours), NOW)


def test_attempts_end_with_the_schedule() -> None:
    waits = [next_mail_attempt(number, now=NOW, jitter=0) for number in range(1, len(MAIL_WAITS) + 2)]

    assert [*(NOW + wait for wait in MAIL_WAITS), None] == waits
    assert NOW + timedelta(seconds=72) == next_mail_attempt(1, now=NOW, jitter=5)
