"""Two states of a text, sentence by sentence."""

from __future__ import annotations

from service.domain.comparing import Comparison, Sentence, compare
from service.domain.revising import Fate


def _text(*pairs: tuple[str, str]) -> tuple[Sentence, ...]:
    return tuple(Sentence(source, text) for source, text in pairs)


OLD = _text(("De brug opent.", "Le pont ouvre."), ("Ze is lang.", "Il est long."), ("Einde.", "Fin."))


def _fates(comparison: Comparison) -> list[tuple[Fate, int | None]]:
    return [(pair.fate, pair.n) for pair in comparison.pairs]


def test_the_same_text_has_no_changes() -> None:
    comparison = compare(OLD, OLD)

    assert comparison.changed == ()
    assert comparison.words == (0, 0)


def test_a_sentence_that_says_something_else_is_rewritten_and_its_words_are_counted() -> None:
    new = (OLD[0], Sentence("Ze is lang.", "Il est très long."), OLD[2])

    comparison = compare(OLD, new)

    assert [(2, "Il est long.", "Il est très long.")] == [(it.n, it.old, it.new) for it in comparison.changed]
    assert (1, 0) == comparison.words
    assert 1 == comparison.count("changed")


def test_a_sentence_whose_source_changed_tells_what_it_came_from() -> None:
    new = (OLD[0], Sentence("Ze is heel lang.", "Il est très long."), OLD[2])

    (pair,) = compare(OLD, new).changed

    assert (Fate.CHANGED, "Ze is lang.") == (pair.fate, pair.came_from)


def test_what_came_and_what_went_stands_where_it_was() -> None:
    new = (Sentence("Nieuws uit Gent.", "Nouvelles de Gand."), OLD[0], OLD[2])

    comparison = compare(OLD, new)

    assert _fates(comparison) == [(Fate.ADDED, 1), (Fate.KEPT, 2), (Fate.REMOVED, None), (Fate.KEPT, 3)]
    assert {2: ["Il est long."]} == {n: [it.old for it in gone] for n, gone in comparison.gone_behind.items()}
    assert (3, 3) == comparison.words


def test_what_left_the_top_stands_before_the_first() -> None:
    assert [0] == list(compare(OLD, OLD[1:]).gone_behind)


def test_a_text_that_was_not_there_came_and_one_that_was_emptied_went() -> None:
    empty = _text(("De brug opent.", ""))
    full = OLD[:1]

    assert [Fate.ADDED] == [pair.fate for pair in compare(empty, full).pairs]
    assert [Fate.REMOVED] == [pair.fate for pair in compare(full, empty).pairs]
    assert [1] == [pair.n for pair in compare(full, empty).changed]


def test_an_empty_sentence_that_the_source_has_no_more_is_not_told() -> None:
    assert compare(_text(("Weg.", "")), ()).pairs == ()


def test_equal_sentences_are_paired_in_their_order() -> None:
    old = _text(("Ja.", "Oui."), ("Ja.", "Si."))

    assert compare(old, old).changed == ()


def test_sentences_that_were_only_joined_or_divided_say_the_same() -> None:
    two = [Sentence("Een zin.", "Une."), Sentence("Nog een.", "Deux.")]
    one = [Sentence("Een zin. Nog een.", "Une. Deux.")]
    around = Sentence("Titel", "Titre"), Sentence("Slot.", "Fin.")

    for old, new in ((two, one), (one, two)):
        found = compare([around[0], *old, around[1]], [around[0], *new, around[1]])
        assert () == found.changed
        assert list(range(1, len(new) + 3)) == [pair.n for pair in found.pairs]


def test_what_changed_in_a_joined_sentence_is_told_and_what_reads_otherwise_is_not_divided() -> None:
    two = [Sentence("Een zin.", "Une."), Sentence("Nog een.", "Deux.")]

    (joined,) = compare(two, [Sentence("Een zin. Nog een.", "Une et deux.")]).changed
    assert ("Une. Deux.", "Une et deux.", None) == (joined.old, joined.new, joined.came_from)
    assert compare([Sentence("Een zin. Nog een.", "Tout autre.")], two).changed
