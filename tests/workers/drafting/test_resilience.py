"""What one engine's, one version's or one save's trouble costs the others: nothing."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from service.domain.drafts import DraftedUnit, DraftSegment, MemoryMatch, OutcomeKind
from service.domain.text import CodedText
from tests.servers.google import GoogleServer
from tests.servers.libretranslate import LibreTranslateServer
from tests.watching import wait_for
from workers.drafting.asking import Patience as Attempts
from workers.drafting.pipeline import DraftRequest, draft_version
from workers.engines.base import NO_HINTS, Batch, Capabilities, Deadline, Engine, Health, Hints
from workers.engines.breaker import BreakerTimes, Gate, InMemoryBreakers
from workers.engines.google import Google
from workers.engines.libretranslate import LibreTranslate

ATTEMPTS = Attempts(shortest_pause=0.0, longest_pause=0.001)
SEGMENTS = tuple(
    DraftSegment(f"u{number}", CodedText(f"De minister opent vandaag school {number} van het land."))
    for number in range(20)
)


def wanted(locale: str = "fr", *, confidential: bool = False) -> DraftRequest:
    return DraftRequest("nl", locale, confidential, SEGMENTS)


def nowhere(_batch: Sequence[DraftedUnit]) -> None:
    """Save nothing: these tests look at the result."""


class Broken:
    """An engine whose adapter has a fault of its own."""

    capabilities = Capabilities("broken", runs_in_office=True, batch=Batch.LIST, max_items=50)

    def translate(
        self, texts: Sequence[str], *, source: str, target: str, deadline: Deadline, hints: Hints = NO_HINTS
    ) -> list[str]:
        raise ZeroDivisionError(texts[0], source, target, deadline)

    def probe(self, *, deadline: Deadline) -> Health:
        return Health(ok=not deadline.expired)


def test_a_fault_in_an_adapter_leaves_its_segments_to_the_next_engine() -> None:
    with GoogleServer() as server:
        result = draft_version(
            wanted(), [Broken(), Google(server.page)], save=nowhere, breakers=InMemoryBreakers(), patience=ATTEMPTS
        )

    broken, google = result.outcomes
    assert () == result.missing
    assert (OutcomeKind.FAILED, 0) == (broken.kind, broken.filled)
    assert (OutcomeKind.ANSWERED, 20) == (google.kind, google.filled)
    assert "minister" not in f"{broken.reason} {broken.detail}"


def test_the_versions_of_a_release_spare_an_engine_together() -> None:
    breakers = InMemoryBreakers()
    with LibreTranslateServer() as office, GoogleServer() as outside:
        office.behave("drop")
        engines: list[Engine] = [LibreTranslate(office.url), Google(outside.page)]

        def missing(locale: str) -> tuple[str, ...]:
            return draft_version(wanted(locale), engines, save=nowhere, breakers=breakers, patience=ATTEMPTS).missing

        with ThreadPoolExecutor(3) as pool:
            found = list(pool.map(missing, ("fr", "de", "en")))
        asked = len(office.requests)
        missing("fr")

        assert [(), (), ()] == found
        assert 3 <= asked <= 11  # the three that tripped it, and the eight other connections of three versions
        assert asked == len(office.requests)


def test_a_confidential_text_is_drafted_in_the_office() -> None:
    with LibreTranslateServer() as office, GoogleServer() as outside:
        engines: list[Engine] = [Google(outside.page), LibreTranslate(office.url)]

        result = draft_version(
            wanted(confidential=True), engines, save=nowhere, breakers=InMemoryBreakers(), patience=ATTEMPTS
        )

        assert () == result.missing
        assert [("google", OutcomeKind.NOT_ALLOWED), ("libretranslate", OutcomeKind.ANSWERED)] == [
            (outcome.engine, outcome.kind) for outcome in result.outcomes
        ]
        assert [] == outside.requests


def test_what_stayed_empty_is_filled_when_the_engine_is_back() -> None:
    breakers = InMemoryBreakers(BreakerTimes(first_rest_seconds=0.05))
    with LibreTranslateServer() as server:
        engine = LibreTranslate(server.url)
        server.behave("refuse")
        gone = draft_version(wanted(), [engine], save=nowhere, breakers=breakers, patience=ATTEMPTS)
        server.behave("well")

        def filled() -> bool:
            again = draft_version(wanted(), [engine], save=nowhere, breakers=breakers, patience=ATTEMPTS)
            return not again.missing

        wait_for(filled, seconds=5)

    assert 20 == len(gone.missing)
    assert (OutcomeKind.FAILED, "refused_connection") == (gone.outcomes[0].kind, gone.outcomes[0].reason)
    assert Gate.OPEN is breakers.admit(engine.capabilities.key).gate


def test_a_save_that_fails_costs_one_batch() -> None:
    saved: list[DraftedUnit] = []

    def save_once(batch: Sequence[DraftedUnit]) -> None:
        if saved:
            raise ConnectionError("the database is away")
        saved.extend(batch)

    with LibreTranslateServer() as server, pytest.raises(ConnectionError):
        draft_version(
            wanted(), [LibreTranslate(server.url)], save=save_once, breakers=InMemoryBreakers(), patience=ATTEMPTS
        )

    assert 1 <= len(saved) <= 7


def test_a_match_without_a_text_is_no_draft() -> None:
    request = DraftRequest("nl", "fr", confidential=False, segments=SEGMENTS[:1], memory={"u0": MemoryMatch(" ", 101)})

    result = draft_version(request, [], save=nowhere, breakers=InMemoryBreakers())

    assert ("u0",) == result.missing
