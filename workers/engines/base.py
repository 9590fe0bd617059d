"""What an engine is: what it can do, how it is asked, and the few ways in which it can fail.

An adapter turns texts into texts and everything that goes wrong into an `EngineError`. Packing, masking, checking of
answers, second attempts and the order of the engines are the same for all of them and stand in `workers.drafting`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, runtime_checkable

from service.domain.drafts import NO_GLOSSARY, Glossary


class Batch(StrEnum):
    """How an engine takes several texts at once."""

    LIST = "list"  # one request carries a list and answers a list
    LINES = "lines"  # one request carries one text; several travel as its lines
    NONE = "none"  # one text a request


class Markup(StrEnum):
    """How inline codes and protected words travel inside a text."""

    TOKENS = "tokens"  # as `[X0X]`, in plain text
    XML = "xml"  # as `<x id="0"/>`, the text around them escaped for XML
    HTML = "html"  # as `<span class="notranslate">[X0X]</span>`, the text around them escaped for HTML


@dataclass(frozen=True, slots=True)
class Rate:
    """How many requests an engine takes within some seconds, from all workers together."""

    requests: int
    seconds: float = 1.0


@dataclass(frozen=True, slots=True)
class Hints:
    """What helps an engine to translate well; it takes what it can use, and its capabilities say what that is.

    `context` is the text around what is asked for, in the source locale; it is not translated.
    """

    context: str = ""
    glossary: Glossary = NO_GLOSSARY


NO_HINTS = Hints()


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What one engine is and can do; the layers above decide by these alone, never by an engine's name.

    `configuration` is a digest of what the engine was set up with: whoever remembers that a key is refused forgets it
    when the key changes. `max_characters` and `max_bytes` (as they travel, percent-encoded where the text stands in an
    address) hold for one request and `max_items` for one list; `concurrency` is how many requests of one version
    may be under way. `codes` gives the engine's code for each language or locale that it calls otherwise. `glossary`
    and `context` tell which hints the engine can use.
    """

    name: str
    runs_in_office: bool
    keyless: bool = False
    batch: Batch = Batch.NONE
    markup: Markup = Markup.TOKENS
    glossary: bool = False
    context: bool = False
    max_characters: int = 5_000
    max_bytes: int = 20_000
    max_items: int = 1
    concurrency: int = 1
    rate: Rate | None = None
    codes: Mapping[str, str] = field(default_factory=dict)
    version: str | None = None
    configuration: str = ""

    @property
    def key(self) -> str:
        """Name the engine with its configuration, for what is remembered of it."""
        return f"{self.name}:{self.configuration}" if self.configuration else self.name

    def code_for(self, locale: str) -> str:
        """Return the engine's code for a locale: the one in the table, else the bare language."""
        language = locale.split("-", maxsplit=1)[0]
        return self.codes.get(locale) or self.codes.get(language) or language


class Deadline:
    """A moment by the wall clock after which nobody waits any longer."""

    def __init__(self, seconds: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Let the deadline be `seconds` from now."""
        self._clock = clock
        self._ends = clock() + seconds

    def remaining(self) -> float:
        """Return the seconds that are left, never less than none."""
        return max(0.0, self._ends - self._clock())

    @property
    def expired(self) -> bool:
        """Is the time up?"""
        return self.remaining() <= 0.0


@dataclass(frozen=True, slots=True)
class Health:
    """What a probe found: does the engine answer, how fast, and if not why."""

    ok: bool
    reason: str = ""
    detail: str = ""
    milliseconds: int = 0


class EngineError(Exception):
    """An engine gave no usable answer.

    `reason` is a stable code; `detail` is a short text for people that never holds a word of what was sent or came
    back.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        """Keep the code and the detail."""
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail

    def __str__(self) -> str:
        """Return the code, with the detail behind it."""
        return f"{self.reason} ({self.detail})" if self.detail else self.reason


class EngineUnavailable(EngineError):  # noqa: N818 - the house's name for it
    """The engine may answer later: `timeout`, `refused_connection`, `broken_connection`, `http_503`, `rate_limited`.

    With `rest_seconds` the engine wants to be left alone for that long, so there is no second attempt.
    """

    def __init__(self, reason: str, detail: str = "", *, rest_seconds: float | None = None) -> None:
        """Keep how long the engine wants to rest, where it does."""
        super().__init__(reason, detail)
        self.rest_seconds = rest_seconds

    @property
    def wants_rest(self) -> bool:
        """Does asking again now only make it worse?"""
        return self.rest_seconds is not None


class EngineRefused(EngineError):  # noqa: N818 - the house's name for it
    """The engine will not do this, now or later: `no_such_language`, `bad_key`, `confidential`."""


class EngineBadAnswer(EngineError):  # noqa: N818 - the house's name for it
    """What came back is no translation and must never be stored: `garbage`, `too_large`.

    `singly` tells that the same texts, each by itself, may fare better.
    """

    def __init__(self, reason: str, detail: str = "", *, singly: bool = False) -> None:
        """Keep whether to ask one by one."""
        super().__init__(reason, detail)
        self.singly = singly


@runtime_checkable
class Engine(Protocol):
    """A source of translations. Every method may be called from several threads at once."""

    @property
    def capabilities(self) -> Capabilities:
        """Return what the engine is and can do, as of now."""

    def translate(
        self, texts: Sequence[str], *, source: str, target: str, deadline: Deadline, hints: Hints = NO_HINTS
    ) -> list[str]:
        """Return the texts in the target locale, in order; raise an `EngineError` if there is no answer in time.

        The texts are dressed as the capabilities' markup says, and so are the answers, which are as the engine
        gave them; an empty string stands for an answer that it did not give.
        """

    def probe(self, *, deadline: Deadline) -> Health:
        """Tell whether the engine answers, without sending anything of a release; never raise an `EngineError`."""


# How long an engine rests that says "too many requests" and not for how long.
REST_SECONDS = 1_800.0

# What a probe translates where nothing else would prove a key: no word of a release.
PROBE_WORD = "persbericht"


def probed(ask: Callable[[], str]) -> Health:
    """Run one harmless question and time it; `ask` returns the detail to show or raises an `EngineError`."""
    began = time.monotonic()
    try:
        detail = ask()
    except EngineError as error:
        return Health(ok=False, reason=error.reason, detail=error.detail, milliseconds=_since(began))
    return Health(ok=True, detail=detail, milliseconds=_since(began))


def _since(began: float) -> int:
    return round((time.monotonic() - began) * 1000)
