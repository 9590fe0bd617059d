"""The rules of the hour: what is secret, what is due, and how people write a moment.

Inside, moments are aware and in UTC; a local time is read in the office's time zone, once, here. Which rows
the rules hold for is asked by `queries`.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from service.domain.errors import N_, Invalid

_WRITTEN = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:(?:\d{2}|(?:(?P<leap>59:60)|\d{2}:\d{2})(?:[.,]\d+)?)"
    r"(?P<zone>Z|[+-]\d{2}(?::?\d{2})?)?",
    re.ASCII,
)


def is_embargoed(*, embargo_at: datetime | None, now: datetime) -> bool:
    """Tell whether the hour has not come yet; at the hour itself it has."""
    return embargo_at is not None and now < embargo_at


def is_confidential(*, embargo_at: datetime | None, confidential: bool, published: bool, now: datetime) -> bool:
    """Tell whether a text may be read only by engines on the office's own machines.

    `published` means that this very text is public: a correction that is still being written is not.
    """
    if published:
        return False
    return confidential or is_embargoed(embargo_at=embargo_at, now=now)


def is_due(*, scheduled: bool, embargo_at: datetime | None, now: datetime) -> bool:
    """Tell whether what a publisher has scheduled is to go out now: never before the hour, always at it."""
    return scheduled and not is_embargoed(embargo_at=embargo_at, now=now)


def parse_moment(text: str, timezone: str) -> datetime:
    """Read a date with an hour (ISO 8601, as in RFC 3339) and return it in UTC.

    Without an offset it is a local time in `timezone`. Of a second's fraction microseconds are kept, and a leap second
    is the one after it. Raise `Invalid` for what is no moment, for a local time that the clock skips, and for one that
    it shows twice: a guess could be an hour early.
    """
    written = text.strip().upper()
    match = _WRITTEN.fullmatch(written)
    if not match:
        raise _not_a_moment(text)
    try:
        leap = timedelta(seconds=1 if match["leap"] else 0)
        moment = datetime.fromisoformat(written.replace(":59:60", ":59:59")) + leap
        if match["zone"]:
            return moment.astimezone(UTC)
        return _from_local(moment, text=text, timezone=timezone)
    except (ValueError, OverflowError):
        raise _not_a_moment(text) from None


def exact_moment(text: str) -> datetime:
    """Read a moment as the desk itself wrote it, to find a place in a list again; raise `ValueError` for any other."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment has a time zone")
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("beyond the years of the calendar") from error


def format_moment(moment: datetime) -> str:
    """Return an aware moment as RFC 3339 in UTC with milliseconds (`2026-03-01T09:00:00.000Z`)."""
    if moment.tzinfo is None:
        raise ValueError("a moment has a time zone")
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _from_local(local: datetime, *, text: str, timezone: str) -> datetime:
    """Return a local time in UTC; raise `Invalid` where the clock was moved."""
    zone = ZoneInfo(timezone)
    earlier, later = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if earlier.utcoffset() == later.utcoffset():
        return earlier.astimezone(UTC)
    if earlier.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local:
        raise Invalid(
            "no_such_time",
            N_("The clock in %(timezone)s skips “%(text)s”. Give another time."),
            timezone=timezone,
            text=text.strip(),
        )
    raise Invalid(
        "time_shown_twice",
        N_(
            "The clock in %(timezone)s shows “%(text)s” twice. "
            "Write %(first)s after it for the first time, or %(second)s for the second."
        ),
        timezone=timezone,
        text=text.strip(),
        first=_offset(earlier.utcoffset()),
        second=_offset(later.utcoffset()),
    )


def _offset(offset: timedelta | None) -> str:
    """Return an offset as it is written after a time, such as +02:00."""
    minutes = round((offset or timedelta(0)).total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _not_a_moment(text: str) -> Invalid:
    """Return the error for what is no date with an hour."""
    return Invalid(
        "bad_time",
        N_("“%(text)s” is not a date and time such as 2026-03-01T09:00 or 2026-03-01T09:00+01:00."),
        text=text.strip()[:40],
    )
