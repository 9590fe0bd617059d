from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from service.domain.embargo import format_moment, is_confidential, is_due, is_embargoed, parse_moment
from service.domain.errors import Invalid

HOUR = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
OFFICE = "Europe/Brussels"


@pytest.mark.parametrize(
    "embargo_at, now, expected",
    [
        (None, HOUR, False),
        (HOUR, HOUR - MILLISECOND, True),
        (HOUR, HOUR, False),
        (HOUR, HOUR + MILLISECOND, False),
    ],
)
def test_an_embargo_ends_at_its_hour(*, embargo_at: datetime | None, now: datetime, expected: bool) -> None:
    assert expected == is_embargoed(embargo_at=embargo_at, now=now)


@pytest.mark.parametrize(
    "embargo_at, confidential, published, now, expected",
    [
        (None, False, False, HOUR, False),
        (None, True, False, HOUR, True),
        (None, True, True, HOUR, False),
        (HOUR, False, False, HOUR - MILLISECOND, True),
        (HOUR, False, False, HOUR, False),
        (HOUR, True, False, HOUR, True),
        (HOUR, True, True, HOUR + MILLISECOND, False),
    ],
)
def test_a_text_is_confidential_until_it_is_out(
    *, embargo_at: datetime | None, confidential: bool, published: bool, now: datetime, expected: bool
) -> None:
    found = is_confidential(embargo_at=embargo_at, confidential=confidential, published=published, now=now)

    assert expected == found


@pytest.mark.parametrize(
    "scheduled, embargo_at, now, expected",
    [
        (True, None, HOUR, True),
        (True, HOUR, HOUR - MILLISECOND, False),
        (True, HOUR, HOUR, True),
        (False, None, HOUR, False),
        (False, HOUR, HOUR + timedelta(days=1), False),
    ],
)
def test_only_what_was_scheduled_is_due_and_not_before_its_hour(
    *, scheduled: bool, embargo_at: datetime | None, now: datetime, expected: bool
) -> None:
    assert expected == is_due(scheduled=scheduled, embargo_at=embargo_at, now=now)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("2026-03-01T10:00", HOUR),
        ("2026-03-01 10:00", HOUR),
        (" 2026-03-01T10:00:00 ", HOUR),
        ("2026-07-01T11:00", datetime(2026, 7, 1, 9, 0, tzinfo=UTC)),
        ("2026-03-01T09:00Z", HOUR),
        ("2026-03-01t09:00:00z", HOUR),
        ("2026-03-01T04:00:00-05:00", HOUR),
        ("2026-03-01T10:00:00+0100", HOUR),
        ("2026-03-01T09:00:00.250Z", HOUR + timedelta(milliseconds=250)),
        ("2026-03-01T09:00:00.123456789Z", HOUR + timedelta(microseconds=123456)),
        ("2026-03-01T08:59:60Z", HOUR),
        ("2026-03-01T09:59:60.5+01:00", HOUR + timedelta(milliseconds=500)),
        ("2026-03-01T09:59:60", HOUR),
        ("2026-03-29T01:59", datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
        ("2026-03-29T03:00", datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        ("2026-10-25T02:30+02:00", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("2026-10-25T02:30+01:00", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_in_the_time_of_the_office(text: str, expected: datetime) -> None:
    read = parse_moment(text, OFFICE)

    assert (expected, UTC) == (read, read.tzinfo)


@pytest.mark.parametrize(
    "text, code",
    [
        ("", "bad_time"),
        ("tomorrow", "bad_time"),
        ("2026-03-01", "bad_time"),
        ("2026-02-30T10:00", "bad_time"),
        ("2026-03-01T25:00", "bad_time"),
        ("2026-03-01T10:00+99:00", "bad_time"),
        ("0001-01-01T00:00+14:00", "bad_time"),
        ("0001-01-01T00:00", "bad_time"),
        ("9999-12-31T23:59-12:00", "bad_time"),
        ("٢٠٢٦-03-01T10:00", "bad_time"),
        ("2026-03-01T10:00 or so", "bad_time"),
        ("2026-03-29T02:30", "no_such_time"),
        ("2026-10-25T02:30", "time_shown_twice"),
    ],
)
def test_a_doubtful_moment_is_refused(text: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse_moment(text, OFFICE)

    assert code == refused.value.code


def test_who_gave_an_hour_that_comes_twice_is_told_what_to_write() -> None:
    with pytest.raises(Invalid) as refused:
        parse_moment("2026-10-25T02:30", OFFICE)

    expected = (
        "The clock in Europe/Brussels shows “2026-10-25T02:30” twice. "
        "Write +02:00 after it for the first time, or +01:00 for the second."
    )
    assert expected == str(refused.value)


def test_a_moment_is_written_in_utc() -> None:
    brussels = datetime(2026, 3, 1, 10, 0, 0, 123456, tzinfo=timezone(timedelta(hours=1)))

    assert "2026-03-01T09:00:00.123Z" == format_moment(brussels)


def test_a_naive_moment_is_not_written() -> None:
    with pytest.raises(ValueError, match="time zone"):
        format_moment(datetime(2026, 3, 1))  # noqa: DTZ001 - that is what is refused
