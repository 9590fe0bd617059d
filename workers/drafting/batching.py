"""Batching: which texts share a request, how lines are joined, and how the answer is cut apart again.

A pack of lines carries a token of its own before each line. An answer whose tokens do not stand one at the
beginning of each line, in order, is worth nothing as a whole, for its lines cannot be told apart.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote_plus

from workers.drafting.acceptance import digits
from workers.drafting.dressing import dress
from workers.drafting.masking import LINE_MARK_BASE, TOKEN, Masked, token, token_counts
from workers.engines.base import Batch, Capabilities

FEW = 6  # texts that are not worth a second connection


@dataclass(frozen=True, slots=True)
class Ask:
    """One text to be asked for, and the units that wait for it: identical segments are asked once.

    `before` and `after` are the plain texts that stand around it.
    """

    masked: Masked
    unit_ids: tuple[str, ...]
    before: str = ""
    after: str = ""


Pack = tuple[Ask, ...]


def fits(ask: Ask, capabilities: Capabilities) -> bool:
    """Does the engine take this text in a request of its own?"""
    text = dress(ask.masked.text, capabilities.markup)
    return len(text) <= capabilities.max_characters and _bytes(text, capabilities) <= capabilities.max_bytes


def pack(asks: Sequence[Ask], capabilities: Capabilities) -> list[Pack]:
    """Cut the texts, in order, into packs that the engine's limits allow and that spread over its connections.

    A text with a line break of its own goes alone where packs are lines.
    """
    if capabilities.batch is Batch.NONE:
        return [(ask,) for ask in asks]
    alone = [ask for ask in asks if capabilities.batch is Batch.LINES and "\n" in ask.masked.text]
    packs: list[Pack] = [(ask,) for ask in alone]
    current: list[Ask] = []
    most = _most_items(len(asks), capabilities)
    characters = size = 0
    for ask in asks:
        if ask in alone:
            continue
        line = (
            _line(len(current), ask) + "\n"
            if capabilities.batch is Batch.LINES
            else dress(ask.masked.text, capabilities.markup)
        )
        more_characters, more_size = len(line), _bytes(line, capabilities)
        if current and (
            characters + more_characters > capabilities.max_characters
            or size + more_size > capabilities.max_bytes
            or len(current) >= most
        ):
            packs.append(tuple(current))
            current, characters, size = [], 0, 0
        current.append(ask)
        characters += more_characters
        size += more_size
    if current:
        packs.append(tuple(current))
    return packs


def _most_items(count: int, capabilities: Capabilities) -> int:
    """Return how many texts a pack takes at most, so that a list is spread over the connections that there are."""
    if capabilities.batch is not Batch.LIST:
        return capabilities.max_items
    packs = max(math.ceil(count / capabilities.max_items), min(capabilities.concurrency, math.ceil(count / FEW)))
    return math.ceil(count / max(packs, 1))


def join_lines(asks: Pack) -> str:
    """Return the pack as one text, a line for each."""
    return "\n".join(_line(number, ask) for number, ask in enumerate(asks))


def cut_lines(asks: Pack, answer: str) -> list[str | None] | None:
    """Return each line's own answer, None for one whose digits or tokens are not its own.

    None for the whole where the lines cannot be told apart: merged, split, dropped or swapped.
    """
    lines = answer.strip().splitlines()
    if len(lines) != len(asks):
        return None
    found: list[str | None] = []
    for number, (ask, line) in enumerate(zip(asks, lines, strict=True)):
        mark = TOKEN.match(line.strip())
        if mark is None or int(mark[1]) != LINE_MARK_BASE + number:
            return None
        text = line.strip()[mark.end() :].strip()
        if any(other >= LINE_MARK_BASE for other in token_counts(text)):
            return None
        own = token_counts(text) == token_counts(ask.masked.text) and digits(text) == digits(ask.masked.text)
        found.append(text if own else None)
    return found


def _line(number: int, ask: Ask) -> str:
    """Return one line with its mark."""
    return f"{token(LINE_MARK_BASE + number)} {ask.masked.text}"


def _bytes(text: str, capabilities: Capabilities) -> int:
    """Count the bytes of a text as the request encodes it: in an address where packs are lines."""
    return len(quote_plus(text)) if capabilities.batch is Batch.LINES else len(text.encode())
