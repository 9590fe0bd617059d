from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from benchmarks.memory import filling, lookups
from benchmarks.memory.texts import Texts
from service.domain.drafts import DraftSegment
from service.domain.matching.scoring import SHOWN_FROM, score
from service.domain.matching.tokens import Kind, Token, tokens_of
from service.domain.text import CodedText, CodeKind, InlineCode
from service.queries.memory import Wanted, draft_matches, find_matches, offered_to
from service.queries.memory_candidates import alike_sources
from service.queries.memory_reading import MANY, Found, Offered
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.making import submit
from tests.operations.memory_audit import audit_memory
from tests.operations.memory_filling import EVERYTHING, LOCALES, fill, locales_of, put_in
from tests.press_sentences import edited, sentence, unknown
from tests.queries.test_statement_counts import counted
from workers.tasks.remembering import keep

SENTENCES = 3_000
QUESTIONS = 120
SHOWN = 5
STATEMENTS = 7  # postings (two on SQLite), tokens, units (some at a time), and twice the terms
CHEAPEST_CHANGE = 0.5  # what another word, number or address costs at least: see `domain.matching.distances`
SENTENCE = "De gemeente opent op 14 mei een nieuwe brug over de Leie."
NTREX = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "ntrex"


@pytest.fixture(autouse=True)
def _whole_memory(request: pytest.FixtureRequest) -> Iterator[None]:
    """Look, after every test, whether the memory is whole."""
    name = "desk" if "desk" in request.fixturenames else "lite_desk"
    desk: Desk = request.getfixturevalue(name)
    yield
    with desk.read() as reading:
        audit_memory(reading.session)


def alike(desk: Desk, text: str | CodedText, locale: str = "fr", offered: Offered | None = None) -> list[Found]:
    """Return what is like a text, without what counts against it and without mending."""
    wanted = text if isinstance(text, CodedText) else CodedText(text)
    with desk.read() as reading:
        visible = EVERYTHING if offered is None else offered
        return alike_sources(reading.session, wanted, "nl", locale, visible)


def matches(desk: Desk, text: str, locale: str = "fr", **rest: Any) -> list[tuple[str, int]]:
    with desk.read() as reading:
        wanted = Wanted(CodedText(text), rest.pop("context", ""))
        found = find_matches(reading.session, wanted, "nl", locale, rest.pop("offered", EVERYTHING), **rest)
    return [(match.target, match.score) for match in found]


@cache
def compared(text: str) -> tuple[tuple[Token, ...], frozenset[tuple[str, int]]]:
    """Return a text's tokens, and those that cost a half or more where the other text lacks them."""
    tokens = tokens_of(CodedText(text))
    seen: dict[str, int] = {}
    for token in tokens:
        if token.kind in (Kind.WORD, Kind.NUMBER, Kind.ADDRESS):
            seen[token.key] = seen.get(token.key, 0) + 1
    return tokens, frozenset((key, n) for key, times in seen.items() for n in range(times))


def best_of_all(text: str, sources: Sequence[str]) -> list[int]:
    """Return the five best scores of a text against every source; only what cannot reach 70 is not scored."""
    tokens, heavy = compared(text)
    scores = []
    for source in sources:
        theirs, their_heavy = compared(source)
        lacking = max(len(heavy), len(their_heavy)) - len(heavy & their_heavy)
        if CHEAPEST_CHANGE * lacking <= (1 - SHOWN_FROM / 100) * max(len(tokens), len(theirs)) and source != text:
            scores.append(score(tokens, theirs))
    return sorted((each for each in scores if each >= SHOWN_FROM), reverse=True)[:SHOWN]


@cache
def questions() -> list[tuple[str, str, list[int]]]:
    """Return edited sentences, each with a locale that it has a target in, and the best scores that there are."""
    sources = {locale: sorted({sentence(n) for n in range(SENTENCES) if locale in locales_of(n)}) for locale in LOCALES}
    asked = []
    for place in range(QUESTIONS):
        number = place * (SENTENCES // QUESTIONS) + place % 7
        text, locale = edited(sentence(number), 100 + place), locales_of(number)[-1]
        asked.append((text, locale, best_of_all(text, sources[locale])))
    return asked


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """A desk with three thousand sentences, filed by a list made of half of them."""
    fill(desk, range(SENTENCES // 2))
    assert keep(desk, seconds=600.0)
    fill(desk, range(SENTENCES // 2, SENTENCES))
    return desk


def test_what_looking_at_every_sentence_finds_is_found(filled: Desk) -> None:
    first: list[bool] = []
    five: list[bool] = []
    for text, locale, best in questions():
        found = [each.score for each in alike(filled, text, locale)]
        if best:
            first.append(found[:1] >= best[:1])
            five.append(sum(each >= best[-1] for each in found) >= len(best))
        assert found == sorted(found, reverse=True)
        assert found[:1] <= best[:1]

    assert len(first) > 0.8 * QUESTIONS
    assert sum(len(best) > 1 for _, _, best in questions()) > 0.5 * QUESTIONS
    assert sum(first) >= 0.995 * len(first)
    assert sum(five) >= 0.98 * len(five)


def test_a_sentence_that_descends_from_nothing_finds_nothing(filled: Desk) -> None:
    strangers = [unknown(number) for number in range(60)]

    assert [] == [text for text in strangers for locale in LOCALES if matches(filled, text, locale)]


def test_a_sentence_is_found_in_the_locales_that_it_has_a_target_in(filled: Desk) -> None:
    numbers = range(1, SENTENCES, 600)

    found = {
        (number, locale): f"[{locale}] {sentence(number)}" in dict(matches(filled, sentence(number), locale))
        for number in numbers
        for locale in LOCALES
    }

    assert {(number, locale): locale in locales_of(number) for number in numbers for locale in LOCALES} == found


@pytest.mark.parametrize(
    "text, least",
    [
        (SENTENCE, 100),
        (f"  {SENTENCE.replace(' ', '  ')}", 100),
        (SENTENCE.upper(), 85),
        (SENTENCE.replace("De gemeente", "de gemeente"), 95),
        (SENTENCE.replace("nieuwe brug", "nieuwe, brug"), 95),
        (SENTENCE.removesuffix("."), 95),
        (SENTENCE.replace("14", "15"), 95),
        (SENTENCE.replace("brug", "sluis"), 85),
    ],
)
def test_what_differs_by_little_is_nearly_the_same(desk: Desk, text: str, least: int) -> None:
    put_in(desk, [(SENTENCE, "fr", "[fr] gemeente 14 mei")])

    (found,) = matches(desk, text)

    assert least <= found[1] < (101 if least == 100 else 100)


@pytest.mark.parametrize("text", ["…", "— ***", "!?"])
def test_a_text_without_a_word_is_found_where_it_is_equal(desk: Desk, text: str) -> None:
    put_in(desk, [(text, "fr", f"[fr] {text}"), (SENTENCE, "fr", "[fr] Un pont")])

    assert [(f"[fr] {text}", 100)] == matches(desk, text)
    assert [] == matches(desk, "***")


def test_other_codes_are_found_and_never_called_exact(desk: Desk) -> None:
    put_in(desk, [(SENTENCE, "fr", "[fr] Un pont")])
    bold = CodedText(SENTENCE.replace("nieuwe", "{1}nieuwe{/1}"), (InlineCode(1, CodeKind.BOLD),))

    (found,) = alike(desk, bold)

    assert 90 <= found.score < 100


@pytest.mark.parametrize("reason", ["secret", "retired", "in another language"])
def test_better_ones_that_are_not_offered_hide_no_other(desk: Desk, people: People, reason: str) -> None:
    secret, asking = (submit(desk, who, confidential=True) for who in (people.author, people.other_author))
    with desk.read() as reading:
        now = reading.now
    facts: dict[str, dict[str, Any]] = {
        "secret": {"release_id": secret, "public": False},
        "retired": {"retired_at": now},
        "in another language": {},
    }
    locale = "de" if reason == "in another language" else "fr"
    better = [f"{SENTENCE} {'abcdefghij'[number // 100]}{number}" for number in range(1_000)]
    put_in(desk, [(text, locale, f"[{locale}] {text}") for text in better], **facts[reason])
    put_in(desk, [(SENTENCE.replace("nieuwe brug", "oude sluis"), "fr", "[fr] une écluse")])

    found = alike(desk, SENTENCE, offered=offered_to(asking, now))

    assert ["[fr] une écluse"] == [each.target for each in found]
    if reason == "secret":
        assert 10 == len(alike(desk, SENTENCE, offered=offered_to(secret, now)))


@pytest.mark.parametrize("times", [25, MANY + 1])
def test_a_target_that_many_gave_hides_no_other(desk: Desk, times: int) -> None:
    often = [f"context {number}" for number in range(times)]
    put_in(desk, [(f"{SENTENCE[:-1]} !", "fr", "[fr] comme toujours")], contexts=often)
    put_in(desk, [(SENTENCE.replace("brug", "sluis"), "fr", "[fr] une écluse")])

    found = matches(desk, SENTENCE)

    assert ["[fr] comme toujours", "[fr] une écluse"] == [target for target, _ in found]


@pytest.mark.parametrize("times", [25, MANY + 1])
def test_an_equal_sentence_that_many_gave_hides_neither_its_context_nor_what_is_alike(
    desk: Desk, clock: StillClock, times: int
) -> None:
    put_in(desk, [(SENTENCE, "fr", "[fr] en son lieu")], contexts=["here"])
    put_in(desk, [(SENTENCE.replace("brug", "sluis"), "fr", "[fr] une écluse")])
    clock.forward(minutes=1)
    put_in(desk, [(SENTENCE, "fr", "[fr] comme toujours")], contexts=[f"context {number}" for number in range(times)])

    found = matches(desk, SENTENCE, context="here")
    with desk.read() as reading:
        segment = DraftSegment("unit", CodedText(SENTENCE), context="here")
        drafted = draft_matches(reading.session, [segment], "nl", "fr", EVERYTHING)

    assert [("[fr] en son lieu", 101), ("[fr] comme toujours", 100)] == found[:2]
    assert "[fr] une écluse" in dict(found)
    assert ("[fr] en son lieu", 101) == (drafted["unit"].target, drafted["unit"].score)


def test_the_best_kind_of_a_target_is_offered_whichever_came_last(desk: Desk, clock: StillClock) -> None:
    put_in(desk, [(SENTENCE, "fr", "[fr] un pont")])
    clock.forward(minutes=1)
    put_in(desk, [(SENTENCE, "fr", "[fr] un pont")], origin="import", contexts=["file"])
    clock.forward(minutes=1)
    put_in(desk, [(SENTENCE, "fr", "[fr] un pont")], confirmed=False, origin="import", contexts=["machine"])

    exact, fuzzy = matches(desk, SENTENCE), matches(desk, SENTENCE.replace("14", "15"))

    assert [("[fr] un pont", 100)] == exact
    assert 95 <= fuzzy[0][1] < 100


def test_of_what_is_equal_the_newest_stands_first(desk: Desk, clock: StillClock) -> None:
    for target in ("[fr] un", "[fr] deux", "[fr] trois"):
        put_in(desk, [(SENTENCE, "fr", target)])
        clock.forward(minutes=1)

    assert [("[fr] trois", 100), ("[fr] deux", 100)] == matches(desk, SENTENCE, limit=2)


def test_other_languages_of_sources_are_other_memories(desk: Desk) -> None:
    put_in(desk, [(SENTENCE, "fr", "[fr] un pont")], source_locale="nl-BE")

    assert [] == matches(desk, SENTENCE)
    assert [] == alike(desk, SENTENCE.replace("14", "15"))


def test_what_a_lookup_costs_does_not_grow_with_the_memory(filled: Desk) -> None:
    texts = [edited(sentence(number), 3) for number in range(0, SENTENCES, 300)]
    costs = []
    for text in texts:
        matches(filled, text)
        with filled.read() as reading, counted(filled) as sent:
            find_matches(reading.session, Wanted(CodedText(text)), "nl", "fr", EVERYTHING)
        costs.append(len(sent))

    assert max(costs) <= STATEMENTS


def test_a_draft_of_many_segments_reads_what_is_equal_at_once(filled: Desk) -> None:
    segments = [DraftSegment(str(number), CodedText(sentence(number))) for number in range(0, 900, 3)]
    with filled.read() as reading, counted(filled) as sent:
        found = draft_matches(reading.session, segments, "nl", "fr", EVERYTHING)

    assert {str(number): f"[fr] {sentence(number)}" for number in range(0, 900, 3)} == {
        name: match.target for name, match in found.items()
    }
    assert len(sent) <= STATEMENTS


@pytest.mark.skipif(not NTREX.is_dir(), reason="the sentences of NTREX are not on this machine")
def test_among_ten_thousand_recombined_sentences_the_best_are_found(lite_desk: Desk) -> None:
    texts = Texts()
    filling.fill(lite_desk, texts, 0, 10_000)

    shares = lookups.recall(lite_desk, lookups.questions(texts, 10_000)[0])

    assert shares.first >= 0.995
    assert shares.five >= 0.98
