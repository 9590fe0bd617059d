"""How facts look on a page: states with an icon and a word, moments in the office's time, texts with their markers.

Everything is said in the page's language; what a state means is for the domain.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from flask import Flask
from flask_babel import (
    format_date,
    format_datetime,
    format_decimal,
    format_time,
    get_locale,
    gettext,
    to_user_timezone,
)
from markupsafe import Markup, escape

from service.domain.differences import Move, Piece, differences
from service.domain.inline import parse_markers
from service.domain.locales import locale_name
from service.domain.permissions import Role
from service.domain.text import Block, BlockKind, CodedText
from service.formats.html import write_html
from service.queries.releases import VersionRow
from service.queries.texts import codes_of
from service.web.language import plural, told
from service.web.replacements import marked, replacement, unseen
from service.web.words import (
    ACTIONS,
    BLOCK_KINDS,
    CHOSEN_ORIGINS,
    ORIGINS,
    ROLES,
    SEVERITIES,
    UNIT_STATES,
    VERSION_STATES,
)

SECONDS_PER_MINUTE = 60


def state_word(state: str) -> str:
    """Return the word for a version's or a release's state."""
    return told(VERSION_STATES.get(state, state))


def unit_state_word(state: str) -> str:
    """Return the word for a unit's state."""
    return told(UNIT_STATES.get(state, state))


def role_word(role: str) -> str:
    """Return the word for a role."""
    return told(ROLES[Role(role)])


def severity_word(severity: str) -> str:
    """Return the word for what a finding weighs."""
    return told(SEVERITIES.get(severity, severity))


def kind_word(kind: str) -> str:
    """Return the word for a kind of block."""
    return told(BLOCK_KINDS.get(kind, kind))


def action_word(action: str) -> str:
    """Return what an entry of the time line says happened."""
    return told(ACTIONS.get(action, action))


def origin_words(origin: str, *, engine: str | None, score: int | None, name: str | None) -> str:
    """Return where a unit's text comes from."""
    facts = {"engine": engine or "?", "score": score if score is not None else "?", "name": name or "?"}
    words = told(ORIGINS.get(origin, origin), facts)
    chosen = name is not None and origin in CHOSEN_ORIGINS
    return gettext("%(origin)s, chosen by %(name)s", origin=words, name=name) if chosen else words


def moment_words(moment: datetime) -> str:
    """Return a moment in the office's time, with the day of the week."""
    return _moment_words(to_user_timezone(moment).replace(second=0, microsecond=0), str(get_locale()))


@lru_cache(4096)  # a list has the same moments again and again, and so has the next page
def _moment_words(moment: datetime, _locale: str) -> str:
    return str(format_datetime(moment, "EEE d MMM y, HH:mm", rebase=False))


def clock_words(moment: datetime) -> str:
    """Return only the time of day."""
    return _clock_words(to_user_timezone(moment).replace(second=0, microsecond=0), str(get_locale()))


@lru_cache(1024)
def _clock_words(moment: datetime, _locale: str) -> str:
    return str(format_time(moment, "HH:mm", rebase=False))


def day_words(moment: datetime) -> str:
    """Return only the day."""
    return str(format_date(moment, "d MMM y"))


def time_left(moment: datetime, now: datetime) -> str:
    """Return how far a moment is from now, as people say it on a deadline: “in 2 h 10”."""
    ahead = moment >= now
    minutes = round(abs(moment - now) / timedelta(minutes=1))
    hours, rest = divmod(minutes, SECONDS_PER_MINUTE)
    days, hours_of_day = divmod(hours, 24)
    if days:
        span = gettext("%(days)s d %(hours)s h", days=days, hours=hours_of_day)
    elif hours:
        span = gettext("%(hours)s h %(minutes)s", hours=hours, minutes=f"{rest:02}")
    else:
        span = gettext("%(minutes)s min", minutes=rest)
    return str(gettext("in %(span)s", span=span) if ahead else gettext("%(span)s ago", span=span))


def local_input(moment: datetime | None) -> str:
    """Return a moment as a form's field for a local date and time takes it."""
    if moment is None:
        return ""
    return str(to_user_timezone(moment).strftime("%Y-%m-%dT%H:%M"))


def number(value: float) -> str:
    """Return a number with the language's own separators."""
    return _number_words(value, str(get_locale()))


@lru_cache(4096)
def _number_words(value: float, _locale: str) -> str:
    return str(format_decimal(value))


def seconds_words(milliseconds: int) -> str:
    """Return how long something took, in seconds with one decimal, or two where one would make it none."""
    digits = 1 if milliseconds >= 100 else 2  # noqa: PLR2004 - a tenth of a second
    return str(gettext("%(seconds)s s", seconds=number(round(milliseconds / 1000, digits))))


def with_markers(text: str, codes: Sequence[dict[str, Any]]) -> Markup:
    """Return a coded text with its markers set apart from its words."""
    tokens = parse_markers(CodedText(text, codes_of(codes)))
    return Markup("").join(
        Markup('<bdi class="marker">{}</bdi>').format(token.text) if token.code else escape(token.text)
        for token in tokens
    )


def difference(old: str, new: str) -> Markup:
    """Return both texts as one, with what left and what came marked, by sight and by hidden words.

    A space stands between what left and what came in its place, so that nobody hears the two as one word.
    """
    parts: list[Markup] = []
    before = Move.SAME
    for piece in differences(old, new):
        if before is Move.REMOVED and piece.move is Move.ADDED:
            parts.append(Markup(" "))
        before = piece.move
        if piece.move is Move.SAME:
            parts.append(escape(piece.text))
        elif piece.move is Move.REMOVED:
            parts.append(marked("del", gettext("removed:"), gettext("end of removed"), unseen(piece.text)))
        else:
            parts.append(marked("ins", gettext("added:"), gettext("end of added"), unseen(piece.text)))
    return Markup("").join(parts)


def difference_sides(old: str, new: str) -> tuple[Markup, Markup]:
    """Return both texts beside each other: what leaves is marked in the one, what comes in the other."""
    pieces = list(differences(old, new))
    gone = (gettext("removed:"), gettext("end of removed"))
    here = (gettext("added:"), gettext("end of added"))
    before = [_side(piece, "del", gone) for piece in pieces if piece.move is not Move.ADDED]
    after = [_side(piece, "ins", here) for piece in pieces if piece.move is not Move.REMOVED]
    return Markup("").join(before), Markup("").join(after)


def _side(piece: Piece, tag: str, words: tuple[str, str]) -> Markup:
    return escape(piece.text) if piece.move is Move.SAME else marked(tag, *words, unseen(piece.text))


def as_page(blocks: Sequence[Block], locale: str) -> Markup:
    """Return a text as it will be published, its headings one level lower: the page above has the only h1."""
    lowered = tuple(
        replace(block, level=min((block.level or 2) + 1, 6)) if block.kind is BlockKind.HEADING else block
        for block in blocks
    )
    html = write_html(lowered, locale)
    return Markup(html.replace("<h1>", '<h2 class="text-title">').replace("</h1>", "</h2>"))  # noqa: S704 - written and cleaned by formats.html


def formats_told(options: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the options of a choice with their words in the page's language."""
    return [(key, told(words)) for key, words in options]


def comment_choices(versions: Sequence[VersionRow]) -> list[tuple[str, str]]:
    """Return what a comment can be about: the whole release, or one of its languages."""
    whole = ("", str(gettext("the whole release")))
    return [whole, *((row.version.locale, locale_name(row.version.locale)) for row in versions)]


def open_words(count: int) -> str:
    """Return how many threads of comments are open, or nothing where none is."""
    return str(plural("%(num)d open", "%(num)d open", count)) if count else ""


def register(app: Flask) -> None:
    """Let templates write facts."""
    app.jinja_env.filters.update(
        moment=moment_words,
        clock=clock_words,
        day=day_words,
        number=number,
        state_word=state_word,
        unit_state_word=unit_state_word,
        role_word=role_word,
        severity_word=severity_word,
        kind_word=kind_word,
        action_word=action_word,
        locale_name=locale_name,
        local_input=local_input,
    )
    app.jinja_env.globals.update(
        time_left=time_left,
        origin_words=origin_words,
        with_markers=with_markers,
        difference=difference,
        replacement=replacement,
        seconds_words=seconds_words,
        as_page=as_page,
        open_words=open_words,
        formats_told=formats_told,
        comment_choices=comment_choices,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
