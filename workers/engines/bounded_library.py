"""What the engines that go through deep-translator share: exchanges with bounds, instances, and its errors by kind.

The library asks `requests` without any time-out, and its instances do not bear two threads. An engine's module puts a
`BoundedRequests` in the place of the name `requests` inside one module of the library; nothing else of the library or
of `requests` is touched.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

from deep_translator import exceptions
from deep_translator.constants import BASE_URLS

from workers.engines.base import REST_SECONDS, Deadline, EngineBadAnswer, EngineError, EngineRefused, EngineUnavailable
from workers.engines.client import EngineClient

OK = 200
USUAL_SECONDS = 20.0

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class _Call:
    """What the exchange of the call under way is bounded by."""

    client: EngineClient
    deadline: Deadline


_CALL: ContextVar[_Call] = ContextVar("library_call")
_CONSTRUCTION = threading.Lock()


@dataclass(frozen=True, slots=True)
class Answered:
    """The part of a `requests` answer that the library reads."""

    status_code: int
    text: str

    def json(self) -> Any:
        """Read the body as JSON; raises `ValueError` where it is none."""
        return json.loads(self.text)

    def close(self) -> None:
        """Nothing is left open."""


class BoundedRequests:
    """Stands in the place of `requests` in one of the library's modules."""

    def get(self, url: str, params: Mapping[str, Any] | None = None, **_ignored: Any) -> Answered:
        """Ask within the bounds of the call under way; whoever calls the library elsewhere has the usual ones."""
        call = _CALL.get(None) or _Call(EngineClient(in_office=False), Deadline(USUAL_SECONDS))
        sent = {name: str(value) for name, value in (params or {}).items()}
        reply = call.client.request("GET", url, deadline=call.deadline, params=sent)
        if reply.status != OK:
            raise EngineBadAnswer(f"http_{reply.status}", f"HTTP {reply.status}", singly=True)
        return Answered(reply.status, reply.text)


@contextmanager
def bounded(client: EngineClient, deadline: Deadline) -> Iterator[None]:
    """Let the library's exchanges in the block go through a client and end by a deadline."""
    token = _CALL.set(_Call(client, deadline))
    try:
        yield
    finally:
        _CALL.reset(token)


def made_for(service: str, url: str, make: Callable[[], Made]) -> Made:
    """Make an instance that asks one address; the library takes it from a table that all share."""
    with _CONSTRUCTION:
        usual = BASE_URLS[service]
        BASE_URLS[service] = url
        try:
            return make()
        finally:
            BASE_URLS[service] = usual


@contextmanager
def told_by_kind(source: str, target: str) -> Iterator[None]:
    """Turn the library's errors into ours; they hold the text, so nothing of them is kept."""
    try:
        yield
    except EngineError:
        raise
    except exceptions.TooManyRequests:
        raise EngineUnavailable("rate_limited", rest_seconds=REST_SECONDS) from None
    except exceptions.LanguageNotSupportedException:
        raise EngineRefused("no_such_language", f"no {source} to {target}") from None
    except exceptions.NotValidLength:
        raise EngineBadAnswer("too_long", "the text is longer than the engine takes") from None
    except exceptions.TranslationNotFound:
        raise EngineBadAnswer("garbage", "no translation in the answer") from None
    except Exception as error:  # noqa: BLE001 - the library lets anything through
        raise EngineBadAnswer("garbage", type(error).__name__) from None
