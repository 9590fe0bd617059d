from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from service.domain.term_base import TermBase
from service.domain.term_pieces import protected_spans
from service.domain.terms import SourceTerm, TargetTerm, TermHit, TermStatus
from service.domain.text import CodedText, CodeKind, InlineCode

CODES = (InlineCode(1, CodeKind.BOLD), InlineCode(2, CodeKind.BREAK), InlineCode(3, CodeKind.ITALIC))


def term(text: str, target: str = "", **more: Any) -> SourceTerm:
    return SourceTerm(text, text, (TargetTerm(target),) if target else (), **more)


def find(base: TermBase, text: str) -> tuple[TermHit, ...]:
    return base.find(CodedText(text, CODES))


def found(base: TermBase, text: str) -> list[tuple[str, str]]:
    """Return what stands at each hit, and the term that it was taken for."""
    return [(text[hit.start : hit.end], hit.term.text) for hit in find(base, text) if not hit.compound]


def test_the_longest_of_overlapping_terms_counts() -> None:
    base = TermBase([term("Raad"), term("Europese Raad"), term("Raad van State"), term("raad")], "nl")

    assert [("Europese Raad", "Europese Raad"), ("Raad", "Raad")] == found(base, "De Europese Raad en de Raad.")
    assert [("Raad van State", "Raad van State")] == found(base, "De Europese Raad van State.")


@pytest.mark.parametrize(
    "text, terms",
    [
        ("lidstaten", ["lidstaat"]),
        ("EU-lidstaat", ["lidstaat"]),
        ("de lidstaat", ["lidstaat"]),
        ("De Lidstaten van de EU", ["lidstaat"]),
        ("een lidmaat, een staat", []),
        ("de Raad", ["Raad"]),
        ("de Raad van Europa", ["Raad van Europa"]),
        ("de Raad van Europese landen", ["Raad"]),
        ("de raad van Europa", []),
        ("de Raad van de Europese Unie", ["Raad van de Europese Unie"]),
        ("voorzitterschap van de Raad van Europa en van de Raad", ["voorzitterschap", "Raad van Europa", "Raad"]),
        ("het EU-voorzitterschap van de lidstaat", ["voorzitterschap", "lidstaat"]),
    ],
)
def test_the_promised_terms_are_found_and_no_others(text: str, terms: list[str]) -> None:
    names = ("lidstaat", "Raad", "Raad van Europa", "Raad van de Europese Unie", "voorzitterschap")
    base = TermBase([term(name) for name in names], "nl")

    assert terms == [name for _, name in found(base, text)]


def test_a_longer_name_is_not_found_where_only_its_first_word_stands() -> None:
    base = TermBase([term("Raad van Europa")], "nl")

    assert [] == found(base, "De Raad vergadert in Europa, de Raad van State niet.")


def test_a_term_that_loses_to_a_longer_one_leaves_a_shorter_one_standing() -> None:
    base = TermBase([term("hoge raad"), term("raad van de stad"), term("hoge")], "nl")

    assert [("hoge", "hoge"), ("raad van de stad", "raad van de stad")] == found(base, "hoge raad van de stad")


def test_forms_are_found_and_exactness_is_told() -> None:
    base = TermBase([term("lidstaat"), term("openbaar bestuur")], "nl")

    hits = find(base, "Lidstaat, lidstaten: openbare besturen")

    assert [("Lidstaat", True), ("lidstaten", False), ("openbare besturen", False)] == [(h.text, h.exact) for h in hits]


def test_the_spelling_that_is_closest_counts() -> None:
    base = TermBase([term("kost"), term("kosten"), term("Kosten")], "nl")

    assert [("kosten", "kosten"), ("Kosten", "Kosten"), ("kost", "kost")] == found(base, "kosten Kosten kost")


def test_acronyms_and_names_want_their_capitals_and_other_terms_do_not() -> None:
    base = TermBase([term("IT"), term("Raad"), term("nota"), term("leie", case_sensitive=True)], "nl")

    assert [("IT", "IT"), ("Nota", "nota"), ("NOTA", "nota")] == found(base, "it IT raad Nota NOTA Leie RAAD")
    assert [("leie", "leie")] == found(base, "de leie")


def test_extra_forms_are_found() -> None:
    base = TermBase([term("ministerraad", forms=("kern", "raad van ministers"))], "nl")

    assert ["ministerraad"] * 2 == [name for _, name in found(base, "De kern, of Raad van Ministers")]


def test_markers_are_passed_over_and_places_are_those_of_the_coded_text() -> None:
    base = TermBase([term("Europese Raad"), term("lidstaat")], "nl")

    text = "De {1}Europese{/1} Raad,{2/}lid{3}staten{/3}"

    assert [("Europese{/1} Raad", "Europese Raad"), ("lid{3}staten", "lidstaat")] == found(base, text)


def test_no_term_is_found_in_addresses_or_inside_words() -> None:
    base = TermBase([term("Belnet", do_not_translate=True), term("wet")], "nl")

    assert [] == found(base, "info@Belnet.be https://www.Belnet.be/wet wetenschap Belnetten9")


def test_marks_belong_to_a_term_and_dashes_are_alike() -> None:
    base = TermBase([term("Raad Milieu (MIL)"), term("e-mail")], "nl")

    assert [("Raad Milieu (MIL)", "Raad Milieu (MIL)"), ("e\u2011mail", "e-mail")] == found(
        base, "Raad Milieu, Raad Milieu (MIL), e\u2011mail, email"
    )


def test_concepts_that_are_spelled_alike_are_all_told() -> None:
    bank = [SourceTerm(name, "bank", (TargetTerm(target),)) for name, target in (("a", "banque"), ("b", "banc"))]
    base = TermBase(bank, "nl")

    assert [("a", "banque"), ("b", "banc")] == [(h.term.concept, h.term.preferred) for h in find(base, "de bank")]
    assert () == base.glossary.entries


def test_a_compound_is_only_a_hint() -> None:
    base = TermBase([term("begroting"), term("akkoord"), term("raad", do_not_translate=True)], "nl")

    hits = find(base, "begrotingsakkoorden, begrotingsraad, zomerakkoord")

    assert [("begrotingsakkoorden", "akkoord", True)] == [(h.text, h.term.text, h.compound) for h in hits]


def test_statuses_tell_what_to_use() -> None:
    targets = tuple(
        TargetTerm(status.value, status)
        for status in (TermStatus.ADMITTED, TermStatus.FORBIDDEN, TermStatus.PREFERRED, TermStatus.DEPRECATED)
    )
    one = SourceTerm("c", "lidstaat", targets)

    assert ("preferred", ("admitted",)) == (one.preferred, one.admitted)
    assert ("lidstaat", "") == (
        SourceTerm("c", "lidstaat", targets, do_not_translate=True).preferred,
        SourceTerm("c", "lidstaat", targets[:2]).preferred,
    )


@pytest.mark.parametrize(
    "text, kept",
    [
        ("De site van Be-Alert werkt", ["Be-Alert"]),
        ("De {1}Be-Alert{/1} groep", ["Be-Alert"]),
        ("De {1}Be-{/1}Alert", ["Be-", "Alert"]),
        ("De Be-{1}Alert{/1}", ["Be-", "Alert"]),
        ("De {1}{3}Be-{/3}{/1}{2/}Alert groep", ["Be-", "Alert"]),
        ("De be-alert", []),
    ],
)
def test_what_is_kept_never_holds_a_marker(text: str, kept: list[str]) -> None:
    base = TermBase([term("Be-Alert", "BE-Alert", do_not_translate=True), term("groep", "groupe")], "nl")

    spans = protected_spans(CodedText(text, CODES), find(base, text))

    assert kept == [text[start:end] for start, end in spans]


def test_the_glossary_is_sorted_and_its_revision_follows_its_words() -> None:
    terms = [term("raad", "conseil", forms=("de raad",)), term("Belnet", do_not_translate=True), term("los")]
    changed = [term("raad", "conseil", forms=("de raad",)), term("Belnet", "BELNET"), term("los")]

    one, again, other = TermBase(terms, "nl"), TermBase(terms[::-1], "nl"), TermBase(changed, "nl")

    assert (("Belnet", "Belnet"), ("de raad", "conseil"), ("raad", "conseil")) == one.glossary.entries
    assert one.glossary == again.glossary
    assert 16 == len(one.glossary.revision)
    assert one.glossary.revision != other.glossary.revision
    assert "" == TermBase([term("los")], "nl").glossary.revision


class Counting(dict[Any, Any]):
    """A dictionary that counts how often it is asked."""

    asked = 0

    def get(self, key: Any, default: Any = None) -> Any:
        """Count, then answer."""
        self.asked += 1
        return super().get(key, default)


def names(number: int) -> Iterator[str]:
    """Yield so many terms of two or three words, made of few beginnings and many ends."""
    syllables = ["ba", "de", "fi", "go", "ku", "lam", "men", "nor", "pir", "sot"]
    for count, parts in enumerate(product(syllables, repeat=5)):
        if count == number:
            return
        yield f"federale {''.join(parts[:3])} {''.join(parts[2:])}dienst"


def test_a_walk_through_ten_thousand_terms_is_as_long_as_one_through_ten() -> None:
    text = "De federale babade badefidienst van de federale regering vergadert over 25 nieuwe maatregelen. " * 5
    asked = []
    for number in (10, 10_000):
        base = TermBase([term(name) for name in names(number)], "nl")
        base.words, base.steps = Counting(base.words), Counting(base.steps)

        base.find(CodedText(text))

        asked.append(base.words.asked + base.steps.asked)

    assert asked[1] <= 2 * asked[0]
    assert asked[1] < 40 * len(text.split())
