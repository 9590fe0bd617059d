"""The memory for people: words found in approved texts with their translations beside them, and sentences looked up.

Everybody of the office reads it, as far as they may read what it came from. A unit has a page of its own, elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, jsonify, render_template, request, url_for
from markupsafe import Markup, escape
from sqlalchemy.orm import Session

from service.domain.asked_texts import ways_to_read
from service.domain.concordance import LONGEST_QUERY, Marked, is_sentence, place_of
from service.domain.inline import plain
from service.domain.matching.matches import Match, MatchKind
from service.domain.matching.scoring import band
from service.domain.permissions import may_read_memory
from service.domain.text import CodedText
from service.operations.loading import demand
from service.queries.concordance import Concordance, ConcordanceRow, ConcordanceTarget, concordance
from service.queries.memory import find_as_written, found_by
from service.queries.memory_counts import units_by_locale
from service.web.beside import BANDS
from service.web.identity import actor, desk, wants_json
from service.web.language import gettext, plural

ROWS_PER_PAGE = 25
MATCHES_PER_LANGUAGE = 2
ORIGINS_SHOWN = 3
ROWS_BESIDE = 8  # in the editor

blueprint = Blueprint("memory", __name__)


@dataclass(frozen=True, slots=True)
class Alike:
    """A sentence of the memory that is like the one that was asked for, with what it has for it in each language."""

    source: str
    targets: tuple[AlikeTarget, ...]


@dataclass(frozen=True, slots=True)
class AlikeTarget:
    """A match in one language, its target in plain words, and what its score is called."""

    locale: str
    match: Match
    text: str
    band: str


@blueprint.get("/memory")
def search() -> Any:
    """Show where words stand in the memory; the address holds what is asked. Without a question, tell what there is.

    The editor's script is answered with the newest finds alone.
    """
    demand(may_read_memory(actor()))
    office = desk().office
    locales = tuple(dict.fromkeys((office.source_locale, *office.target_locales)))
    query = " ".join(request.args.get("q", "")[:LONGEST_QUERY].split())
    locale = request.args.get("locale", "")
    locale = locale if locale in locales else ""
    before = place_of(request.args.get("before", ""))
    if wants_json():
        return _beside(query)
    with desk().read() as reading:
        found, alike = Concordance(), list[Alike]()
        counts, exact = dict[str, int](), True
        if query:
            asked = {"locale": locale or None, "after": before, "limit": ROWS_PER_PAGE}
            found = concordance(reading.session, actor(), query, reading.now, **asked)  # type: ignore[arg-type]
        else:
            counts, exact = units_by_locale(reading.session, actor())
        if is_sentence(query) and before is None:
            targets = (locale,) if locale in office.target_locales else office.target_locales
            alike = _alike(reading.session, query, office.source_locale, targets)
    return render_template(
        "memory/search.html",
        q=query,
        asked=plain(ways_to_read(query)[0]),
        locale=locale,
        locales=locales,
        columns=_columns(found, office.target_locales),
        found=found,
        before=before,
        alike=alike,
        counts=counts,
        exact=exact,
        highlighted=highlighted,
        origins=origins,
    )


def _beside(query: str) -> Any:
    """Answer the editor with the newest texts that have the words, and with what to say of them."""
    with desk().read() as reading:
        found = concordance(reading.session, actor(), query, reading.now, limit=ROWS_BESIDE)
    shown = {"found": found, "columns": _columns(found, desk().office.target_locales)}
    html = render_template("memory/found.html", **shown, highlighted=highlighted, origins=origins)
    said = plural("%(num)d text has this.", "%(num)d texts have this.", len(found.rows))
    if found.next:
        said = str(gettext("The newest texts that have this; there may be more."))
    if not found.rows:
        said = str(gettext("No approved text that you may read has this."))
    return jsonify(html=html, said=said)


def _alike(session: Session, query: str, source_locale: str, targets: tuple[str, ...]) -> list[Alike]:
    """Return what is like a sentence in the languages, the best first."""
    asked = ways_to_read(query)[0]
    found: list[AlikeTarget] = []
    for locale in targets:
        readable = found_by(actor())
        matches = find_as_written(session, query, source_locale, locale, readable, limit=MATCHES_PER_LANGUAGE)
        for match in matches:
            fitted = match.kind is MatchKind.FUZZY  # its target has the codes of what was asked for
            text = plain(CodedText(match.target, asked.codes if fitted else match.source.codes))
            found.append(AlikeTarget(locale, match, text, BANDS[band(match.score)]))
    found.sort(key=lambda each: -each.match.score)
    by_source: dict[str, list[AlikeTarget]] = {}
    for each in found:
        by_source.setdefault(plain(each.match.source), []).append(each)
    return [Alike(source, tuple(each)) for source, each in by_source.items()]


def _columns(found: Concordance, targets: tuple[str, ...]) -> tuple[str, ...]:
    """Return the languages that have a column: the office's, and others that were found."""
    others = sorted({target.locale for row in found.rows for target in row.targets})
    return tuple(dict.fromkeys((*targets, *others)))


def highlighted(marked: Marked) -> Markup:
    """Return a text with what was looked for marked."""
    parts = []
    done = 0
    for span in marked.spans:
        parts += [escape(marked.text[done : span.start]), Markup("<mark>{}</mark>").format(marked.text[slice(*span)])]
        done = span.end
    return Markup("").join((*parts, escape(marked.text[done:])))


def origins(row: ConcordanceRow) -> list[tuple[str, str | None]]:
    """Return where a row's targets came from: names, each with the address that the reader may open or None."""
    found = dict.fromkeys((target.title or target.collection, _address(target)) for target in row.targets)
    return [(name, address) for name, address in found if name][:ORIGINS_SHOWN]


def _address(target: ConcordanceTarget) -> str | None:
    if target.release_id is not None:
        return url_for("releases.show", release_id=target.release_id)
    if target.address is not None:
        locale, slug = target.address
        return url_for("public.release", locale=locale, slug=slug)
    return None
