"""How versions fare with engines that fail in every way; the servers are real, on loopback."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from service.domain.drafts import DraftResult
from tests.servers.base import Behaviour
from tests.servers.deepl import DeepLServer
from tests.servers.google import GoogleServer
from tests.servers.libretranslate import LibreTranslateServer
from tests.servers.microsoft import MicrosoftServer
from tests.servers.mymemory import MyMemoryServer
from tests.workers.drafting.runs import SEGMENTS, draft, request
from tests.workers.engines.patience import LONG, patience_for
from workers.engines.base import Engine
from workers.engines.client import Patience
from workers.engines.deepl import DeepL
from workers.engines.google import Google
from workers.engines.libretranslate import LibreTranslate
from workers.engines.microsoft import Microsoft
from workers.engines.mymemory import MyMemory


def by(result: DraftResult) -> Counter[str | None]:
    return Counter(unit.origin.engine for unit in result.drafted)


@dataclass(frozen=True)
class Kind:
    """An engine under test: its stand-in, and how it is asked."""

    serve: Callable[[], Any]
    ask: Callable[[Any, Patience], Engine]


KINDS = {
    "libretranslate": Kind(
        LibreTranslateServer, lambda server, patience: LibreTranslate(server.url, patience=patience)
    ),
    "deepl": Kind(
        lambda: DeepLServer(key="a-key"), lambda server, patience: DeepL("a-key", server.url, patience=patience)
    ),
    "microsoft": Kind(MicrosoftServer, lambda server, patience: Microsoft("a-key", url=server.url, patience=patience)),
    "google": Kind(GoogleServer, lambda server, patience: Google(server.page, patience=patience)),
    "mymemory": Kind(MyMemoryServer, lambda server, patience: MyMemory(server.url, patience=patience)),
}

# For each behaviour: requests for a translation that the engine saw (None where several at once may make it one more
# or less), units that it filled, its reason, and for bad answers the warning that goes with the next engine's draft.
# LibreTranslate and DeepL are asked for their languages first, so a server that gives no answer sees no text at all.
NEVER_ASKED: dict[str, tuple[int | None, int, str, str]] = {
    "hang": (0, 0, "timeout", ""),
    "refuse": (0, 0, "refused_connection", ""),
    "drop": (0, 0, "broken_connection", ""),
    "http_500": (0, 0, "http_500", ""),
    "rate_limited": (0, 0, "rate_limited", ""),
    "rate_limited_7": (0, 0, "rate_limited", ""),
    "http_456": (0, 0, "rate_limited", ""),
    "slow": (0, 0, "timeout", ""),
    "slow_head": (0, 0, "timeout", ""),
    "redirect": (0, 0, "bad_answer", "redirected"),
    "garbage": (0, 0, "bad_answer", "garbage"),
}
LISTS: dict[str, tuple[int | None, int, str, str]] = {
    "well": (1, 3, "", ""),
    "http_500_once": (4, 3, "", ""),
    "empty": (1, 0, "bad_answer", "empty"),
    "notice": (1, 0, "bad_answer", "notice"),
    "merged": (4, 3, "", ""),
    "split": (None, 0, "bad_answer", "wrong_count"),
    "dropped": (4, 3, "", ""),
    "swapped": (3, 3, "", ""),  # the second of three stands where it stood
    "lost_token": (3, 1, "bad_answer", "lost_token"),
    "doubled_token": (3, 1, "bad_answer", "doubled_token"),
    "echo": (1, 0, "bad_answer", "echo"),
    "truncated": (None, 0, "bad_answer", "too_short"),
    "markup": (1, 0, "bad_answer", "markup"),
}
ASKED_AT_ONCE: dict[str, tuple[int | None, int, str, str]] = {
    "hang": (1, 0, "timeout", ""),
    "refuse": (0, 0, "refused_connection", ""),
    "drop": (2, 0, "broken_connection", ""),
    "rate_limited": (1, 0, "rate_limited", ""),
    "rate_limited_7": (1, 0, "rate_limited", ""),
    "http_456": (1, 0, "rate_limited", ""),
    "slow": (1, 0, "timeout", ""),
    "slow_head": (1, 0, "timeout", ""),
    "redirect": (1, 0, "bad_answer", "redirected"),
    "garbage": (1, 0, "bad_answer", "garbage"),
    "quota": (1, 0, "rate_limited", ""),
}
TABLE: dict[str, dict[str, tuple[int | None, int, str, str]]] = {
    "libretranslate": {**NEVER_ASKED, **LISTS, "quota": (1, 0, "rate_limited", "")},
    "deepl": {**NEVER_ASKED, **LISTS, "quota": (0, 0, "rate_limited", "")},
    # A list that failed with 500 is asked for text by text, until the breaker holds.
    "microsoft": {
        **ASKED_AT_ONCE,
        **LISTS,
        "http_500": (None, 0, "http_500", ""),
        "truncated": (None, 0, "bad_answer", "lost_token"),  # its tokens are the longest, and cut
    },
    "google": {
        **ASKED_AT_ONCE,
        "well": (1, 3, "", ""),
        "http_500": (2, 0, "http_500", ""),
        "http_500_once": (2, 3, "", ""),
        "empty": (None, 0, "bad_answer", "empty"),
        "notice": (4, 0, "bad_answer", "notice"),
        "merged": (4, 3, "", ""),
        "split": (4, 0, "bad_answer", "split_lines"),
        "dropped": (4, 3, "", ""),
        "swapped": (4, 3, "", ""),
        "lost_token": (4, 1, "bad_answer", "lost_token"),
        "doubled_token": (4, 1, "bad_answer", "doubled_token"),
        "echo": (1, 0, "bad_answer", "echo"),
        "truncated": (None, 0, "bad_answer", "too_short"),
        "markup": (4, 0, "bad_answer", "markup"),
    },
    # One text a request, two at a time: there is nothing to merge, split, drop or swap.
    "mymemory": {
        **{behaviour: (None, *row[1:]) for behaviour, row in ASKED_AT_ONCE.items()},
        **dict.fromkeys(("well", "merged", "split", "dropped", "swapped"), (3, 3, "", "")),
        "http_500": (None, 0, "http_500", ""),
        "http_500_once": (4, 3, "", ""),
        "empty": (None, 0, "bad_answer", "empty"),
        "notice": (None, 0, "bad_answer", "too_long"),
        "lost_token": (3, 1, "bad_answer", "lost_token"),
        "doubled_token": (3, 1, "bad_answer", "doubled_token"),
        "echo": (None, 0, "bad_answer", "echo"),
        "truncated": (None, 0, "bad_answer", "too_short"),
        "markup": (None, 0, "bad_answer", "markup"),
    },
}


@pytest.mark.parametrize("name", KINDS)
def test_no_behaviour_is_left_out(name: str) -> None:
    told = {*Behaviour} - {Behaviour.ENDLESS} | {"rate_limited_7"}

    assert told == set(TABLE[name])


@pytest.mark.parametrize("name, behaviour", [(name, behaviour) for name, rows in TABLE.items() for behaviour in rows])
def test_what_one_engine_fails_the_next_one_drafts(name: str, behaviour: str) -> None:
    requests, filled, reason, warning = TABLE[name][behaviour]
    # Another one comes second, so that each is seen failing and helping out.
    second = "libretranslate" if name == "google" else "google"
    with KINDS[name].serve() as server, KINDS[second].serve() as helper:
        engines = [KINDS[name].ask(server, patience_for(behaviour)), KINDS[second].ask(helper, LONG)]
        plain, _, held = behaviour.partition("_7")
        server.behave(plain, retry_after="7" if plain != behaviour else None)

        result = draft(request(), engines)
        alone = draft(request(), engines[1:])

        assert not held
        assert () == result.missing
        assert {name: filled, second: 3 - filled} == {who: by(result)[who] for who in (name, second)}
        assert (name, reason) == (result.outcomes[0].engine, result.outcomes[0].reason)
        if requests is not None:
            assert requests == len(server.translations)
        told = {note for unit in result.drafted if unit.origin.engine == second for note in unit.warnings}
        assert told >= ({f"{name}: {warning}"} if warning else set())
        assert all(note.startswith(f"{name}: ") for note in told)
        sources = {segment.unit_id: segment.source.text for segment in SEGMENTS}
        assert not [unit for unit in result.drafted if unit.target == sources[unit.unit_id]]
        assert {unit.unit_id: unit.target for unit in alone.drafted} == {
            unit.unit_id: unit.target for unit in result.drafted
        }
