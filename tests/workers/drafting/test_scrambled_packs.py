"""Packs whose lines come back in another order, joined, split or dropped: no segment ever gets another's text."""

from __future__ import annotations

import random
from collections.abc import Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.domain.drafts import DraftSegment
from service.domain.text import CodedText
from tests.workers.drafting.runs import draft, request
from workers.drafting.batching import Ask, cut_lines, join_lines
from workers.drafting.masking import mask
from workers.engines.base import NO_HINTS, Batch, Capabilities, Deadline, Health, Hints

WORDS = ("aap", "noot", "mies", "wim", "zus", "jet", "teun", "vuur", "gijs", "lam", "kees", "bok")
PACKS = 10_000
SEED = 20_240_125


class Scrambler:
    """An engine for lines that puts them in another order, joins some and drops some."""

    capabilities = Capabilities("scrambler", runs_in_office=True, batch=Batch.LINES, max_items=50, concurrency=2)

    def __init__(self, order: Sequence[int], joined: Sequence[bool]) -> None:
        self._order = order
        self._joined = joined

    def translate(
        self, texts: Sequence[str], *, source: str, target: str, deadline: Deadline, hints: Hints = NO_HINTS
    ) -> list[str]:
        assert (source, target, deadline.expired) == ("nl", "fr", False)
        return [self._scrambled(text.split("\n")) for text in texts]

    def probe(self, *, deadline: Deadline) -> Health:
        return Health(ok=not deadline.expired)

    def _scrambled(self, lines: list[str]) -> str:
        if len(lines) == 1:
            return f"fr {lines[0]}"
        kept = [lines[place % len(lines)] for place in self._order] or lines
        answer = f"fr {kept[0]}" if self._joined[0] else kept[0]
        for line, joined in zip(kept[1:], self._joined[1:], strict=False):
            answer += (" " if joined else "\n") + line
        return answer


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    words=st.lists(
        st.sampled_from(WORDS),
        min_size=2,
        max_size=8,
    ),
    order=st.lists(st.integers(0, 7), max_size=9),
    joined=st.lists(st.booleans(), min_size=9, max_size=9),
)
def test_no_segment_ever_carries_the_text_of_another(words: list[str], order: list[int], joined: list[bool]) -> None:
    segments = [DraftSegment(str(n), CodedText(word)) for n, word in enumerate(words)]

    result = draft(request(segments), [Scrambler(order, joined)])

    sources = {segment.unit_id: segment.source.text for segment in segments}
    assert len(segments) == len(result.drafted)
    assert all(unit.target in {sources[unit.unit_id], f"fr {sources[unit.unit_id]}"} for unit in result.drafted)


def scrambled(lines: list[str], chance: random.Random) -> list[str]:
    """Shuffle, merge, split and drop lines, each by chance."""
    if chance.random() < 0.5:
        chance.shuffle(lines)
    if chance.random() < 0.4 and len(lines) > 1:
        at = chance.randrange(len(lines) - 1)
        lines[at : at + 2] = [f"{lines[at]} {lines[at + 1]}"]
    if chance.random() < 0.3:
        at = chance.randrange(len(lines))
        middle = len(lines[at]) // 2
        lines[at : at + 1] = [lines[at][:middle], lines[at][middle:]]
    if chance.random() < 0.3 and len(lines) > 1:
        del lines[chance.randrange(len(lines))]
    if chance.random() < 0.2:
        lines.insert(chance.randrange(len(lines) + 1), chance.choice(lines))
    return lines


def test_ten_thousand_scrambled_packs_assign_no_text_wrongly() -> None:
    chance = random.Random(SEED)
    wrong = taken = 0
    for _ in range(PACKS):
        words = [" ".join(chance.choices(WORDS, k=chance.randint(1, 3))) for _ in range(chance.randint(2, 9))]
        asks = tuple(Ask(mask(CodedText(word)), (str(n),)) for n, word in enumerate(words))
        answer = "\n".join(scrambled(join_lines(asks).split("\n"), chance))

        found = cut_lines(asks, answer) or []

        taken += sum(text is not None for text in found)
        # A line that was cut and lost its end has still nobody else's words; acceptance looks at its length.
        wrong += sum(
            text is not None and not ask.masked.text.startswith(text) for ask, text in zip(asks, found, strict=False)
        )

    assert 0 == wrong
    assert taken > PACKS // 10  # what came back whole is taken
