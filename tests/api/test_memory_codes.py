"""Sentences with inline codes looked up through the interface, by markers that do not tell what the codes are."""

from __future__ import annotations

from typing import Any

from service.domain.text import CodedText, CodeKind, InlineCode
from tests.api.conftest import Office
from tests.operations.memory_steps import remember_as

MARKED = "Een {1}vet{/1} woord staat{2/}hier {3}en{/3} daar."
CODES = (InlineCode(1, CodeKind.ITALIC), InlineCode(2, CodeKind.BREAK), InlineCode(3, CodeKind.LINK, "https://a.be/"))


def looked_up(office: Office, source: str) -> list[dict[str, Any]]:
    query = {"source": source, "target_locale": "fr"}
    found: list[dict[str, Any]] = office.call("author", "GET", "/memory", query_string=query).get_json()["items"]
    return found


def keep(office: Office, source: str | CodedText, french: str, **facts: Any) -> None:
    """Put a pair into the memory as if it had been approved."""
    remember_as(office.desk, source, {"fr": french}, **{"origin": "approved", "public": True, **facts})


def test_a_sentence_with_codes_is_found_by_its_own_source(any_office: Office) -> None:
    keep(any_office, CodedText(MARKED, CODES), "Un mot {1}gras{/1} est{2/}ici {3}et{/3} là.")
    (plain,) = looked_up(any_office, "Een vet woord staat hier en daar.")

    (exact,) = looked_up(any_office, plain["source"])

    assert (MARKED, "Un mot {1}gras{/1} est{2/}ici {3}et{/3} là.", 100, "exact") == tuple(
        exact[name] for name in ("source", "target", "score", "kind")
    )


def test_sources_that_differ_only_in_what_their_codes_are_are_all_equal(any_office: Office) -> None:
    for kind in (CodeKind.BOLD, CodeKind.ITALIC, CodeKind.LINK):
        keep(any_office, CodedText("Een {1}vet{/1} woord", (InlineCode(1, kind),)), f"{{1}}{kind}{{/1}}")
    keep(any_office, "Een {1}vet{/1} woord", "accolades")

    found = looked_up(any_office, "Een {1}vet{/1} woord")

    assert {("{1}bold{/1}", 100), ("{1}italic{/1}", 100), ("{1}link{/1}", 100), ("accolades", 100)} == {
        (one["target"], one["score"]) for one in found
    }


def test_codes_of_a_source_that_one_may_not_read_hide_no_other(any_office: Office) -> None:
    for kind, public in ((CodeKind.BOLD, False), (CodeKind.ITALIC, True)):
        keep(any_office, CodedText("Een {1}vet{/1} woord", (InlineCode(1, kind),)), f"{{1}}{kind}{{/1}}", public=public)

    (exact,) = looked_up(any_office, "Een {1}vet{/1} woord")

    assert ("{1}italic{/1}", 100) == (exact["target"], exact["score"])


def test_a_sentence_with_many_codes_of_several_kinds_is_found_too(any_office: Office) -> None:
    kinds = (CodeKind.LINK, CodeKind.BOLD, CodeKind.ITALIC, CodeKind.LINK, CodeKind.ITALIC, CodeKind.BOLD)
    source = " ".join(f"{{{n}}}woord{n * 'a'}{{/{n}}} en" for n in range(1, 7))
    keep(any_office, CodedText(source, tuple(InlineCode(n, kind) for n, kind in enumerate(kinds, 1))), "mots")

    (exact,) = looked_up(any_office, source)

    assert ("mots", 100) == (exact["target"], exact["score"])


def test_what_is_like_a_sentence_with_codes_keeps_its_own(any_office: Office) -> None:
    keep(any_office, CodedText(MARKED, CODES), "Un mot {1}gras{/1} est{2/}ici {3}et{/3} là.")

    (fuzzy,) = looked_up(any_office, "Een {4}vet{/4} woord staat{5/}hier {6}en{/6} ginds.")
    (same,) = looked_up(any_office, MARKED.replace("daar", "ginds"))

    assert ("fuzzy", "fuzzy") == (fuzzy["kind"], same["kind"])
    assert "Un mot {1}gras{/1} est{2/}ici {3}et{/3} là." == same["target"]
    assert "{5/}" in fuzzy["target"]


def test_braces_that_are_no_codes_are_words(any_office: Office) -> None:
    keep(any_office, "Vul {1} in en sluit af met {/2} hier", "accolades")

    (exact,) = looked_up(any_office, "Vul {1} in en sluit af met {/2} hier")

    assert ("accolades", 100) == (exact["target"], exact["score"])
