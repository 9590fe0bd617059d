"""News for people: its kinds, when it is written to whom, and when a mail that failed is tried again."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class NoticeKind(StrEnum):
    """What somebody is told of."""

    READY = "ready"
    CHANGES = "changes_requested"
    MENTIONED = "mentioned"
    QUESTION = "question"
    ANSWER = "answer"
    NEAR = "near"
    FAILED = "failed"
    APPROVED = "approved"


class MailMode(StrEnum):
    """When a person wants the desk's mail."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    NEVER = "never"


class Settled(StrEnum):
    """What became of a notice."""

    SENT = "sent"
    NO_MAIL_HERE = "no mail here"
    NOT_WANTED = "not wanted"
    NOT_THEIRS = "not theirs"
    OVER = "over"
    REFUSED = "refused"
    GIVEN_UP = "given up"


JOINED_WITHIN = timedelta(minutes=1)
"""A mail waits this long for other news for the same person, and takes it along."""

DIGEST_HOUR = time(8, 0)
NEAR_HOURS = (24, 2)
"""How many hours before an embargo or a deadline those are told whose work is still open."""

MAIL_WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
    timedelta(hours=24),
)
"""The wait after each attempt that failed; after the last of them it is given up."""


def first_due(kind: NoticeKind, mode: MailMode, *, now: datetime, timezone: str) -> datetime:
    """Return when a notice is to be mailed; what is near cannot wait for the next morning."""
    if mode is MailMode.DAILY and kind is not NoticeKind.NEAR:
        return next_digest(now, timezone)
    return now + JOINED_WITHIN


def next_digest(now: datetime, timezone: str) -> datetime:
    """Return the next time that it is 08:00 in the office's time zone, after `now`."""
    zone = ZoneInfo(timezone)
    local = now.astimezone(zone)
    today = datetime.combine(local.date(), DIGEST_HOUR, zone)
    if today.astimezone(now.tzinfo) > now:
        return today
    return datetime.combine(local.date() + timedelta(days=1), DIGEST_HOUR, zone)


def next_mail_attempt(attempt: int, *, now: datetime, jitter: float) -> datetime | None:
    """Return when a mail is tried again after `attempt` of them (1, 2, …) failed, or None: given up.

    `jitter` is a random number from -1 to 1 and moves the wait by up to a fifth.
    """
    if attempt > len(MAIL_WAITS):
        return None
    return now + MAIL_WAITS[max(attempt, 1) - 1] * (1 + 0.2 * min(1.0, max(-1.0, jitter)))


def near_hours(moment: datetime, now: datetime) -> int | None:
    """Return which of `NEAR_HOURS` a moment has come within, the smallest; None where it is far or over."""
    if moment <= now:
        return None
    within = [hours for hours in NEAR_HOURS if moment - now <= timedelta(hours=hours)]
    return min(within, default=None)
