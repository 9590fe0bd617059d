"""The lines of the queue: what holds each version up, what it takes to go on, and what the person may do about it.

A line that says what it said a minute ago is not made again; see `fragments`. What is the same in each of the others
is made once a page, as are the words that many lines share; see `skeletons`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from typing import ClassVar

from flask_babel import get_timezone, to_user_timezone
from markupsafe import Markup

from service.domain.locales import locale_name
from service.domain.permissions import may_review
from service.queries.queue import QueueAsk, QueueRow
from service.web.formatting import clock_words, moment_words, number, time_left
from service.web.fragments import TOKEN, fragment, with_token
from service.web.identity import actor
from service.web.language import gettext, page_language, plural
from service.web.skeletons import Skeletons

OPEN_STATES = frozenset({"queued", "drafting", "in_review"})


@dataclass(frozen=True, slots=True)
class QueueLines:
    """What the lines of one page share: the hour, the filter, the open threads by version, the rule of four eyes."""

    now: datetime
    ask: QueueAsk
    talk: Mapping[str, int]
    four_eyes: bool
    token: ClassVar[Markup] = TOKEN

    def html(self, rows: Sequence[QueueRow]) -> Markup:
        """Return the lines of the table's body."""
        skeletons = Skeletons("queue_rows.html", self)
        call = cache(skeletons.call)
        done = cache(partial(_done, str(gettext("%(done)s of %(all)s"))))
        minute = self.now.replace(second=0, microsecond=0)
        shared = "queue", page_language(), str(get_timezone()), minute, self.four_eyes, self.ask
        lines = []
        for row in rows:
            reviews = row.state in OPEN_STATES and may_review(actor(), row.locale)
            mine = row.holder_id is not None and row.holder_id == actor().user_id
            passed = tuple(at is not None and at <= self.now for at in (row.embargo_at, row.next_draft_at))
            key = shared, row, self.talk.get(row.version_id), reviews, mine, passed
            make = partial(self._line, row, skeletons.fill, call, done, reviews=reviews, mine=mine)
            lines.append(fragment(key, make))
        return with_token(Markup("".join(lines)))  # noqa: S704 - each of them is HTML

    def _line(
        self,
        row: QueueRow,
        fill: Callable[..., Markup],
        call: Callable[..., Markup],
        done: Callable[[int, int], str],
        *,
        reviews: bool,
        mine: bool,
    ) -> Markup:
        tally = row.tally
        place = f"/releases/{row.release_id}/{row.locale}"
        missing = _missing(row, self.now)
        ready = row.state == "in_review" and not missing
        if self.four_eyes and reviews and row.wrote_part and ready:
            missing = (gettext("another reviewer has to approve it"),)
        findings = [
            call(name, count) for name, count in (("errors", tally.errors), ("warnings", tally.warnings)) if count
        ]
        if not findings:
            findings.append(fill("nothing"))
        if row.version_id in self.talk:
            findings.append(call("talk", self.talk[row.version_id]))
        hours = [
            fill(name, when=call("when", at))
            for name, at in (("embargo", row.embargo_at), ("deadline", row.deadline_at))
            if at is not None
        ]
        holder = fill("holder", name=row.holder, until=_until(row.held_until, self.now)) if row.held_until else None
        hold = "mine" if mine else "take_over" if holder else "claim"
        language = locale_name(row.locale)
        return fill(
            "line",
            place=place,
            source_locale=row.source_locale,
            title=row.title,
            locale=row.locale,
            language=language,
            secret=fill("secret") if row.confidential else "",
            status=call("status", row.state),
            hours=Markup().join(hours) or fill("nothing"),
            words=number(row.words),
            most=tally.segments or 1,
            done=tally.confirmed,
            confirmed=done(tally.confirmed, tally.segments),
            missing=(fill("ready") if ready else Markup())
            + (fill("missing", what=" · ".join(missing)) if missing else ""),
            findings=Markup(" ").join(findings),
            who=holder or fill("nobody"),
            hold=fill(hold, place=place, name=f"{row.title}, {language}") if reviews else "",
        )


def _done(template: str, done: int, of: int) -> str:
    return template % {"done": done, "all": of}


def _until(until: datetime, now: datetime) -> str:
    """Return when a claim ends, with its day where that is another one."""
    same_day = to_user_timezone(until).date() == to_user_timezone(now).date()
    return str(gettext("until %(time)s", time=clock_words(until) if same_day else moment_words(until)))


def _missing(row: QueueRow, now: datetime) -> tuple[str, ...]:
    if row.state == "approved":
        if row.embargo_at is not None and row.embargo_at > now:
            return (gettext("waits for its hour"),)
        return (gettext("waits to be published"),)
    if row.state != "in_review":
        return (gettext("is being drafted"),)
    tally = row.tally
    found = []
    if row.changes_asked:
        found.append(gettext("changes requested"))
    if tally.empty:
        found.append(plural("%(num)d empty", "%(num)d empty", tally.empty))
        if row.gave_up:
            found.append(gettext("the drafting gave up"))
        elif row.next_draft_at is not None and row.next_draft_at > now:
            found.append(gettext("drafted again %(span)s", span=time_left(row.next_draft_at, now)))
    if tally.errors:
        found.append(plural("%(num)d error", "%(num)d errors", tally.errors))
    unconfirmed = tally.drafted - tally.confirmed
    if unconfirmed:
        found.append(plural("%(num)d unconfirmed", "%(num)d unconfirmed", unconfirmed))
    return tuple(found)
