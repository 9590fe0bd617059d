from __future__ import annotations

from dataclasses import replace

import pytest

from service.domain.matching.matches import NUMBERS, POLARITY, Match, MatchKind
from service.domain.matching.offers import Standing, offer
from service.domain.terms import SourceTerm, TargetTerm, TermHit
from service.domain.text import CodedText, CodeKind, InlineCode

PAIR = ("nl", "fr")
MATCH = Match(1, CodedText("De 27 lidstaten stemmen."), "Les 27 États membres votent.", 100, MatchKind.EXACT)
COUNCIL = TermHit(3, 7, "raad", SourceTerm("c", "raad", (TargetTerm("Conseil"),)))


def no_terms(coded: CodedText) -> tuple[TermHit, ...]:
    return ()


def offered(match: Match = MATCH, wanted: str = "De 27 lidstaten stemmen.", **standing: object) -> Match:
    return offer(CodedText(wanted), match, pair=PAIR, find_terms=no_terms, standing=Standing(**standing))  # type: ignore[arg-type]


def test_what_is_equal_in_its_context_scores_one_more() -> None:
    assert 101 == offered(replace(MATCH, kind=MatchKind.CONTEXT)).score


@pytest.mark.parametrize(
    "standing, expected, against",
    [
        ({}, 100, ()),
        ({"imported": True}, 95, ("import",)),
        ({"confirmed": False}, 90, ("machine",)),
        ({"imported": True, "confirmed": False}, 85, ("machine", "import")),
        ({"newer_terms": (COUNCIL,)}, 95, ("older_than_term",)),
    ],
)
def test_what_counts_against_a_match_is_taken_off_and_told(
    standing: dict[str, object], expected: int, against: tuple[str, ...]
) -> None:
    found = offered(**standing)

    assert (expected, against) == (found.score, found.penalties)


def test_a_newer_term_counts_only_where_the_match_does_not_say_it() -> None:
    for target in ("Le Conseil se réunit.", "Les Conseils se réunissent."):
        assert 100 == offered(replace(MATCH, target=target), newer_terms=(COUNCIL,)).score
    assert 95 == offered(replace(MATCH, target="La Conseillère."), newer_terms=(COUNCIL,)).score
    assert 100 == offered(newer_terms=(replace(COUNCIL, compound=True),)).score


def test_a_number_that_differs_is_mended_before_anything_is_taken_off() -> None:
    fuzzy = replace(MATCH, score=92, kind=MatchKind.FUZZY)

    found = offered(fuzzy, "De 28 lidstaten stemmen.", imported=True)

    assert ("Les 28 États membres votent.", 94) == (found.target, found.score)
    assert [("27", "28")] == [(each.before, each.after) for each in found.mendings]


def test_what_cannot_be_mended_keeps_its_score_and_gets_the_segments_codes() -> None:
    bold, other = InlineCode(1, CodeKind.BOLD), InlineCode(2, CodeKind.BOLD)
    match = Match(1, CodedText("De {1}brug{/1} opent", (bold,)), "Le {1}pont{/1} ouvre", 75, MatchKind.FUZZY)

    found = offer(
        CodedText("De {2}brug{/2} sluit", (other,)), match, pair=PAIR, find_terms=no_terms, standing=Standing()
    )

    assert ("Le {2}pont{/2} ouvre", 75, ()) == (found.target, found.score, found.mendings)


def test_a_denial_on_one_side_is_told_beside_any_score() -> None:
    fuzzy = replace(MATCH, score=92, kind=MatchKind.FUZZY)

    assert (POLARITY,) == offered(fuzzy, "De 27 lidstaten stemmen niet.").warnings
    assert () == offered(fuzzy, "De 27 lidstaten stemden.").warnings


def test_numbers_that_differ_and_are_not_mended_are_told() -> None:
    fuzzy = replace(MATCH, score=92, kind=MatchKind.FUZZY)

    assert (NUMBERS,) == offered(fuzzy, "De 27 lidstaten stemmen over 3.").warnings
    assert () == offered(fuzzy, "De 28 lidstaten stemmen.").warnings


def test_what_states_another_fact_is_offered_with_a_warning_unless_it_was_mended() -> None:
    match = Match(
        1, CodedText("De brug kost 25 miljoen euro."), "Le pont coûte 25 millions d'euros.", 92, MatchKind.FUZZY
    )

    assert offered(match, "De brug kost 25 miljard euro.").warnings == (NUMBERS,)
    assert offered(match, "De tunnel kost 25 miljoen euro.").warnings == ()
    assert offered(match, "De brug kost 26 miljoen euro.").warnings == ()
