"""When something that failed is tried again: the schedules of deliveries and of drafting, as data.

Chance and the clock are arguments; who claims what is due is left to `operations`.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from http import HTTPStatus

from service.domain.whole_numbers import whole_number

DELIVERY_WAITS = (
    timedelta(0),
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""The wait before each attempt, counted from the end of the one before it; the first is made at once."""

DELIVERY_ATTEMPTS = len(DELIVERY_WAITS)
JITTER_SHARE = 0.2
LONGEST_RETRY_AFTER = timedelta(hours=24)
SHORTEST_WAIT_WHEN_OVERLOADED = timedelta(seconds=60)
ENDPOINT_FAILS_FOR = timedelta(days=5)

SENDING_AT_ONCE = 2
"""Deliveries under way to one endpoint at once, at most."""

SLOW_MILLISECONDS = 2_000
SLOW_AT_ONCE = 64
"""Deliveries under way at once to all those endpoints together whose last answer took `SLOW_MILLISECONDS` or more.

The workers have room for twice as many, so that slow ones never fill it.
"""

DRAFT_WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15))
DRAFT_WAIT_AFTERWARDS = timedelta(hours=1)


class Outcome(StrEnum):
    """What one attempt means for its delivery."""

    DELIVERED = "delivered"
    GONE = "gone"
    RETRY = "retry"


def classify(status: int | None) -> Outcome:
    """Tell what an HTTP status means: 2xx is delivered, 410 is gone for good, all else is tried again.

    `None` stands for no answer. A redirect counts as a failure, because it is never followed.
    """
    if status is None:
        return Outcome.RETRY
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return Outcome.DELIVERED
    return Outcome.GONE if status == HTTPStatus.GONE else Outcome.RETRY


def next_attempt(
    attempt: int,
    *,
    now: datetime,
    jitter: float,
    retry_after: timedelta | None = None,
    rate_limited: bool = False,
) -> datetime | None:
    """Return when the next attempt is due after `attempt` of them (1, 2, …) failed, or None: given up.

    `jitter` is a random number from -1 to 1 and moves the wait by up to a fifth. `rate_limited` is true after
    a 429 and after a timeout; then, and for as long as `retry_after` asks (24 hours at most), nothing is
    sent.
    """
    if attempt >= DELIVERY_ATTEMPTS:
        return None
    wait = DELIVERY_WAITS[max(attempt, 0)] * (1 + JITTER_SHARE * min(1.0, max(-1.0, jitter)))
    if rate_limited:
        wait = max(wait, SHORTEST_WAIT_WHEN_OVERLOADED)
    if retry_after is not None:
        wait = max(wait, min(retry_after, LONGEST_RETRY_AFTER))
    return now + wait


def parse_retry_after(value: str | None, now: datetime) -> timedelta | None:
    """Read a `Retry-After` header (RFC 9110, 10.2.3): seconds or an HTTP date, from nothing up to 24 hours.

    What cannot be read is None, as if the header were not there.
    """
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        seconds, longest = whole_number(text), LONGEST_RETRY_AFTER.total_seconds()
        return timedelta(seconds=longest if seconds is None else min(seconds, longest))
    try:
        moment = parsedate_to_datetime(text)
        if moment.tzinfo is None:  # the oldest form of the date has no zone and means UTC
            moment = moment.replace(tzinfo=UTC)
        return min(max(moment - now, timedelta(0)), LONGEST_RETRY_AFTER)
    except (ValueError, OverflowError, IndexError):
        return None


def is_worn_out(*, failing_since: datetime | None, now: datetime) -> bool:
    """Tell whether an endpoint that has failed without a success since `failing_since` is to be disabled."""
    return failing_since is not None and now - failing_since >= ENDPOINT_FAILS_FOR


def next_draft_attempt(attempt: int, now: datetime) -> datetime:
    """Return when drafting is tried again after `attempt` runs (1, 2, …) left units empty."""
    position = max(attempt, 1) - 1
    return now + (DRAFT_WAITS[position] if position < len(DRAFT_WAITS) else DRAFT_WAIT_AFTERWARDS)
