"""The term base's words at DeepL, where a glossary is an object of the server: one for each pair and revision.

The name says which, so that every worker finds it again, also after a restart. The words are those of the term base,
never of a release. Nothing here fails a draft: where there can be no glossary, the text is translated without one.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

import structlog
from deepl import DeepLClient, Language
from deepl.api_data import MultilingualGlossaryDictionaryEntries, MultilingualGlossaryInfo

from service.domain.drafts import Glossary
from workers.engines.base import Deadline, EngineError, EngineUnavailable
from workers.engines.clearance import CONFIDENTIAL
from workers.engines.deepl_library import asked

log = structlog.stdlib.get_logger(__name__)

PREFIX = "perstolk"
TERM_BYTES = 1_024
GLOSSARY_BYTES = 10_000_000
REMEMBERED = 200  # revisions whose glossaries are known by heart
NEVER_SECONDS = float("inf")
# How long nobody asks again for a glossary that could not be had: for want of an answer, or because DeepL would not.
UNAVAILABLE_SECONDS = 60.0
REFUSED_SECONDS = 600.0
# A worker that began before the term base changed may still use the older glossary for a while.
IN_USE = timedelta(hours=1)
REMOVED_AT_ONCE = 5

_NOT_IN_A_LINE = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two locales as the desk writes them, and DeepL's codes of their languages."""

    source: str
    target: str
    source_code: str
    target_code: str

    @property
    def prefix(self) -> str:
        """The beginning of the names of the pair's glossaries."""
        return f"{PREFIX} {self.source}-{self.target} "


class Glossaries:
    """What one engine knows of its glossaries; each method may be called from several threads."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Start with knowing none."""
        self._clock = clock
        self._known: dict[str, tuple[str | None, float]] = {}  # name: the id, and until when that holds
        self._busy: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def find(self, glossary: Glossary, pair: Pair, *, library: DeepLClient, deadline: Deadline) -> str | None:
        """Return the id of the glossary, made if there is none yet; None where the texts go without.

        Raises `EngineRefused` where nothing may be sent at all, and no other error.
        """
        if not glossary.entries:
            return None
        name = pair.prefix + glossary.revision
        busy = self._lock_of(pair)
        if not self._knows(name) and busy.acquire(timeout=deadline.remaining()):
            try:
                if not self._knows(name):  # another thread may have found it meanwhile
                    self._look_up(name, glossary, pair, library)
            finally:
                busy.release()
        with self._lock:
            return self._known.get(name, (None, 0.0))[0]

    def forget(self, glossary: Glossary, pair: Pair, *, gone: str) -> None:
        """Look the glossary up anew next time, if what is known of it is still the id that is gone."""
        name = pair.prefix + glossary.revision
        with self._lock:
            if self._known.get(name, (None, 0.0))[0] == gone:
                del self._known[name]

    def _knows(self, name: str) -> bool:
        with self._lock:
            return self._known.get(name, (None, 0.0))[1] > self._clock()

    def _lock_of(self, pair: Pair) -> threading.Lock:
        with self._lock:
            return self._busy.setdefault(pair.prefix, threading.Lock())

    def _remember(self, name: str, glossary_id: str | None, seconds: float) -> None:
        with self._lock:
            self._known.pop(name, None)
            self._known[name] = glossary_id, self._clock() + seconds
            while len(self._known) > REMEMBERED:
                del self._known[next(iter(self._known))]

    def _look_up(self, name: str, glossary: Glossary, pair: Pair, library: DeepLClient) -> None:
        """Find or make the glossary and remember it, or for some time that it cannot be had."""
        try:
            glossary_id = _found_or_made(name, glossary, pair, library)
        except EngineError as error:
            if error.reason == CONFIDENTIAL:
                raise
            log.warning("glossary_unavailable", pair=f"{pair.source}-{pair.target}", reason=error.reason)
            waits = isinstance(error, EngineUnavailable)
            self._remember(name, None, UNAVAILABLE_SECONDS if waits else REFUSED_SECONDS)
        else:
            self._remember(name, glossary_id, NEVER_SECONDS)


def cleaned(entries: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the entries that DeepL takes: on one line each, neither empty nor too long, the first of equal terms."""
    taken: dict[str, str] = {}
    size = 0
    for source, target in ((_one_line(source), _one_line(target)) for source, target in entries):
        lengths = len(source.encode()), len(target.encode())
        if source in taken or not all(0 < length <= TERM_BYTES for length in lengths):
            continue
        size += sum(lengths) + 2
        if size > GLOSSARY_BYTES:
            break
        taken[source] = target
    return taken


def _one_line(term: str) -> str:
    """Return the term with a space for each run of spaces and of marks that a line cannot hold."""
    return _NOT_IN_A_LINE.sub(" ", term).strip()


def _found_or_made(name: str, glossary: Glossary, pair: Pair, library: DeepLClient) -> str | None:
    """Return the id of the glossary of that name, after making it if need be; None where no entry is fit."""
    entries = cleaned(glossary.entries)
    if not entries:
        return None
    ours = _listed(pair, library)
    current = _oldest(ours, name)
    if current is None:
        others = [other for other in ours if other.name != name]
        current = _made(name, entries, pair, library=library, others=others)
    else:
        _remove([other for other in ours if other.name != name and _is_out_of_use(other)], library)
    return current.glossary_id


def _made(
    name: str,
    entries: dict[str, str],
    pair: Pair,
    *,
    library: DeepLClient,
    others: Sequence[MultilingualGlossaryInfo],
) -> MultilingualGlossaryInfo:
    """Make the glossary; where another worker made the same meanwhile, the older one stays."""

    def make() -> MultilingualGlossaryInfo:
        words = MultilingualGlossaryDictionaryEntries(pair.source_code, pair.target_code, entries)
        return asked(lambda: library.create_multilingual_glossary(name, [words]))

    try:
        made = make()
    except EngineUnavailable as error:
        if not (others and error.wants_rest):
            raise
        _remove(others, library)  # the account may be full; its smallest plan has room for one
        made = make()
    listed = _listed(pair, library)
    oldest = _oldest(listed, name) or made
    doubles = [made] if oldest.glossary_id != made.glossary_id else []
    _remove([*doubles, *(other for other in listed if other.name != name and _is_out_of_use(other))], library)
    return oldest


def _listed(pair: Pair, library: DeepLClient) -> list[MultilingualGlossaryInfo]:
    """Return the pair's glossaries, of every revision, that hold words of the pair."""
    languages = tuple(map(Language.remove_regional_variant, (pair.source_code, pair.target_code)))
    return [
        glossary
        for glossary in asked(library.list_multilingual_glossaries)
        if glossary.name.startswith(pair.prefix)
        and any((words.source_lang, words.target_lang) == languages for words in glossary.dictionaries)
    ]


def _oldest(glossaries: Iterable[MultilingualGlossaryInfo], name: str) -> MultilingualGlossaryInfo | None:
    """Return the glossary of that name on which all workers agree."""
    named = (glossary for glossary in glossaries if glossary.name == name)
    return min(named, key=lambda glossary: (glossary.creation_time, glossary.glossary_id), default=None)


def _is_out_of_use(glossary: MultilingualGlossaryInfo) -> bool:
    return glossary.creation_time < datetime.now(UTC) - IN_USE


def _remove(glossaries: Sequence[MultilingualGlossaryInfo], library: DeepLClient) -> None:
    """Remove some glossaries, as far as it goes: whoever still uses one makes it anew."""
    for glossary in glossaries[:REMOVED_AT_ONCE]:
        with suppress(EngineError):
            asked(partial(library.delete_multilingual_glossary, glossary))
