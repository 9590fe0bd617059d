"""Packs whose lines come back in another order, joined, split or dropped: no segment ever gets another's text."""

from __future__ import annotations

import itertools
import os
import random
import re
import threading
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.domain.drafts import DraftedUnit, DraftSegment
from service.domain.text import CodedText
from tests.servers.base import Asked, Behaviour
from tests.servers.google import GoogleServer
from tests.workers.drafting.runs import draft, request
from workers.drafting.masking import TOKEN
from workers.engines.base import NO_HINTS, Batch, Capabilities, Deadline, Health, Hints
from workers.engines.google import Google

WORDS = ("aap", "noot", "mies", "wim", "zus", "jet", "teun", "vuur", "gijs", "lam", "kees", "bok")
PACKS = int(os.environ.get("PACKS", "2000"))  # ten thousand take two minutes: PACKS=10000 make test
RELEASE = 500  # segments drafted in one run
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


class ScramblingServer(GoogleServer):
    """Half of the packs come back with their lines shuffled, merged, split, dropped or doubled, each by chance."""

    def __init__(self) -> None:
        super().__init__(translate=translated)
        self.chance = random.Random(SEED)
        self.packs = 0
        self.counting = threading.Lock()

    def answers(self, asked: Asked, behaviour: Behaviour) -> list[str]:
        good = super().answers(asked, behaviour)
        if len(good) == 1:
            return good
        with self.counting:
            self.packs += 1
            return scrambled(good, self.chance) if self.chance.random() < 0.5 else good


class SmallPacks(Google):
    """Google, asked for a pair of lines at a time, as often as it likes."""

    @property
    def capabilities(self) -> Capabilities:
        return replace(super().capabilities, max_items=2, rate=None)


def translated(text: str, _source: str, _target: str) -> str:
    return TOKEN.sub(lambda found: found[0].upper(), re.sub(r"[a-z]+", r"\g<0>é", text))


@pytest.mark.slow
def test_ten_thousand_packs_through_a_scrambling_server_assign_no_text_wrongly() -> None:
    phrases = (" ".join(words) for words in itertools.product(WORDS, repeat=5))
    texts = random.Random(SEED).sample(list(itertools.islice(phrases, 12**4 * 3)), 2 * PACKS)
    segments = [DraftSegment(str(n), CodedText(text)) for n, text in enumerate(texts)]
    drafted: list[DraftedUnit] = []
    with ScramblingServer() as server:
        for begin in range(0, len(segments), RELEASE):
            result = draft(request(segments[begin : begin + RELEASE]), [SmallPacks(server.page)], seconds=1_800.0)
            drafted += result.drafted
            assert () == result.missing

        assert server.packs >= PACKS
    wrong = [
        unit
        for unit in drafted
        # A line that was cut and lost its end has still nobody else's words.
        if not translated(texts[int(unit.unit_id)], "nl", "fr").startswith(unit.target)
    ]
    assert [] == wrong
    assert len(texts) == len(drafted)
