"""The desk as every entrance uses it: one transaction for each act, and a nudge to the workers after the commit.

`Desk` is composed once a process. Pages, API, command line and workers differ only in who acts and how they answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from service.config import Settings
from service.dispatch import CeleryDispatcher, Dispatcher
from service.domain.checks.base import FrenchSpacing
from service.domain.errors import DeskError
from service.domain.office import Office
from service.domain.permissions import DESK, Actor
from service.domain.refusals import Refusal
from service.operations.context import Work
from service.operations.refusals import record_refusal
from service.storage.session import Database
from service.storage.vault import Vault

_logger = structlog.stdlib.get_logger(__name__)

Clock: TypeAlias = Callable[[Session], datetime]


@dataclass(slots=True)
class Reading:
    """A session that only reads, and the moment it reads at; `tell` is asked for that once, if at all."""

    session: Session
    tell: Callable[[], datetime]
    _now: datetime | None = field(default=None, init=False)

    @property
    def now(self) -> datetime:
        """The database's moment when it was first asked for, in UTC: who needs none spares the database a message."""
        if self._now is None:
            self._now = self.tell()
        return self._now


class Desk:
    """The database, the office's policies, the vault, and the way to the workers."""

    def __init__(
        self,
        database: Database,
        *,
        office: Office,
        vault: Vault,
        dispatcher: Dispatcher,
        clock: Clock | None = None,
    ) -> None:
        """Compose the parts; `clock` replaces the database's own in tests."""
        self.database = database
        self.office = office
        self.vault = vault
        self.dispatcher = dispatcher
        self._clock = clock or database.now

    @contextmanager
    def begin(self, actor: Actor = DESK, *, reopens: bool = True) -> Iterator[Work]:
        """Give a transaction; commit it at the end, roll it back on any error, nudge the workers afterwards.

        With `reopens` False, no edit in it takes an approval back. A refusal that is worth it is put on record behind.
        """
        try:
            with self.database.writing() as session:
                work = Work(session=session, now=self._clock(session), actor=actor, office=self.office, reopens=reopens)
                yield work
        except DeskError as error:
            if error.refusal is not None:
                self._put_on_record(error.refusal, actor)
            raise
        if work.nudge:
            self.dispatcher.nudge()

    def _put_on_record(self, refusal: Refusal, actor: Actor) -> None:
        """Write a refused act down; where that cannot be done, the refusal stands all the same."""
        try:
            with self.database.writing() as session:
                record_refusal(Work(session=session, now=self._clock(session), actor=actor), refusal)
        except (SQLAlchemyError, OSError) as error:
            _logger.warning(
                "refusal_not_recorded", act=refusal.act, subject=refusal.subject, error=type(error).__name__
            )

    @contextmanager
    def read(self) -> Iterator[Reading]:
        """Give a session that only reads."""
        with self.database.reading() as session:
            reading = Reading(session, lambda: self._clock(session))
            try:
                yield reading
            finally:
                reading.tell = self._moment  # for who asks when the session is over

    def _moment(self) -> datetime:
        with self.database.reading() as session:
            return self._clock(session)


def open_desk(
    settings: Settings,
    *,
    dispatcher: Dispatcher | None = None,
    clock: Clock | None = None,
    background: bool = False,
) -> Desk:
    """Compose the desk that the settings describe; nothing is connected before its first use.

    `background` is for those who draft: on SQLite, what people write, publications and deliveries go before.
    """
    office = Office(
        source_locale=settings.source_locale,
        target_locales=settings.target_locales,
        timezone=settings.timezone,
        four_eyes=settings.four_eyes,
        external_engines_for_embargoed=settings.external_engines_for_embargoed,
        engines_pinned=settings.engines is not None,
        public_url=settings.public_url,
        webhook_allow_networks=tuple(str(network) for network in settings.webhook_allow_networks),
        french_spacing=FrenchSpacing(settings.french_spacing),
    )
    return Desk(
        Database(settings.database_url, background=background),
        office=office,
        vault=Vault(*(key.get_secret_value() for key in (settings.secret_key, *settings.old_secret_keys))),
        dispatcher=dispatcher or CeleryDispatcher(settings.redis_url),
        clock=clock,
    )
