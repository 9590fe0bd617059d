"""The desk's own adapter and the true server: what it offers, answers, refuses, and cannot swallow."""

from __future__ import annotations

import pytest

from service.domain.drafts import DraftSegment
from service.domain.text import CodedText
from tests.toys.sentences import RELEASE
from tests.workers.drafting.runs import draft
from workers.drafting.pipeline import DraftRequest
from workers.engines.base import Deadline, EngineRefused, EngineUnavailable, Health
from workers.engines.libretranslate import LibreTranslate

LONG = 60.0  # seconds that no test comes near, however slow the machine is
DUTCH = [line.nl for line in RELEASE]
# The toys' places end at 600 pieces: of a text beyond them the server makes an error, and fails all that came with it.
TOO_MUCH = "a" * 3_000


def translate(engine: LibreTranslate, texts: list[str], target: str) -> list[str]:
    return engine.translate(texts, source="nl", target=target, deadline=Deadline(LONG))


def test_it_is_well_and_knows_its_languages(libretranslate: str) -> None:
    health = LibreTranslate(libretranslate).probe(deadline=Deadline(LONG))

    assert Health(ok=True, detail="3 languages", milliseconds=health.milliseconds) == health


def test_it_tells_which_pairs_it_has_those_through_english_too(libretranslate: str) -> None:
    languages = LibreTranslate(libretranslate)._ask_languages(Deadline(LONG))

    assert {"en": {"en", "fr"}, "nl": {"en", "fr", "nl"}, "fr": {"fr"}} == languages


@pytest.mark.parametrize("target", ["en", "fr", "fr-BE"])
def test_a_list_of_texts_comes_back_in_its_order(libretranslate: str, target: str) -> None:
    answers = translate(LibreTranslate(libretranslate), DUTCH, target)

    assert [getattr(line, target[:2]) for line in RELEASE] == answers


def test_a_single_text_comes_back_alone(libretranslate: str) -> None:
    assert [RELEASE[1].en] == translate(LibreTranslate(libretranslate), [RELEASE[1].nl], "en")


def test_a_pair_that_is_not_offered_is_refused_before_it_is_asked(libretranslate: str) -> None:
    with pytest.raises(EngineRefused) as refused:
        translate(LibreTranslate(libretranslate), ["De raad"], "de")

    assert ("no_such_language", "no nl to de on this server") == (refused.value.reason, refused.value.detail)


@pytest.mark.parametrize("target", ["de", "nl"])
def test_a_pair_that_was_offered_once_is_refused_by_the_server(libretranslate: str, target: str) -> None:
    """One language that it does not know, and one that it knows but does not lead to from there."""
    engine = LibreTranslate(libretranslate)
    engine._languages = float("inf"), {"en": frozenset({target})}

    with pytest.raises(EngineRefused) as refused:
        engine.translate(["The council"], source="en", target=target, deadline=Deadline(LONG))

    assert ("no_such_language", "HTTP 400") == (refused.value.reason, refused.value.detail)


def test_one_bad_text_fails_its_whole_list(libretranslate: str) -> None:
    with pytest.raises(EngineUnavailable) as failed:
        translate(LibreTranslate(libretranslate), [DUTCH[0], TOO_MUCH, DUTCH[1]], "en")

    assert "http_500" == failed.value.reason


def test_one_bad_text_costs_its_neighbours_nothing(libretranslate: str) -> None:
    segments = tuple(DraftSegment(text[:9], CodedText(text)) for text in (DUTCH[0], TOO_MUCH, DUTCH[1]))

    request = DraftRequest("nl", "fr", confidential=True, segments=segments)
    result = draft(request, [LibreTranslate(libretranslate)], seconds=LONG)

    assert [RELEASE[0].fr, RELEASE[1].fr] == sorted((unit.target for unit in result.drafted), reverse=True)
    assert (TOO_MUCH[:9],) == result.missing
