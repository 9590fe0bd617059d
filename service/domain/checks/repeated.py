"""The check for a word that was written twice by mistake."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from service.domain.checks.base import BLANK, Finding, Pair, Severity, Span
from service.domain.checks.edits import MOST_PLACES
from service.domain.errors import N_
from service.domain.locales import language_of

# Words that grammar may put side by side: “ceux que nous nous rappelons”, “die, die die Stadt sahen”.
GRAMMAR: dict[str, frozenset[str]] = {
    "nl": frozenset(["die", "dat", "had", "zijn", "was", "er", "ze", "zij", "we", "wat", "haar", "in", "het", "je"]),
    "fr": frozenset(["nous", "vous"]),
    "de": frozenset(["die", "der", "das", "dem", "den", "sie", "dass", "ihr", "ihnen"]),
    "en": frozenset(["had", "that", "her", "is"]),
}
# Words that are said twice for effect.
_EFFECT: dict[str, frozenset[str]] = {
    "nl": frozenset(["heel", "zeer", "zo", "ja", "nee"]),
    "fr": frozenset(["oui", "non", "très", "si"]),
    "de": frozenset(["ja", "nein", "sehr", "so"]),
    "en": frozenset(["yes", "no", "very", "so", "bye"]),
}
_SPACES = " \t\u00a0\u202f"
_TWICE = re.compile(
    rf"(?<![\w'\u2019.-])(?P<word>[^\W\d_]{{2,30}})(?P<between>[{_SPACES}{BLANK}]{{1,24}})(?P<again>(?i:(?P=word)))"
    r"(?![\w'\u2019-])"
)


@dataclass(frozen=True, slots=True)
class Repeated:
    """No word stands twice in a row, unless the source has one twice as well or the grammar asks for it.

    A word with a capital behind the same without is a name: “de De Smet”.
    """

    code: str = "repeated"
    severity: Severity = Severity.WARNING

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield a finding for each word too many; which of the two goes is for a person, who may miss a third."""
        here, there = language_of(pair.source_locale), language_of(pair.target_locale)
        wrong = _repeats(pair.target_blanked, GRAMMAR.get(there, frozenset()) | _EFFECT.get(there, frozenset()))
        first = next(wrong, None)
        if first is None or any(True for _ in _repeats(pair.source_blanked, GRAMMAR.get(here, frozenset()))):
            return
        for found in (first, *islice(wrong, MOST_PLACES - 1)):
            template = N_("“%(word)s” stands here twice.")
            facts = {"word": found["again"]}
            yield Finding(self.code, self.severity, template, facts, target_span=Span(*found.span()))


def _repeats(text: str, allowed: frozenset[str]) -> Iterator[re.Match[str]]:
    """Yield the words that stand twice, but for those that may."""
    for found in _TWICE.finditer(text):
        word, again = found["word"], found["again"]
        between = found["between"]
        if again.lower() in allowed or (again[0].isupper() and not word[0].isupper()) or not between.strip(BLANK):
            continue
        yield found
