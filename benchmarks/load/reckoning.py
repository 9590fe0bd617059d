"""What the desk's database and its broker say: how much is still to do, and how long what is done took."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select

from service.dispatch import QUEUES
from service.storage.models import Delivery, DraftJob, Event, OutboxRow, Version
from service.storage.session import Database
from service.uow import Desk
from tests.journeys.steps import DeskProcesses

LOOK_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Open:
    """How much is still to do; deliveries only to receivers that answer well."""

    outbox: int
    drafts: int
    deliveries: int


@dataclass
class Watch:
    """The longest that each of the broker's queues was, and how much was open at most, looked at once a second."""

    longest: dict[str, int] = field(default_factory=lambda: dict.fromkeys(QUEUES, 0))
    told: list[str] = field(default_factory=list)

    async def look(self, processes: DeskProcesses, database: Database, well: Sequence[str]) -> None:
        """Look until cancelled, and say every half minute how far it is."""
        begun = said = time.monotonic()
        with closing(processes.redis()) as broker:
            while True:
                now = {queue: int(broker.llen(queue)) for queue in QUEUES}
                self.longest = {queue: max(self.longest[queue], length) for queue, length in now.items()}
                if time.monotonic() - said > 30:  # noqa: PLR2004 - half a minute
                    said = time.monotonic()
                    still = await asyncio.to_thread(still_open, database, well)
                    print(f"  {said - begun:4.0f} s: {still}, queues {now}", flush=True)
                await asyncio.sleep(LOOK_SECONDS)


def still_open(database: Database, well: Sequence[str]) -> Open:
    """Return how much is still to do; `well` are the ids of the endpoints that answer well."""
    with database.reading() as session:

        def count(*where: object) -> int:
            return session.scalar(select(func.count()).where(*where)) or 0  # type: ignore[arg-type]

        return Open(
            outbox=count(OutboxRow.done_at.is_(None)),
            drafts=count(DraftJob.due_at.is_not(None)),
            deliveries=count(Delivery.state == "pending", Delivery.endpoint_id.in_(well)),
        )


async def drained(database: Database, well: Sequence[str], *, only_drafts: bool = False, seconds: float) -> None:
    """Wait until nothing is left to do; raise `TimeoutError` where that takes longer than the seconds."""
    ends = time.monotonic() + seconds
    while True:
        still = await asyncio.to_thread(still_open, database, well)
        if not still.drafts and (only_drafts or not still.outbox + still.deliveries):
            return
        if time.monotonic() > ends:
            message = f"after {seconds:g} s there is still open: {still}"
            raise TimeoutError(message)
        await asyncio.sleep(LOOK_SECONDS)


@dataclass(frozen=True, slots=True)
class Deliveries:
    """How many were delivered to receivers that answer well, from the first event to the last answer, in seconds."""

    count: int
    seconds: float
    slowest: float


def delivered(desk: Desk, well: Sequence[str], since: datetime) -> Deliveries:
    """Return what was delivered of events since a moment; `slowest` is the longest from event to last receiver."""
    with desk.read() as reading:
        rows = reading.session.execute(
            select(Event.created_at, func.count(), func.max(Delivery.ended_at))
            .join(Delivery, Delivery.event_id == Event.id)
            .where(Event.created_at >= since, Delivery.endpoint_id.in_(well), Delivery.state == "delivered")
            .group_by(Event.id, Event.created_at)
        ).all()
    if not rows:
        return Deliveries(0, 0.0, 0.0)
    begun, ended = min(row[0] for row in rows), max(row[2] for row in rows)
    slowest = max((row[2] - row[0]).total_seconds() for row in rows)
    return Deliveries(sum(row[1] for row in rows), (ended - begun).total_seconds(), slowest)


def drafted_until(desk: Desk) -> datetime:
    """Return when the last version was drafted."""
    with desk.read() as reading:
        return reading.session.scalars(select(func.max(Version.drafted_at))).one()


def now(desk: Desk) -> datetime:
    """Return the moment by the desk's own clock."""
    with desk.read() as reading:
        return reading.now


def unheard(desk: Desk, endpoints: Sequence[str], heard: dict[int, dict[str, int]], well: int) -> list[str]:
    """Return a sentence for each message that the desk holds for delivered and its receiver never had."""
    numbers = {endpoint: number for number, endpoint in enumerate(endpoints[:well])}
    with desk.read() as reading:
        rows = reading.session.execute(
            select(Delivery.endpoint_id, Delivery.event_id).where(Delivery.endpoint_id.in_(numbers))
        ).all()
    return [
        f"receiver {numbers[endpoint]} never heard {event}"
        for endpoint, event in rows
        if event not in heard.get(numbers[endpoint], {})
    ]
