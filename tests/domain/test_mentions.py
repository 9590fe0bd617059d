from __future__ import annotations

import pytest

from service.domain.mentions import find_mentions

NAMES = {"a": "An Peeters", "b": "An", "c": "Jérôme D’Hondt", "d": "An Peeters"}


@pytest.mark.parametrize(
    "body, found, unknown",
    [
        ("@An Peeters, kijk eens", {"a", "d"}, ()),
        ("@an peeters.", {"a", "d"}, ()),
        ("@An kijk eens (@An)", {"b"}, ()),
        ("@Andre kijk eens", set(), ("Andre",)),
        ("@JÉRÔME D’HONDT!", {"c"}, ()),
        ("mail an@peeters.example", set(), ()),
        ("@ 14 uur, 3 @ 5 euro", set(), ()),
        ("@Frans, @Frans en @An", {"b"}, ("Frans",)),
        ("@e\u0301e\u0301n", set(), ("één",)),
        ("", set(), ()),
    ],
)
def test_a_name_behind_an_at_sign_is_somebody(body: str, found: set[str], unknown: tuple[str, ...]) -> None:
    assert (found, unknown) == find_mentions(body, NAMES)
