from __future__ import annotations

import pytest

from service.domain.checks import Severity
from service.domain.checks.empty import Empty
from tests.domain.checks.pairs import found


@pytest.mark.parametrize("locale", ["fr", "de", "en"])
@pytest.mark.parametrize("target", ["", " ", "\u00a0", "\n", "{1}{/1}", "{1} {/1}{3/}"])
def test_a_target_without_text_is_empty(target: str, locale: str) -> None:
    (finding,) = found(Empty(), "{1}Welkom{/1}{3/}", target, locale, coded=True)

    assert ("empty", Severity.ERROR) == (finding.code, finding.severity)


@pytest.mark.parametrize("source, target", [("Welkom", "x"), ("Welkom", "…"), ("", ""), (" ", ""), ("{1}{/1}", "")])
def test_a_target_with_text_or_a_source_without_is_not_empty(source: str, target: str) -> None:
    assert [] == found(Empty(), source, target, coded=True)
