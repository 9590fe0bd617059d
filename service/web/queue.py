"""The queue, the home page: which versions wait for somebody, the most urgent first, and the filters people keep."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from service.domain.errors import N_, DeskError
from service.domain.locales import locale_name
from service.domain.permissions import review_locales
from service.domain.whole_numbers import whole_number
from service.operations import saved_filters as operations
from service.queries.comments import open_threads
from service.queries.queue import PAGE_SIZE, QueueAsk, QueueCounts, queue, queue_counts
from service.queries.queue_filters import QUEUE_FILTERS
from service.queries.saved_filters import saved_filters
from service.web.identity import actor, desk
from service.web.language import gettext, told
from service.web.queue_words import QueueLines

blueprint = Blueprint("queue", __name__)

MAX_WORDS = 200
MAX_PAGE = 10_000
FILTERS = {
    "open": N_("Open"),
    "mine": N_("Mine"),
    "unassigned": N_("Unassigned"),
    "due": N_("Due today"),
    "blocked": N_("Blocked"),
    "failed": N_("Drafting failed"),
    "ready": N_("Ready to approve"),
    "approved": N_("Approved, not yet out"),
}
NOTHING = {
    "open": N_(
        "Nothing waits. A release appears here as soon as an author has submitted it; its drafts "
        "follow within a minute."
    ),
    "mine": N_(
        "You have taken nothing on. Take on a version of the list “Unassigned”, and it "
        "stands here until you give it back."
    ),
    "unassigned": N_(
        "Somebody has taken on every version that waits. When a claim ends, its version stands here again."
    ),
    "due": N_("Nothing is due today. A version stands here on the day of its embargo or its deadline, and after it."),
    "blocked": N_("Nothing is held up. A version with empty segments, open errors or requested changes stands here."),
    "failed": N_("No draft failed. What the engines left empty stands here, until it is drafted or written."),
    "ready": N_(
        "Nothing is ready yet. A version stands here once each of its segments is confirmed and no error is open."
    ),
    "approved": N_("Nothing waits to go out. An approved version stands here until its release is published."),
}


def filter_asked(args: Any) -> QueueAsk:
    """Return the filter that an address or a form asks for; what it does not know, it leaves out."""
    which = args.get("which", "open")
    locale = args.get("locale", "")
    return QueueAsk(
        which=which if which in QUEUE_FILTERS else "open",
        locale=locale if locale in desk().office.target_locales else None,
        q=" ".join(args.get("q", "").split())[:MAX_WORDS] or None,
        page=min(max(whole_number(args.get("page", "")) or 1, 1), MAX_PAGE),
        timezone=desk().office.timezone,
    )


def query_of(ask: QueueAsk) -> str:
    """Return the query string of a filter, without its page; empty for the whole queue."""
    which = ask.which if ask.which != "open" else None
    held = {"which": which, "locale": ask.locale, "q": ask.q}
    return urlencode({key: value for key, value in held.items() if value})


@blueprint.get("/")
def show() -> Any:
    """Show the versions that wait; the address holds the filter."""
    return _page(filter_asked(request.args), None)


def _page(ask: QueueAsk, error: DeskError | None, *, form: str = "", name: str = "") -> tuple[str, int]:
    with desk().read() as reading:
        counts = queue_counts(reading.session, actor(), reading.now, q=ask.q, timezone=ask.timezone)
        rows = queue(reading.session, actor(), reading.now, ask, limit=PAGE_SIZE)
        kept = saved_filters(reading.session, actor())
        talk = open_threads(reading.session, [row.version_id for row in rows])
    present = query_of(ask)
    page = render_template(
        "queue.html",
        lines=QueueLines(reading.now, ask, talk, desk().office.four_eyes).html(rows),
        ask=ask,
        total=counts.of(ask.which, ask.locale),
        pages=-(-counts.of(ask.which, ask.locale) // PAGE_SIZE),
        tabs=[_tab(replace(ask, which=which), counts, told(words), ask) for which, words in FILTERS.items()],
        languages=[
            _tab(replace(ask, locale=tag), counts, locale_name(tag) if tag else gettext("All"), ask, lang=tag)
            for tag in (None, *desk().office.target_locales)
        ],
        turns=[_turn(replace(ask, page=ask.page + step)) for step in (-1, 1)],
        nothing=told(NOTHING[ask.which]),
        kept=kept,
        kept_now=next((each for each in kept if parse_qsl(each.query) == parse_qsl(present)), None),
        present=present,
        reviews=bool(review_locales(actor())),
        now=reading.now,
        error=error,
        error_form=form,
        error_name=name,
    )
    return page, error.status if error else 200


@dataclass(frozen=True, slots=True)
class Tab:
    """A link to a filter, with how many versions stand under it."""

    address: str
    words: str
    count: int
    lang: str | None
    present: bool


def _tab(ask: QueueAsk, counts: QueueCounts, words: str, present: QueueAsk, *, lang: str | None = None) -> Tab:
    is_present = (ask.which, ask.locale) == (present.which, present.locale)
    return Tab(_address(ask), words, counts.of(ask.which, ask.locale), lang, is_present)


def _address(ask: QueueAsk) -> str:
    query = query_of(ask)
    return f"/?{query}" if query else "/"


def _turn(ask: QueueAsk) -> str:
    """Return the address of another page of the list."""
    return "/?" + urlencode([*parse_qsl(query_of(ask)), ("page", ask.page)])


@blueprint.post("/queue/filters")
def keep() -> Any:
    """Keep the present filter under a name."""
    ask = filter_asked(request.form)
    name = request.form.get("name", "")
    try:
        with desk().begin(actor()) as work:
            operations.keep_filter(work, name, query_of(ask))
    except DeskError as error:
        if error.status != 422:  # noqa: PLR2004 - what the form can show
            raise
        return _page(ask, error, form="keep-", name=name)
    return back_to_queue(query_of(ask), "filter-kept")


@blueprint.post("/queue/filters/<filter_id>/rename")
def rename(filter_id: str) -> Any:
    """Give a kept filter another name."""
    name = request.form.get("name", "")
    try:
        with desk().begin(actor()) as work:
            query = operations.rename_filter(work, filter_id, name).query
    except DeskError as error:
        if error.status != 422:  # noqa: PLR2004 - what the form can show
            raise
        return _page(filter_asked(request.form), error, form=f"{filter_id}-", name=name)
    return back_to_queue(query, "filter-renamed")


@blueprint.post("/queue/filters/<filter_id>/remove")
def remove(filter_id: str) -> Response:
    """Forget a kept filter; the queue stays as it is."""
    with desk().begin(actor()) as work:
        operations.remove_filter(work, filter_id)
    return back_to_queue(query_of(filter_asked(request.form)), "filter-removed")


def back_to_queue(query: str, done: str) -> Response:
    """Go to the queue under a filter, which says what was done."""
    return redirect("/?" + urlencode([*parse_qsl(query), ("done", done)]), 303)
