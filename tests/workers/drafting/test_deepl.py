"""DeepL through the whole pipeline: what is marked up, escaped or protected comes back as it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from service.domain.drafts import DraftSegment, Glossary, OutcomeKind
from service.domain.text import CodedText, CodeKind, InlineCode
from tests.servers.deepl import DeepLServer
from tests.servers.libretranslate import LibreTranslateServer
from tests.workers.drafting.runs import SEGMENTS, draft, request
from workers.engines.deepl import DeepL
from workers.engines.libretranslate import LibreTranslate

BREAK = InlineCode(2, CodeKind.BREAK)
LINK = InlineCode(1, CodeKind.LINK, "https://office.example/?a=1&b=2")


@pytest.mark.parametrize(
    "source, expected",
    [
        (CodedText("De {1}minister{/1} komt.", (LINK,)), "Le {1}ministre{/1} komté."),
        (CodedText("De minister,{2/}vandaag.", (BREAK,)), "Le ministre,{2/}aujourd’hui."),
        (CodedText("{1}De minister{/1}", (LINK,)), "{1}Le ministre{/1}"),
        (CodedText("Minister & regering"), "Ministre & gouvernement"),
        (CodedText("Minister <regering> 'x' \"y\""), "Ministre <gouvernement> 'xé' \"yé\""),
        (CodedText("Minder dan < 5 procent"), "Minderé dané < 5 pour cent"),
        (CodedText("{1}Minister & {/1}co", (LINK,)), "{1}Ministre & {/1}coé"),
        (CodedText("Zie https://pers.example/?a=1&b=2 vandaag"), "Zieé https://pers.example/?a=1&b=2 aujourd’hui"),
        (CodedText("Zie <https://pers.example/>."), "Zieé <https://pers.example/>."),
        (CodedText("Schrijf pers@office.example."), "Schrijfé pers@office.example."),
        (CodedText("De minister [X0X] en {naam}"), "Le ministre [X0X] et {naam}"),
        (CodedText('De minister <x id="0"/>'), 'Le ministre <xé idé="0"/>'),
        (CodedText("De minister &amp; {1}regering{/1}", (LINK,)), "Le ministre &ampé; {1}gouvernement{/1}"),
    ],
)
def test_what_must_not_change_comes_back_whole(source: CodedText, expected: str) -> None:
    with DeepLServer() as server:
        result = draft(request([DraftSegment("unit", source)]), [DeepL("a-key", server.url)])

    assert [expected] == [unit.target for unit in result.drafted]


def test_many_segments_travel_together() -> None:
    with DeepLServer() as server:
        result = draft(request(), [DeepL("a-key", server.url)])

        assert 3 == len(result.drafted)
        assert sorted(len(asked.texts) for asked in server.translations) in ([3], [1, 2], [1, 1, 1])


def test_an_edit_of_the_term_base_changes_the_draft() -> None:
    wanted = request([DraftSegment("unit", CodedText("Het {1}persbericht{/1} & de regering", (LINK,)))])
    entries = {"first": ("persbericht", "communiqué de presse"), "second": ("persbericht", "note à la presse")}
    with DeepLServer() as server:
        engine = DeepL("a-key", server.url)

        targets = [
            draft(replace(wanted, glossary=Glossary((entry,), revision)), [engine]).drafted[0].target
            for revision, entry in entries.items()
        ]

    assert [
        "Le {1}communiqué de presse{/1} & le gouvernement",
        "Le {1}note à la presse{/1} & le gouvernement",
    ] == targets


def test_what_stands_before_and_after_a_request_goes_along_as_its_context() -> None:
    texts = [f"De minister bezoekt school {number} van het land." for number in range(60)]
    around = ["", *texts, ""]
    segments = [
        DraftSegment(str(number), CodedText(text), before=around[number], after=around[number + 2])
        for number, text in enumerate(texts)
    ]
    with DeepLServer() as server:
        result = draft(request(segments), [DeepL("a-key", server.url)])

        assert 60 == len(result.drafted)
        assert 2 <= len(server.translations)
        for asked in server.translations:
            wanted = {texts[place] for place in _places_around(asked.texts, texts)}
            assert wanted == set(asked.sent["context"].split("\n"))


def _places_around(asked: Sequence[str], texts: Sequence[str]) -> list[int]:
    first, last = texts.index(asked[0]), texts.index(asked[-1])
    return [place for place in (first - 1, last + 1) if 0 <= place < len(texts)]


@pytest.mark.parametrize("behaviour", ["lost_token", "doubled_token"])
def test_an_answer_whose_tags_are_not_whole_goes_to_the_next_engine(behaviour: str) -> None:
    with DeepLServer() as server, LibreTranslateServer() as next_server:
        server.behave(behaviour)

        result = draft(request(), [DeepL("a-key", server.url), LibreTranslate(next_server.url)])

    assert {"u0": "libretranslate", "u1": "deepl", "u2": "libretranslate"} == {
        unit.unit_id: unit.origin.engine for unit in result.drafted
    }


@pytest.mark.parametrize("behaviour", ["empty", "echo", "truncated", "swapped", "merged", "dropped", "notice", "quota"])
def test_what_is_no_translation_is_never_kept(behaviour: str) -> None:
    with DeepLServer() as server:
        server.behave(behaviour)

        result = draft(request(SEGMENTS), [DeepL("a-key", server.url)])

    good = {"swapped", "merged", "dropped"}  # asked for one by one, these are as they should be
    assert (3 if behaviour in good else 0) == len(result.drafted)


def test_a_confidential_text_does_not_reach_it() -> None:
    with DeepLServer() as server:
        result = draft(request(confidential=True), [DeepL("a-key", server.url)])

        assert [] == server.requests
    assert [OutcomeKind.NOT_ALLOWED] == [outcome.kind for outcome in result.outcomes]
