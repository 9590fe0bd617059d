from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.concordance import (
    MOST_PIECES,
    Place,
    body_of,
    fits,
    fold,
    is_sentence,
    mark,
    needles,
    pieces_of,
    place_of,
    trigrams,
)


@pytest.mark.parametrize(
    "query, expected",
    [
        ("Nieuwe brug", ("nieuwe", "brug")),
        ('"nieuwe brug" Leie', ("nieuwe brug", "leie")),
        ("„nieuwe Brücke“ über", ("nieuwe brücke", "über")),
        ("«\u00a0nouveau pont\u00a0»", ("nouveau pont",)),
        ('open "tot 22 uur', ("open", "tot 22 uur")),
        ("brug, brug. (brug)", ("brug",)),
        ("L’eau", ("l'eau",)),
        ("Straße", ("strasse",)),
        ("e\u0301te\u0301", ("été",)),
        ("een-\u00adtwee", ("een-twee",)),
        ("\ufeffzo\u200bmer \u202ebrug", ("zomer", "brug")),
        ("50 %", ("50", "%")),
        ("? ! … - ( )", ()),
        ('""', ()),
        ("\x00 \ud800", ()),
        ("a OR b* NEAR(c)", ("a", "or", "b*", "near(c")),
    ],
)
def test_a_query_is_words_and_phrases(query: str, expected: tuple[str, ...]) -> None:
    assert expected == pieces_of(query)


def test_what_goes_beyond_is_not_asked() -> None:
    assert MOST_PIECES == len(pieces_of(" ".join(f"woord{n}" for n in range(100))))


@pytest.mark.parametrize(
    "text, query, expected",
    [
        ("Een nieuwe Brug, en bruggen.", "brug", ["Brug", "brug"]),
        ("De EU en Europa", "eu", ["EU"]),
        ("Een neus", "eu", []),
        ("EU-lidstaat", "eu", ["EU"]),
        ("Dat kost 50%.", "50%", ["50%"]),
        ("Dat kost 5 %, of 15%", "5", ["5"]),
        ("Die Straße ist neu", "STRASSE", ["Straße"]),
        ("Die Straße", "stras", ["Straß"]),
        ("L’inscription est gratuite", "l'inscription", ["L’inscription"]),
        ("À 22\u00a0heures\n précises", '"22 heures précises"', ["22\u00a0heures\n précises"]),
        ("e\u0301te\u0301 chaud", "ÉTÉ", ["été"]),
        ("ete chaud", "été", []),
        ("brug en brug", "brug tunnel", []),
        ("De brug over de Leie", "leie over", ["over", "Leie"]),
        ("aaaa", "aaa", ["aaa"]),
        ("abcd", "abc bcd", ["abcd"]),
        ("co\u00adop", "coop", ["co\u00adop"]),
        ("ΣΟΦΟΣ", "σοφος", ["ΣΟΦΟΣ"]),
    ],
)
def test_what_was_looked_for_is_marked(text: str, query: str, expected: list[str]) -> None:
    marked = mark(text, pieces_of(query))

    assert expected == [marked.text[start:end] for start, end in marked.spans]


def test_all_pieces_must_stand_in_the_same_text() -> None:
    body = body_of([("nl", "De brug"), ("fr", "Le pont"), ("fr", "Le pont de la Lys")])

    found = {query: fits(body, pieces_of(query)) for query in ("brug", "pont lys", "brug pont", "nl", "fr le", "le")}

    assert {"brug": True, "pont lys": True, "brug pont": False, "nl": False, "fr le": False, "le": True} == found


def test_one_language_may_be_asked_for() -> None:
    body = body_of([("nl", "De minister"), ("fr", "Le ministre")])

    assert (True, False, True) == tuple(fits(body, pieces_of("minist"), of) for of in (None, "de", "fr"))
    assert (True, False) == tuple(fits(body, pieces_of("minister"), of) for of in ("nl", "fr"))


@pytest.mark.parametrize(
    "query, sentence",
    [
        ("De brug is open", True),
        ("De brug is", False),
        ('"De brug is nu open"', False),
    ],
)
def test_a_sentence_is_told_from_words(query: str, *, sentence: bool) -> None:
    assert sentence is is_sentence(query)


TEXTS = st.text(st.sampled_from("aAbéÉß’' \u00a0\u00ad-.%_3İΣ\n"), max_size=12)


@given(TEXTS, TEXTS)
def test_what_is_marked_is_also_filed_to_be_found(text: str, query: str) -> None:
    pieces = pieces_of(query)
    marked = mark(text, pieces)
    body = body_of([("nl", text)])

    assert fits(body, pieces) is (not pieces or bool(marked.spans))
    if marked.spans:
        assert all(needle in body for needle in needles(pieces))
        assert all(len(part) == 3 and part in body for part in trigrams(needles(pieces)))


@given(st.text(max_size=30))
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    assert fold(text) == fold(fold(text))


@given(st.text(max_size=30), st.text(max_size=5))
def test_marks_lie_in_the_text_and_fold_to_what_was_looked_for(text: str, query: str) -> None:
    pieces = pieces_of(query)
    marked = mark(text, pieces)

    ends = [place for span in marked.spans for place in span]
    assert ends == sorted(set(ends))
    assert all(0 <= place <= len(marked.text) for place in ends)
    if len(pieces) == 1:
        assert all(pieces[0] in fold(marked.text[start:end]) for start, end in marked.spans)


@pytest.mark.parametrize("place", [Place(7), Place(0), Place(10**18 - 1, (29, 17)), Place(200, tuple(range(100)))])
def test_a_place_in_a_list_is_read_as_it_is_written(place: Place) -> None:
    assert place == place_of(str(place))


@pytest.mark.parametrize(
    "written", ["", "x", "-1", "1.", ".1", "1..2", "1,2", "1 ", "\u0661", "9" * 19, "1" + ".1" * 101]
)
def test_what_is_no_place_is_not_read(written: str) -> None:
    assert place_of(written) is None
