"""Microsoft and MyMemory through the whole pipeline: what is marked up, escaped or protected comes back as it was."""

from __future__ import annotations

import pytest

from service.domain.drafts import DraftSegment, OutcomeKind
from service.domain.text import CodedText, CodeKind, InlineCode
from tests.servers.google import GoogleServer
from tests.servers.microsoft import MicrosoftServer
from tests.servers.mymemory import MyMemoryServer
from tests.workers.drafting.runs import draft, request
from workers.engines.base import Engine
from workers.engines.google import Google
from workers.engines.microsoft import Microsoft
from workers.engines.mymemory import MyMemory

LINK = InlineCode(1, CodeKind.LINK, "https://office.example/?a=1&b=2")
SEGMENT = DraftSegment("unit", CodedText("De {1}minister{/1} & de regering", (LINK,)))
EXPECTED = "Le {1}ministre{/1} & le gouvernement"


@pytest.mark.parametrize(
    "source, expected",
    [
        (SEGMENT.source, EXPECTED),
        (CodedText("Minister <regering> 'x' \"y\""), "Ministre <gouvernement> 'xé' \"yé\""),
        (CodedText("Minder dan < 5 procent"), "Minderé dané < 5 pour cent"),
        (CodedText("Zie https://pers.example/?a=1&b=2 vandaag"), "Zieé https://pers.example/?a=1&b=2 aujourd’hui"),
        (CodedText("De minister [X0X] en {naam}"), "Le ministre [X0X] et {naam}"),
        (CodedText("De minister &amp; {1}regering{/1}", (LINK,)), "Le ministre &ampé; {1}gouvernement{/1}"),
    ],
)
def test_what_must_not_change_comes_back_whole_from_html(source: CodedText, expected: str) -> None:
    with MicrosoftServer() as server:
        result = draft(request([DraftSegment("unit", source)]), [Microsoft("a-key", url=server.url)])

    assert [(expected, "microsoft")] == [(unit.target, unit.origin.engine) for unit in result.drafted]


def test_mymemory_drafts_sentences_one_by_one() -> None:
    with MyMemoryServer() as server:
        result = draft(request([SEGMENT, DraftSegment("other", CodedText("De regering"))]), [MyMemory(server.url)])

        assert 2 == len(server.translations)
    assert {EXPECTED, "Le gouvernement"} == {unit.target for unit in result.drafted}


@pytest.mark.parametrize("behaviour", ["lost_token", "doubled_token", "echo", "empty", "markup"])
def test_a_segment_that_came_back_broken_goes_to_the_next_engine(behaviour: str) -> None:
    with MicrosoftServer() as broken, GoogleServer() as good:
        broken.behave(behaviour)
        engines: list[Engine] = [Microsoft("a-key", url=broken.url), Google(good.page)]

        result = draft(request([SEGMENT]), engines)

    assert [(EXPECTED, "google")] == [(unit.target, unit.origin.engine) for unit in result.drafted]
    assert ("microsoft", OutcomeKind.FAILED) == (result.outcomes[0].engine, result.outcomes[0].kind)


def test_a_text_too_long_for_mymemory_is_for_the_next_engine() -> None:
    segment = DraftSegment("unit", CodedText("é minister " * 50))
    with MyMemoryServer() as short, GoogleServer() as good:
        result = draft(request([segment]), [MyMemory(short.url), Google(good.page)])

        assert [] == short.requests
    assert ["google"] == [unit.origin.engine for unit in result.drafted]
    assert "too_long" == result.outcomes[0].reason
