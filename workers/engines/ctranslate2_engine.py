"""CTranslate2: models in a directory of this machine, asked in this very process; no text leaves it.

A pair that has no model of its own goes through English where both halves are there. The models are loaded when the
first text comes, in each process for itself, and stay.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from service.config import Settings
from workers.engines.base import (
    NO_HINTS,
    Batch,
    Capabilities,
    Deadline,
    EngineRefused,
    EngineUnavailable,
    Health,
    Hints,
    probed,
)
from workers.engines.ctranslate2_folders import Model, Shelf, read_shelf
from workers.engines.ctranslate2_models import AT_ONCE, TRANSLATORS, LoadedModel

NAME = "ctranslate2"
PIVOT = "en"

# The codes of argos packages where they are not the language's.
CODES: Mapping[str, str] = {"pt-BR": "pb", "zh-TW": "zt", "no": "nb"}


@dataclass(slots=True)
class _Held:
    """What one process holds: the directory as it was found, and the models that were loaded."""

    shelf: Shelf
    loaded: dict[Path, LoadedModel] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


class CTranslate2:
    """The models of one directory, each a pair of languages."""

    def __init__(self, directory: Path) -> None:
        """Take the directory; nothing is read yet."""
        self._directory = directory
        # By process: what a parent loaded is of no use to its child, and one of its threads may hold the lock.
        self._held: dict[int, _Held] = {}

    @property
    def capabilities(self) -> Capabilities:
        """The engine's row, with the models' digest as its version; no model is loaded for it."""
        version = self._process.shelf.version
        return Capabilities(
            name=NAME,
            runs_in_office=True,
            keyless=True,
            batch=Batch.LIST,
            max_characters=10_000,
            max_bytes=100_000,
            max_items=AT_ONCE,
            concurrency=TRANSLATORS,
            codes=CODES,
            version=version,
            configuration=hashlib.sha256(f"{self._directory}\n{version}".encode()).hexdigest()[:16],
        )

    def translate(
        self,
        texts: Sequence[str],
        *,
        source: str,
        target: str,
        deadline: Deadline,
        hints: Hints = NO_HINTS,  # noqa: ARG002 - it can use none
    ) -> list[str]:
        """Translate in one step or through English; a step under way cannot be cut short, only the next not begun.

        Raises `EngineRefused` with `no_such_language`, `bad_model` or `not_installed`; the detail says what to do.
        """
        answers = list(texts)
        if not answers:
            return answers
        for model in self._way(source, target):
            answers = self._load(model, deadline).translate(answers, deadline)
        return answers

    def probe(self, *, deadline: Deadline) -> Health:
        """Load every model and tell the pairs, or what is wrong with the first folder that cannot serve."""

        def ask() -> str:
            shelf = read_shelf(self._directory)
            if shelf.faults:
                raise EngineRefused("bad_model", shelf.faults[0])
            for model in shelf.models.values():
                self._load(model, deadline)
            return ", ".join(f"{source} to {target}" for source, target in sorted(shelf.models))

        return probed(ask)

    @property
    def _process(self) -> _Held:
        """What this process holds, begun anew after a fork."""
        pid = os.getpid()
        held = self._held.get(pid)
        return held or self._held.setdefault(pid, _Held(read_shelf(self._directory)))

    def _way(self, source: str, target: str) -> tuple[Model, ...]:
        """Return the one or two models that lead from one locale to another."""
        shelf = self._process.shelf
        begin, end = _codes(source), _codes(target)
        for pair in ((one, other) for one in begin for other in end):
            if pair in shelf.models:
                return (shelf.models[pair],)
        first = next((shelf.models[one, PIVOT] for one in begin if (one, PIVOT) in shelf.models), None)
        second = next((shelf.models[PIVOT, other] for other in end if (PIVOT, other) in shelf.models), None)
        if first and second:
            return first, second
        if shelf.faults:
            raise EngineRefused("bad_model", shelf.faults[0])
        raise EngineRefused("no_such_language", f"no model from {source} to {target}, nor through English")

    def _load(self, model: Model, deadline: Deadline) -> LoadedModel:
        """Return a model, loading it if this process has not yet; who comes meanwhile waits no longer than they may."""
        held = self._process
        if not held.lock.acquire(timeout=deadline.remaining()):
            raise EngineUnavailable("timeout", "another text waits for the model to load")
        try:
            loaded = held.loaded.get(model.folder)
            if loaded is None:
                loaded = held.loaded[model.folder] = LoadedModel(model)
            return loaded
        finally:
            held.lock.release()


def _codes(locale: str) -> tuple[str, ...]:
    """Return the codes under which a locale's models may go, the nearest first."""
    language = locale.partition("-")[0]
    named = (CODES.get(locale), locale.lower(), CODES.get(language), language)
    return tuple(dict.fromkeys(code for code in named if code))


def build(settings: Settings) -> CTranslate2 | None:
    """Build it where its directory is set."""
    return None if settings.ctranslate2_dir is None else CTranslate2(settings.ctranslate2_dir)
