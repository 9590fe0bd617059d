"""Asking DeepL in tests."""

from __future__ import annotations

from workers.engines.base import Deadline, Hints
from workers.engines.deepl import DeepL


def translate(engine: DeepL, *texts: str, target: str = "fr", source: str = "nl", context: str = "") -> list[str]:
    return engine.translate(texts, source=source, target=target, deadline=Deadline(5), hints=Hints(context))
