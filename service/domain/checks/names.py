"""The check that the names of a source are spelled in the translation as they are in the source.

What a name is and how it is looked for is told in `domain.names` and `domain.names_there`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from service.domain.checks.base import Finding, Pair, Severity, Span
from service.domain.checks.edits import MOST_PLACES
from service.domain.errors import N_
from service.domain.locales import language_of
from service.domain.name_words import is_common
from service.domain.names import Name, Word, names_of
from service.domain.names_there import NameFound, NamesThere


@dataclass(frozen=True, slots=True)
class Names:
    """A word that is like a name of the source by all but a letter or two is likely that name, misspelt.

    A name that is not there at all may be translated: that is told as information. The terms of the office are left to
    the checks of terms.
    """

    code: str = "names"
    severity: Severity = Severity.WARNING

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield a finding for each word of a name that is misspelt, and each full name that is missing, up to a few."""
        yield from islice(self._all(pair), MOST_PLACES)

    def _all(self, pair: Pair) -> Iterator[Finding]:
        names = _untaken(pair)
        if not names or pair.target_blanked == pair.target_blanked.upper():
            return
        there = NamesThere(pair.target_blanked, pair.target_locale, pair.source_blanked, pair.source_locale)
        seen: set[str] = set()
        for name in names:
            missing = True
            for word in name.words:
                found = there.find_word(word, name)
                missing = missing and found is None
                if found is not None and not found.exact and word.folded not in seen:
                    seen.add(word.folded)
                    yield self._misspelt(word, found)
            if missing and name.is_full and not _may_be_translated(name, pair) and name.key not in seen:
                seen.add(name.key)
                template = N_("The name “%(name)s” is not in the translation, unless it has another form there.")
                span = Span(name.start, name.end)
                yield Finding(self.code, Severity.INFO, template, {"name": name.text}, span)

    def _misspelt(self, word: Word, found: NameFound) -> Finding:
        template = N_("“%(written)s” looks like “%(name)s”, misspelt.")
        facts = {"written": found.text, "name": found.right}
        target = Span(found.start, found.end)
        return Finding(self.code, self.severity, template, facts, Span(word.start, word.end), target)


def _untaken(pair: Pair) -> list[Name]:
    """Return the names of the source that are in no address and no term of the office."""
    names = names_of(pair.source_blanked, pair.source_locale)
    if not names:
        return []
    taken = [(one.start, one.end) for one in pair.source_addresses] + [(hit.start, hit.end) for hit in pair.term_hits]
    return [name for name in names if not any(start < name.end and name.start < end for start, end in taken)]


def _may_be_translated(name: Name, pair: Pair) -> bool:
    """Tell whether a word of a name has another form in every language, as those of institutions have."""
    return any(is_common(word.folded, language_of(pair.source_locale)) for word in name.words)
