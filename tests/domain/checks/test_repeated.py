from __future__ import annotations

from time import process_time

import pytest

from service.domain.checks import Severity
from service.domain.checks.edits import MOST_PLACES
from service.domain.checks.repeated import Repeated
from tests.domain.checks.pairs import found
from tests.domain.checks.rows import in_each

# The source, then the translations with a word too many, each marked by the double bar behind which the word is again.
BAD = [
    ("De minister komt.", "La la| ministre arrive.", "Der Minister Minister| kommt.", "The the| minister is coming."),
    ("Het plan is klaar.", "Le plan est est| prêt.", "Der Plan ist ist| fertig.", "The plan plan| is ready."),
    ("Dat is goed nieuws.", "Bonne bonne| nouvelle.", "Das sind gute gute| Nachrichten.", "It is good good| news."),
    ("Voor alle gezinnen.", "Pour pour| toutes les familles.", "Für für| alle Familien.", "For for| all families."),
    ("De trein naar Gent.", "Le train de de| Gand.", "Der Zug nach nach| Gent.", "The train to to| Ghent."),
    ("Zij werken samen.", "Ils sont sont| ensemble.", "Sie arbeiten zusammen zusammen|.", "They work work| together."),
    ("Er zijn drie scholen.", "Il y a trois trois| écoles.", "Es gibt gibt| drei Schulen.", "There are are| three."),
    ("Wij danken iedereen.", "Merci merci| à tous.", "Wir danken danken| allen.", "We thank thank| everyone."),
    ("Meer info volgt.", "La suite suite| viendra.", "Mehr folgt folgt|.", "More more| will follow."),
    ("Het water stijgt.", "L’eau monte\u00a0monte|.", "Das Wasser  Wasser| steigt.", "The water rises\u00a0rises|."),
]  # fmt: skip
GOOD = [
    ("De minister komt.", "La ministre arrive.", "Der Minister kommt.", "The minister is coming."),
    ("Wij vergissen ons.", "Nous nous trompons.", "Wir irren uns.", "We are mistaken."),
    ("U vergist u.", "Vous vous trompez.", "Sie sagt, dass sie sie sah.", "He said that that was wrong."),
    ("Die hem hadden gezien.", "Ceux qui l’avaient vu.", "Die, die die Stadt sahen.", "Those who had had enough."),
    ("Ja ja, dat klopt.", "Oui oui, c’est vrai.", "Ja ja, das stimmt.", "Yes yes, that is true."),
    ("Heel heel groot.", "Grand grand, en effet.", "Groß groß, in der Tat.", "Big big indeed."),
    ("De Panne en De Haan", "La bourgmestre de De Panne", "die Stadt de De Haan", "the mayor of the The Hague office"),
    ("Baden Baden wint.", "Baden Baden gagne.", "Baden Baden gewinnt.", "Baden Baden wins."),
    ("Deur aan deur.", "Porte, porte.", "Tür. Tür.", "Door - door."),
    ("a a b", "a a b", "x x y", "a a b"),
    ("Hij at een taart.", "C’est c’est-à-dire.", "Was war, war gut.", "It was was-like."),
]  # fmt: skip


@pytest.mark.parametrize("locale, source, marked", in_each(BAD))
def test_a_word_that_stands_twice_is_a_warning(locale: str, source: str, marked: str) -> None:
    target = marked.replace("|", "")
    end = marked.index("|")

    (finding,) = found(Repeated(), source, target, locale)

    assert ("repeated", Severity.WARNING) == (finding.code, finding.severity)
    assert finding.target_span is not None
    assert end == finding.target_span.end
    one, again = target[slice(*finding.target_span)].split()
    assert one.lower() == again.lower()
    assert (f"“{again}” stands here twice.", None) == (str(finding), finding.fix)


@pytest.mark.parametrize("locale, source, target", in_each(GOOD))
def test_what_the_grammar_or_the_source_says_twice_passes(locale: str, source: str, target: str) -> None:
    assert [] == [str(finding) for finding in found(Repeated(), source, target, locale)]


def test_a_marker_between_hides_nothing() -> None:
    (finding,) = found(Repeated(), "{1}de{/1} man", "{1}le{/1} le monsieur", coded=True)

    assert finding.target_span is not None
    assert "le{/1} le" == "{1}le{/1} le monsieur"[slice(*finding.target_span)]


def test_a_marker_inside_a_word_makes_no_two_words() -> None:
    assert [] == found(Repeated(), "couscous", "cous{3/}cous", coded=True)


def test_no_more_places_are_told_than_anybody_reads() -> None:
    assert MOST_PLACES == len(found(Repeated(), "x", "le le, " * 50))


@pytest.mark.parametrize("part", ["ab ", "ab  \u00a0", "a", "{1}", "la la ", "ab\u00a0ab-"])
def test_hostile_texts_take_time_in_proportion_to_their_length(part: str) -> None:
    text = part * (20_000 // len(part))
    began = process_time()

    found(Repeated(), text, text, coded=True)

    assert process_time() - began < 2  # a square law would need minutes
