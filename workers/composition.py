"""What one worker process works with: the desk, the engines, the breakers, the way out; each made when first used.

A process that forks lets go of what its parent had opened (`let_go`), so that no connection is shared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

import structlog
from celery import current_app
from sqlalchemy.exc import SQLAlchemyError

from service.config import Settings, load_settings
from service.dispatch import DRAFTING
from service.operations.answers import keep_answers
from service.queries.answers import kept_answers
from service.uow import Desk, open_desk
from workers.alone import Alone
from workers.drafting.answers import Answers
from workers.engines.base import Engine
from workers.engines.breaker import Breakers, BreakerTimes
from workers.engines.catalogue import build_engines
from workers.engines.limits import Limits, shared_limits
from workers.engines.shared_breaker import shared_breakers
from workers.http import OutboundClient

log = structlog.stdlib.get_logger(__name__)


class KeptAnswers:
    """Answers kept in the desk's database; where that fails, the engine is asked once more."""

    def __init__(self, desk: Desk) -> None:
        """Use the desk's own short transactions."""
        self._desk = desk

    def known(self, keys: Iterable[str]) -> Mapping[str, str]:
        """Return the answers that are kept under these keys."""
        try:
            with self._desk.read() as reading:
                return kept_answers(reading.session, keys)
        except SQLAlchemyError:
            log.exception("answers_not_read")
            return {}

    def keep(self, answers: Mapping[str, str]) -> None:
        """Keep answers under their keys."""
        try:
            with self._desk.begin() as work:
                keep_answers(work, answers)
        except SQLAlchemyError:
            log.exception("answers_not_kept")


class Parts:
    """The parts of one process, from its settings."""

    def __init__(self, settings: Settings, *, background: bool = True) -> None:
        """Keep the settings; nothing is opened yet. In the `background`, others write first."""
        self.settings = settings
        self._background = background

    @cached_property
    def desk(self) -> Desk:
        """The desk."""
        return open_desk(self.settings, background=self._background)

    @cached_property
    def engines(self) -> tuple[Engine, ...]:
        """The engines, in the office's order."""
        return build_engines(self.settings)

    @cached_property
    def breakers(self) -> Breakers:
        """The engines' breakers, shared by all workers."""
        return shared_breakers(self.settings.redis_url, BreakerTimes().scaled(self.settings.retry_scale))

    @cached_property
    def limits(self) -> Limits:
        """How often each engine may be asked, by all workers together."""
        return shared_limits(self.settings.redis_url, self.settings.engine_rates)

    @cached_property
    def answers(self) -> Answers:
        """What the engines answered before."""
        return KeptAnswers(self.desk)

    @cached_property
    def alone(self) -> Alone:
        """Who is at work that one worker at a time does."""
        return Alone(self.settings.redis_url)

    @cached_property
    def outbound(self) -> OutboundClient:
        """The one way to a receiver."""
        return OutboundClient(self.settings.webhook_allow_networks)


class _Process:
    """The parts of this process, made when a task first asks for them."""

    parts: Parts | None = None


def parts() -> Parts:
    """Return this process's parts."""
    if _Process.parts is None:
        _Process.parts = Parts(load_settings(), background=_drafts())
    return _Process.parts


def _drafts() -> bool:
    """Tell whether this process takes what can wait; a publication has its hour, and a delivery somebody at its end."""
    return DRAFTING in current_app.amqp.queues.consume_from


def let_go() -> None:
    """Forget the parts that the parent process had; its connections stay its own."""
    inherited = _Process.parts
    if inherited is not None and "desk" in inherited.__dict__:
        inherited.desk.database.dispose(close=False)
    _Process.parts = None
