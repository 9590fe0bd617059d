"""What is asked for again and what is not; and whom one silence spares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pytest

from service.domain.drafts import NO_GLOSSARY, DraftResult, DraftSegment, Glossary, OriginKind
from service.domain.text import CodedText
from tests.servers.libretranslate import LibreTranslateServer
from tests.workers.drafting.runs import ATTEMPTS, SEGMENTS
from workers.drafting.pipeline import DraftRequest, draft_version
from workers.engines.base import NO_HINTS, Batch, Capabilities, Deadline, Engine, EngineUnavailable, Health, Hints
from workers.engines.breaker import InMemoryBreakers
from workers.engines.libretranslate import LibreTranslate

ALONE = (DraftSegment("u", CodedText("De minister opent morgen de brug.")),)


class Kept:
    """Answers in a dictionary."""

    def __init__(self) -> None:
        self.by_key: dict[str, str] = {}

    def known(self, keys: Iterable[str]) -> Mapping[str, str]:
        return {key: self.by_key[key] for key in keys if key in self.by_key}

    def keep(self, answers: Mapping[str, str]) -> None:
        self.by_key.update(answers)


class Counting:
    """An engine that counts the texts that it gets."""

    def __init__(self, name: str = "counting", *, glossary: bool = False, silent: bool = False) -> None:
        self.capabilities = Capabilities(name, runs_in_office=True, batch=Batch.NONE, glossary=glossary)
        self.texts: list[str] = []
        self.silent = silent

    def translate(
        self, texts: Sequence[str], *, source: str, target: str, deadline: Deadline, hints: Hints = NO_HINTS
    ) -> list[str]:
        self.texts += texts
        if self.silent:
            raise EngineUnavailable("timeout")
        return [f"{target} {hints.glossary.revision} {text}" for text in texts]

    def probe(self, *, deadline: Deadline) -> Health:
        return Health(ok=True)


def run(
    engines: Sequence[Engine],
    answers: Kept | None,
    *,
    locale: str = "fr",
    segments: Sequence[DraftSegment] = ALONE,
    glossary: Glossary = NO_GLOSSARY,
) -> DraftResult:
    request = DraftRequest("nl", locale, confidential=False, segments=tuple(segments), glossary=glossary)
    return draft_version(
        request,
        engines,
        save=lambda _batch: None,
        breakers=InMemoryBreakers(),
        patience=ATTEMPTS,
        answers=answers,
    )


def test_what_an_engine_answered_is_not_asked_again_and_reads_the_same() -> None:
    kept = Kept()
    with LibreTranslateServer() as server:
        engine = LibreTranslate(server.url)
        first = run([engine], kept, segments=SEGMENTS)
        asked = len(server.translations)

        again = run([engine], kept, segments=SEGMENTS)

        assert asked == len(server.translations)
    assert {it.unit_id: it.target for it in first.drafted} == {it.unit_id: it.target for it in again.drafted}
    assert {OriginKind.MT} == {it.origin.kind for it in again.drafted}
    assert {None} == {it.milliseconds for it in again.drafted}
    assert 3 == again.outcomes[0].filled


@pytest.mark.parametrize("changes", [{"locale": "de"}, {"segments": (DraftSegment("u", CodedText("Iets anders.")),)}])
def test_another_pair_or_text_is_asked_for(changes: dict[str, object]) -> None:
    kept, engine = Kept(), Counting()
    run([engine], kept)

    run([engine], kept, **changes)  # type: ignore[arg-type]

    assert 2 == len(engine.texts)


@pytest.mark.parametrize("uses_it, asked", [(True, 2), (False, 1)])
def test_a_changed_glossary_counts_for_engines_that_use_one(uses_it: bool, asked: int) -> None:  # noqa: FBT001
    kept, engine = Kept(), Counting(glossary=uses_it)
    run([engine], kept, glossary=Glossary((("brug", "pont"),), "one"))

    run([engine], kept, glossary=Glossary((("brug", "passerelle"),), "two"))

    assert asked == len(engine.texts)


def test_one_engine_s_answer_is_not_another_s() -> None:
    kept, other = Kept(), Counting("other")
    run([Counting()], kept)

    run([other], kept)

    assert 1 == len(other.texts)


def test_an_answer_that_today_s_rules_refuse_is_asked_for_anew() -> None:
    kept, engine = Kept(), Counting()
    run([engine], kept)
    kept.by_key = dict.fromkeys(kept.by_key, "")

    result = run([engine], kept)

    assert 2 == len(engine.texts)
    assert () == result.missing


def test_without_kept_answers_everything_is_asked_for() -> None:
    engine = Counting()

    run([engine], None)
    run([engine], None)

    assert 2 == len(engine.texts)


def test_one_silence_spares_the_texts_that_were_not_sent_yet() -> None:
    silent, helper = Counting("silent", silent=True), Counting("helper")
    segments = [DraftSegment(str(n), CodedText(f"De minister opent brug {n}.")) for n in range(5)]

    result = run([silent, helper], None, segments=segments)

    assert 1 == len(silent.texts)
    assert {"helper"} == {it.origin.engine for it in result.drafted}
    assert () == result.missing


def test_terms_and_memory_come_before_kept_answers_and_engines() -> None:
    engine = Counting()
    segments = (DraftSegment("t", CodedText("Nieuwsbericht"), composed="Communiqué"), *ALONE)

    result = run([engine], Kept(), segments=segments)

    assert [("t", OriginKind.TERMS), ("u", OriginKind.MT)] == [(it.unit_id, it.origin.kind) for it in result.drafted]
    assert [ALONE[0].source.text] == engine.texts
