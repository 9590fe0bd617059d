"""How long a lookup takes, and whether it finds what looking at every sentence finds."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein
from sqlalchemy import text

from benchmarks.memory.texts import TARGETS, Texts
from service.domain.drafts import DraftSegment
from service.domain.matching.scoring import SHOWN_FROM, score
from service.domain.matching.tokens import code_string, tokens_of
from service.domain.permissions import DESK
from service.domain.text import CodedText
from service.queries.memory import Wanted, draft_matches, find_matches, found_by
from service.uow import Desk

QUERIES = 300
SHOWN = 5
COMPARED = 60  # sentences that are alike by bare tokens, and scored word by word to find the best


@dataclass(frozen=True, slots=True)
class Question:
    """A sentence that is looked up in one of the target languages; `parent` is None where it descends from nothing."""

    source: str
    locale: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds, sorted."""

    milliseconds: tuple[float, ...]

    def at(self, share: float) -> float:
        """Return how long all but the slowest took."""
        return self.milliseconds[min(len(self.milliseconds) - 1, math.ceil(share * len(self.milliseconds)) - 1)]


def questions(texts: Texts, sources: int) -> tuple[list[Question], list[Question], list[Question]]:
    """Return what is looked up: half edited sentences, half from nothing; and as many sentences as they stand."""
    chance = random.Random(sources)  # noqa: S311 - a sample
    alike: list[Question] = []
    equal: list[Question] = []
    while len(alike) < QUERIES // 2:
        pair = texts.pair(chance.randrange(sources))
        locale = chance.choice(sorted(pair.targets))
        alike.append(Question(texts.edited(pair.source, len(alike)), locale, pair.source))
        equal.append(Question(pair.source, locale, pair.source))
    unknown = [Question(texts.unknown(n), TARGETS[n % len(TARGETS)], None) for n in range(QUERIES // 2)]
    return alike, unknown, equal


def look_up(desk: Desk, question: Question, limit: int = SHOWN) -> list[int]:
    """Look a sentence up as an editor does; return the scores of what is found."""
    with desk.read() as reading:
        wanted = Wanted(CodedText(question.source))
        found = find_matches(reading.session, wanted, "nl", question.locale, found_by(DESK), limit=limit)
    return [match.score for match in found]


def draft(desk: Desk, sources: Sequence[str], locale: str) -> int:
    """Look up what a draft takes; return how many segments have a match."""
    segments = [DraftSegment(str(n), CodedText(source)) for n, source in enumerate(sources)]
    with desk.read() as reading:
        return len(draft_matches(reading.session, segments, "nl", locale, found_by(DESK)))


def timed(act: Callable[[Question], object], asked: Sequence[Question]) -> Times:
    """Return how long each took; a few are asked before, as by a process that has been at work."""
    for question in asked[::10]:
        act(question)
    spent = []
    for question in asked:
        began = time.perf_counter()
        act(question)
        spent.append(1000 * (time.perf_counter() - began))
    return Times(tuple(sorted(spent)))


@dataclass(frozen=True, slots=True)
class Recall:
    """Shares of the questions whose best, and whose five best, were found as good as there are.

    `looks` tells what it took to look at every sentence, in C and with all of them at hand.
    """

    first: float
    five: float
    looks: Times


def recall(desk: Desk, asked: Sequence[Question]) -> Recall:
    """Compare with a look at every sentence that has a target in the language."""
    looks: list[float] = []
    codes: dict[str, tuple[list[str], list[str]]] = {}
    first = five = counted = 0
    for question in asked:
        if question.locale not in codes:
            codes[question.locale] = _all(desk, question.locale)
        began = time.perf_counter()
        best = _best(question, *codes[question.locale])
        looks.append(1000 * (time.perf_counter() - began))
        if not best:
            continue
        counted += 1
        found = [before_penalty(each) for each in look_up(desk, question, limit=2 * SHOWN)]
        first += bool(found) and found[0] >= best[0]
        five += sum(each >= best[-1] for each in found) >= len(best)
    return Recall(first / counted, five / counted, Times(tuple(sorted(looks))))


def before_penalty(reached: int) -> int:
    """Return the score of an imported unit before five are taken off for that."""
    return reached + 5


def _all(desk: Desk, locale: str) -> tuple[list[str], list[str]]:
    asked = text(
        "SELECT DISTINCT s.source, s.tokens FROM memory_source s JOIN memory_unit u ON u.source_id = s.id"
        " WHERE u.target_locale = :locale"
    )
    with desk.read() as reading:
        rows = reading.session.execute(asked, {"locale": locale}).all()
    return [row[0] for row in rows], [row[1] for row in rows]


def _best(question: Question, sources: Sequence[str], codes: Sequence[str]) -> list[int]:
    """Return the five best scores of 75 and more: below, five less for an import is below what is shown."""
    tokens = tokens_of(CodedText(question.source))
    near = process.extract(
        code_string(tokens), codes, scorer=Levenshtein.normalized_similarity, limit=COMPARED, score_cutoff=0.4
    )
    scores = (score(tokens, tokens_of(CodedText(sources[place]))) for _, _, place in near)
    return sorted((each for each in scores if each >= before_penalty(SHOWN_FROM)), reverse=True)[:SHOWN]
