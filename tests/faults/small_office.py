"""A small office in process: one language, a few people, one receiver, and a desk that is begun anew in no time.

`SmallOffice` carries operations out as authors, reviewers, publishers and workers would, and notes what it was told.
Which of them, and in what order, is for others to say.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import event, func, select

from service.dispatch import RecordingDispatcher
from service.domain.drafts import DraftResult
from service.domain.errors import DeskError
from service.domain.permissions import DESK, Actor
from service.domain.workflow import Action
from service.operations import approvals, drafting, publishing
from service.operations.delivering import AttemptResult, claim_delivery, fan_out, record_attempt
from service.operations.drafting import DraftWork
from service.operations.endpoints import add_endpoint
from service.operations.releases import submit_release
from service.operations.review import confirm_all, edit_unit
from service.operations.upkeep import find_due
from service.queries import public
from service.queries.visibility import is_public
from service.storage.models import Delivery, OutboxRow, Publication, Release
from tests.desk_fixtures import NOON, StillClock, make_desk, make_people, sqlite_copy
from tests.faults.noting import Noted
from tests.faults.standing import Standing, standings
from tests.operations.making import text_of, translated
from tests.operations.steps import act, submission

LOCALE = "fr"
HEARD = ("release.published", "release.corrected", "version.published", "release.withdrawn")
OWED = frozenset({"release.published", "release.corrected", "version.published"})
STAGES = ("handed in", "drafted", "edited", "confirmed", "approved", "asked for", "out", "told")
ENOUGH_LOOKS = 10  # of the clock or of those who deliver, for all that one release brings with it


class Crash(Exception):  # noqa: N818 - what it is
    """The process ends in the middle of a transaction."""


class SmallOffice:
    """One desk on SQLite, for one machine after another; `done` counts what was carried out, over all of them."""

    def __init__(self, template: Path, folder: Path) -> None:
        """Set the office up once: its people and its receiver are in the file that each `begin` copies."""
        self.folder = folder
        self.clock = StillClock()
        self.desk = make_desk(sqlite_copy(template, folder), RecordingDispatcher(), self.clock)
        self.commits = 0
        event.listen(self.desk.database.engine, "connect", _without_waiting_for_the_disk)
        event.listen(self.desk.database.engine, "commit", self._count_the_commit)
        self.people = make_people(self.desk)
        self.reviewers = (self.people.reviewer, self.people.second_reviewer)
        made, _ = act(
            self.desk,
            self.people.publisher,
            add_endpoint,
            self.desk.vault,
            url="http://127.0.0.1:9/hook",
            events=list(HEARD),
        )
        self.endpoint_id = made.id
        self.done: Counter[str] = Counter()
        self.desk.database.dispose()
        self.file, self.as_it_opens = folder / "desk.db", folder / "as_it_opens.db"
        self.file.rename(self.as_it_opens)
        self.begin()

    def begin(self) -> None:
        """Forget everything since the office was set up. The engine stays, and what it compiled."""
        self.close()
        shutil.copy(self.as_it_opens, self.file)
        self.clock.moment = NOON + timedelta(minutes=1)
        self.noted = Noted(said=set(), hears={self.endpoint_id: OWED})
        self.digests: dict[str, str] = {}
        self.leases: list[DraftWork] = []
        self.words = 0

    def _count_the_commit(self, _connection: Any) -> None:
        self.commits += 1

    def close(self) -> None:
        """Let go of the database and remove it."""
        self.desk.database.dispose()
        for file in self.folder.glob("desk.db*"):
            file.unlink()

    # What there is to do.

    def standings(self) -> list[Standing]:
        """Return where each release stands, in the order in which they were handed in."""
        return standings(self.desk, self.noted.accepted)

    def standing(self, release_id: str) -> Standing:
        """Return where one release stands."""
        return next(each for each in self.standings() if each.id == release_id)

    def next_delivery(self) -> str | None:
        """Return the delivery that waits longest."""
        due = select(Delivery.id).where(Delivery.due_at.is_not(None)).order_by(Delivery.created_at, Delivery.due_at)
        with self.desk.read() as reading:
            return reading.session.scalars(due.limit(1)).first()

    def something_is_due(self) -> bool:
        """Tell whether the sweeper would find an event to pass on, or a release to publish."""
        with self.desk.read() as reading:
            return any(
                reading.session.scalar(select(func.count()).where(model.due_at <= reading.now))
                for model in (OutboxRow, Release)
            )

    def read_too_soon(self) -> Iterator[str]:
        """Find titles on the public list that no publication whose hour has come put there."""
        with self.desk.read() as reading:
            shown = [row.title for row in public.public_list(reading.session, LOCALE, reading.now)]
            may = set(reading.session.scalars(select(Publication.title).where(is_public(reading.now))))
            secret = reading.session.scalars(select(Release.title).where(Release.embargo_at > reading.now)).all()
        yield from (title for title in shown if title not in may or any(each in title for each in secret))

    # How it is done.

    def attempt(self, actor: Actor, operation: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        """Carry out an operation, at a moment of its own; a refusal is an answer."""
        self.clock.forward(seconds=1)
        try:
            made = act(self.desk, actor, operation, *arguments, **named)
        except DeskError:
            return None
        self.done[operation.__name__] += 1
        return made

    def attempt_or_die(self, operation: Callable[..., Any], *arguments: Any, dies: bool) -> None:
        """Carry out an operation as the desk; where the process dies before the commit, nothing is kept."""
        self.clock.forward(seconds=1)
        try:
            with self.desk.begin() as work:
                operation(work, *arguments)
                if dies:
                    raise Crash
        except Crash:
            self.done["crash"] += 1
        except DeskError:
            return
        else:
            self.done[operation.__name__] += 1

    def word(self) -> str:
        """Return a word that was not used before; without figures, which a translation would have to repeat."""
        self.words += 1
        return "".join("abcdefghij"[int(digit)] for digit in str(self.words))

    def bring(self, release_id: str, stage: str) -> None:
        """Let everybody do their usual work on a release, as far as the stage; what is refused stays undone."""
        reached = STAGES.index(stage)
        if reached >= STAGES.index("drafted") and self.standing(release_id).draft_due:
            claimed = self.claim(self.standing(release_id).job_id)
            if claimed is not None:  # whoever approves before the machine begins leaves it nothing to do
                self.save_and_finish(claimed)
        if reached >= STAGES.index("edited") and self.standing(release_id).to_confirm:
            self.edit(release_id, who=0, unit=0)
        if reached >= STAGES.index("confirmed") and self.standing(release_id).to_confirm:
            self.confirm(release_id, who=0)
        if reached >= STAGES.index("approved") and self.standing(release_id).may(Action.APPROVE):
            self.read(release_id)
            self.approve(release_id, who=1)
        if reached >= STAGES.index("asked for") and self.standing(release_id).may(Action.PUBLISH):
            self.ask_to_publish(release_id)
        if reached >= STAGES.index("out"):
            self.come_to_the_hour(release_id)
        if reached >= STAGES.index("told"):
            self.tell_the_receiver()

    def hand_in(self, hours: int | None, mode: str) -> str:
        """Hand a text in, with a word of its own, under an embargo of so many hours; return the release's id."""
        text = f"Canary {self.word()} komt\n\nDe brug over de Leie opent.\n"
        handed_in = submission(text, targets=(LOCALE,), embargo_at=self.hour(hours), publish=mode)
        release, _ = act(self.desk, self.people.author, submit_release, handed_in)
        self.done["submit_release"] += 1
        self.noted.accepted[release.id] = text
        return release.id

    def hour(self, hours: int | None) -> datetime | None:
        """Return the moment in so many hours."""
        return self.clock.moment + timedelta(hours=hours) if hours else None

    def claim(self, job_id: str) -> DraftWork | None:
        """Let a worker claim a draft, and return it; it holds the lease until it comes to an end."""
        work: DraftWork | None = self.attempt(DESK, drafting.start_draft, job_id)
        if work is not None:
            self.leases.append(work)
        return work

    def save_and_finish(self, work: DraftWork, *, ends: bool = True, dies: bool = False) -> None:
        """Save what the engine answered to a claim, and come to an end where that is so; who dies does neither."""
        self.attempt_or_die(drafting.save_draft, work.job_id, work.token, translated(work), dies=dies)
        if ends or dies:
            self.leases.remove(work)
        if ends and not dies:
            result = DraftResult(translated(work), (), ())
            self.attempt(DESK, drafting.finish_draft, work.job_id, work.token, result)

    def edit(self, release_id: str, *, who: int, unit: int) -> None:
        """Let a reviewer write another text for a unit."""
        units = text_of(self.desk, release_id, LOCALE).units
        text = f"Texte {self.word()}"
        chosen = units[unit % len(units)].id
        saved = self.attempt(self.reviewers[who], edit_unit, release_id, LOCALE, chosen, row_version=None, target=text)
        if saved is not None:
            self.noted.edits.append((saved.id, text))

    def confirm(self, release_id: str, *, who: int) -> None:
        """Let a reviewer confirm what has a text."""
        self.attempt(self.reviewers[who], confirm_all, release_id, LOCALE)

    def read(self, release_id: str) -> None:
        """Let a reviewer open a version; what is approved later may be what was read here."""
        self.digests[release_id] = text_of(self.desk, release_id, LOCALE).digest

    def approve(self, release_id: str, *, who: int) -> None:
        """Let a reviewer approve what was read last."""
        digest = self.digests[release_id]
        given = self.attempt(self.reviewers[who], approvals.approve_version, release_id, LOCALE, digest=digest)
        if given is not None and self.noted.said is not None:
            self.noted.said.add((given.version_id, digest))

    def ask_to_publish(self, release_id: str) -> None:
        """Let the publisher have it go out, at once or at its hour."""
        self.attempt(self.people.publisher, publishing.request_publication, release_id)

    def come_to_the_hour(self, release_id: str) -> None:
        """Let it become the hour of a release that somebody asked to publish, and the clock see to all that is due."""
        with self.desk.read() as reading:
            hour = reading.session.scalar(select(Release.due_at).where(Release.id == release_id))
        if hour is not None:
            self.clock.moment = max(self.clock.moment, hour)
        for _ in range(ENOUGH_LOOKS):
            if not self.something_is_due():
                break
            self.sweep(dies=False)

    def tell_the_receiver(self) -> None:
        """Let everything that waits be delivered to a receiver that is well."""
        for _ in range(ENOUGH_LOOKS):
            waiting = self.next_delivery()
            if waiting is None:
                break
            self.deliver(waiting, 200, dies=False)

    def sweep(self, *, dies: bool) -> None:
        """Let the clock find what is due, and workers do it, or die of each."""
        due = act(self.desk, DESK, find_due)
        for release_id in due.publications:
            self.attempt_or_die(publishing.publish_due, release_id, dies=dies)
        for outbox_id in due.outbox:
            self.attempt_or_die(fan_out, outbox_id, dies=dies)

    def deliver(self, delivery_id: str, status: int, *, dies: bool) -> None:
        """Let a worker send what waits, to a receiver that answers so; or die before the answer is written down."""
        sending = self.attempt(DESK, claim_delivery, delivery_id, self.desk.vault)
        if sending is not None and not dies:
            self.attempt(DESK, record_attempt, sending, AttemptResult(5, status=status), jitter=0.0)


def _without_waiting_for_the_disk(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA synchronous=OFF")  # no such office outlives its process
