"""Answers that were given before: the same text is not asked for twice of the same engine.

An answer is known by the engine with its configuration, the pair, the glossary that the engine used,
and the masked text. Where answers are kept is for whoever runs the pipeline.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Protocol

from workers.drafting.masking import Masked
from workers.engines.base import Capabilities, Hints


class Answers(Protocol):
    """Kept answers, as the engine gave them with its tokens in them. No method raises."""

    def known(self, keys: Iterable[str]) -> Mapping[str, str]:
        """Return the answers that are kept under these keys."""

    def keep(self, answers: Mapping[str, str]) -> None:
        """Keep answers under their keys."""


class NoAnswers:
    """Keeps nothing, so that every text is asked for anew."""

    def known(self, keys: Iterable[str]) -> Mapping[str, str]:  # noqa: ARG002 - none is known
        """Return nothing."""
        return {}

    def keep(self, answers: Mapping[str, str]) -> None:
        """Forget them."""


def answer_key(masked: Masked, capabilities: Capabilities, *, source: str, target: str, hints: Hints) -> str:
    """Return the digest under which an answer is kept."""
    glossary = hints.glossary.revision if capabilities.glossary else ""
    facts = [capabilities.key, source, target, glossary, masked.text]
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()
